"""Gaps of groups to all others, as recorded and against needs of the same mix.

Districts vary, and both sides live in the same ones: each is left out of both at once, and the
weights of the mix are made anew without it.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from analytics.disclosure import Mask, release_durations, release_shares
from analytics.domain.estimates import Status
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import Dimension, Indicator
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.exploring.mix import MIX, mix_fields, strata_counts
from analytics.reports.indicators.clock_parts import noise_in
from analytics.reports.indicators.indicator_estimates import counts_of, estimated
from analytics.stats.clusters import (
    error_of,
    incidences,
    jackknife,
    mean_waits,
    p_value,
    t_quantile,
)
from analytics.stats.counts import Floats, Ints
from analytics.stats.multiple import holm
from analytics.stats.standardised import Cells, Expected, Ladder, expected_of, replicates
from analytics.stats.unit_table import UnitTable, freedom_of

MOST_LOOSE: Final = 0.2
"""Of a group's needs, compared on the offer area or less: beyond, nothing is standardised."""

_DISTRICT: Final = 5
"""Digits of a district's key, which those of its units begin with."""

_TOLD_ROUGHLY: Final = 100
_COUNTED: Final = ("days", "event", "needs")
_RAW: Final = ("raw", "raw_low", "raw_high")
_STANDARDISED: Final = ("value", "low", "high", "p")
_FIGURES: Final = ("own", "others", *_RAW, "expected", *_STANDARDISED[:3])


def gaps(
    store: ParquetStore, chosen: Indicator, by: Dimension, needs: NeedFilter
) -> tuple[pd.DataFrame, tuple[ExecutedQuery, ...]]:
    """Return each code's gap to all others, protected, and the queries.

    Columns ``key, n, status, own`` (the code's value), ``others`` (that of all others), ``raw``
    with ``raw_low, raw_high`` (their gap), ``expected`` (that of others of the same mix), ``value``
    with ``low, high`` (the standardised gap), ``full`` (share of the code's needs compared in all
    fields of the mix), ``loose`` (on the offer area or less) and ``p`` (of the standardised gap,
    for all rows together). ``is_comparable`` says whether enough needs have their like.

    Raises:
        UnreleasedError: Where figures are released and this question is not.
        ValueError: If the indicator has no meaning for this field or filter.
    """
    counts, query = counts_of(store, chosen, by, needs, by_unit=True)
    mix = mix_fields(store, by, needs)
    strata, strata_query = strata_counts(store, chosen, by, needs, mix)
    table = estimated(chosen, counts)
    if table.empty:
        return table.assign(**dict.fromkeys((*_FIGURES, "full", "loose", "p"), np.nan),
                            is_comparable=False), (query, strata_query)  # fmt: skip
    sides = _Sides.of(chosen, counts, strata, len(mix))
    rows = [_row(sides, row) for _, row in table.iterrows()]
    found = pd.DataFrame(rows)
    known = found["p"].notna().to_numpy()
    found.loc[known, "p"] = holm(found.loc[known, "p"].tolist())
    return found, (query, strata_query)


@dataclass(frozen=True, slots=True, eq=False)
class _Sides:
    """Needs of all codes: as they are told code by code, and by their strata."""

    chosen: Indicator
    codes: pd.Index
    plain: Cells
    cells: Cells
    ladder: Ladder
    units: int
    noise: float
    fields: int

    @classmethod
    def of(
        cls, chosen: Indicator, counts: pd.DataFrame, strata: pd.DataFrame, of_mix: int
    ) -> "_Sides":
        plain, cells = _clocked(chosen, counts), _clocked(chosen, strata)
        codes, known = (
            pd.Index(sorted(pd.unique(pd.concat([plain[name], cells[name]]))))
            for name in ("key", "unit")
        )
        places, texts = pd.factorize(cells["series"])
        parts = [str(text).split("|") for text in texts]
        told_apart = [
            np.unique([part[field] for part in parts], return_inverse=True)[1]
            for field in range(len(MIX))
            if len({part[field] for part in parts}) > 1
        ]
        alike = np.zeros(len(texts), dtype=np.int64)
        ladder, stratum = Ladder.of(told_apart or [alike])
        return cls(
            chosen,
            codes,
            _cells(plain, codes, known, np.zeros(len(plain), np.int64)),
            _cells(cells, codes, known, stratum[places]),
            ladder,
            len(known),
            float(noise_in(counts).max(initial=0)),
            len(told_apart),
        )

    def plain_table(self, chosen: Mask) -> UnitTable:
        part = self.plain
        return replicates(
            part.days[chosen], part.event[chosen], part.needs[chosen], part.unit[chosen], self.units
        )

    def values(self, table: UnitTable) -> Floats:
        if self.chosen.method == "restricted_mean":
            return mean_waits(table, self.chosen.day)
        return incidences(table, self.chosen.day if self.chosen.clock else 0)

    def sizes(self, chosen: Mask) -> Floats:
        part = self.plain
        return np.bincount(part.unit[chosen], part.needs[chosen], self.units).astype(np.float64)

    def noise_of(self, value: float, n: float, squares: float = 1.0) -> float:
        """Return the variance that noise adds: of a mean at most the days of a need each."""
        scale = self.chosen.day**2 if self.chosen.method == "restricted_mean" else 1 + value**2
        return self.noise * squares * scale / max(n, 1) ** 2


