"""Others weighted to a group's mix: by hand, by brute force, and without each unit."""

import numpy as np
import pytest

from analytics.stats.clusters import incidences, mean_waits
from analytics.stats.standardised import Cells, Ladder, expected_of, replicates


def ladder(*codes: list[int]) -> tuple[Ladder, np.ndarray]:
    return Ladder.of([np.array(each) for each in codes])


def test_strata_fall_back_from_the_last_field_to_anybody() -> None:
    found, stratum = ladder([0, 0, 0, 1], [0, 1, 1, 0])
    assert found.strata == 3
    assert stratum.tolist() == [0, 1, 1, 2]
    assert [each.tolist() for each in found.starts] == [[0, 1, 2], [0, 2], [0]]


def test_weights_carry_the_groups_mix_and_say_where_it_was_found() -> None:
    # Two fields: strata (0,0), (0,1), (1,0). Of (0,1) only 4 others are alike, of (1,0) none.
    found, _ = ladder([0, 0, 1], [0, 1, 0])
    own, others = np.array([[6.0, 3.0, 1.0]]), np.array([[20.0, 4.0, 0.0]])
    weights, compared = found.weights(own, others, least=10)
    assert weights[0, 0] == pytest.approx(6 / 20 + 3 / 24 + 1 / 24)
    assert weights[0, 1] == pytest.approx(3 / 24 + 1 / 24)
    assert (weights * others).sum() == pytest.approx(10)
    assert compared[0].tolist() == pytest.approx([0.6, 0.3, 0.1])


def test_without_others_nothing_is_compared() -> None:
    found, _ = ladder([0, 1])
    weights, compared = found.weights(np.array([[5.0, 5.0]]), np.zeros((1, 2)))
    assert not weights.any() and not compared.any()


def _random(seed: int, rows: int = 600) -> Cells:
    draw = np.random.default_rng(seed)
    group, stratum = draw.integers(0, 3, rows), draw.integers(0, 6, rows)
    days = draw.integers(0, 200, rows)
    return Cells(
        group, stratum, draw.integers(0, 8, rows), days, draw.integers(0, 3, rows),
        draw.integers(1, 4, rows),
    )  # fmt: skip


def _ladder_of_six() -> Ladder:
    return ladder([0, 0, 0, 1, 1, 1], [0, 1, 2, 0, 1, 2])[0]


def _kept(cells: Cells, unit: int | None) -> Cells:
    kept = np.ones(cells.unit.size, bool) if unit is None else cells.unit != unit
    return Cells(
        *(getattr(cells, name)[kept].copy() for name in
          ("group", "stratum", "unit", "days", "event", "needs"))
    )  # fmt: skip


def _brute(cells: Cells, group: int, limit: int) -> tuple[float, float]:
    """Return mean wait and incidence of the weighted others, need by need."""
    own, rest = cells.group == group, cells.group != group
    levels = (lambda s: s, lambda s: s // 3, lambda s: s * 0)
    weight = np.zeros(cells.needs.size)
    for stratum in range(6):
        mass = cells.needs[own & (cells.stratum == stratum)].sum()
        for number, level in enumerate(levels):
            alike = rest & (level(cells.stratum) == level(np.array(stratum)))
            count = cells.needs[alike].sum()
            if count >= (10 if number < 2 else 1):
                weight[alike] += mass / count
                break
    counts = weight * cells.needs
    waiting, staying, area, share = 1.0, 1.0, 0.0, 0.0
    for day in range(limit + 1):
        at_risk = counts[cells.days >= day].sum()
        today = cells.days == day
        events = counts[today & (cells.event == 1)].sum()
        ends = counts[today & (cells.event > 0)].sum()
        share += staying * events / at_risk
        waiting, staying = waiting * (1 - events / at_risk), staying * (1 - ends / at_risk)
        area += waiting if day < limit else 0
    return area, share


@pytest.mark.parametrize("seed", range(4))
def test_expected_of_all_and_without_each_unit_is_that_of_brute_force(seed: int) -> None:
    cells = _random(seed)
    found = expected_of(1, cells, _ladder_of_six(), 8)
    means, shares = mean_waits(found.table, 120), incidences(found.table, 90)
    for row, unit in enumerate((None, *range(8))):
        part = _kept(cells, unit)
        assert means[row] == pytest.approx(_brute(part, 1, 120)[0], abs=1e-9)
        assert shares[row] == pytest.approx(_brute(part, 1, 90)[1], abs=1e-9)


def test_plain_replicates_are_the_counts_without_each_unit() -> None:
    cells = _random(9)
    table = replicates(cells.days, cells.event, cells.needs, cells.unit, 8)
    for unit in range(8):
        part = _kept(cells, unit)
        alone = replicates(part.days, part.event, part.needs, part.unit, 8)
        assert mean_waits(table, 120)[unit + 1] == pytest.approx(mean_waits(alone, 120)[0])


@pytest.mark.parametrize("seed", range(3))
def test_groups_that_differ_only_by_mix_have_no_gap(seed: int) -> None:
    """Every stratum has the same days and ends in each group, in other numbers of needs."""
    draw = np.random.default_rng(seed)
    ends = [1] * 8 + [2, 2, 0, 0]
    shape = list(zip(draw.integers(1, 200, len(ends)).tolist(), ends, strict=True))
    rows = []
    for group, mix in ((0, (9, 1, 4)), (1, (1, 6, 2)), (2, (3, 3, 3))):
        for stratum, times in enumerate(mix):
            for day, event in shape:
                rows.append(
                    (group, stratum, draw.integers(0, 5), day * (stratum + 1), event, times)
                )
    cells = Cells(*np.array(rows).T.copy())
    flat, _ = ladder([0, 1, 2])
    for group in range(3):
        own = cells.group == group
        part = [getattr(cells, name)[own] for name in ("days", "event", "needs", "unit")]
        plain = replicates(*part, 5)
        alike = expected_of(group, cells, flat, 5)
        assert mean_waits(plain, 180)[0] == pytest.approx(mean_waits(alike.table, 180)[0])
        assert incidences(plain, 90)[0] == pytest.approx(incidences(alike.table, 90)[0])
        assert alike.compared[0] == pytest.approx(1)
