"""One calm time line for each KIM unit."""

from typing import Final

import pandas as pd

from analytics.domain.estimates import Status
from analytics.domain.vocabulary import Milestone, Module
from analytics.i18n import Words
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Basis, Column, Exhibit, readable
from analytics.reports.basis.provenance import area_origins, source_line
from analytics.reports.kim.units import NOT_BEGUN, Order, in_units, module_name, units

RUNNING: Final = tuple(f"running_{number}" for number in range(1, len(Module) + 1))
"""Kinds of the time line of all modules: how many of them run."""


@figure("kim_timelines", "kim-rollout", takes.SNAPSHOT, "unit_timelines", each=Module)
def unit_timelines(
    store: ParquetStore, module: Module | None, w: Words, order: Order = "regierungsbezirk"
) -> Exhibit:
    """Return one time line per KIM unit: the steps of ``module``, or how many modules run.

    The table has one row per unit and span: ``lane`` (key of the unit), ``label, section``
    (Regierungsbezirk), ``start, end`` (days; the last span ends at the data cut), ``kind`` (a
    milestone, or one of ``RUNNING``; ``not_begun`` for a unit without any), ``kind_label, source,
    status``. Units keep their order, by Regierungsbezirk and name or by name alone.
    """
    query = _query(store, module)
    spans = store.fetch(query.name, dict(query.params))
    source = source_line(store, ("rollout",), w)
    frame = _lanes(units(order), spans, w)
    origins = area_origins(store, ("rollout",), frame["lane"])
    frame["source"] = [w.label("provenance", origin) for origin in origins]
    title = _title(frame, module, w)
    return Basis(source, w).exhibit(
        f"kim_timelines_{module.value if module else 'all'}",
        title,
        _sentence(frame, module, w),
        (
            Column("lane", w("report_kim.unit_key"), internal=True),
            *readable(w, label="report_kim.unit", section="report_kim.regierungsbezirk"),
            Column("kind", w("report_kim.step"), internal=True),
            Column("kind_label", w("report_kim.step")),
            *readable(w, "date", start="report_kim.from", end="report_kim.to"),
            Column("source", w("report_kim.source")),
            Column("status", w("indicator.status"), internal=True),
        ),
        frame,
        indicators=("modules_started",),
        notes=(w("report_kim.note_order"), w("report_kim.note_census")),
        queries=(query,),
        choice=(("module", module.value),) if module else (),
        measure=w("report_kim.measure_timelines"),
    )


def _query(store: ParquetStore, module: Module | None) -> ExecutedQuery:
    as_of = store.manifest.as_of
    if module is None:
        return store.executed("rollout_module_spans", {"as_of": as_of})
    return store.executed("rollout_spans", {"as_of": as_of, "module": module.value})


def _lanes(all_units: pd.DataFrame, spans: pd.DataFrame, w: Words) -> pd.DataFrame:
    frame = all_units.merge(spans, how="left", on="unit")
    begun = frame["began"].notna()
    kind = frame["kind"].where(begun, NOT_BEGUN)
    labels = _kind_labels(w)
    return pd.DataFrame(
        {
            "lane": frame["unit"],
            "label": frame["label"],
            "section": frame["regierungsbezirk"],
            "start": pd.to_datetime(frame["began"]),
            "end": pd.to_datetime(frame["ended"]),
            "kind": kind,
            "kind_label": kind.map(labels),
            "status": begun.map({True: Status.SHOWN.value, False: Status.NOT_REACHED.value}),
        }
    )


def _kind_labels(w: Words) -> dict[str, str]:
    labels = {m.value: w.label("milestone", m) for m in Milestone}
    labels |= {kind: w(f"report_kim.{kind}") for kind in RUNNING}
    return labels | {NOT_BEGUN: w("report_kim.not_begun")}


def _title(frame: pd.DataFrame, module: Module | None, w: Words) -> str:
    if module is None:
        every = int((frame["kind"] == RUNNING[-1]).sum())
        return w("report_kim.timelines_title_all", in_units=in_units(every, w))
    staffed = int((frame["kind"] == Milestone.FULLY_STAFFED).sum())
    return w(
        "report_kim.timelines_title",
        module=module_name(module, w),
        in_units=in_units(staffed, w),
    )


def _sentence(frame: pd.DataFrame, module: Module | None, w: Words) -> str:
    begun = frame if module is None else frame[frame["kind"] == Milestone.STARTED]
    starts = begun.groupby("lane")["start"].min().dropna()
    if starts.empty:
        return w("report_kim.timelines_none")
    return w(
        "report_kim.timelines_sentence_all" if module is None else "report_kim.timelines_sentence",
        first=w.month(starts.min().date()),
        last=w.month(starts.max().date()),
        units=w.number(len(starts)),
    )
