"""What of a curve may be shown."""

import numpy as np
from numpy.typing import NDArray

from analytics.disclosure.limits import MIN_AT_RISK, MIN_COUNT


def release_curve(at_risk: NDArray[np.int64], events: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the positions of the curve's days that may be shown.

    The curve ends before the first day with fewer than 10 at risk. Of the days before, one is
    shown as soon as at least 5 further people have had an event since the day shown last, so that
    a step between two neighbouring points never stands for fewer than 5. As the number at risk is
    shown too, it must not have fallen by 1 to 4 since the day shown last, or since the start.

    Args:
        at_risk: Shape (d,), at risk just before each day of the curve, falling.
        events: Shape (d,), how many had the curve's event on each day.

    Returns:
        Positions in rising order; empty when nobody may be shown.
    """
    at_risk = np.asarray(at_risk)
    last = int(np.argmax(at_risk < MIN_AT_RISK)) if (at_risk < MIN_AT_RISK).any() else len(at_risk)
    kept: list[int] = []
    pending = 0
    before = int(at_risk[0]) if at_risk.size else 0
    for position in range(last):  # days of a curve, some hundreds at most
        pending += int(events[position])
        left = before - int(at_risk[position])
        if pending >= MIN_COUNT and not 0 < left < MIN_COUNT:
            kept.append(position)
            pending, before = 0, int(at_risk[position])
    return np.asarray(kept, dtype=np.int64)
