"""How small a violation would explain an estimate, and how large a one is not excluded.

The two together say what a sentence rests on. Both are told in units that a reader can judge:
points a year of an own trend, days by which the clock would have to start later, per cent of dates
or needs that would have to be missing.
"""

from dataclasses import dataclass
from math import inf
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from analytics.domain.evaluation import DAY_LIMIT, SHARE_DAY
from analytics.domain.verdict import Assumption
from analytics.queries.store import ParquetStore
from analytics.reports.evaluation.designs import Estimator
from analytics.reports.evaluation.evidence import Contrast, Evidence
from analytics.reports.evaluation.panel import QUARTERS_A_YEAR, Cells, Panel
from analytics.stats.did import NoComparisonError
from analytics.stats.imputation import NEVER
from analytics.stats.slopes import SlopeDifference, slope_difference

Floats = NDArray[np.float64]

Unit = Literal["outcome", "days", "share"]
"""``outcome``: a difference of the panel (a year, for trends). ``days``. ``share``: 0 to 1."""


_TWO_SIDED: Final = 0.90
"""Of the interval of a drift: only one of its ends matters, so that end holds with 95 %."""


@dataclass(frozen=True, slots=True)
class Weakness:
    """What a violation of one assumption would do to an estimate.

    Attributes:
        assumption: Which.
        unit: Of the next two.
        tipping: The violation that would explain the estimate in full; NaN where it cannot be
            computed, infinite where none could.
        largest: The largest violation in favour of the estimate that the records do not exclude
            (95 %); 0 if they exclude any, NaN where it cannot be computed.
        explains: Share of the estimate that ``largest`` would explain.
        carries: Whether it would take so much of the estimate that its interval contained 0: then
            the estimate rests on this assumption. True where that cannot be computed.
    """

    assumption: Assumption
    unit: Unit
    tipping: float
    largest: float
    explains: float
    carries: bool


@dataclass(frozen=True, slots=True)
class OwnTrend:
    """The drift of the units that a programme reaches, as far as the time before shows it.

    Attributes:
        slope: By quarter, from the quarters before the start.
        years: What a drift of one unit a year adds to the estimate.
    """

    slope: SlopeDifference
    years: float

    def largest(self, direction: float) -> float:
        """Return the largest yearly drift in a direction that is not excluded; 0 if any is."""
        bound = self.slope.high if direction > 0 else -self.slope.low
        return max(0.0, QUARTERS_A_YEAR * bound)


def own_trend(estimator: Estimator, values: Floats) -> OwnTrend | None:
    """Return the drift of a panel, shape (U, Q); None with too little before the start."""
    drifting = estimator.drifting
    columns = np.arange(values.shape[1])[None, :]
    # Sites start apart: each is seen until its own start, the others until the last one's. Where
    # everybody starts in the end, everybody is seen until the first start.
    is_all = (estimator.starts != NEVER).all()
    last = estimator.starts.min() if is_all else estimator.starts[drifting].max()
    before = np.where(columns < np.minimum(estimator.starts, last)[:, None], values, np.nan)
    line = np.where(np.isfinite(values), columns / QUARTERS_A_YEAR, np.nan) * drifting[:, None]
    try:
        slope = slope_difference(before, drifting, estimator.clusters, confidence=_TWO_SIDED)
        years = estimator.average(line).estimate
    except NoComparisonError:
        return None
    return OwnTrend(slope, float(years))


def weaknesses(
    store: ParquetStore, evidence: Evidence, trend: OwnTrend | None, estimate: float
) -> tuple[Weakness, ...]:
    """Return one weakness for each assumption that concerns the design, in their order.

    Args:
        store: The snapshot.
        evidence: Signs and twins, on the share met within 90 days.
        trend: Of the chosen outcome.
        estimate: The chosen estimate, in the unit of ``trend``.
    """
    judge, waiting = _Judge(evidence), _Waiting.of(store, evidence)
    found = [
        _of_trend(trend, estimate),
        judge.clock(waiting),
        judge.definition(),
        judge.dates(),
        judge.recorded(waiting),
        judge.mix(),
    ]
    if evidence.neighbours is not None:
        found.append(judge.neighbours())
    return tuple(found)


def _of_trend(trend: OwnTrend | None, estimate: float) -> Weakness:
    """Two or three years before a start never exclude a slow drift, so trends always carry."""
    if trend is None or not trend.years > 0:
        nothing = float("nan")
        return Weakness(Assumption.TRENDS, "outcome", nothing, nothing, nothing, carries=True)
    tipping = abs(estimate) / trend.years
    largest = trend.largest(float(np.sign(estimate)))
    return Weakness(
        Assumption.TRENDS, "outcome", tipping, largest, _ratio(largest, tipping), carries=True
    )


