"""What is chosen about districts side by side, and what is said of one of them in one indicator."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from analytics.domain.periods import Period

BY_REGION: Final = "region"
"""Regierungsbezirk by Regierungsbezirk, as the official key has the districts."""
BY_NAME: Final = "name"
ORDERS: Final = (BY_REGION, BY_NAME)
"""Orders that no figure decides; besides them the findings on one indicator do, by its id."""

FIRST_INDICATORS: Final = (
    "median_days_to_referral", "share_started_180d", "open_over_180d_share",
    "start_rate_of_referred", "repeat_referral_share", "binding_handover_share", "cases_per_fte",
)  # fmt: skip
"""Side by side at first: how soon, how well it fits, how binding, with what means; no two of them
say nearly the same."""
SLIDE_INDICATORS: Final = (
    "median_days_to_referral", "share_started_180d", "repeat_referral_share",
    "binding_handover_share", "cases_per_fte",
)  # fmt: skip
"""As many of them as have room on a slide, in letters that are read in a room."""
FIRST_PAIR: Final = ("cases_per_fte", "median_days_to_referral")
"""Against each other at first: caseload and waiting."""


class Finding(StrEnum):
    """What is said of a district in one indicator where many are looked at together.

    ``BETTER`` and ``WORSE`` than the rest of the state are said in the indicator's direction,
    ``HIGHER`` and ``LOWER`` where it has none, ``ALIKE`` where it is not told apart. ``UNJUDGED``
    figures are shown without a comparison; ``PROTECTED`` and ``NO_DATA`` are not shown.
    """

    BETTER = "better"
    WORSE = "worse"
    HIGHER = "higher"
    LOWER = "lower"
    ALIKE = "alike"
    UNJUDGED = "unjudged"
    PROTECTED = "protected"
    NO_DATA = "no_data"

    @property
    def is_different(self) -> bool:
        """Say whether the district is told apart from the rest of the state."""
        return self in (Finding.BETTER, Finding.WORSE, Finding.HIGHER, Finding.LOWER)


@dataclass(frozen=True, slots=True)
class GridChoice:
    """Districts by indicators; hashable, so that it is the key of caches.

    Attributes:
        indicators: Ids of the catalogue, a column each, in this order.
        period: Months in which needs were recorded.
        within: AGS-5 of the districts shown; empty for all.
        around: AGS-5 of a district that is shown with its comparison ring instead; None for none.
        ring: AGS-5 of that ring; empty for those nearest in structure.
        order: One of ``ORDERS``, or the id of an indicator whose findings order the districts.
    """

    indicators: tuple[str, ...]
    period: Period
    within: tuple[str, ...] = ()
    around: str | None = None
    ring: tuple[str, ...] = ()
    order: str = BY_REGION

    def __post_init__(self) -> None:
        object.__setattr__(self, "indicators", tuple(dict.fromkeys(self.indicators)))
        object.__setattr__(self, "within", tuple(sorted(set(self.within))))
        object.__setattr__(self, "ring", tuple(sorted(set(self.ring))))
        if not self.indicators:
            raise ValueError("a grid needs an indicator")
        if self.order not in (*ORDERS, *self.indicators):
            object.__setattr__(self, "order", BY_REGION)

    @property
    def is_narrowed(self) -> bool:
        """Say whether some districts are shown and not all."""
        return bool(self.within) or self.around is not None


@dataclass(frozen=True, slots=True)
class PairChoice:
    """Two indicators beside each other in every district.

    Attributes:
        first: Id of the one along the horizontal axis.
        second: Id of the one along the vertical axis.
        period: Months in which needs were recorded.
    """

    first: str
    second: str
    period: Period
