"""True indicator values of model and comparison units for needs of 2017 to 2019."""

from typing import Final

import numpy as np
import numpy.typing as npt

from analytics.domain.vocabulary import Group
from analytics.extracts.demo.calendar import month_index
from analytics.extracts.demo.cells import DAY_LIMIT, SHARE_DAY, Rows
from analytics.extracts.demo.clock import Floats, WaitingTable, other_end_survival
from analytics.extracts.demo.handovers import binding_share
from analytics.extracts.demo.history import History
from analytics.extracts.demo.needs import log_hazard, repeat_share
from analytics.extracts.demo.process import Process

GROUPS: Final = (Group.MODEL, Group.COMPARISON)
PERIOD: Final = (month_index(2017, 1), month_index(2019, 12))

_SHORT_DAY: Final = 30
_LONGEST_START: Final = 2_000


def group_values(
    process: Process, table: WaitingTable, history: History, rows: Rows
) -> dict[str, dict[str, float]]:
    """Return indicator id, then group, then value; ``rows`` are the needs with a known unit.

    Medians are not rounded to whole days yet, see ``_crossing``.
    """
    month = history.needs.month[rows]
    rows = rows[(PERIOD[0] <= month) & (month <= PERIOD[1])]
    unit = process.places.unit[history.people.municipality[history.needs.case[rows]]]
    is_model = process.places.is_model[unit]
    values = {
        group: _values(process, table, history, rows[is_model == (group is Group.MODEL)])
        for group in GROUPS
    }
    return {
        indicator: {group.value: values[group][indicator] for group in GROUPS}
        for indicator in values[Group.MODEL]
    }


def _values(
    process: Process, table: WaitingTable, history: History, rows: Rows
) -> dict[str, float]:
    needs = history.needs.take(rows)
    eta = log_hazard(process, history.people, needs, model=True, kim=True)
    waiting = table.still_waiting @ _grid_weights(table, eta)
    start = history.clocks.start[rows]
    referred = rows[history.clocks.is_referred[rows]]
    of_referred = history.needs.take(referred)
    in_time = start <= DAY_LIMIT
    not_ended = other_end_survival(start.astype(np.float64))
    return {
        "median_days_to_referral": _crossing(waiting),
        "share_referred_30d": float(table.at(table.incidence(_SHORT_DAY), eta).mean()),
        "share_referred_90d": float(table.at(table.incidence(SHARE_DAY), eta).mean()),
        "restricted_mean_days_180": float(waiting[:DAY_LIMIT].sum()),
        "restricted_mean_days_180_to_start": float(_still_waiting(start)[:DAY_LIMIT].sum()),
        "median_days_to_start": _crossing(_still_waiting(start)),
        "share_started_180d": float(np.where(in_time, not_ended, 0.0).mean()),
        "open_over_180d_share": float(
            waiting[DAY_LIMIT] * other_end_survival(np.array(DAY_LIMIT + 1.0))
        ),
        "repeat_referral_share": float(repeat_share(process, history.people, of_referred).mean()),
        "binding_handover_share": float(
            binding_share(
                process, history.people, of_referred, history.handovers.body[referred]
            ).mean()
        ),
    }


def _crossing(waiting: Floats) -> float:
    """Return where the line through the daily values falls to one half.

    The median, the first whole day with at most half still waiting, is this rounded up; rounded
    only after averaging over worlds.
    """
    day = int(np.argmax(waiting <= 0.5))
    before = waiting[day - 1] if day else 1.0
    return float(day - 1 + (before - 0.5) / (before - waiting[day]))


def _still_waiting(days: npt.NDArray[np.int32]) -> Floats:
    """Return the share of ``days`` beyond day d for d = 0, 1, …."""
    counts = np.bincount(days[days <= _LONGEST_START], minlength=_LONGEST_START + 1)
    return np.asarray(1 - np.cumsum(counts) / len(days), dtype=np.float64)


def _grid_weights(table: WaitingTable, eta: Floats) -> Floats:
    """Return the mixture of log hazards on the table's grid, shape ``(g,)``, summing to 1."""
    step = table.eta[1] - table.eta[0]
    place = np.clip((eta - table.eta[0]) / step, 0, len(table.eta) - 1.001)
    below = place.astype(np.int64)
    above = place - below
    weights = np.bincount(below, 1 - above, len(table.eta))
    weights += np.bincount(below + 1, above, len(table.eta))
    return np.asarray(weights / len(eta), dtype=np.float64)
