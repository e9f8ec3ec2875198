"""What tells a change of the records from a change for people: outcomes that the first one moves.

Two kinds. A *sign* should not move at all if the estimate is right: needs met within days, needs
without any sign for a year, the share that the mix of needs lets expect, needs for each case,
cases. A *twin* should move as the estimate does: it cannot be improved by writing needs down late,
or not at all.

All are shares or logarithms by unit and quarter, as the estimate's own panel, and go through the
same estimator. They are of needs met within 90 days whatever outcome is chosen: a fault of the
records is one fault, and this outcome shows it most plainly.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.disclosure.limits import MIN_DURATION_N
from analytics.domain.evaluation import SHARE_DAY
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.evaluation.panel import Cells, Panel, next_quarter

Floats = NDArray[np.float64]

FAST_DAYS: Final = 3
SILENT_DAYS: Final = 365
REACH_DAYS: Final = 120
_LEAST_ALIKE: Final = 10
_LEAST_CASES: Final = 3
_NO_EFFECT: Final = 1e-6
_CLOCKS: Final = ("contact", "opening")


@dataclass(frozen=True, slots=True, eq=False)
class RecordingPanels:
    """Outcomes by unit and quarter, shape (U, Q) each, NaN where missing.

    Attributes:
        fast: Needs met within three days, beyond what the share met within 90 days implies.
        silent: Needs without referral, start or end within a year, beyond what it implies.
        expected: Share met within 90 days if every need were met as often as its like in the state
            before the first start.
        adjusted: The share met within 90 days less the expected one.
        reach: Offer areas in which a case was referred within 120 days of its opening, for each
            case opened in the quarter.
        clock: Share of the cases' offer areas with a referral within 120 days of the first contact;
            of the areas in which a need came up within as many days of the opening, as below.
        needs: Offer areas with a need for each case opened.
        cases: Logarithm of the cases opened.
        clock_scale, reach_scale: How much the twin moves for each point of the share met within 90
            days, if hazards are proportional.
        met, fast_share, silent_share: Of all needs of the panel: met within 90 days, within three
            days, and without any sign for a year.
        queries: What was asked.
    """

    fast: Floats
    silent: Floats
    expected: Floats
    adjusted: Floats
    reach: Floats
    clock: Floats
    needs: Floats
    cases: Floats
    clock_scale: float
    reach_scale: float
    met: float
    fast_share: float
    silent_share: float
    queries: tuple[ExecutedQuery, ...]


def recording_panels(
    store: ParquetStore, share: Panel, effect: float, turning: date, *, whole_districts: bool
) -> RecordingPanels:
    """Return the outcomes for the units and quarters of a panel.

    Args:
        store: The snapshot.
        share: Share referred within 90 days.
        effect: Estimate for it, which says how much of the signs it implies.
        turning: First day of the quarter of the first start: the mix is judged by what was before.
        whole_districts: Whether the units are districts.
    """
    window = {
        "start": share.quarters[0],
        "end": next_quarter(share.quarters[-1]),
        "whole_districts": whole_districts,
        "chosen": share.chosen,
    }
    asked = {
        "recording_counts": window | {"fast": FAST_DAYS, "silent": SILENT_DAYS},
        "reach_counts": window | {"reach_days": REACH_DAYS},
        "expected_counts": window | {"turning": turning, "days": SHARE_DAY, "least": _LEAST_ALIKE},
    }
    counts = {name: _Counts(store.fetch(name, params), share) for name, params in asked.items()}
    recorded, reached, mix = counts.values()
    values = share.values  # noqa: PD011 (of a panel, not of a frame)
    needs, cases, areas = recorded("needs"), reached("cases"), reached("areas")
    met = _overall(values * needs, np.where(np.isfinite(values), needs, 0.0))
    fast, silent = (_overall(recorded(name), needs) for name in ("fast", "silent"))
    since_contact, since_opening = (_overall(reached(f"since_{name}"), areas) for name in _CLOCKS)
    implied = _Implied(1 - met, effect)
    cut = store.manifest.as_of
    expected = _share(mix("expected"), mix("needs"))
    in_reach = _followed(share, cut, REACH_DAYS)
    unexplained = _share(recorded("silent"), needs) + implied.of(silent) * values
    return RecordingPanels(
        fast=_share(recorded("fast"), needs) - implied.of(1 - fast) * values,
        silent=np.where(_followed(share, cut, SILENT_DAYS), unexplained, np.nan),
        expected=expected,
        adjusted=values - expected,
        reach=np.where(in_reach, _share(reached("since_opening"), cases, _LEAST_CASES), np.nan),
        clock=np.where(in_reach, _share(reached("since_contact"), areas), np.nan),
        needs=np.where(in_reach, _share(areas, cases, _LEAST_CASES), np.nan),
        cases=np.where(cases >= _LEAST_CASES, np.log(np.maximum(cases, 1.0)), np.nan),
        clock_scale=implied.of(1 - since_contact),
        reach_scale=_overall(areas, cases) * implied.of(1 - since_opening),
        met=met,
        fast_share=fast,
        silent_share=silent,
        queries=tuple(store.executed(name, params) for name, params in asked.items()),
    )


@dataclass(frozen=True, slots=True)
class _Counts:
    """Counted rows, summed by unit and quarter, shape (U, Q)."""

    frame: pd.DataFrame
    panel: Panel

    def __call__(self, column: str) -> Floats:
        cells = Cells.of(self.frame, self.panel.units, self.panel.quarters)
        return cells.sums(column).reshape((len(self.panel.units), len(self.panel.quarters)))


@dataclass(frozen=True, slots=True)
class _Implied:
    """What a true effect on the share met within 90 days does to other shares.

    Where the hazard of referral is r times as large, each survival S(d) becomes S(d) ** r, at
    every d. So a true effect moves needs met within three days, and needs without a sign for a
    year, a little; what is beyond that it does not explain.

    Attributes:
        waiting: Share not met within 90 days, of all needs.
        effect: How much the share met rises.
    """

    waiting: float
    effect: float

    def of(self, waiting: float) -> float:
        """Return by how much a share still waiting falls for each point that the one met rises."""
        here, there = _bounded(self.waiting), _bounded(waiting)
        ratio = np.log(_bounded(here - self.effect)) / np.log(here)
        if abs(ratio - 1) < _NO_EFFECT:  # the limit of what follows, around r = 1
            return float(there * np.log(there) / (here * np.log(here)))
        return float((there - there**ratio) / (here - here**ratio))


def _bounded(share: float) -> float:
    return float(min(max(share, 1e-6), 1 - 1e-6))


def _overall(part: Floats, whole: Floats) -> float:
    return float(np.nansum(part) / max(np.nansum(whole), 1.0))


def _share(part: Floats, whole: Floats, least: int = MIN_DURATION_N) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(whole >= least, part / whole, np.nan)


def _followed(panel: Panel, cut: date, days: int) -> NDArray[np.bool_]:
    """Say which quarters have been followed for ``days`` days at the cut, shape (Q,)."""
    return np.array([(cut - next_quarter(quarter)).days + 1 >= days for quarter in panel.quarters])
