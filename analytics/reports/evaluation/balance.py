"""What differs before any model: structure and outcomes of 2015 and 2016."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.domain.areas import registry
from analytics.domain.estimates import Status
from analytics.domain.evaluation import ComparisonGroup, EffectOutcome
from analytics.i18n import Words
from analytics.queries.editions import ClosedQueryError
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.dimensions import units_note
from analytics.reports.basis.figures import figure
from analytics.reports.basis.formatting import Format
from analytics.reports.basis.making import Basis, Column, Exhibit, internal, readable
from analytics.reports.basis.provenance import source_line
from analytics.reports.evaluation.groups import (
    before_changes,
    before_levels,
    is_compared,
    is_model,
    unit_panel,
)
from analytics.reports.evaluation.matching import structure_before
from analytics.reports.evaluation.panel import NoPanelError
from analytics.reports.evaluation.scale import Scale
from analytics.stats.hazard import NotConvergedError
from analytics.stats.unit_means import pooled_spread, standardised_difference

Floats = NDArray[np.float64]

LARGE: Final = 0.25
"""Standardised differences beyond it are commonly called imbalance (Stuart 2010)."""

_STRUCTURE: Final = {
    "log_population": Format("number"),
    "log_density": Format("number"),
    "foreign_share": Format("share", 1),
    "foreign_share_change": Format("points", 1),
    "independent_city": Format("share"),
}
_LOGARITHMS: Final = ("log_population", "log_density")


@dataclass(frozen=True, slots=True, eq=False)
class _Variable:
    """One thing that may differ: a value a unit, in the registry's order, shape (U,)."""

    key: str
    label: str
    section: str
    by_unit: Floats
    form: Format
    is_log: bool = False


@figure("comparison_balance", "effect/comparison", takes.SNAPSHOT, "balance")
def balance(store: ParquetStore, w: Words) -> Exhibit:
    """Return means and standardised differences of the sites and both comparison groups.

    Rows ``key`` (``all`` or ``matched``), ``variable, label, section, group_label, model_mean,
    group_mean`` (as text, since units differ), ``value`` (standardised difference), ``low, high``
    (missing: it describes these units), ``units, status``.
    """
    outcomes, queries = _outcomes(store, w)
    table, structure_query = structure_before(store)
    frame = _rows(store, [*_structure(table, w), *outcomes], w)
    source = source_line(store, ("cases", "referrals", "population"), w)
    return Basis(source, w).exhibit(
        "comparison_balance",
        _title(frame, w),
        w("report_comparison.balance_sentence", large=w.number(LARGE, 2)),
        _columns(frame, w),
        frame,
        indicators=("share_referred_90d", "restricted_mean_days_180", "foreign_share"),
        notes=(
            w("report_comparison.note_balance"),
            w("report_comparison.note_standardised"),
            w("report_comparison.note_structure"),
            w("report_comparison.note_before"),
            w("evaluation.note_ratio"),
            units_note(w),
        ),
        queries=(structure_query, *queries),
        alt=w("report_comparison.balance_alt"),
        measure=w("report_comparison.measure_balance"),
    )


def _structure(table: pd.DataFrame, w: Words) -> list[_Variable]:
    districts = [unit.district for unit in registry().evaluation_units]
    by_unit = table.reindex(districts)
    return [
        _Variable(
            key=name,
            label=w(f"report_comparison.variable_{name}"),
            section=w("report_comparison.section_structure"),
            by_unit=by_unit[name].to_numpy(dtype=np.float64),
            form=form,
            is_log=name in _LOGARITHMS,
        )
        for name, form in _STRUCTURE.items()
    ]


def _outcomes(store: ParquetStore, w: Words) -> tuple[list[_Variable], tuple[ExecutedQuery, ...]]:
    """Return levels and changes of each outcome that these years allow, and what was asked."""
    found: list[_Variable] = []
    queries: dict[str, ExecutedQuery] = {}
    for outcome in EffectOutcome:
        scale = Scale(outcome)
        try:
            panel = unit_panel(store, outcome)
            levels, changes = before_levels(panel), before_changes(panel)
            queries |= {query.name: query for query in panel.queries}
        except (NoPanelError, NotConvergedError, ClosedQueryError):
            levels = changes = np.full(len(registry().evaluation_units), np.nan)
        section = w("report_comparison.section_outcomes")
        is_log = outcome is EffectOutcome.HAZARD
        change = w("report_comparison.change_of", outcome=scale.name(w))
        found += [
            _Variable(f"{outcome}", scale.name(w), section, levels, scale.level, is_log),
            _Variable(f"{outcome}_change", change, section, changes, scale.difference, is_log),
        ]
    return found, tuple(queries.values())


def _rows(store: ParquetStore, variables: list[_Variable], w: Words) -> pd.DataFrame:
    model = is_model()
    compared = {group: is_compared(store, group) for group in ComparisonGroup}
    rows = []
    for variable in variables:
        own = variable.by_unit[model]
        spread = pooled_spread(own, variable.by_unit[compared[ComparisonGroup.ALL]])
        for group, chosen in compared.items():
            others = variable.by_unit[chosen]
            rows.append(
                {
                    "key": str(group),
                    "variable": variable.key,
                    "label": variable.label,
                    "section": variable.section,
                    "group_label": w(f"report_comparison.group_{group}"),
                    "model_mean": _mean_text(variable, own, w),
                    "group_mean": _mean_text(variable, others, w),
                    "value": standardised_difference(own, others, spread),
                    "units": int(np.isfinite(others).sum()),
                }
            )
    frame = pd.DataFrame(rows).assign(low=float("nan"), high=float("nan"))
    status = np.where(frame["value"].notna(), Status.SHOWN.value, Status.NO_DATA.value)
    return frame.assign(status=status)


def _mean_text(variable: _Variable, values: Floats, w: Words) -> str:
    known = values[np.isfinite(values)]
    if not len(known):
        return variable.form.text(None, w)
    mean = float(known.mean())
    return variable.form.text(np.exp(mean) if variable.is_log else mean, w)


def _title(frame: pd.DataFrame, w: Words) -> str:
    shown = frame[frame["status"] == Status.SHOWN]
    beyond = shown[shown["value"].abs() > LARGE].groupby("key")["variable"].nunique()
    return w(
        "report_comparison.balance_title",
        variables=w.number(shown["variable"].nunique()),
        of_all=w.number(int(beyond.get("all", 0))),
        of_matched=w.number(int(beyond.get("matched", 0))),
        large=w.number(LARGE, 2),
    )


def _columns(frame: pd.DataFrame, w: Words) -> tuple[Column, ...]:
    limits = frame.assign(lower=-LARGE, upper=LARGE)
    digits = Format("number", 2).outside(limits, "lower", "upper", w).digits
    return (
        Column("section", w("report_comparison.section")),
        *readable(w, label="report_comparison.variable", group_label="report_comparison.group"),
        Column("model_mean", w("report_comparison.model_mean")),
        Column("group_mean", w("report_comparison.group_mean")),
        Column("value", w("report_comparison.standardised"), "number", digits),
        # Units are districts and towns, not people: the rule on small counts is not for them.
        Column("units", w("report_comparison.units"), "number"),
        Column("key", w("report_comparison.group_key"), internal=True),
        *internal(w, variable="report_comparison.variable_key", status="indicator.status"),
    )
