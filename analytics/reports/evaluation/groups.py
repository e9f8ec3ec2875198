"""Who is compared: the model sites, all other units, or those most like the sites."""

import numpy as np
from numpy.typing import NDArray

from analytics.domain.areas import registry
from analytics.domain.evaluation import LAST_MONTHS, ComparisonGroup, EffectOutcome
from analytics.domain.periods import Period
from analytics.domain.vocabulary import Group
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.memo import once_per_snapshot
from analytics.reports.basis.span import BEFORE_PROGRAMME
from analytics.reports.evaluation.matching import matched_units
from analytics.reports.evaluation.panel import Panel, build_panel
from analytics.stats.did import LEAST_BEFORE

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@once_per_snapshot
def unit_panel(store: ParquetStore, outcome: EffectOutcome) -> Panel:
    """Return the outcome of all evaluation units from 2015 to the last quarter offered.

    Raises:
        NoPanelError: If no quarter can be estimated.
        NotConvergedError: If there is nothing to adjust hazards with.
    """
    units = tuple(unit.code for unit in registry().evaluation_units)
    period = Period(BEFORE_PROGRAMME.first, LAST_MONTHS[-1])
    return build_panel(store, outcome, units, period, is_shown=True)


def is_model() -> Mask:
    """Return which evaluation units are model sites, in the registry's order."""
    return np.array([unit.group is Group.MODEL for unit in registry().evaluation_units])


def is_compared(store: ParquetStore, comparison: ComparisonGroup) -> Mask:
    """Return which evaluation units the sites are compared with, in the registry's order."""
    if comparison is ComparisonGroup.ALL:
        return ~is_model()
    matched = set(matched_units(store))
    return np.array([unit.code in matched for unit in registry().evaluation_units])


def before_quarters(panel: Panel, year: int | None = None) -> Mask:
    """Return which quarters of a panel lie before the programme, or in one year."""
    last = BEFORE_PROGRAMME.end
    return np.array(
        [day < last and (year is None or day.year == year) for day in panel.quarters], dtype=bool
    )


def before_levels(panel: Panel) -> Floats:
    """Return each unit's mean before the programme, NaN with under four quarters, shape (U,)."""
    return _means(panel.values[:, before_quarters(panel)], LEAST_BEFORE)


def before_changes(panel: Panel) -> Floats:
    """Return each unit's mean of 2016 minus that of 2015, NaN with under two quarters in one."""
    first, last = BEFORE_PROGRAMME.first.year, BEFORE_PROGRAMME.last.year
    levels = [
        _means(panel.values[:, before_quarters(panel, year)], LEAST_BEFORE // 2)
        for year in (first, last)
    ]
    return levels[1] - levels[0]


def group_name(comparison: ComparisonGroup, w: Words) -> str:
    """Return what a comparison group is called."""
    return w(f"report_comparison.group_{comparison}")


def _means(values: Floats, least: int) -> Floats:
    seen = np.isfinite(values)
    counts = seen.sum(1)
    sums = np.where(seen, values, 0.0).sum(1)
    return np.where(counts >= least, sums / np.maximum(counts, 1), np.nan)
