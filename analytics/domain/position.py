"""A district's position: two statements that must not be taken for each other.

The first compares: does its figure differ from that of the rest of the state, the district taken
out? The second places: is that unusual among districts, which mostly differ by more than chance?
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Comparison(StrEnum):
    """Whether a district's figure differs from that of the rest of the state.

    ``BETTER`` and ``WORSE`` are said in the indicator's direction, ``HIGHER`` and ``LOWER`` where
    it has none. ``UNSURE``: the district's own interval leaves out the rest's or the state's value,
    but that of the difference contains zero. ``NONE``: there is nothing to compare.
    """

    BETTER = "better"
    WORSE = "worse"
    HIGHER = "higher"
    LOWER = "lower"
    UNSURE = "unsure"
    ALIKE = "alike"
    NONE = "none"

    @property
    def is_different(self) -> bool:
        """Say whether the figure differs from that of the rest."""
        return self not in (Comparison.UNSURE, Comparison.ALIKE, Comparison.NONE)


class Spread(StrEnum):
    """Where a figure lies in the usual spread between districts; ``NONE``: it is not known."""

    ABOVE = "above"
    BELOW = "below"
    USUAL = "usual"
    NONE = "none"

    @property
    def is_unusual(self) -> bool:
        """Say whether the figure lies outside the usual spread."""
        return self in (Spread.ABOVE, Spread.BELOW)


class Reason(StrEnum):
    """Why nothing is said of a figure's position."""

    UNSHOWN = "unshown"
    FEW = "few"
    INVENTED = "invented"
    COMPLETE = "complete"
    PARTIAL = "partial"


@dataclass(frozen=True, slots=True)
class Position:
    """Both statements on one figure of a district.

    Attributes:
        comparison: With the rest of the state.
        spread: Among the districts.
        rest: Value of the rest of the state, in the indicator's unit; None without a comparison.
        difference: The district's figure minus the rest's.
        low: Lower end of the difference's 95 % interval.
        high: Its upper end.
        reason: Why there is no comparison; None where there is one.
    """

    comparison: Comparison
    spread: Spread
    rest: float | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    reason: Reason | None = None

    @property
    def is_judged(self) -> bool:
        """Say whether the figure is compared with the rest of the state."""
        return self.comparison is not Comparison.NONE


def unplaced(reason: Reason) -> Position:
    """Return the position of a figure of which nothing can be said."""
    return Position(Comparison.NONE, Spread.NONE, reason=reason)


DIRECTIONS: Final = {
    "higher": {1: Comparison.BETTER, -1: Comparison.WORSE},
    "lower": {1: Comparison.WORSE, -1: Comparison.BETTER},
    "none": {1: Comparison.HIGHER, -1: Comparison.LOWER},
}
"""By an indicator's direction and the side of the rest on which a figure certainly lies."""
