"""The slide that answers first: four headline numbers as a table."""

from dataclasses import replace

import pandas as pd

from analytics.disclosure import Column, ReleasedTable
from analytics.domain.deck import Story
from analytics.domain.estimates import Estimate, Status
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import Indicator, indicator
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.exhibit import Exhibit, KeyFigure
from analytics.reports.basis.formatting import Format, format_of
from analytics.reports.basis.provenance import source_line
from analytics.reports.basis.selection import period_text
from analytics.reports.basis.span import BEFORE_PROGRAMME
from analytics.reports.deck.notes import described
from analytics.reports.deck.short import Short
from analytics.reports.deck.slide import Slide, address, shown_slide
from analytics.reports.indicators.changes import change_of
from analytics.reports.indicators.indicator_estimates import state_estimate
from analytics.reports.indicators.indicator_values import indicator_values
from analytics.reports.indicators.key_figures import key_figures
from analytics.reports.programme.uncertain import uncertain_needs

_TABLES = ("cases", "referrals")


def overview_slide(store: ParquetStore, needs: NeedFilter, w: Words) -> Slide:
    """Return the headline numbers with the sentence on what is uncertain."""
    before = replace(needs, period=BEFORE_PROGRAMME)
    figures = key_figures(store, needs, before, w)
    rows = [_row(store, figure, needs, before, w) for figure in figures]
    uncertain = uncertain_needs(store, needs, w)
    exhibit = _exhibit(store, figures, rows, needs, uncertain, w)
    say = w("report_deck.say_table"), w("report_deck.say_not_caused")
    short = Short(exhibit.title, (uncertain,), say)
    page = address("overview", w)
    return shown_slide(
        "figures", Story.OVERVIEW, exhibit, "", short, page, w, described(w), kind="table"
    )


def _row(
    store: ParquetStore, figure: KeyFigure, needs: NeedFilter, before: NeedFilter, w: Words
) -> dict[str, object]:
    """Return a number as texts short enough to be read from afar, and as it is."""
    chosen, now = indicator(figure.indicator), figure.estimate
    earlier, _ = state_estimate(store, figure.indicator, before)
    limits = format_of(chosen).range(now.low, now.high, w)
    return {
        "label": figure.label,
        "value_text": figure.value,
        "interval": " · ".join(filter(None, (limits, w("estimate.n", n=w.number(now.n))))),
        "change": _change(store, chosen, (now, earlier), (needs, before), w),
        "value": now.value,
        "status": now.status.value,
    }


def _change(
    store: ParquetStore,
    chosen: Indicator,
    values: tuple[Estimate, Estimate],
    filters: tuple[NeedFilter, NeedFilter],
    w: Words,
) -> str:
    change, _ = change_of(store, chosen, values, filters)
    if change is None or values[0].value is None or values[1].value is None:
        return w("report_deck.no_change")
    form = Format("points" if chosen.unit == "share" else "days_change", 1)
    form = form.excluding(change.low, change.high, w)
    limits = w("estimate.from_to", low=form.bare(change.low, w), high=form.bare(change.high, w))
    return f"{form.text(values[0].value - values[1].value, w)} ({limits})"


def _exhibit(
    store: ParquetStore,
    figures: tuple[KeyFigure, ...],
    rows: list[dict[str, object]],
    needs: NeedFilter,
    sentence: str,
    w: Words,
) -> Exhibit:
    """Return one row a number: ``label, value_text, interval, change`` as text, ``value``."""
    span = period_text(BEFORE_PROGRAMME, w)
    columns = (
        Column("label", w("ui.indicator")),
        Column("value_text", w("report_deck.column_value")),
        Column("interval", w("report_deck.column_interval")),
        Column("change", w("report_deck.column_change", span=span)),
        Column("value", w("report_deck.column_value"), "number", 6, internal=True),
        Column("status", w("indicator.status"), internal=True),
    )
    asked = [indicator_values(store, figure.indicator, "state", needs, w) for figure in figures]
    title = _title(figures, needs, w)
    return Exhibit(
        id="deck_overview",
        title=title,
        sentence=sentence,
        table=ReleasedTable(columns, pd.DataFrame(rows)),
        alt=w("report_deck.overview_alt", title=title),
        source=source_line(store, _TABLES, w),
        indicators=tuple(figure.indicator for figure in figures),
        notes=tuple(dict.fromkeys(note for exhibit in asked for note in exhibit.notes)),
        queries=tuple(query for exhibit in asked for query in exhibit.queries[:1]),
    )


def _title(figures: tuple[KeyFigure, ...], needs: NeedFilter, w: Words) -> str:
    share, median = figures[:2]
    period = period_text(needs.period, w)
    if share.estimate.status is not Status.SHOWN or median.estimate.status is not Status.SHOWN:
        return w("report_deck.overview_title_none", period=period)
    return w(
        "report_deck.overview_title", period=period, share=share.value, median=median.value
    )  # fmt: skip
