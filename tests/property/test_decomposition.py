"""Whatever a snapshot holds, the parts of the difference from the peers add up to all of it."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st
from small_tables import AS_OF, rows

from analytics.disclosure import MIN_DURATION_N
from analytics.domain.areas import registry
from analytics.domain.district_choice import DistrictChoice
from analytics.domain.periods import Period
from analytics.domain.vocabulary import OfferArea, Provenance, Provider
from analytics.extracts.snapshots import SnapshotStore
from analytics.queries.store import ParquetStore
from analytics.reports.districts.contributions import (
    Contributions,
    contributions_of,
    of_few,
    pooled,
)

Row = dict[str, object]
PERIOD = Period.parse("2019-01", "2022-12")
WORLDS = 200
_DISTRICTS = [area.ags for area in registry().districts]
TOGETHER = [tuple(_DISTRICTS[first : first + 5]) for first in range(0, len(_DISTRICTS) - 4, 5)]
"""The districts of worlds in one snapshot: the first is compared with all but the last."""


def random_snapshot(root: Path, seeds: Sequence[int]) -> ParquetStore:
    """Publish one random world a seed, each in districts of its own."""
    cases, referrals = [], []
    for seed, districts in zip(seeds, TOGETHER, strict=False):
        for case, referral in random_world(districts, seed):
            cases.append(case)
            referrals.append(referral)
    store = SnapshotStore(root)
    store.publish(
        {"cases": rows("cases", *cases), "referrals": rows("referrals", *referrals)},
        as_of=AS_OF, provenance=Provenance.SYNTHETIC, source="test",
    )  # fmt: skip
    folder = store.current()
    assert folder is not None
    return ParquetStore(folder)


def random_world(districts: Sequence[str], seed: int) -> Iterator[tuple[Row, Row]]:
    """Make needs of some districts, areas and offices, with times and ends at random."""
    rng = np.random.default_rng(seed)
    offices = [*map(str, rng.choice(list(Provider), rng.integers(1, 8))), None]
    areas = [*map(str, rng.choice(list(OfferArea), rng.integers(1, 8)))]
    for district in districts:
        for number in range(int(rng.integers(0, 60))):
            name = f"{district}-{number}"
            on = date(2018, 10, 1) + timedelta(int(rng.integers(0, 1900)))
            referred, started, ended = _course(on, rng)
            case = {
                "case_id": name, "district": district, "opened_on": on,
                "provider": offices[rng.integers(len(offices))],
            }  # fmt: skip
            referral = {
                "referral_id": name, "case_id": name, "district": district,
                "offer_area": areas[rng.integers(len(areas))], "need_recorded_on": on,
                "referred_on": referred, "started_on": started, "ended_on": ended,
                "outcome": "no_place" if ended else "open",
            }  # fmt: skip
            yield case, referral


def _course(on: date, rng: np.random.Generator) -> tuple[date | None, date | None, date | None]:
    """Return when a need was referred, started and ended otherwise; any of them may be missing."""
    referred = on + timedelta(int(rng.gamma(1, 80)))
    started = referred + timedelta(int(rng.gamma(1, 60)))
    kind = rng.choice(["open", "referred", "started", "ended", "came_to_nothing"])
    course = {
        "open": (None, None, None),
        "referred": (referred, None, None),
        "started": (referred, started, None),
        "ended": (None, None, referred),
        "came_to_nothing": (referred, None, started),
    }[str(kind)]
    return tuple(day if day is not None and day <= AS_OF else None for day in course)


def test_parts_add_up_on_random_snapshots(tmp_path: Path):
    divided = 0
    for first in range(0, WORLDS, len(TOGETHER)):
        seeds = range(first, min(first + len(TOGETHER), WORLDS))
        with random_snapshot(tmp_path / str(first), seeds) as store:
            for _, (own, *ring, _other) in zip(seeds, TOGETHER, strict=False):
                found = contributions_of(store, DistrictChoice(own, PERIOD, tuple(ring)))
                if found is not None:
                    divided += 1
                    adds_up(found)
    assert divided >= WORLDS / 2


def adds_up(found: Contributions):
    total = found.whole.result.total
    assert found.whole.result.value.sum() == pytest.approx(total, abs=1e-9)
    stages = sum(part.result.total for part in found.stages.values())
    assert stages == pytest.approx(total, abs=1e-9)
    for parts in found.breakdowns.values():
        assert parts.result.value.sum() == pytest.approx(total, abs=1e-9)
        assert parts.result.total == pytest.approx(total, abs=1e-9)
        both = parts.result.within + parts.result.mix
        assert both == pytest.approx(parts.result.value, abs=1e-9)
        counts = np.concatenate([parts.own.n, parts.peers.n])
        assert ((counts == 0) | (counts >= MIN_DURATION_N)).all() or len(parts.keys) == 1


COUNTS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=9)


@given(counts=COUNTS)
@trials(max_examples=200, deadline=None)
def test_what_stands_together_is_enough_or_all(counts: list[tuple[int, int]]):
    own, other = (np.array(side) for side in zip(*counts, strict=True))
    together = pooled(own, other)
    for side in (own, other):
        alone, pool = side[~together], side[together].sum()
        assert ((alone == 0) | (alone >= MIN_DURATION_N)).all()
        assert pool == 0 or pool >= MIN_DURATION_N or pool == side.sum()


@given(counts=COUNTS)
@trials(max_examples=200, deadline=None)
def test_nothing_stands_together_without_need(counts: list[tuple[int, int]]):
    own, other = (np.array(side) for side in zip(*counts, strict=True))
    few, together = of_few(own, other), pooled(own, other)
    assert (together >= few).all()
    joined = np.flatnonzero(together & ~few)
    assert joined.size <= 2
    short = [side for side in (own, other) if 0 < side[few].sum() < MIN_DURATION_N]
    assert all(any(side[place] > 0 for side in short) for place in joined)
