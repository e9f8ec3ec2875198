"""The values of the rules, each from the results that it speaks about."""

from collections.abc import Iterable
from dataclasses import replace
from math import nan
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from analytics.domain.analysis_plan import Role, plan_in_force
from analytics.domain.evaluation import KimChoice, ModelChoice
from analytics.queries.store import ParquetStore
from analytics.reports.evaluation.assumptions import OwnTrend, Weakness
from analytics.reports.evaluation.designs import Estimator
from analytics.reports.evaluation.evidence import Contrast, Evidence
from analytics.reports.evaluation.kim_effect import kim_effect, kim_without_year
from analytics.reports.evaluation.model_effect import model_effect
from analytics.reports.evaluation.panel import NoPanelError, Panel
from analytics.reports.evaluation.robustness import (
    model_honest,
    model_sensitivities,
    model_study,
    without_neighbours,
    without_years_before,
)
from analytics.stats.did import NoComparisonError
from analytics.stats.hazard import NotConvergedError
from analytics.stats.multiple import holm

_KIM_DIP_LEVEL: Final = 0.10


class HasInterval(Protocol):
    """An estimate with its interval."""

    @property
    def estimate(self) -> float: ...  # noqa: D102
    @property
    def low(self) -> float: ...  # noqa: D102
    @property
    def high(self) -> float: ...  # noqa: D102


def of_records(evidence: Evidence, faster: float) -> dict[str, float]:
    """Return the values of the rules on recording: twins must follow, signs must not show.

    Args:
        evidence: On the share met within 90 days.
        faster: Above 0 where the estimate that is judged says faster, below 0 where slower. Another
            outcome may disagree with that share; then its twins must not confirm it.
    """
    return {
        "clock": one_sided(evidence.clock, faster, unknown=nan),
        "reach": one_sided(evidence.reach, faster, unknown=nan),
        "mix": one_sided(evidence.adjusted, faster, unknown=nan),
        "clock_lead": one_sided(evidence.clock_lead, faster, unknown=nan),
        "reach_lead": one_sided(evidence.reach_lead, faster, unknown=nan),
        "fast": one_sided(evidence.fast, faster, unknown=nan),
        "silent": one_sided(evidence.silent, -faster, unknown=nan),
        "expected": _two_sided(evidence.expected),
        "needs": _two_sided(evidence.needs),
        "cases": _two_sided(evidence.cases),
    }


def of_trend(trend: OwnTrend | None, found: tuple[Weakness, ...]) -> dict[str, float]:
    """Return the values of the rules on the own trend; NaN where none is known."""
    if trend is None:
        return {"slope": nan, "drift": nan}
    return {"slope": trend.slope.p, "drift": found[0].explains}


def one_sided(found: Contrast | None, direction: float, *, unknown: float) -> float:
    """Return the one-sided p value in a direction, or ``unknown`` where there is no estimate."""
    return unknown if found is None else found.p_towards(float(np.sign(direction)))


def _two_sided(found: Contrast | None) -> float:
    return nan if found is None else found.placebo.p


def corrected(store: ParquetStore, choice: ModelChoice | KimChoice, p: float) -> float:
    """Return the p value of an estimate: Holm's among the secondary outcomes, else its own.

    A secondary outcome that cannot be estimated counts as one with p = 1.
    """
    plan = plan_in_force()
    if plan.role(choice) is not Role.SECONDARY:
        return p
    family = [
        replace(other, draws=choice.draws, seed=choice.seed) for other in plan.choices(choice)
    ]
    adjusted = holm([p if other == choice else _p_of(store, other) for other in family])
    return adjusted[family.index(choice)]


def _p_of(store: ParquetStore, choice: ModelChoice | KimChoice) -> float:
    try:
        if isinstance(choice, ModelChoice):
            return model_effect(store, choice).placebo.p
        return kim_effect(store, choice).placebo.p
    except (NoPanelError, NoComparisonError, NotConvergedError):
        return 1.0


def dip(store: ParquetStore, choice: ModelChoice, estimate: float) -> float:
    """Return the agreement without each year before; same sign only, if nothing is left."""
    try:
        others = without_years_before(store, choice)
    except NoComparisonError:
        return 0.0
    return agreement(estimate, others) if others else 0.0


def apart(store: ParquetStore, choice: ModelChoice, estimate: float) -> float:
    """Return the agreement without the sites' neighbours; same sign only, if none is left."""
    try:
        return agreement(estimate, [without_neighbours(store, choice)])
    except NoComparisonError:
        return 0.0


def comparability(
    estimator: Estimator, panel: Panel, is_broken: NDArray[np.bool_], estimate: float
) -> float:
    """Return the agreement without the units whose records changed by their own account."""
    if not is_broken.any():
        return 1.0
    try:
        found = estimator.only(~is_broken).average(panel.values[~is_broken])
    except NoComparisonError:
        return 0.0
    return agreement(estimate, [found])


def kim_dip(store: ParquetStore, choice: KimChoice, estimate: float) -> float:
    """Return the agreement without the year before, one-sided: a long base is a noisy one."""
    try:
        found = kim_without_year(store, choice)
    except NoComparisonError:
        return 0.0
    if np.sign(found.estimate) != np.sign(estimate):
        return -1.0
    p = float(stats.t.sf(abs(found.estimate) / found.error, found.freedom))
    return float(p <= _KIM_DIP_LEVEL)


def distance(low: float, high: float, error: float) -> float:
    """Return how far the interval lies from 0, in standard errors; negative if 0 is inside."""
    return float(max(low, -high) / error)


def pretrend(store: ParquetStore, choice: ModelChoice) -> float:
    """Return the p value of equal differences in all periods before; NaN where unknown."""
    try:
        return model_study(store, choice).pretrend_p
    except NoComparisonError:
        return nan


def breakdown(store: ParquetStore, choice: ModelChoice) -> float:
    """Return the breakdown value of the parallel trends; NaN where unknown."""
    try:
        return model_honest(store, choice).breakdown
    except NoComparisonError:
        return nan


def others(store: ParquetStore, choice: ModelChoice) -> list[HasInterval]:
    """Return the estimates under other choices that can be had."""
    return [tried for tried in model_sensitivities(store, choice) if not tried.is_refused]


def agreement(estimate: float, others: Iterable[HasInterval]) -> float:
    """Return 1 if all others agree in sign and exclude 0, 0 if in sign, -1 if one does not."""
    signs = [np.sign(other.estimate) == np.sign(estimate) for other in others]
    if not all(signs):
        return -1.0
    return float(all(other.low * other.high > 0 for other in others))
