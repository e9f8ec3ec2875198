"""What is chosen about a district: of which months it is told, and beside whom."""

from dataclasses import dataclass

from analytics.domain.periods import Period


@dataclass(frozen=True, slots=True)
class DistrictChoice:
    """A district, the months that are told of it, and the districts that it is compared with.

    Attributes:
        district: AGS-5.
        period: Months in which needs were recorded.
        ring: AGS-5 of the peers, sorted; empty for those nearest in structure.
    """

    district: str
    period: Period
    ring: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        peers = set(self.ring) - {self.district}
        object.__setattr__(self, "ring", tuple(sorted(peers)))
