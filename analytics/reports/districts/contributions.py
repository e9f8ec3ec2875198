"""Where the difference from the peers comes from: stages, offer areas and offices that add up."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analytics.disclosure import MIN_DURATION_N, release_durations
from analytics.domain.district_choice import DistrictChoice
from analytics.domain.release import Release
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis import dimensions
from analytics.reports.basis.origins import beside_invented
from analytics.reports.districts.ring import ring_of
from analytics.reports.indicators.assignment import groups_of
from analytics.stats.decomposition import Decomposition, Moments, decompose, moments

LIMIT: Final = 180
"""Days of each need that are looked at."""

TOTAL: Final = "total"
REST: Final = "rest"
"""Key of the parts that are too small to stand alone, together."""

FILLED_REST: Final = "rest_filled"
"""Key of the same where a further part stands with them, so that they cannot be told."""

RESTS: Final = (REST, FILLED_REST)

BREAKDOWNS: Final = ("offer_area", "provider")
_STAGES: Final = ("until_referral", "after_referral")


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """One way to divide the difference: its parts by key, and both samples behind them.

    Attributes:
        keys: Codes of the parts, one of ``RESTS`` last where some stand together.
        own: Moments of the district, by part.
        peers: Moments of its ring, by part.
        result: What each part contributes.
    """

    keys: tuple[str, ...]
    own: Moments
    peers: Moments
    result: Decomposition


@dataclass(frozen=True, slots=True, eq=False)
class Contributions:
    """The mean days that a need waits in the district, less those in the ring, divided in ways.

    Attributes:
        whole: The difference undivided, a single part.
        stages: Of the waiting of each need: before the referral, and from there to the start.
        breakdowns: By offer area and by office, keyed by the dimension.
        is_invented: Whether what the district has delivered is held against invented needs.
        queries: What was asked.
    """

    whole: Parts
    stages: dict[str, Parts]
    breakdowns: dict[str, Parts]
    is_invented: bool
    queries: tuple[ExecutedQuery, ...]


def contributions_of(store: ParquetStore, choice: DistrictChoice) -> Contributions | None:
    """Return what contributes to the difference; None where either side may not be shown.

    Sums of days tell of few needs and are not perturbed, so nothing of it is released.

    Counted are needs of the period that have been followed for ``LIMIT`` days. Parts of
    few needs on either side stand together, so that the parts add up and none tells of few.
    Peers count whose own number of needs may be shown, so that rings cannot be subtracted.
    """
    params = {
        "start": choice.period.start,
        "end": choice.period.end,
        "limit": LIMIT,
        "as_of": store.manifest.as_of,
    }
    if store.release is Release.RELEASED:
        return None
    cells = store.fetch("waiting_moments", params)
    ring = ring_of(store, choice)
    needs = cells.groupby("district")["needs"].sum()
    released = set(needs.index[release_durations(needs, groups=groups_of(needs.index))])
    own = cells[cells["district"] == ring.district]
    other = cells[cells["district"].isin(released.intersection(ring.members))]
    if ring.district not in released or other.empty:
        return None
    return Contributions(
        whole=_parts(own.assign(part=TOTAL), other.assign(part=TOTAL), (TOTAL,)),
        stages={stage: _stage(own, other, stage) for stage in _STAGES},
        breakdowns={
            by: _parts(own.assign(part=own[by]), other.assign(part=other[by]), _order(by, choice))
            for by in BREAKDOWNS
        },
        is_invented=beside_invented(
            store.manifest, ("cases", "referrals"), ring.district, ring.members
        ),
        queries=(store.executed("waiting_moments", params),),
    )


def _order(by: str, choice: DistrictChoice) -> tuple[str, ...]:
    return dimensions.keys("offer_area" if by == "offer_area" else "provider", choice.period)


def _stage(own: pd.DataFrame, other: pd.DataFrame, stage: str) -> Parts:
    """Return one stage as a single part: all needs, but only their days in that stage."""
    samples = [
        moments([cells["needs"].sum()], [cells[stage].sum()], [cells[f"{stage}_squares"].sum()])
        for cells in (own, other)
    ]
    return Parts((stage,), samples[0], samples[1], decompose(samples[0], samples[1]))


def _parts(own: pd.DataFrame, other: pd.DataFrame, order: Sequence[str]) -> Parts:
    sums = [_sums(cells) for cells in (own, other)]
    keys = [key for key in order if any(key in each.index for each in sums)]
    sums = [each.reindex(keys, fill_value=0.0) for each in sums]
    needs = [each["needs"].to_numpy() for each in sums]
    small = pooled(*needs)
    kept = [key for key, is_small in zip(keys, small, strict=True) if not is_small]
    if small.any():
        rest = REST if (small == of_few(*needs)).all() else FILLED_REST
        sums = [_with_rest(each, kept, small, rest) for each in sums]
        kept.append(rest)
    samples = [moments(each["needs"], each["in_all"], each["in_all_squares"]) for each in sums]
    return Parts(tuple(kept), samples[0], samples[1], decompose(samples[0], samples[1]))


def _sums(cells: pd.DataFrame) -> pd.DataFrame:
    return cells.groupby("part")[["needs", "in_all", "in_all_squares"]].sum().astype("float64")


def _with_rest(
    sums: pd.DataFrame, kept: Sequence[str], small: np.ndarray, rest: str
) -> pd.DataFrame:
    return pd.concat([sums.loc[list(kept)], sums[small].sum().to_frame(rest).T])


def pooled(own: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return which parts stand together: those of few needs, and what it takes to protect them.

    Few are 1 to 9 on either side. A part that one side lacks stands alone: nobody is behind its 0,
    and its contribution may be the largest. Where those of few needs hold fewer than 10 together,
    the part with the fewest needs joins them that makes up for it.

    Args:
        own: Needs of each part in the district, shape (K,).
        other: Needs of each part in its ring, shape (K,).

    Returns:
        Shape (K,); the marked parts hold none or at least 10 needs on either side, or all that are.
    """
    sides = (own, other)
    together = of_few(own, other)
    for place in np.argsort(own + other, kind="stable"):
        short = [side for side in sides if 0 < side[together].sum() < MIN_DURATION_N]
        if not short:
            break
        together[place] |= any(side[place] > 0 for side in short)
    return together


def of_few(own: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return which parts have 1 to 9 needs on either side, shape (K,)."""
    few = [(side > 0) & (side < MIN_DURATION_N) for side in (own, other)]
    return np.asarray(few[0] | few[1])
