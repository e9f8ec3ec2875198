"""What an appointment does in the demonstration data, and what of the model programme it carries.

Every need has its hand-over drawn before anything happens. So the same needs are followed with an
appointment and without, and with the appointments that there would be without the programme.
"""

import numpy as np
import numpy.typing as npt

from analytics.extracts.demo.calendar import QUARTERS, Days
from analytics.extracts.demo.cells import DAY_LIMIT, Rows
from analytics.extracts.demo.clock import other_end_survival, same_place
from analytics.extracts.demo.handovers import is_bound, start_days
from analytics.extracts.demo.history import History
from analytics.extracts.demo.needs import log_hazard
from analytics.extracts.demo.process import Process

Mask = npt.NDArray[np.bool_]


def binding_effect(process: Process, history: History, rows: Rows) -> dict[str, float]:
    """Return with minus without an appointment, for the referred needs at ``rows``.

    The share that starts within ``DAY_LIMIT`` days of the referral before any other end, and the
    mean days until the start, ``DAY_LIMIT`` at most.
    """
    part = history.take(rows[history.clocks.is_referred[rows]])
    size = len(part.needs)
    bound, free = (
        start_days(process, part.people, part.needs, part.handovers, np.full(size, agreed))
        for agreed in (True, False)
    )
    share = _share_started(bound).mean() - _share_started(free).mean()
    days = np.minimum(bound, DAY_LIMIT).mean() - np.minimum(free, DAY_LIMIT).mean()
    return {"share_started_180d": float(share), "restricted_mean_days_180": float(days)}


def model_days_to_start(
    process: Process, history: History, rows: Rows, counted: Mask
) -> dict[str, float]:
    """Return what the model programme takes from the days between need and start, 180 at most.

    ``total`` is with minus without it; ``binding`` what is left of that when people are referred as
    fast as with it, but with as many appointments as without it. Means over the units and quarters
    ``counted``, each weighing the same.
    """
    part = history.take(rows)
    people, needs, handovers = part.people, part.needs, part.handovers
    with_all = is_bound(process, people, needs, handovers)
    with_fewer = is_bound(process, people, needs, handovers, model=False)
    after, after_fewer = (
        start_days(process, people, needs, handovers, bound) for bound in (with_all, with_fewer)
    )
    referral = part.clocks.referral
    later = _referral_without(process, part)
    cell = process.places.unit[people.municipality[needs.case]] * QUARTERS + needs.month // 3
    shape = (len(process.places.units), QUARTERS)

    def mean(referred: Days, started: Days) -> float:
        days = np.minimum(referred + started, DAY_LIMIT)
        sums = np.bincount(cell, days, shape[0] * shape[1]).reshape(shape)
        needs_in = np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape)
        used = counted & (needs_in > 0)
        return float((sums[used] / needs_in[used]).mean())

    actual = mean(referral, after)
    total = actual - mean(later, after_fewer)
    binding = actual - mean(referral, after_fewer)
    return {"total": total, "binding": binding}


def _referral_without(process: Process, part: History) -> Days:
    """Return the same needs' days to referral without the model programme."""
    eta = log_hazard(process, part.people, part.needs, model=True, kim=True)
    lower = log_hazard(process, part.people, part.needs, model=False, kim=True)
    return same_place(part.clocks.referral, eta, lower).astype(np.int32)


def _share_started(days: Days) -> npt.NDArray[np.float64]:
    """Return, for each need, the probability that no other end comes before its start in time."""
    in_time = days <= DAY_LIMIT
    return np.where(
        in_time, other_end_survival(np.minimum(days, DAY_LIMIT).astype(np.float64)), 0.0
    )
