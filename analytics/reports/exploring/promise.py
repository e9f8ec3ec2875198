"""How often the search names something wrongly, or misses what is there: as simulated and stored.

Made by ``analytics/coverage/standout_worlds.py``; no page imports what simulates.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import pyarrow.parquet as pq

from analytics.domain.areas import REFERENCE

STORED: Final = REFERENCE / "standouts.parquet"
NULL: Final = "null"
"""The world in which nothing differs but places."""
FAR_OUT: Final = "heavy_tails"
"""The world in which some districts lie far out, which breaks the promise."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What came out in the worlds of one kind.

    Attributes:
        worlds: How many were simulated.
        named: In how many anything was named.
        found: In how many what had been planted was named.
    """

    worlds: int
    named: int
    found: int


@cache
def kept() -> dict[tuple[str, int], Kept]:
    """Return what came out by kind of world and number of cases."""
    frame = pq.read_table(STORED).to_pandas()
    return {
        (str(world), int(cases)): Kept(
            len(rows), int((rows["findings"] > 0).sum()), int(rows["found"].sum())
        )
        for (world, cases), rows in frame.groupby(["world", "cases"])
    }
