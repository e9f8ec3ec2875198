"""How promptly and completely one district enters its data, quarter by quarter."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from analytics.disclosure import release_shares
from analytics.domain.areas import registry
from analytics.domain.estimates import Status
from analytics.extracts.contract import TableName, table
from analytics.i18n import Words
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis.figures import Takes, figure
from analytics.reports.basis.making import Column, Exhibit, based_on, internal
from analytics.reports.basis.provisional import provisional_quarters
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.data.data_quality import PROMPT_DAYS
from analytics.reports.data.quality_frames import PERSON_TABLES
from analytics.reports.districts.quality_protection import shares_shown

PROMPT: Final = "prompt"
"""The measure of how many needs are entered soon; most others are fields, as ``table.field``."""

CONTRADICTION: Final = "contradiction."
"""How the measures begin that count rows which contradict themselves."""
CONTRADICTIONS: Final = tuple(
    CONTRADICTION + name
    for name in ("closed_with_open_need", "outcome_without_date", "start_without_referral")
)
"""These measures, in the order they are shown."""

QUERY: Final = "quality_by_quarter"
"""The query of all measures, and its parameters."""
PARAMS: Final[Mapping[str, object]] = {"prompt_days": PROMPT_DAYS}


@figure(
    "district_quality_course",
    "district/quality",
    Takes(
        ("district", "field"),
        lambda _store, asked: (asked.of_quality(), asked.field or PROMPT),
        ("district",),
    ),
    "quality_course",
)
def course(store: ParquetStore, district: str, measure: str, w: Words) -> Exhibit:
    """Return a share of entries by quarter, in the district and in all districts together.

    TREND rows ``series`` (``own``, ``all``), ``label, period, value, low, high`` (missing: full
    counts), ``n, status, provisional``.

    Args:
        store: The snapshot.
        district: AGS-5.
        measure: ``prompt``, a field as ``table.field``, or one of ``CONTRADICTIONS``.
        w: Language.

    Raises:
        UnknownAreaError: If there is no such district.
        RefusedError: If there is no such measure.
    """
    if measure not in (known := measures(store)):
        possible = ", ".join(known)
        raise RefusedError(w("report_quality.no_measure", name=measure, possible=possible))
    place = registry().district(district).full_name
    counted = store.fetch(QUERY, PARAMS)
    counted = counted[counted["measure"] == measure]
    frame = _frame(counted, district, w)
    frame["provisional"], delays = _provisional(store, frame, measure)
    name = measure_label(measure, w)
    title = _title(_overall(counted, district), place, name, w)
    return based_on(store, _tables(measure), w).exhibit(
        f"district_quality_course_{measure.replace('.', '_')}_{district}",
        title,
        _sentence(frame, w),
        (
            Column("series", w("indicator.key"), internal=True),
            Column("label", w("report_quality.series")),
            Column("period", w("report_quality.quarter"), "quarter"),
            Column("value", name, "share", 1),
            Column("n", w("report_data.expected"), "count"),
            *internal(w, provisional="report_quality.provisional", status="indicator.status"),
        ),
        frame,
        notes=_notes(measure, w, is_hidden=_is_hidden(frame)),
        queries=(store.executed(QUERY, PARAMS), *delays),
        choice=(("district", district), ("measure", measure)),
        measure=w("report_quality.measure_course", measure=name),
    )


def measures(store: ParquetStore) -> tuple[str, ...]:
    """Return all measures that there are a course of."""
    return tuple(sorted(store.fetch(QUERY, PARAMS)["measure"].unique()))


def measure_label(measure: str, w: Words) -> str:
    """Return what a measure is called: a field with the table that it stands in."""
    if measure == PROMPT:
        return w("report_data.promptness")
    if measure.startswith(CONTRADICTION):
        return w(f"report_quality.{measure.removeprefix(CONTRADICTION)}")
    name, _, field = measure.partition(".")
    return w(
        "report_quality.measure_field", field=w(f"column.label.{field}"), table=w(table(name).label)
    )


def _frame(counted: pd.DataFrame, district: str, w: Words) -> pd.DataFrame:
    shown = shares_shown(counted, counted["filled"], counted["expected"])
    is_own = (counted["district"] == district).to_numpy()
    quarters = pd.Index(sorted(counted["quarter"].unique()), name="period")
    own = counted.assign(shown=shown)[is_own].set_index("quarter").reindex(quarters)
    own = own.fillna({"expected": 0, "filled": 0}).assign(shown=own["shown"].eq(True))
    # Not all others: beside hidden own figures they would tell them, as other districts' pages give
    # the sum. Within the sum of all, each district's part is protected.
    whole = counted.groupby("quarter")[["expected", "filled"]].sum().reindex(quarters)
    whole["shown"] = release_shares(whole["filled"], whole["expected"])
    parts = [_series(own, "own", w), _series(whole, "all", w)]
    return pd.concat(parts, ignore_index=True)


def _series(part: pd.DataFrame, series: str, w: Words) -> pd.DataFrame:
    expected = part["expected"].astype("float64")
    shown = part["shown"].to_numpy(dtype=bool)
    hidden = np.where(expected == 0, Status.NO_DATA.value, Status.SUPPRESSED.value)
    return pd.DataFrame(
        {
            "series": series,
            "label": w(f"report_quality.{series}"),
            "period": part.index,
            "value": (part["filled"] / expected).where(shown).to_numpy(dtype="float64"),
            "low": np.nan,
            "high": np.nan,
            "n": expected.where(shown | (expected == 0)).to_numpy(),
            "status": np.where(shown, Status.SHOWN.value, hidden),
        }
    )


def _provisional(
    store: ParquetStore, frame: pd.DataFrame, measure: str
) -> tuple[list[bool], tuple[ExecutedQuery, ...]]:
    if measure != PROMPT:
        return [False] * len(frame), ()
    days = [pd.Timestamp(day).date() for day in frame["period"]]
    flags, query = provisional_quarters(store, days)
    return list(flags), (query,)


def _overall(counted: pd.DataFrame, district: str) -> tuple[float, float] | None:
    """Return the shares of the district and of all over the whole time, if both may be shown."""
    sums = counted.groupby("district")[["filled", "expected"]].sum()
    shown = pd.Series(release_shares(sums["filled"], sums["expected"]), index=sums.index)
    if not shown.get(district, False):
        return None
    own = counted[counted["district"] == district]
    filled, expected = counted["filled"].sum(), counted["expected"].sum()
    if not release_shares([filled], [expected])[0]:
        return None
    return float(own["filled"].sum() / own["expected"].sum()), float(filled / expected)


def _title(overall: tuple[float, float] | None, place: str, name: str, w: Words) -> str:
    if overall is None:
        return w("report_quality.course_title_none", place=place, measure=name)
    own, whole = overall
    return w(
        "report_quality.course_title",
        place=place,
        measure=name,
        own=w.percent(own, 1),
        whole=w.percent(whole, 1),
    )


def _sentence(frame: pd.DataFrame, w: Words) -> str:
    """Say how much is shown; quarters with a few gaps are hidden, so the rest looks too good."""
    own = frame[frame["series"] == "own"]
    shown = own[own["status"] == Status.SHOWN]
    hidden = int((own["status"] == Status.SUPPRESSED).sum())
    if shown.empty:
        quarters = w.number(len(own))
        if not hidden:
            return w("report_quality.course_sentence_empty", all=quarters)
        return w("report_quality.course_sentence_none", hidden=w.number(hidden), all=quarters)
    low, high = (w.percent(each, 1) for each in (shown["value"].min(), shown["value"].max()))
    text = w(
        "report_quality.course_sentence" if low != high else "report_quality.course_sentence_even",
        low=low,
        high=high,
        shown=w.number(len(shown)),
        n=w.number(shown["n"].sum()),
        all=w.number(len(own)),
    )
    return (
        w("report_quality.course_hidden", shown=text, hidden=w.number(hidden)) if hidden else text
    )


def _is_hidden(frame: pd.DataFrame) -> bool:
    return bool(((frame["series"] == "own") & (frame["status"] == Status.SUPPRESSED)).any())


def _tables(measure: str) -> tuple[TableName, ...]:
    if measure.startswith(CONTRADICTION):
        return PERSON_TABLES
    named = tuple(name for name in PERSON_TABLES if measure.startswith(f"{name}."))
    return named or (TableName.REFERRALS,)


def _notes(measure: str, w: Words, *, is_hidden: bool) -> tuple[str, ...]:
    first = "report_quality.note_prompt" if measure == PROMPT else "report_data.note_completeness"
    if measure.startswith(CONTRADICTION):
        first = "report_quality.note_contradictions"
    hidden = (w("report_quality.note_hidden"),) if is_hidden else ()
    return (w(first), *hidden, w("report_quality.note_course"), w("report_data.note_full_count"))
