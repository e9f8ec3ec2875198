"""The search for what stands out: equal to leaving districts and cells out by hand, and wary."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit, polygamma
from scipy.stats import t as student

from analytics.stats.additive import deleted_residual
from analytics.stats.cell_contrasts import BEFORE, NOW, Cells, contrasts
from analytics.stats.comparisons import Part, Table
from analytics.stats.moderation import (
    MOST_FREEDOM,
    NOTHING_BORROWED,
    Usual,
    _inverse_trigamma,
    steadied,
    usual_of,
)
from analytics.stats.search import FAMILIES, LEVEL, search
from analytics.stats.spread import apart_from_rest, between_variance

DISTRICTS, ROWS, COLUMNS = 20, 3, 4


def needs(seed: int, *, each: int = 400, of_places: float = 0.05) -> pd.DataFrame:
    """Return needs with a district, a period, two codes and an outcome that only places change."""
    rng = np.random.default_rng(seed)
    size = DISTRICTS * each
    district = rng.integers(0, DISTRICTS, size)
    share = np.clip(0.6 + of_places * rng.standard_normal(DISTRICTS), 0.1, 0.9)
    return pd.DataFrame(
        {
            "district": district,
            "period": rng.integers(0, 2, size),
            "first": rng.choice(ROWS, size, p=[0.5, 0.3, 0.2]),
            "second": rng.choice(COLUMNS, size, p=[0.4, 0.3, 0.2, 0.1]),
            "draw": rng.random(size),
            "share": share[district],
        }
    )


def happened(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(event=rows["draw"] < rows["share"])


def table(rows: pd.DataFrame, part: Part, shape: tuple[int, ...]) -> Table:
    size = int(np.prod(shape, dtype=int))
    cell = np.zeros(len(rows), dtype=int)
    for name, codes in zip(part, shape, strict=True):
        cell = cell * codes + rows[name].to_numpy()
    counts = np.zeros((2, 2, DISTRICTS, size))
    np.add.at(counts[0], (rows["period"], rows["district"], cell), rows["event"])
    np.add.at(counts[1], (rows["period"], rows["district"], cell), 1)
    cells = Cells.counted(counts[0], counts[1])
    everything = np.ones((2, size), dtype=bool)
    return Table(shape, cells, everything, everything[0])


def tables(rows: pd.DataFrame) -> dict[Part, Table]:
    parts: dict[Part, tuple[int, ...]] = {
        (): (),
        ("first",): (ROWS,),
        ("second",): (COLUMNS,),
        ("first", "second"): (ROWS, COLUMNS),
    }
    return {part: table(rows, part, shape) for part, shape in parts.items()}


def share(rows: pd.DataFrame, period: int) -> float:
    return float(rows.loc[rows["period"] == period, "event"].mean())


def left_out(rows: pd.DataFrame, estimate) -> float:
    """Return the error of an estimate by leaving each district out of all its parts at once."""
    values = [estimate(rows[rows["district"] != place]) for place in range(DISTRICTS)]
    return float(np.sqrt((DISTRICTS - 1) / DISTRICTS * np.sum((values - np.mean(values)) ** 2)))


@pytest.mark.parametrize("seed", range(3))
def test_changes_have_the_error_of_leaving_each_district_out(seed: int) -> None:
    rows = happened(needs(seed))
    cells = tables(rows)["first",].cells
    found = contrasts(cells, np.stack([np.eye(ROWS), -np.eye(ROWS)]))
    for code in range(ROWS):

        def change(part: pd.DataFrame, code: int = code) -> float:
            own = part[part["first"] == code]
            return share(own, NOW) - share(own, BEFORE)

        assert found.value[code] == pytest.approx(change(rows))
        assert np.sqrt(found.seen[code]) == pytest.approx(left_out(rows, change))


@pytest.mark.parametrize("seed", range(3))
def test_an_error_is_never_below_that_of_independent_needs(seed: int) -> None:
    cells = tables(happened(needs(seed, of_places=0)))["first",].cells
    found = contrasts(cells, np.stack([np.eye(ROWS), -np.eye(ROWS)]))
    p = (cells.all_events + 2) / (cells.all_trials + 4)
    # The present share is as uncertain as it would be at the usual one, if that is more.
    now, before = p * (1 - p)
    usual = np.maximum(now, cells.share[BEFORE] * (1 - cells.share[BEFORE]))
    least = usual / cells.all_trials[NOW] + before / cells.all_trials[BEFORE]
    assert found.chance == pytest.approx(least)
    assert found.error**2 == pytest.approx(np.maximum(found.seen, least))


def test_a_pair_is_held_against_the_fit_of_all_others() -> None:
    rng = np.random.default_rng(1)
    values, sizes = rng.random(ROWS * COLUMNS), rng.integers(10, 90, ROWS * COLUMNS).astype(float)
    weights, told = deleted_residual((ROWS, COLUMNS), sizes)
    row, column = np.divmod(np.arange(values.size), COLUMNS)
    design = np.hstack([np.eye(ROWS)[row], np.eye(COLUMNS)[column]])
    for cell in range(values.size):
        others = np.arange(values.size) != cell
        root = np.sqrt(sizes[others])[:, None]
        fit, *_ = np.linalg.lstsq(design[others] * root, values[others] * root[:, 0], rcond=None)
        assert weights[cell] @ values == pytest.approx(values[cell] - design[cell] @ fit)
    assert told.all()


def test_a_cell_that_is_alone_in_its_line_is_not_compared() -> None:
    sizes = np.ones((ROWS, COLUMNS))
    sizes[1:, 0] = 0
    _, told = deleted_residual((ROWS, COLUMNS), sizes.ravel())
    assert not told.reshape(ROWS, COLUMNS)[0, 0]
    assert told.reshape(ROWS, COLUMNS)[:, 1:].all()


def test_equal_districts_have_one_degree_of_freedom_less_than_they_are() -> None:
    events, trials = np.full((2, DISTRICTS, 1), 60.0), np.full((2, DISTRICTS, 1), 100.0)
    found = contrasts(Cells.counted(events, trials), np.ones((2, 1, 1)))
    assert found.freedom == pytest.approx([DISTRICTS - 1])


def test_usual_errors_are_found_and_chance_stays_the_least() -> None:
    rng = np.random.default_rng(3)
    freedom, worth, scale = 15.0, 30.0, 1.4
    ratio = scale * rng.f(freedom, worth, 4000)
    ones = np.ones_like(ratio)
    found = contrasts(
        Cells.counted(np.full((2, DISTRICTS, 1), 60.0), np.full((2, DISTRICTS, 1), 99.0)),
        np.ones((2, 1, 1)),
    )
    many = type(found)(ones, np.sqrt(ratio), freedom * ones, ones > 0, ratio, ones, 0 * ones)
    usual = usual_of([(many, many.is_sound)])
    assert usual.ratio == pytest.approx(scale, rel=0.05)
    assert usual.freedom == pytest.approx(worth, rel=0.3)
    steady = steadied(many, usual)
    assert (steady.error >= 1).all()
    assert steady.freedom == pytest.approx(freedom + usual.freedom)
    assert steady.error.std() < many.error.std()
    alike = type(found)(ones, ones, freedom * ones, ones > 0, ones, ones, 0 * ones)
    assert usual_of([(alike, alike.is_sound)]).freedom == MOST_FREEDOM
    few = np.arange(len(ones)) < 10
    assert usual_of([(many, few)]) == NOTHING_BORROWED
    assert steadied(many, Usual()) is many


@pytest.mark.parametrize("value", [0.01, 0.5, 3.0, 40.0])
def test_trigamma_is_inverted(value: float) -> None:
    assert polygamma(1, _inverse_trigamma(value)) == pytest.approx(value)


def test_the_spread_between_districts_makes_squares_what_is_expected_of_them() -> None:
    rng = np.random.default_rng(5)
    chance = rng.uniform(0.001, 0.01, 40)
    values = 0.6 + rng.normal(0, 0.08, 40) + rng.normal(0, np.sqrt(chance))
    everything = np.ones((1, 40), dtype=bool)
    (spread,) = between_variance(values, chance, everything)
    weights = 1 / (chance + spread)
    mean = (weights * values).sum() / weights.sum()
    assert (weights * (values - mean) ** 2).sum() == pytest.approx(39, abs=1e-6)
    assert between_variance(np.full(40, 0.6), chance, everything) == 0
    # Of each choice it is that of the values chosen.
    some = np.arange(40) % 3 > 0
    both = between_variance(values, chance, np.stack([everything[0], some]))
    assert both[0] == spread
    assert both[1] == between_variance(values[some], chance[some], everything[:, : some.sum()])


def test_what_is_named_clears_zero_at_its_share_of_the_error_rate() -> None:
    rows = needs(7)
    planted = (rows["first"] == 0) & (rows["period"] == NOW)
    found = search(tables(happened(rows.assign(share=rows["share"] - 0.2 * planted))))
    first = found.findings[0]
    assert (first.family, first.part, first.cell) == ("change_of_code", ("first",), 0)
    assert first.value == pytest.approx(-0.2, abs=0.04)
    assert first.low < first.value < first.high < 0
    # Fewer than twenty comparisons of a kind: none borrows from another.
    single = contrasts(
        table(
            happened(rows.assign(share=rows["share"] - 0.2 * planted)), ("first",), (ROWS,)
        ).cells,
        np.stack([np.eye(ROWS), -np.eye(ROWS)]),
    )
    level = FAMILIES["change_of_code"] / found.compared["change_of_code"]
    margin = student.ppf(1 - level / 2, single.freedom[0]) * single.error[0]
    assert first.high - first.value == pytest.approx(margin)
    assert sum(FAMILIES.values()) < LEVEL


def test_a_pair_does_not_repeat_what_holds_for_a_code_in_every_combination() -> None:
    rows = needs(8, each=1000)
    low = happened(rows.assign(share=rows["share"] - 0.25 * (rows["first"] == 1)))
    found = search(tables(low))
    assert (
        found.findings[0].family, found.findings[0].part, found.findings[0].cell,
    ) == ("level_of_code", ("first",), 1)  # fmt: skip
    # Nor are the others called high, as they are beside a low one.
    assert [each for each in found.findings if each.family != "level_of_code"] == []
    assert len(found.findings) == 1


def test_what_is_special_of_a_pair_is_named_as_one() -> None:
    rows = needs(9, each=1500)
    both = (rows["first"] == 1) & (rows["second"] == 2)
    found = search(tables(happened(rows.assign(share=rows["share"] - 0.3 * both))))
    pairs = [each for each in found.findings if each.family == "level_of_pair"]
    assert [each.cell for each in pairs] == [1 * COLUMNS + 2]
    assert pairs[0].value == pytest.approx(-0.3, abs=0.05)
    assert pairs[0].usual == pytest.approx(pairs[0].now - pairs[0].value)


def test_a_change_of_all_is_told_once() -> None:
    rows = needs(10)
    later = happened(rows.assign(share=rows["share"] + 0.15 * (rows["period"] == NOW)))
    found = search(tables(later))
    assert [each.family for each in found.findings] == ["change"]


@pytest.mark.parametrize("districts", [1, 5])
def test_few_districts_are_not_searched(districts: int) -> None:
    rows = needs(11)
    found = search(tables(happened(rows[rows["district"] < districts])))
    assert found.findings == () and sum(found.compared.values()) == 0
    assert found.skipped > 0


def test_few_needs_are_not_searched() -> None:
    found = search(tables(happened(needs(12, each=4))))
    assert sum(found.compared.values()) < found.skipped


def test_a_district_is_held_against_the_spread_of_the_others_in_log_odds() -> None:
    rng = np.random.default_rng(13)
    trials = rng.integers(300, 900, DISTRICTS).astype(float)
    odds = -2.5 + 0.2 * rng.standard_normal(DISTRICTS)
    odds[4] += 2.0
    events = rng.binomial(trials.astype(int), expit(odds)).astype(float)
    cells = Cells.counted(*(np.stack([np.diag(x)] * 2) for x in (events, trials)))
    found = apart_from_rest(cells, np.ones(DISTRICTS, dtype=bool), with_before=False)
    others = np.arange(DISTRICTS) != 4
    y = np.log((events + 0.5) / (trials - events + 0.5))
    p = events.sum() / trials.sum()
    v = 1 / (p * (1 - p) * trials)
    (spread,) = between_variance(y[others], v[others], np.ones((1, DISTRICTS - 1), dtype=bool))
    e, n = events[others].sum(), trials[others].sum()
    rest = np.log((e + 0.5) / (n - e + 0.5))
    part = trials[others] / n
    assert found.value[4] == pytest.approx(y[4] - rest)
    assert found.error[4] ** 2 == pytest.approx(
        v[4] + spread + (part**2 * (v[others] + spread)).sum()
    )
    assert found.freedom == pytest.approx(DISTRICTS - 2)
    everything = np.ones((2, DISTRICTS), dtype=bool)
    named = search({("district",): Table((DISTRICTS,), cells, everything, everything[0])})
    (first,) = named.findings
    assert (first.family, first.cell) == ("level_of_district", 4)
    assert 0 < first.low < first.value < first.high < first.now
    assert first.now == pytest.approx(events[4] / trials[4])
