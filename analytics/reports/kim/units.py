"""How far KIM has come: the state of each unit, the course over time, one time line a unit.

Units of the administration are counted here, not people, so the rule on small counts does not
apply: see ``docs/methods/disclosure.md``.
"""

from datetime import date
from typing import Final, Literal

import pandas as pd

from analytics.domain.areas import registry
from analytics.domain.estimates import Status
from analytics.domain.periods import Month
from analytics.domain.vocabulary import Milestone, Module
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Column, Exhibit, Point, based_on, internal, readable
from analytics.reports.basis.names import sort_key

Order = Literal["regierungsbezirk", "name"]

NOT_BEGUN: Final = "not_begun"
"""Kind of a time line that holds no step yet, and state of a unit without any milestone."""

_MILESTONES: Final = tuple(Milestone)


@figure("kim_state", "kim-rollout", takes.SNAPSHOT, "rollout", each=Module)
def rollout_state(
    store: ParquetStore, module: Module, w: Words, until: date | None = None
) -> Exhibit:
    """Return when each KIM unit reached each milestone of ``module``, as known on ``until``.

    Without a day it is the state at the data cut.

    The table has one row per unit and milestone: ``unit, district, label, regierungsbezirk,
    milestone, milestone_label, planned_on, reached_on`` (first of the month, missing when not
    reached by the data cut), ``status`` (``no_data``: the unit reported nothing on the milestone).
    """
    day = min(until or store.manifest.as_of, store.manifest.as_of)
    params = {"module": module.value, "as_of": day}
    frame = _every_milestone(units(), store.fetch("rollout_milestones", params), w)
    # A month before the first milestone is one thing, a roll-out that nobody reported another.
    latest = params | {"as_of": store.manifest.as_of}
    is_known = not store.fetch("rollout_milestones", latest).empty
    past = (("month", str(Month.of(day))),) if day < store.manifest.as_of else ()
    title = _state_title(frame, module, day, w) if is_known else _no_progress(module, w)
    return based_on(store, ("rollout",), w).exhibit(
        f"kim_state_{module.value}",
        title,
        _state_sentence(frame, w) if is_known else w("report_kim.progress_sentence_none"),
        (
            *internal(w, unit="report_kim.unit_key", district="report_kim.district_key"),
            *readable(w, label="report_kim.unit", regierungsbezirk="report_kim.regierungsbezirk"),
            Column("milestone", w("report_kim.milestone"), internal=True),
            Column("milestone_label", w("report_kim.milestone")),
            Column("planned_on", w("report_kim.planned_on"), "month"),
            Column("reached_on", w("report_kim.reached_on"), "month"),
            Column("status", w("indicator.status"), internal=True),
        ),
        frame,
        indicators=("modules_started",),
        notes=unit_notes(w),
        queries=(store.executed("rollout_milestones", params),),
        choice=(("module", module.value), *past),
        measure=w("report_kim.measure_state"),
        span=w.date(day),
    )


@figure("kim_progress", "kim-rollout", takes.SNAPSHOT, "progress", each=Module)
def progress(store: ParquetStore, module: Module, w: Words) -> Exhibit:
    """Return how many KIM units had reached each milestone of ``module``, month by month.

    The table has one row per milestone and month: ``series, label, month, value`` (units),
    ``total`` (units of the registry), ``status``.
    """
    params = {"module": module.value, "as_of": store.manifest.as_of}
    frame = _steps(store.fetch("rollout_progress", params), w)
    half = half_month(frame)
    return based_on(store, ("rollout",), w).exhibit(
        f"kim_progress_{module.value}",
        _progress_title(frame, half, module, w),
        _progress_sentence(frame, store.manifest.as_of, w),
        (
            Column("series", w("report_kim.milestone"), internal=True),
            Column("label", w("report_kim.milestone")),
            Column("month", w("report_kim.month"), "month"),
            *readable(w, "number", value="report_kim.unit_count", total="report_kim.unit_total"),
            Column("status", w("indicator.status"), internal=True),
        ),
        frame,
        indicators=("modules_started",),
        notes=unit_notes(w),
        queries=(store.executed("rollout_progress", params),),
        choice=(("module", module.value),),
        measure=w("report_kim.measure_progress"),
        points=() if half is None else (_half_point(half, w),),
    )


def units(order: Order = "regierungsbezirk") -> pd.DataFrame:
    """Return the KIM units ``unit, district, label, regierungsbezirk``, sorted.

    Args:
        order: By Regierungsbezirk (in the order of the official key) and name, or by name alone.
    """
    areas = registry()
    rows = [
        (unit.ags, unit.district, unit.name, areas.district(unit.district).regierungsbezirk)
        for unit in areas.kim_units
    ]
    places = {name: place for place, name in enumerate(areas.regierungsbezirke)}
    by_name = sorted(rows, key=lambda row: sort_key(row[2]))
    if order == "regierungsbezirk":
        by_name.sort(key=lambda row: places[row[3]])
    return pd.DataFrame(by_name, columns=["unit", "district", "label", "regierungsbezirk"])


def module_name(module: Module, w: Words) -> str:
    """Return the module's name as it stands inside a sentence."""
    return w(f"report_kim.module_{module.value}")


