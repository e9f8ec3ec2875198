"""What a user has chosen, as one frozen value that is also its own SQL parameters."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from analytics.domain.periods import Period
from analytics.domain.vocabulary import Group, LegalRegime, OfferArea, Provider

_CODES: Final[Mapping[str, frozenset[str]]] = {
    "offer_areas": frozenset(OfferArea),
    "groups": frozenset(Group),
    "providers": frozenset(Provider),
    "legal_regimes": frozenset(LegalRegime),
}


@dataclass(frozen=True, slots=True)
class NeedFilter:
    """The needs to count: recorded within ``period``, in any of the named codes (empty: all).

    Tuples are kept sorted, so that equal choices are equal values whatever order they were made
    in. Fields of tuples hold codes of the vocabulary, ``districts`` hold AGS-5.

    ``assigned``: only needs whose evaluation unit is known, so that model and comparison group
    together are all that is counted; False: all needs. None leaves it to the question that is
    asked, which says how it counts.

    Raises:
        ValueError: On a code that the vocabulary does not have.
    """

    period: Period
    offer_areas: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    legal_regimes: tuple[str, ...] = ()
    assigned: bool | None = None

    def __post_init__(self) -> None:
        for name in ("offer_areas", "groups", "districts", "providers", "legal_regimes"):
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)))))
        # A code that there is not selects nothing, which would read as "no data".
        for name, known in _CODES.items():
            if unknown := set(getattr(self, name)) - known:
                raise ValueError(f"unknown {name}: {sorted(map(str, unknown))}")

    @property
    def is_narrowed(self) -> bool:
        """Say whether it asks for more than a period and districts."""
        return bool(self.offer_areas or self.groups or self.providers or self.legal_regimes)

    def params(self) -> dict[str, object]:
        """Return the named parameters of the queries; NULL stands for all."""
        return {
            "start": self.period.start,
            "end": self.period.end,
            "offer_areas": list(self.offer_areas) or None,
            "groups": list(self.groups) or None,
            "districts": list(self.districts) or None,
            "providers": list(self.providers) or None,
            "legal_regimes": list(self.legal_regimes) or None,
            "without_group": Group.UNASSIGNED.value if self.assigned else None,
        }
