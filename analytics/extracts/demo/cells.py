"""The effect of a programme in each unit and quarter of need, from both potential outcomes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from analytics.extracts.demo.calendar import QUARTERS
from analytics.extracts.demo.clock import Floats, WaitingTable
from analytics.extracts.demo.history import History
from analytics.extracts.demo.needs import log_hazard
from analytics.extracts.demo.process import Process

SHARE_DAY: Final = 90
DAY_LIMIT: Final = 180

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class CellEffects:
    """Sums over the needs of each unit and quarter, shape ``(units, QUARTERS)``.

    Each is the difference with minus without the programme: share referred within ``SHARE_DAY``
    days before any other end, restricted mean days up to ``DAY_LIMIT``, log hazard.
    """

    needs: Floats
    share: Floats
    days: Floats
    log_hazard: Floats

    @classmethod
    def pooled(cls, parts: Iterable["CellEffects"]) -> "CellEffects":
        """Return the sums over several worlds."""
        worlds = list(parts)
        return cls(
            needs=np.sum([world.needs for world in worlds], axis=0),
            share=np.sum([world.share for world in worlds], axis=0),
            days=np.sum([world.days for world in worlds], axis=0),
            log_hazard=np.sum([world.log_hazard for world in worlds], axis=0),
        )

    def means(self) -> dict[str, Floats]:
        """Return the mean effect per cell by outcome; NaN where no need lies."""
        needs = np.where(self.needs > 0, self.needs, np.nan)
        return {
            "share_referred_90d": self.share / needs,
            "restricted_mean_days_180": self.days / needs,
            "hazard_ratio": np.exp(self.log_hazard / needs),
        }

    def average(self, cells: npt.NDArray[np.bool_], *, by_needs: bool) -> dict[str, float]:
        """Return the mean effect over ``cells``, each weighing the same or by its needs.

        Hazard ratios are averaged on the log scale. Cells without needs are left out.
        """
        used = cells & (self.needs > 0)
        if not used.any():
            return dict.fromkeys(self.means(), float("nan"))
        weight = self.needs[used] if by_needs else np.ones(int(used.sum()))
        needs = self.needs[used]
        return {
            "share_referred_90d": float(np.average(self.share[used] / needs, weights=weight)),
            "restricted_mean_days_180": float(np.average(self.days[used] / needs, weights=weight)),
            "hazard_ratio": float(
                np.exp(np.average(self.log_hazard[used] / needs, weights=weight))
            ),
        }


def known_units(process: Process, history: History) -> Rows:
    """Return the needs whose evaluation unit an extract shows.

    In a district with a model town, that needs the municipality.
    """
    people = history.people
    is_known = ~process.places.split[people.municipality] | people.knows_municipality
    return np.flatnonzero(is_known[history.needs.case])


def cell_effects(
    process: Process,
    table: WaitingTable,
    history: History,
    rows: Rows,
    *,
    without: Literal["model", "kim"],
) -> CellEffects:
    """Return the effect of one programme, the other one being as it is."""
    needs = history.needs.take(rows)
    actual = log_hazard(process, history.people, needs, model=True, kim=True)
    otherwise = log_hazard(
        process, history.people, needs, model=without != "model", kim=without != "kim"
    )
    unit = process.places.unit[history.people.municipality[needs.case]]
    cell = unit * QUARTERS + needs.month // 3
    share, days = table.incidence(SHARE_DAY), table.restricted_mean(DAY_LIMIT)

    def total(values: Floats | None = None) -> Floats:
        sums = np.bincount(cell, values, len(process.places.units) * QUARTERS)
        return sums.reshape(-1, QUARTERS).astype(np.float64)

    return CellEffects(
        needs=total(),
        share=total(table.at(share, actual) - table.at(share, otherwise)),
        days=total(table.at(days, actual) - table.at(days, otherwise)),
        log_hazard=total(actual - otherwise),
    )
