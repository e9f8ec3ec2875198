"""When a district reached the milestones of KIM, beside the middle half of all other units.

Units of the administration are not people, so nothing is hidden here.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from analytics.domain.areas import registry
from analytics.domain.district_choice import DistrictChoice
from analytics.domain.estimates import Status
from analytics.domain.vocabulary import Milestone, Module
from analytics.i18n import Words
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Column, Exhibit, based_on, internal, readable
from analytics.reports.districts.ring import ring_of, selection
from analytics.reports.districts.rollout_posts import posts_sentence

HEADLINE: Final = (Module.CASE_MANAGEMENT, Milestone.STARTED)
_HEADLINE_KEY: Final = f"{'.'.join(HEADLINE)}."
"""The step that the finding is about: from it on people are counselled."""

_DATES: Final = ("own", "planned", "q1", "median", "q3")


@figure("district_rollout", "district/profile", takes.DISTRICT, "rollout_ranges")
def rollout(store: ParquetStore, choice: DistrictChoice, w: Words) -> Exhibit:
    """Return the district's milestones beside those of the others.

    Rows ``key`` (module.milestone.unit), ``unit, label`` (milestone), ``section`` (module, and the
    unit where the district has several), ``own, planned, q1, median, q3`` (dates; missing where not
    reached: a quarter of the others reached it by ``q1``, half by ``median``, three quarters by
    ``q3``, those that have not reached it counted as later), ``peers`` (dates of the ring),
    ``reached_share`` (of the others, by the data cut), ``status`` (``not_reached``, or ``no_data``
    where the unit reported nothing).
    """
    ring = ring_of(store, choice)
    units = [unit for unit in registry().kim_units if unit.district == ring.district]
    rows: list[dict[str, Any]] = []
    queries: list[ExecutedQuery] = []
    for module in Module:
        reported, query = _reported(store, module)
        queries.append(query)
        for unit in units:
            name = w.label("module", module)
            section = f"{name}, {unit.name}" if len(units) > 1 else name
            rows += [
                _row(reported, module, milestone, unit.ags, ring.members)
                | {"label": w.label("milestone", milestone), "section": section}
                for milestone in Milestone
            ]
    frame = _typed(rows)
    title, sentence = _finding(frame, registry().district(ring.district).full_name, w)
    posts, others, query = posts_sentence(store, ring.district, ring.members, w)
    sentence = f"{sentence} {posts}"
    return based_on(
        store, ("rollout", "posts"), w, districts=(ring.district, *ring.members)
    ).exhibit(
        f"district_rollout_{ring.district}",
        title,
        sentence,
        (
            *readable(w, section="report_own_rollout.module", label="report_kim.milestone"),
            Column("own", w("report_own_rollout.own"), "month"),
            *readable(w, "month", planned="report_kim.planned_on", q1="report_own_rollout.q1"),
            *readable(w, "month", median="report_own_rollout.median", q3="report_own_rollout.q3"),
            Column("reached_share", w("report_own_rollout.reached_share"), "share"),
            *internal(
                w, key="indicator.key", unit="report_kim.unit_key", status="indicator.status"
            ),
        ),
        frame,
        indicators=("modules_started",),
        notes=(
            _reached(frame, w),
            *others,
            w("report_own_rollout.note_middle"),
            w("report_kim.note_census"),
        ),
        queries=(*queries, query),
        choice=selection(ring),
        measure=w("report_own_rollout.measure"),
    )


def _reported(store: ParquetStore, module: Module) -> tuple[pd.DataFrame, ExecutedQuery]:
    params = {"module": module.value, "as_of": store.manifest.as_of}
    frame = store.fetch("rollout_milestones", params)
    for name in ("planned_on", "reached_on"):
        frame[name] = pd.to_datetime(frame[name])
    return frame, store.executed("rollout_milestones", params)


def _row(
    reported: pd.DataFrame, module: Module, milestone: Milestone, unit: str, ring: Sequence[str]
) -> dict[str, Any]:
    rows = reported[reported["milestone"] == milestone].set_index("unit")
    own = rows.loc[unit] if unit in rows.index else None
    district = unit[:5]
    others = [u.ags for u in registry().kim_units if u.district != district]
    dates = rows["reached_on"].reindex(others)
    peers = rows["reached_on"][[each[:5] in ring for each in rows.index]].dropna()
    reached = None if own is None else own["reached_on"]
    status = Status.NO_DATA if own is None else Status.SHOWN
    if own is not None and pd.isna(reached):
        status = Status.NOT_REACHED
    return {
        "key": f"{module}.{milestone}.{unit}",
        "unit": unit,
        "own": reached,
        "planned": None if own is None else own["planned_on"],
        **dict(zip(("q1", "median", "q3"), _quartiles(dates), strict=True)),
        "peers": tuple(day.date() for day in sorted(peers)),
        "reached_share": float(dates.notna().mean()),
        "status": status.value,
    }


def _quartiles(dates: "pd.Series[pd.Timestamp]") -> list[pd.Timestamp | None]:
    """Return by when a quarter, half and three quarters had reached it; None where not yet."""
    known = sorted(dates.dropna())
    places = [int(np.ceil(share * len(dates))) - 1 for share in (0.25, 0.5, 0.75)]
    return [known[place] if 0 <= place < len(known) else None for place in places]


def _typed(rows: list[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows)
    for name in _DATES:
        frame[name] = pd.to_datetime(frame[name])
    return frame


def _finding(frame: pd.DataFrame, district: str, w: Words) -> tuple[str, str]:
    records = frame.to_dict("records")
    starts = [r for r in records if r["key"].startswith(_HEADLINE_KEY)]
    titles = [_start(row, _name(row, len(starts), district), w) for row in starts]
    row = starts[0]
    sentence = w(
        "report_own_rollout.sentence",
        q1=_until(row["q1"], w),
        q3=_until(row["q3"], w),
        median=_until(row["median"], w),
    )
    return titles[0], " ".join([*(f"{title}." for title in titles[1:]), sentence])


def _reached(frame: pd.DataFrame, w: Words) -> str:
    """Say how many of the others have started, and how many milestones the district has reached."""
    first = next(r for r in frame.to_dict("records") if r["key"].startswith(_HEADLINE_KEY))
    return w(
        "report_own_rollout.note_reached",
        reached=w.percent(first["reached_share"]),
        known=w.number(int((frame["status"] == Status.SHOWN).sum())),
        all=w.number(len(frame)),
    )


def _start(row: dict[Any, Any], place: str, w: Words) -> str:
    position = _place(row)
    return w(f"report_own_rollout.title_{position}", district=place, month=_month(row["own"], w))


def _name(row: dict[Any, Any], units: int, district: str) -> str:
    """Return whose date it is: a district with several units has none of its own."""
    return registry().kim_unit(row["unit"]).name if units > 1 else district


def _place(row: dict[Any, Any]) -> str:
    """Return where the own date lies: ``before``, ``within`` or ``after`` the middle half."""
    if row["status"] != Status.SHOWN:
        return str(row["status"])
    if pd.notna(row["q1"]) and row["own"] < row["q1"]:
        return "before"
    return "after" if pd.notna(row["q3"]) and row["own"] > row["q3"] else "within"


def _until(day: date | pd.Timestamp | None, w: Words) -> str:
    if pd.isna(day):
        return w("report_own_rollout.not_yet")
    return w("report_own_rollout.by", month=_month(day, w))


def _month(day: date | pd.Timestamp | None, w: Words) -> str:
    return w("report_own_rollout.open") if pd.isna(day) else w.month(pd.Timestamp(day).date())
