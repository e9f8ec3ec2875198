"""When KIM's case management started, and how many units had not started yet."""

from datetime import date
from typing import Final

import pandas as pd

from analytics.domain.areas import registry
from analytics.domain.estimates import Status
from analytics.domain.evaluation import KIM_FIRST
from analytics.domain.periods import Month, Period
from analytics.domain.vocabulary import Module
from analytics.i18n import Words
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.dimensions import quarters, towns_apart, units_note
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Column, Exhibit, based_on, internal
from analytics.reports.kim.units import additional_units
from analytics.stats.staggered import LEAST_POOL

_QUERY: Final = "kim_starts"


@figure("kim_effect_pool", "effect/kim", takes.SNAPSHOT, "pool")
def control_pool(store: ParquetStore, w: Words) -> Exhibit:
    """Return by quarter how many units had not started module 2, and whether that is enough.

    Rows ``period, value, threshold, is_enough, enough_label, status``. It needs no estimate, so it
    shows why there is none too.
    """
    starts = start_quarters(store)
    days = quarters(Period(KIM_FIRST, Month.of(store.manifest.as_of)))
    waiting = [sum(start is None or start > day for start in starts.values()) for day in days]
    enough = [count >= LEAST_POOL for count in waiting]
    frame = pd.DataFrame(
        {
            "period": pd.to_datetime(list(days)),
            "value": [float(count) for count in waiting],
            "threshold": float(LEAST_POOL),
            "is_enough": enough,
            "enough_label": [
                w(f"report_kim_effect.pool_{_answer(is_enough=each)}") for each in enough
            ],
            "status": Status.SHOWN.value,
        }
    )
    return based_on(store, ("rollout",), w).exhibit(
        "kim_effect_pool",
        _pool_title(frame, w),
        w(
            "report_kim_effect.pool_sentence",
            units=w.number(len(starts)),
            least=w.number(LEAST_POOL),
            towns=towns_apart(w),
            additional=additional_units(w),
            kim=w.number(len(registry().kim_units)),
        ),
        (
            Column("period", w("report_kim_effect.quarter"), "quarter"),
            # Units are offices, not people: the rule on small counts does not apply to them.
            Column("value", w("report_kim_effect.pool"), "number"),
            Column("threshold", w("report_kim_effect.threshold"), "number"),
            Column("enough_label", w("report_kim_effect.pool_answer")),
            *internal(w, is_enough="report_kim_effect.pool_answer", status="indicator.status"),
        ),
        frame,
        notes=(
            w("report_kim_effect.note_pool_end"),
            w("report_kim_effect.note_pool"),
            units_note(w),
        ),
        queries=(starts_query(store),),
        alt=w("report_kim_effect.pool_alt"),
        measure=w("report_kim_effect.measure_pool"),
    )


def starts_query(store: ParquetStore) -> ExecutedQuery:
    """Return the query behind ``start_quarters``."""
    return store.executed(_QUERY, _params(store))


def start_quarters(store: ParquetStore) -> dict[str, date | None]:
    """Return the first day of each unit's quarter of start, None where it has not started."""
    rows = store.fetch(_QUERY, _params(store)).dropna(subset="started_on")
    starts = pd.PeriodIndex(pd.DatetimeIndex(rows["started_on"]), freq="Q").start_time.date
    first = dict(zip(rows["district"], starts, strict=True))
    return {unit.code: first.get(unit.district) for unit in registry().evaluation_units}


def why_no_comparison(store: ParquetStore, w: Words) -> str:
    """Return why the starts allow no estimate."""
    starts = list(start_quarters(store).values())
    started = {start for start in starts if start is not None}
    if not started:
        return w("report_kim_effect.refused_no_start")
    if len(started) == 1 and None not in starts:
        return w(
            "report_kim_effect.refused_at_once",
            units=w.number(len(starts)),
            quarter=w.quarter(started.pop()),
            least=w.number(LEAST_POOL),
        )
    if min(started) <= KIM_FIRST.first_day:
        return w("report_kim_effect.refused_no_base", quarter=w.quarter(KIM_FIRST.first_day))
    return w("report_kim_effect.refused_pool", least=w.number(LEAST_POOL))


def _params(store: ParquetStore) -> dict[str, object]:
    return {"module": Module.CASE_MANAGEMENT.value, "as_of": store.manifest.as_of}


def _answer(*, is_enough: bool) -> str:
    return "enough" if is_enough else "too_few"


def _pool_title(frame: pd.DataFrame, w: Words) -> str:
    few = frame[~frame["is_enough"]]
    if few.empty:
        return w(
            "report_kim_effect.pool_title_enough",
            count=w.number(float(frame["value"].iloc[-1])),
            quarter=w.quarter(frame["period"].iloc[-1].date()),
        )
    return w(
        "report_kim_effect.pool_title",
        quarter=w.quarter(few["period"].iloc[0].date()),
        least=w.number(LEAST_POOL),
    )
