"""Whether the model programme's estimate stands when a choice, a site or an assumption changes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.domain.evaluation import (
    COMMON_START,
    FIRST_YEARS,
    LAST_MONTHS,
    ComparisonGroup,
    ModelChoice,
    Towns,
)
from analytics.queries.store import ParquetStore
from analytics.reports.basis.memo import once_per_snapshot
from analytics.reports.evaluation.comparability import is_broken
from analytics.reports.evaluation.evidence import bordering_units
from analytics.reports.evaluation.model_effect import ModelPanel, model_effect, model_panel
from analytics.reports.evaluation.panel import QUARTERS_A_YEAR, NoPanelError
from analytics.stats import did
from analytics.stats.event_study import EventStudy, event_study
from analytics.stats.hazard import NotConvergedError
from analytics.stats.honest import HonestCurve, relative_magnitudes
from analytics.stats.synthetic import Synthetic, synthetic_did

M_BARS: Final = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0)


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The estimate under one other choice.

    Attributes:
        id: What is different, a key of the messages; ``headline`` for the choice itself.
        estimate, low, high: In the panel's unit; NaN when refused.
        treated, controls: Units behind it.
        is_chosen: Whether it is what was chosen already.
        is_refused: Whether the panel does not allow it.
    """

    id: str
    estimate: float
    low: float
    high: float
    treated: int
    controls: int
    is_chosen: bool = False
    is_refused: bool = False


@once_per_snapshot
def model_study(store: ParquetStore, choice: ModelChoice, *, width: int = 1) -> EventStudy:
    """Return the effect by periods of ``width`` quarters since the start.

    Raises:
        NoComparisonError: If no period before the one before the start is left.
    """
    data = _panel(store, choice)
    whole = data.exposure >= 1.0
    # An event study has no dose: districts that are treated in part only stay out of it.
    kept = data.only(~data.is_treated | whole)
    return event_study(kept.panel.values, kept.starts, width=width)


@once_per_snapshot
def model_honest(store: ParquetStore, choice: ModelChoice) -> HonestCurve:
    """Return the interval of the mean effect after the start by how far trends may differ.

    In years: from quarter to quarter, chance moves a panel of this size more than any trend, and
    what is allowed adds up over all quarters after the start.
    """
    study = model_study(store, choice, width=QUARTERS_A_YEAR)
    after = len(study.events) - study.before
    return relative_magnitudes(
        study.estimates,
        study.covariance,
        n_pre=study.before,
        weights=np.full(after, 1 / after),
        m_bars=M_BARS,
    )


@once_per_snapshot
def model_synthetic(store: ParquetStore, choice: ModelChoice) -> Synthetic:
    """Return synthetic difference in differences with one start, that of most sites."""
    data = _panel(store, choice)
    column = data.panel.column(COMMON_START.first_day)
    return synthetic_did(data.panel.values, data.starts, column, seed=choice.seed)


@once_per_snapshot
def model_sensitivities(store: ParquetStore, choice: ModelChoice) -> tuple[Sensitivity, ...]:
    """Return the chosen estimate and what becomes of it under each other choice."""
    headline = model_effect(store, choice).effect
    first = _of("headline", headline, is_chosen=True)
    others = [
        _tried(name, partial(_estimate, store, changed), is_chosen=changed == choice)
        for name, changed in _other_choices(choice)
    ]
    subsets = [
        _tried(name, partial(_subset, store, choice, keep))
        for name, keep in (("balanced", _balanced), ("comparable", _comparable(store, choice)))
    ]
    return (first, *others, *subsets, _synthetic(store, choice))


@dataclass(frozen=True, slots=True)
class WithoutSite:
    """The estimate without one model site."""

    unit: str
    estimate: float
    low: float
    high: float


@once_per_snapshot
def without_each_site(store: ParquetStore, choice: ModelChoice) -> tuple[WithoutSite, ...]:
    """Return the estimate without each site, in the order of the units' codes."""
    data = _panel(store, choice)
    sites = model_effect(store, choice).effect.units
    found = []
    for row in sites:
        keep = np.ones(len(data.starts), dtype=bool)
        keep[row] = False
        effect = data.only(keep).estimate(choice)
        found.append(WithoutSite(data.panel.units[row], effect.estimate, effect.low, effect.high))
    return tuple(found)


