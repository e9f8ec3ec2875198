"""How often the comparison of appointments is right: as simulated and stored.

Made by ``analytics/coverage/binding_worlds.py``; no page imports what simulates.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import pyarrow.parquet as pq

from analytics.domain.areas import REFERENCE

STORED_BINDING: Final = REFERENCE / "binding.parquet"
STORED_DIVISION: Final = REFERENCE / "division.parquet"
MORE_AND_SOONER: Final = {"started": "more", "days": "sooner"}


@dataclass(frozen=True, slots=True)
class Promise:
    """What came out in the worlds of one kind.

    Attributes:
        worlds: How many were simulated.
        covered: In how many the truth lay in the interval, by measure.
        both: In how many "more and sooner" was said.
        either: In how many any difference was named.
    """

    worlds: int
    covered: dict[str, int]
    both: int
    either: int


@cache
def promises() -> dict[str, Promise]:
    """Return what came out by kind of world."""
    frame = pq.read_table(STORED_BINDING).to_pandas()
    frame["covered"] = (frame["low"] <= frame["truth"]) & (frame["truth"] <= frame["high"])
    frame["fits"] = frame["said"] == frame["measure"].map(MORE_AND_SOONER)
    found = {}
    for world, rows in frame.groupby("world"):
        by_seed = rows.groupby("seed")
        found[str(world)] = Promise(
            worlds=len(by_seed),
            covered={str(k): int(v) for k, v in rows.groupby("measure")["covered"].sum().items()},
            both=int(by_seed["fits"].all().sum()),
            either=int((rows["said"] != "open").groupby(rows["seed"]).any().sum()),
        )
    return found


@cache
def divisions() -> dict[tuple[float, str], tuple[int, int]]:
    """Return by effect of an appointment and part of the division: worlds, and those that cover."""
    frame = pq.read_table(STORED_DIVISION).to_pandas()
    frame["covered"] = (frame["low"] <= frame["truth"]) & (frame["truth"] <= frame["high"])
    return {
        (float(effect), str(part)): (len(rows), int(rows["covered"].sum()))
        for (effect, part), rows in frame.groupby(["effect", "part"])
    }
