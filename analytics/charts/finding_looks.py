"""How findings on districts look on every medium: fill and sign of a cell, words of a legend."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from analytics.charts import theme
from analytics.domain.grid_choice import Finding
from analytics.i18n import Words

_SIGNS: Final = {
    Finding.BETTER: "+",
    Finding.WORSE: "\u2212",
    Finding.HIGHER: "\u2191",
    Finding.LOWER: "\u2193",
}
_FILLS: Final = {
    Finding.BETTER: theme.BETTER_FILLS,
    Finding.WORSE: theme.WORSE_FILLS,
    Finding.HIGHER: theme.OTHER_FILLS,
    Finding.LOWER: theme.OTHER_FILLS,
    Finding.PROTECTED: (theme.SUPPRESSED_FILL, theme.SUPPRESSED_FILL),
}
_NOTHING: Final = "\u2013"


@dataclass(frozen=True, slots=True)
class Look:
    """One look.

    Attributes:
        finding: What it says.
        is_unusual: Whether the cell lies outside the usual spread as well: its sign is doubled.
    """

    finding: Finding
    is_unusual: bool = False

    @property
    def fill(self) -> str:
        """Return the colour of the cell."""
        return _FILLS.get(self.finding, (theme.PAPER, theme.PAPER))[int(self.is_unusual)]

    @property
    def sign(self) -> str:
        """Return the sign in the cell; empty where it is not told apart."""
        return _SIGNS.get(self.finding, "") * (2 if self.is_unusual else 1)

    def written(self, value: str) -> str:
        """Return what stands in a cell with a value: sign and value, or what says there is none."""
        match self.finding:
            case Finding.PROTECTED:
                return ""
            case Finding.NO_DATA:
                return _NOTHING
            case Finding.UNJUDGED:
                return f"({value})"
            case _:
                return f"{self.sign}\u00a0{value}" if self.sign else value

    def label(self, w: Words) -> str:
        """Return what the legend says of it."""
        code = f"{self.finding}_unusual" if self.is_unusual else self.finding.value
        return w(f"finding_grid.legend_{code}")


LOOKS: Final = tuple(
    Look(finding, odd)
    for finding in Finding
    for odd in ((False, True) if finding.is_different else (False,))
)
"""In the order of a legend."""


def looks_of(frame: pd.DataFrame) -> list[Look]:
    """Return the look of each row with ``finding`` and ``unusual``."""
    pairs = zip(frame["finding"], frame["unusual"], strict=True)
    return [Look(Finding(str(finding)), bool(odd)) for finding, odd in pairs]


def drawn_looks(frame: pd.DataFrame) -> list[Look]:
    """Return the looks that are there, in the order of a legend."""
    found = set(looks_of(frame))
    return [look for look in LOOKS if look in found]