def _row(sides: _Sides, row: "pd.Series[Any]") -> dict[str, Any]:
    """Return a code's row: what may be shown of it, and its gaps."""
    found: dict[str, Any] = {
        "key": row["key"], "n": row["n"], "status": row["status"], "full": np.nan, "loose": np.nan,
        "p": np.nan, "is_comparable": False, **dict.fromkeys(_FIGURES, np.nan),
    }  # fmt: skip
    if row["status"] != Status.SHOWN:
        return found
    number = list(sides.codes).index(row["key"])
    is_own = sides.plain.group == number
    if not _may_be_told(sides, is_own):
        return {**found, "n": np.nan, "status": Status.SUPPRESSED}
    own, others = (sides.values(sides.plain_table(each)) for each in (is_own, ~is_own))
    n_own, n_others = (float(sides.plain.needs[each].sum()) for each in (is_own, ~is_own))
    # What few units decide on either side, no more units on the other side make up for.
    of_own = freedom_of(sides.sizes(is_own))
    freedom = min(of_own, freedom_of(sides.sizes(~is_own)))
    noise = sides.noise_of(own[0], n_own)
    raw = _gap(own - others, freedom, noise + sides.noise_of(others[0], n_others))
    found |= {"own": own[0], "others": others[0]}
    found |= dict(zip(_RAW, raw, strict=False))
    alike = expected_of(number, sides.cells, sides.ladder, sides.units)
    full, loose = _compared(alike, sides.fields)
    # In whole percent: times the number of needs it would tell how few have no like.
    found |= {"full": round(full, 2), "loose": loose, "is_comparable": loose <= MOST_LOOSE}
    if found["is_comparable"]:
        expected = sides.values(alike.table)
        added = noise + sides.noise_of(expected[0], n_own, alike.squares)
        gap = _gap(own - expected, min(of_own, freedom_of(alike.sizes)), added)
        found |= {"expected": expected[0]}
        found |= dict(zip(_STANDARDISED, gap, strict=True))
    return _rounded(found, sides, n_own)


def _gap(differences: Floats, freedom: float, noise: float) -> tuple[float, float, float, float]:
    """Return the difference of all units with its bounds and p; the others leave one out each."""
    value = float(differences[0])
    error = float(np.hypot(error_of(jackknife(differences[1:])), noise**0.5))
    margin = t_quantile(freedom) * error
    return value, value - margin, value + margin, p_value(value, error, freedom)


def _compared(alike: Expected, of_mix: int) -> tuple[float, float]:
    """Return the shares of needs compared in all fields, and in less than two of them."""
    shares = alike.compared if of_mix else alike.compared.sum(keepdims=True)
    least = min(2, of_mix)
    reached = shares.sum()
    return float(shares[0]), float(shares[of_mix - least + 1 :].sum() + 1 - min(reached, 1))


def _may_be_told(sides: _Sides, is_own: Mask) -> bool:
    """Say whether a code and all others may stand beside each other: parts of one total."""
    part = sides.plain
    parts = [part.needs[each] for each in (is_own, ~is_own)]
    n = [int(each.sum()) for each in parts]
    if sides.chosen.method == "restricted_mean":
        return bool(release_durations(n).all())
    day = sides.chosen.day if sides.chosen.clock else 0
    happened = (part.event == 1) & (part.days <= day)
    events = [int(part.needs[each & happened].sum()) for each in (is_own, ~is_own)]
    return bool(release_shares(events, n).all())


def _rounded(found: dict[str, Any], sides: _Sides, n: float) -> dict[str, Any]:
    """Return figures as finely as noise leaves them a meaning, as ``protection.py`` does."""
    if not sides.noise:
        return found
    is_days = sides.chosen.method == "restricted_mean"
    if not is_days and n >= _TOLD_ROUGHLY:
        return found
    digits = 0 if is_days else 2
    return found | {name: np.round(found[name], digits) for name in _FIGURES}


def _clocked(chosen: Indicator, counts: pd.DataFrame) -> pd.DataFrame:
    """Return counts as those of a clock up to the day that matters, by districts.

    A share is that of a clock whose only day is the first: what has happened, has happened on it.
    """
    frame = counts.assign(unit=counts["unit"].str[:_DISTRICT])
    if chosen.clock is None:
        happened = frame.assign(days=0, event=1, needs=frame["events"])
        others = frame.assign(days=0, event=0, needs=frame["trials"] - frame["events"])
        frame = pd.concat([happened, others], ignore_index=True)
        return frame[frame["needs"] > 0]
    is_later = frame["days"] > chosen.day
    return frame.assign(
        days=frame["days"].mask(is_later, chosen.day), event=frame["event"].mask(is_later, 0)
    )


def _cells(frame: pd.DataFrame, codes: pd.Index, units: pd.Index, stratum: Ints) -> Cells:
    days, event, needs = (frame[name].to_numpy(np.int64, copy=True) for name in _COUNTED)
    group, unit = (
        known.get_indexer(pd.Index(frame[name]))
        for known, name in ((codes, "key"), (units, "unit"))
    )
    return Cells(group.astype(np.int64), stratum, unit.astype(np.int64), days, event, needs)