_CERTAIN: Final = 0.99
"""Of the estimates without a year before: the smallest of several is what counts."""


@once_per_snapshot
def without_years_before(store: ParquetStore, choice: ModelChoice) -> tuple[did.Effect, ...]:
    """Return the estimate without each four quarters in a row that lie before the start.

    A dip or a wave that hit the sites harder just then makes any later year look better. Nothing,
    where no quarter would be left before the start.
    """
    data = _panel(store, choice)
    columns = data.panel.values.shape[1]
    last = int(data.starts[data.is_treated].max(initial=0))
    found = []
    for first in range(last - QUARTERS_A_YEAR + 1 if last > QUARTERS_A_YEAR else 0):
        gone = np.arange(first, first + QUARTERS_A_YEAR)
        kept = np.setdiff1d(np.arange(columns), gone)
        earlier = np.clip(data.starts - first, 0, QUARTERS_A_YEAR)
        starts = np.where(data.is_treated, data.starts - earlier, data.starts)
        found.append(
            did.average_effect(
                data.panel.values[:, kept],
                starts,
                exposure=data.exposure,
                least_before=1,
                confidence=_CERTAIN,
            )
        )
    return tuple(found)


@once_per_snapshot
def without_neighbours(store: ParquetStore, choice: ModelChoice) -> did.Effect:
    """Return the estimate without the units that border on a site.

    Raises:
        NoComparisonError: If too few others are left.
    """
    data = _panel(store, choice)
    near = bordering_units(data.panel.units, data.is_treated)
    return data.only(~near).estimate(choice)


def _panel(store: ParquetStore, choice: ModelChoice) -> ModelPanel:
    return model_panel(store, replace(choice, draws=1, seed=0))


def _estimate(store: ParquetStore, choice: ModelChoice) -> did.Effect:
    return _panel(store, choice).estimate(choice)


def _other_choices(choice: ModelChoice) -> list[tuple[str, ModelChoice]]:
    return [
        *((f"towns_{towns}", replace(choice, towns=towns)) for towns in Towns),
        *((f"end_{end.year}", replace(choice, end=end)) for end in LAST_MONTHS),
        *((f"from_{year}", replace(choice, first_year=year)) for year in FIRST_YEARS),
        *((f"comparison_{group}", replace(choice, comparison=group)) for group in ComparisonGroup),
    ]


def _balanced(data: ModelPanel) -> NDArray[np.bool_]:
    return np.asarray(np.isfinite(data.panel.values).all(1))


def _comparable(
    store: ParquetStore, choice: ModelChoice
) -> Callable[[ModelPanel], NDArray[np.bool_]]:
    return lambda data: ~is_broken(store, data.panel, choice.period)


def _subset(
    store: ParquetStore, choice: ModelChoice, keep: Callable[[ModelPanel], NDArray[np.bool_]]
) -> did.Effect:
    data = _panel(store, choice)
    return data.only(keep(data)).estimate(choice)


def _synthetic(store: ParquetStore, choice: ModelChoice) -> Sensitivity:
    try:
        found = model_synthetic(store, choice)
    except did.NoComparisonError:
        return _refused("synthetic")
    return Sensitivity(
        "synthetic",
        found.estimate,
        found.low,
        found.high,
        len(found.treated_units),
        len(found.units),
    )


def _tried(
    name: str, estimate: Callable[[], did.Effect], *, is_chosen: bool = False
) -> Sensitivity:
    try:
        return _of(name, estimate(), is_chosen=is_chosen)
    except (did.NoComparisonError, NoPanelError, NotConvergedError):
        return _refused(name)


def _of(name: str, effect: did.Effect, *, is_chosen: bool) -> Sensitivity:
    return Sensitivity(
        name,
        effect.estimate,
        effect.low,
        effect.high,
        len(effect.units),
        effect.controls,
        is_chosen,
    )


def _refused(name: str) -> Sensitivity:
    nothing = float("nan")
    return Sensitivity(name, nothing, nothing, nothing, 0, 0, is_refused=True)
