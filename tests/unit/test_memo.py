"""What several figures of one snapshot share is computed once, and forgotten with the store."""

import gc
import weakref
from pathlib import Path

import pytest
from need_rows import Needs, publish

from analytics.queries.store import ParquetStore
from analytics.reports.basis.memo import once_per_snapshot

asked: list[tuple[int, int]] = []


@once_per_snapshot
def doubled(store: ParquetStore, number: int, *, plus: int = 0) -> tuple[int, ...]:
    """Return something new each time that it is computed."""
    asked.append((number, plus))
    if number < 0:
        raise ValueError("negative")
    return (2 * number + plus,)


@once_per_snapshot
def tripled(store: ParquetStore, number: int) -> tuple[int, ...]:
    """Return something else for the same argument."""
    return (3 * number,)


@pytest.fixture(autouse=True)
def forget() -> None:
    asked.clear()


def test_is_computed_once_for_each_argument(tmp_path: Path) -> None:
    with publish(tmp_path, (Needs(1),)) as store:
        assert doubled(store, 3) is doubled(store, 3)
        assert doubled(store, 3, plus=1) == (7,)
        assert doubled(store, 4) == (8,)
        assert tripled(store, 3) == (9,)
    assert asked == [(3, 0), (3, 1), (4, 0)]


def test_stores_do_not_share(tmp_path: Path) -> None:
    with publish(tmp_path / "a", (Needs(1),)) as one, publish(tmp_path / "b", (Needs(1),)) as other:
        assert doubled(one, 3) is not doubled(other, 3)


def test_errors_are_not_remembered(tmp_path: Path) -> None:
    with publish(tmp_path, (Needs(1),)) as store:
        for _ in range(2):
            with pytest.raises(ValueError, match="negative"):
                doubled(store, -1)
    assert asked == [(-1, 0), (-1, 0)]


def test_the_oldest_are_forgotten(tmp_path: Path) -> None:
    with publish(tmp_path, (Needs(1),)) as store:
        first = doubled(store, 0)
        for number in range(1, 128):
            doubled(store, number)
        assert doubled(store, 0) is first  # used again, so not the oldest any more
        doubled(store, 128)
        assert doubled(store, 0) is first
        asked.clear()
        doubled(store, 1)
    assert asked == [(1, 0)]


def test_a_closed_store_is_not_held(tmp_path: Path) -> None:
    with publish(tmp_path, (Needs(1),)) as store:
        doubled(store, 3)
        gone = weakref.ref(store)
    del store
    gc.collect()
    assert gone() is None
