"""The headline numbers of the whole state, each with its change and its course."""

import pandas as pd

from analytics.domain.estimates import Status
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import indicator
from analytics.domain.periods import Period
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.exhibit import KeyFigure
from analytics.reports.basis.figures import figure
from analytics.reports.basis.formatting import format_of
from analytics.reports.basis.making import Column, Exhibit, based_on, internal, readable
from analytics.reports.basis.span import BEFORE_PROGRAMME, PROGRAMME, data_period
from analytics.reports.indicators.indicator_values import indicator_values
from analytics.reports.indicators.key_figures import OVERVIEW, key_figures

_TABLES = ("cases", "referrals")
_NUMBERS = {
    "value": "key_figure.column_value",
    "low": "indicator.low",
    "high": "indicator.high",
    "n": "indicator.n",
}


@figure("headlines", "overview", takes.SNAPSHOT)
def headlines(store: ParquetStore, w: Words) -> Exhibit:
    """Return the overview's key figures, of the model programme's years against those before.

    Rows ``key`` (indicator), ``label, value_text, interval_text, change_text, value, low, high, n,
    unit, digits, status, spark`` (values by quarter of all data; NaN where none is shown).
    """
    during, before = (NeedFilter(years, assigned=True) for years in (PROGRAMME, BEFORE_PROGRAMME))
    found = key_figures(store, during, before, w)
    asked = [indicator_values(store, each.indicator, "state", during, w) for each in found]
    frame = pd.DataFrame([_row(store, each, w) for each in found])
    return based_on(store, _TABLES, w, needs=during).exhibit(
        "headlines",
        _title(found, w),
        w("key_figure.sentence"),
        (
            *readable(w, label="ui.indicator", value_text="key_figure.column_value"),
            Column("interval_text", w("key_figure.column_interval")),
            Column("change_text", w("key_figure.column_change")),
            *(
                Column(name, w(label), "number", 6, internal=True)
                for name, label in _NUMBERS.items()
            ),
            *internal(w, key="indicator.key", status="indicator.status"),
        ),
        frame,
        indicators=OVERVIEW,
        notes=tuple(dict.fromkeys(note for each in asked for note in each.notes)),
        queries=tuple(query for each in asked for query in each.queries[:1]),
        measure=w("key_figure.measure"),
    )


def _row(store: ParquetStore, found: KeyFigure, w: Words) -> dict[str, object]:
    estimate, form = found.estimate, format_of(indicator(found.indicator))
    return {
        "key": found.indicator,
        "label": found.label,
        "value_text": found.value,
        "interval_text": found.interval,
        "change_text": found.change,
        "value": estimate.value,
        "low": estimate.low,
        "high": estimate.high,
        "n": estimate.n,
        "unit": form.kind,
        "digits": form.digits,
        "status": estimate.status.value,
        "spark": _course(store, found.indicator, data_period(store), w),
    }


def _course(store: ParquetStore, name: str, period: Period, w: Words) -> tuple[float, ...]:
    needs = NeedFilter(period, assigned=True)
    frame = indicator_values(store, name, "quarter", needs, w).table.frame
    return tuple(frame["value"].where(frame["status"] == Status.SHOWN).astype(float))


def _title(found: tuple[KeyFigure, ...], w: Words) -> str:
    share, median = found[:2]
    if any(each.estimate.status is not Status.SHOWN for each in (share, median)):
        return w("key_figure.title_none")
    return w("key_figure.title", share=share.value, median=median.value)