@dataclass(frozen=True, slots=True)
class _Judge:
    """Turns signs and twins into what they leave possible, on the share met within 90 days."""

    evidence: Evidence

    @property
    def _size(self) -> float:
        return abs(self.evidence.average.estimate)

    @property
    def _direction(self) -> float:
        return float(np.sign(self.evidence.average.estimate))

    def clock(self, waiting: "_Waiting") -> Weakness:
        """Days by which the clock starts later: a lead over the twin from first contact."""
        bias = self._lead(self.evidence.clock_lead)
        tipping = waiting.days_for(self._size)
        largest = waiting.days_for(bias) if np.isfinite(bias) else bias
        return self._weakness(Assumption.CLOCK, "days", tipping, largest, bias)

    def definition(self) -> Weakness:
        """Share of needs counted as met at once: what is gained of them was not met in 90 days."""
        gain = (1 - self.evidence.panels.met) / (1 - self.evidence.panels.fast_share)
        largest = self._most(self.evidence.fast, self._direction)
        return self._weakness(
            Assumption.DEFINITION, "share", self._size / gain, largest, largest * gain
        )

    def dates(self) -> Weakness:
        """Share of referrals without a date elsewhere: without a sign, they never count."""
        panels = self.evidence.panels
        loss = panels.met / max(1 - panels.silent_share, 1e-6)
        largest = self._most(self.evidence.silent, -self._direction)
        return self._weakness(Assumption.DATES, "share", self._size / loss, largest, largest * loss)

    def recorded(self, waiting: "_Waiting") -> Weakness:
        """Share of slow needs never written down: a lead of the share over what cases got."""
        bias = self._lead(self.evidence.reach_lead)
        tipping = waiting.unrecorded_for(self._size)
        largest = waiting.unrecorded_for(bias) if np.isfinite(bias) else bias
        return self._weakness(Assumption.RECORDED, "share", tipping, largest, bias)

    def mix(self) -> Weakness:
        """Points by which other people and needs alone would move the share."""
        largest = self._most(self.evidence.expected, self._direction)
        return self._weakness(Assumption.MIX, "outcome", self._size, largest, largest)

    def neighbours(self) -> Weakness:
        """Points by which units that border on a site became slower."""
        part = max(self.evidence.bordering, 1e-6)
        largest = self._most(self.evidence.neighbours, -self._direction)
        return self._weakness(
            Assumption.NEIGHBOURS, "outcome", self._size / part, largest, largest * part
        )

    def _lead(self, lead: Contrast | None) -> float:
        if lead is None:
            return float("nan")
        return max(0.0, self._direction * lead.bound(self._direction))

    def _most(self, sign: Contrast | None, direction: float) -> float:
        if sign is None:
            return float("nan")
        return max(0.0, direction * sign.bound(direction))

    def _weakness(
        self, assumption: Assumption, unit: Unit, tipping: float, largest: float, bias: float
    ) -> Weakness:
        average = self.evidence.average
        nearest = (
            min(abs(average.low), abs(average.high)) if average.low * average.high > 0 else 0.0
        )
        carries = not bias < nearest
        return Weakness(assumption, unit, tipping, largest, _ratio(bias, self._size), carries)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0 else inf


@dataclass(frozen=True, slots=True)
class _Waiting:
    """How long needs waited where the programme ran: the share met by each day, shape (181,)."""

    met: Floats
    is_improved: bool

    @classmethod
    def of(cls, store: ParquetStore, evidence: Evidence) -> "_Waiting":
        share = evidence.share
        query = next(query for query in share.queries if query.name == "effect_counts")
        rows = Cells.of(
            store.fetch("effect_counts", dict(query.params)), share.units, share.quarters
        )
        after = _after(share, evidence.estimator)
        needs = rows.column("needs") * after.ravel()[rows.cell]
        is_met = rows.column("event") == 1
        by_day = np.bincount(rows.column("days")[is_met], needs[is_met], DAY_LIMIT + 1)
        met = np.cumsum(by_day) / max(needs.sum(), 1)
        return cls(np.asarray(met), bool(evidence.average.estimate > 0))

    def days_for(self, points: float) -> float:
        """Return by how many days the clock must start later to gain ``points``; infinite if never.

        A share that fell needs a clock that starts earlier; the days are counted alike.
        """
        at = self.met[SHARE_DAY]
        gained = at - self.met[SHARE_DAY::-1] if self.is_improved else self.met[SHARE_DAY:] - at
        enough = np.flatnonzero(gained >= points)
        return float(enough[0]) if len(enough) else inf

    def unrecorded_for(self, points: float) -> float:
        """Return which share of the needs waiting longer than 90 days must be missing for a gain.

        Where the share fell, it is the share of those met that must be missing.
        """
        now = self.met[SHARE_DAY] if self.is_improved else 1 - self.met[SHARE_DAY]
        true = now - points
        if not 0 < true < 1 or not 0 < now < 1:
            return 1.0
        return float(1 - (true / (1 - true)) / (now / (1 - now)))


def _after(share: Panel, estimator: Estimator) -> NDArray[np.bool_]:
    columns = np.arange(share.values.shape[1])[None, :]
    return np.asarray(columns >= estimator.starts[:, None])
