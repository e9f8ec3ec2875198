"""What a user has chosen, as one frozen value that is also its own SQL parameters."""

from dataclasses import dataclass

from analytics.domain.periods import Period


@dataclass(frozen=True, slots=True)
class NeedFilter:
    """The needs to count: recorded within ``period``, in any of the named codes (empty: all).

    Tuples are kept sorted, so that equal choices are equal values whatever order they were made
    in. Fields other than the period hold codes of the vocabulary, ``districts`` hold AGS-5.
    """

    period: Period
    offer_areas: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    legal_regimes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("offer_areas", "groups", "districts", "providers", "legal_regimes"):
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)))))

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
        }