def in_units(count: int, w: Words) -> str:
    """Return ``in allen 54 KIM-Einheiten``, ``in 12 der 54 …`` or ``in keiner der 54 …``."""
    total = len(registry().kim_units)
    form = "none" if count == 0 else "all" if count == total else "some"
    return w(f"report_kim.in_{form}", count=w.number(count), total=w.number(total))


def _every_milestone(all_units: pd.DataFrame, reported: pd.DataFrame, w: Words) -> pd.DataFrame:
    labels = pd.DataFrame(
        {
            "milestone": [m.value for m in _MILESTONES],
            "milestone_label": [w.label("milestone", m) for m in _MILESTONES],
        }
    )
    frame = all_units.merge(labels, how="cross").merge(
        reported, how="left", on=["unit", "milestone"], indicator=True
    )
    for column in ("planned_on", "reached_on"):
        frame[column] = _month_start(frame[column])
    frame["status"] = Status.SHOWN.value
    frame.loc[frame["reached_on"].isna(), "status"] = Status.NOT_REACHED.value
    frame.loc[frame["_merge"] == "left_only", "status"] = Status.NO_DATA.value
    return frame.drop(columns="_merge")


def _month_start(days: pd.Series) -> pd.Series:
    return pd.to_datetime(days).dt.to_period("M").astype("datetime64[ns]")


def _furthest(frame: pd.DataFrame) -> pd.Series:
    """Count the units by the furthest milestone they have reached."""
    reached = frame[frame["reached_on"].notna()]
    order = {m.value: place for place, m in enumerate(_MILESTONES)}
    furthest = reached["milestone"].map(order).groupby(reached["unit"]).max()
    counts = furthest.map(dict(enumerate(order))).value_counts()
    counts[NOT_BEGUN] = frame["unit"].nunique() - len(furthest)
    return counts


def _state_title(frame: pd.DataFrame, module: Module, as_of: date, w: Words) -> str:
    started = frame[(frame["milestone"] == Milestone.STARTED) & frame["reached_on"].notna()]
    return w(
        "report_kim.state_title",
        date=w.date(as_of),
        module=module_name(module, w),
        in_units=in_units(len(started), w),
    )


def _state_sentence(frame: pd.DataFrame, w: Words) -> str:
    counts = _furthest(frame)
    steps = [*(m.value for m in reversed(_MILESTONES)), NOT_BEGUN]
    parts = [
        w(f"report_kim.state_{step}", count=w.number(int(counts[step])))
        for step in steps
        if counts.get(step, 0)
    ]
    return w(
        "report_kim.state_sentence", total=w.number(frame["unit"].nunique()), parts="; ".join(parts)
    )


def _steps(counted: pd.DataFrame, w: Words) -> pd.DataFrame:
    order = {m.value: place for place, m in enumerate(_MILESTONES)}
    frame = counted.rename(columns={"milestone": "series", "units": "value"})
    frame = frame.sort_values(
        ["series", "month"], key=lambda c: c.map(order) if c.name == "series" else c
    )
    labels = {m.value: w.label("milestone", m) for m in _MILESTONES}
    frame["label"] = frame["series"].map(labels)
    frame["month"] = pd.to_datetime(frame["month"])
    frame["total"] = len(registry().kim_units)
    frame["status"] = Status.SHOWN.value
    columns = ["series", "label", "month", "value", "total", "status"]
    return frame[columns].reset_index(drop=True)


def half_month(frame: pd.DataFrame) -> date | None:
    """Return the month by whose end half of the units had started, None if not yet."""
    started = frame[frame["series"] == Milestone.STARTED]
    half = started[2 * started["value"] >= started["total"]]
    return None if half.empty else half["month"].min().date()


def _no_progress(module: Module, w: Words) -> str:
    return w("report_kim.progress_title_none", module=module_name(module, w))


def _half_point(half: date, w: Words) -> Point:
    text = w("report_kim.progress_half", month=w.month(half))
    return Point(Milestone.STARTED.value, half, text, is_high=False)


def _progress_title(frame: pd.DataFrame, half: date | None, module: Module, w: Words) -> str:
    if frame.empty:
        return _no_progress(module, w)
    name = module_name(module, w)
    if half is not None:
        return w("report_kim.progress_title", module=name, month=w.month(half))
    return w("report_kim.progress_title_open", module=name)


def _progress_sentence(frame: pd.DataFrame, as_of: date, w: Words) -> str:
    if frame.empty:
        return w("report_kim.progress_sentence_none")
    latest = frame.groupby("series")["value"].max()
    parts = [
        w(f"report_kim.reached_{m.value}", count=w.number(int(latest.get(m.value, 0))))
        for m in _MILESTONES
    ]
    return w(
        "report_kim.progress_sentence",
        date=w.date(as_of),
        total=w.number(len(registry().kim_units)),
        parts=", ".join(parts),
    )


def unit_notes(w: Words) -> tuple[str, ...]:
    """Return what is counted: districts and the unit counted on its own, all of them."""
    areas = registry()
    return (
        w(
            "report_kim.note_units",
            total=w.number(len(areas.kim_units)),
            districts=w.number(len(areas.districts)),
            additional=additional_units(w),
        ),
        w("report_kim.note_census"),
    )


def additional_units(w: Words) -> str:
    """Return the names of the KIM units that are no district: they are counted on their own."""
    areas = registry()
    districts = {area.ags for area in areas.districts}
    return w.join([unit.name for unit in areas.kim_units if unit.ags not in districts])
