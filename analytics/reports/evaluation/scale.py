"""How an outcome's levels and differences are written: percentage points, days, ratios."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.disclosure import ColumnKind
from analytics.domain.evaluation import ComparisonGroup, EffectOutcome
from analytics.domain.indicators import indicator
from analytics.domain.periods import Month
from analytics.domain.release import Release
from analytics.i18n import Words
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis.fineness import decimals
from analytics.reports.basis.formatting import Format
from analytics.reports.basis.making import Basis, based_on

Floats = NDArray[np.float64]

_LEVELS: Final[dict[EffectOutcome, Format]] = {
    EffectOutcome.SHARE: Format("share", 1),
    EffectOutcome.DAYS: Format("days", 1),
    EffectOutcome.HAZARD: Format("number", 2),
}
_DIFFERENCES: Final[dict[EffectOutcome, ColumnKind]] = {
    EffectOutcome.SHARE: "points",
    EffectOutcome.DAYS: "days_change",
    EffectOutcome.HAZARD: "number",
}


@dataclass(frozen=True, slots=True)
class Scale:
    """An outcome as people read it.

    Panels hold hazards as logarithms. Their differences are ratios to people, and their levels are
    ratios to the mean of all units: 1 is no difference in both.
    """

    outcome: EffectOutcome

    @property
    def level(self) -> Format:
        """Return how a level is written."""
        return _LEVELS[self.outcome]

    @property
    def difference(self) -> Format:
        """Return how a difference or a ratio is written."""
        return Format(_DIFFERENCES[self.outcome], self.level.digits)

    def shown(self, values: ArrayLike) -> Floats:
        """Return values of the panel as they are shown: hazards instead of their logarithms."""
        numbers = np.asarray(values, dtype=np.float64)
        return np.exp(numbers) if self.outcome is EffectOutcome.HAZARD else numbers

    def told(self, value: float) -> float:
        """Return a difference or ratio, as it is shown, no finer than it is worded."""
        form = self.difference
        return float(np.round(value, decimals(form.kind, form.digits))) + 0.0

    def difference_text(self, value: float, w: Words) -> str:
        """Return a difference of the panel, such as ``+6,7 Prozentpunkte``."""
        return self.difference.text(float(self.shown(value)), w)

    def unit(self, w: Words) -> str:
        """Return the word of a difference's unit; a ratio has none."""
        is_ratio = self.outcome is EffectOutcome.HAZARD
        return "" if is_ratio else w(f"format.{self.difference.kind}", value="").strip()

    def interval_text(self, bounds: Sequence[float], w: Words) -> str:
        """Return the interval of a difference of the panel, from ``low, high``."""
        low, high = (float(bound) for bound in self.shown(bounds))
        is_ratio = self.outcome is EffectOutcome.HAZARD
        form = replace(self.difference, kind="ratio") if is_ratio else self.difference
        return form.range(low, high, w)

    def size_text(self, value: float, w: Words) -> str:
        """Return how large a difference of the panel is, such as ``6,7 Prozentpunkte``."""
        return self.difference_text(abs(value), w).lstrip("+±")

    def estimated(self, w: Words) -> str:
        """Return what an estimate is: ``geschätzte Differenz`` or ``geschätztes Verhältnis``."""
        return w(f"evaluation.estimated_{self.difference.kind}")

    def estimate_label(self, w: Words) -> str:
        """Return the head of a column of estimates."""
        return w(f"evaluation.estimate_{self.difference.kind}")

    def estimated_measure(self, w: Words) -> str:
        """Return what an estimate measures in which unit, for the line below a finding."""
        return w(f"evaluation.measure_{self.difference.kind}", outcome=self.name(w))

    def name(self, w: Words) -> str:
        """Return the outcome's name."""
        if self.outcome is EffectOutcome.HAZARD:
            return w("evaluation.outcome_hazard_ratio")
        return indicator(self.outcome).name[w.language]


def outcome_indicators(outcome: EffectOutcome) -> tuple[str, ...]:
    """Return the indicators of the catalogue that define an outcome; hazards have none."""
    return () if outcome is EffectOutcome.HAZARD else (outcome.value,)


def outcome_choice(
    outcome: EffectOutcome, panel: ExecutedQuery, comparison: ComparisonGroup | None = None
) -> tuple[tuple[str, str], ...]:
    """Return as codes what tells a figure of an outcome apart: months of the panel, outcome, group.

    Args:
        outcome: What is compared.
        panel: The query for the panel, whose parameters hold its months.
        comparison: Where it can be chosen.
    """
    params = dict(panel.params)
    start, end = (cast(date, params[name]) for name in ("start", "end"))
    months = Month.of(start), Month.of(end - timedelta(days=1))
    group = (("comparison", comparison.value),) if comparison else ()
    return (("from", str(months[0])), ("to", str(months[1])), ("outcome", outcome.value), *group)


def based_on_outcome(
    store: ParquetStore,
    tables: Sequence[str],
    outcome: EffectOutcome,
    queries: tuple[ExecutedQuery, ...],
    w: Words,
    comparison: ComparisonGroup | None = None,
    *,
    is_estimate: bool = False,
) -> Basis:
    """Return what exhibits on an outcome are based on; the first query is the one for the panel.

    Released estimates are told as they are worded: they rest on true counts.
    """
    indicators = outcome_indicators(outcome)
    choice = outcome_choice(outcome, queries[0], comparison)
    basis = based_on(store, tables, w, indicators=indicators, choice=choice, queries=queries)
    return replace(basis, is_coarse=is_estimate and store.release is Release.RELEASED)
