"""Group-time effects by hand, what is refused and why, averages, errors, dose."""

import numpy as np
import pytest
from panels import drawn_panel, staggered_starts

from analytics.stats.did import NoComparisonError
from analytics.stats.dose import dose_response
from analytics.stats.imputation import NEVER
from analytics.stats.placebo import permutations
from analytics.stats.staggered import (
    GroupTimeEffect,
    Staggered,
    assigned_averages,
    staggered_effects,
)


def cell(found: Staggered, start: int, quarter: int) -> GroupTimeEffect:
    (effect,) = [each for each in found.effects if (each.start, each.quarter) == (start, quarter)]
    return effect


def each_its_own(starts: np.ndarray) -> np.ndarray:
    return np.arange(len(starts))


def test_effect_by_hand() -> None:
    starts = staggered_starts({4: 2, 6: 3}, never=3)
    values = np.zeros((8, 8))
    values[:2] = [[1, 1, 1, 3, 9, 9, 9, 9], [2, 2, 2, 0, 5, 5, 5, 5]]
    values[2:5, 4] = [1.0, 2.0, 3.0]
    values[5:, 4] = [0.0, 0.0, 4.0]
    found = staggered_effects(values, starts, each_its_own(starts))
    # Bases 1.5 and 1.5; six units have not started by quarter 4.
    assert cell(found, 4, 4).estimate == pytest.approx((7.5 + 3.5) / 2 - 10 / 6)
    assert (cell(found, 4, 4).units, cell(found, 4, 4).pool) == (2, 6)
    textbook = staggered_effects(values, starts, each_its_own(starts), base=1)
    assert cell(textbook, 4, 4).estimate == pytest.approx((6 + 5) / 2 - 10 / 6)


def test_missing_cells_leave_group_and_pool() -> None:
    starts = staggered_starts({4: 3}, never=8)
    panel = drawn_panel(1, starts, 7, effect=1.0, noise=0.0)
    panel.values[0, 5] = panel.values[4, 5] = np.nan
    panel.values[5, :3] = np.nan
    found = staggered_effects(panel.values, starts, each_its_own(starts))
    # Unit 4 has no value, unit 5 one quarter of four before the start.
    assert (cell(found, 4, 5).units, cell(found, 4, 5).pool) == (2, 6)
    assert cell(found, 4, 6).pool == 7
    assert cell(found, 4, 5).estimate == pytest.approx(1.0)


def test_effects_before_a_start_are_free_of_earlier_starts() -> None:
    """Units that start between a quarter and the base would bring their own effect into it."""
    starts = staggered_starts({6: 8, 10: 8}, never=14)
    panel = drawn_panel(0, starts, 16, effect=1.0, noise=0.0)
    for base in (1, 4):
        found = staggered_effects(panel.values, starts, each_its_own(starts), base=base)
        for effect in found.effects:
            assert effect.estimate == pytest.approx(float(effect.quarter >= effect.start))
        assert found.before is not None
        assert found.before.estimate == pytest.approx(0, abs=1e-9)


class TestRefused:
    STARTS = staggered_starts({2: 2, 4: 3, 6: 4}, never=4)

    def found(self, least_pool: int = 5) -> Staggered:
        panel = drawn_panel(2, self.STARTS, 8)
        clusters = each_its_own(self.STARTS)
        return staggered_effects(panel.values, self.STARTS, clusters, least_pool=least_pool)

    def test_where_the_pool_is_small(self) -> None:
        found = self.found()
        assert [found.pool[quarter] for quarter in (0, 3, 4, 6)] == [13, 11, 8, 4]
        for quarter, refused in ((4, ""), (5, ""), (6, "small_pool"), (7, "small_pool")):
            assert cell(found, 4, quarter).refused == refused
            assert np.isnan(cell(found, 4, quarter).estimate) == bool(refused)
        assert cell(found, 6, 6).pool == 4

    def test_where_there_is_no_base(self) -> None:
        assert {each.refused for each in self.found().effects if each.start == 2} == {"no_base"}

    def test_where_no_unit_has_a_value(self) -> None:
        panel = drawn_panel(2, self.STARTS, 8)
        panel.values[2:5, 4] = np.nan
        found = staggered_effects(panel.values, self.STARTS, each_its_own(self.STARTS))
        assert cell(found, 4, 4).refused == "no_units"

    def test_nothing_refused_enters_an_average(self) -> None:
        found = self.found()
        used = [each for each in found.effects if not each.refused and each.quarter >= each.start]
        sizes = [each.units for each in used]
        expected = np.average([each.estimate for each in used], weights=sizes)
        assert found.average.estimate == pytest.approx(expected)
        assert found.average.cells == sum(sizes)
        assert max(event.event for event in found.events if event.event is not None) == 1

    @pytest.mark.parametrize(
        ("starts", "least_pool", "message"),
        [
            (np.full(13, NEVER), 5, "no unit starts"),
            (STARTS, 12, "enough units not yet started"),
            (staggered_starts({2: 6}, never=7), 5, "enough units not yet started"),
        ],
    )
    def test_panels_without_any_effect(
        self, starts: np.ndarray, least_pool: int, message: str
    ) -> None:
        panel = drawn_panel(2, starts, 8)
        with pytest.raises(NoComparisonError, match=message):
            staggered_effects(panel.values, starts, each_its_own(starts), least_pool=least_pool)

    @pytest.mark.parametrize(
        ("changed", "message"),
        [
            ({"values": np.zeros(13)}, "units by quarters"),
            ({"starts": STARTS[:4]}, "13 units, but starts of shape"),
            ({"clusters": np.arange(5)}, "clusters must be whole numbers"),
            ({"clusters": np.arange(13) - 1}, "must not be negative"),
            ({"clusters": np.zeros(13, dtype=int)}, "need two of them"),
            ({"base": 0}, "base must be at least 1"),
            ({"least_pool": 0}, "least_pool must be at least 1"),
            ({"confidence": 0.0}, "confidence must lie between"),
        ],
    )
    def test_bad_input(self, changed: dict[str, object], message: str) -> None:
        values = drawn_panel(2, self.STARTS, 8).values
        given = {"values": values, "starts": self.STARTS, "clusters": np.arange(13)} | changed
        with pytest.raises(ValueError, match=message):
            staggered_effects(
                given.pop("values"), given.pop("starts"), given.pop("clusters"), **given
            )


class TestErrors:
    STARTS = staggered_starts({4: 4, 6: 5}, never=9)
    CLUSTERS = np.repeat(np.arange(9), 2)

    @pytest.mark.parametrize(("missing", "tolerance"), [(0.0, 1e-9), (0.05, 0.02)])
    def test_leave_out_one_cluster_at_a_time(self, missing: float, tolerance: float) -> None:
        """Exactly so on a full panel; with gaps the levels that fill them are taken as given."""
        panel = drawn_panel(6, self.STARTS, 9, missing=missing)
        found = staggered_effects(panel.values, self.STARTS, self.CLUSTERS)
        # What is refused in the whole panel is refused without a cluster, and nothing more.
        usable = {(each.start, each.quarter) for each in found.effects if not each.refused}
        without = []
        for cluster in range(9):
            kept = cluster != self.CLUSTERS
            part = staggered_effects(
                panel.values[kept], self.STARTS[kept], each_its_own(self.STARTS[kept]), least_pool=1
            )
            used = [
                each
                for each in part.effects
                if each.quarter >= each.start and (each.start, each.quarter) in usable
                and not each.refused
            ]  # fmt: skip
            sizes = [each.units for each in used]
            without.append(np.average([each.estimate for each in used], weights=sizes))
        spread = np.array(without) - np.mean(without)
        assert found.average.error == pytest.approx(
            np.sqrt(8 / 9 * (spread**2).sum()), rel=tolerance
        )
        assert found.average.freedom == 8
        assert (found.influence**2).sum() == pytest.approx(found.average.error**2)

    def test_of_one_unit_are_unknown(self) -> None:
        starts = staggered_starts({4: 1, 5: 3}, never=8)
        panel = drawn_panel(6, starts, 8)
        found = staggered_effects(panel.values, starts, each_its_own(starts))
        assert np.isfinite(cell(found, 4, 5).estimate)
        assert np.isnan(cell(found, 4, 5).error)

    def test_all_assignments_at_once_are_each_on_its_own(self) -> None:
        panel = drawn_panel(6, self.STARTS, 9, missing=0.05)
        assigned = permutations(self.STARTS, 40, 1)
        estimates, errors = assigned_averages(panel.values, assigned, self.CLUSTERS)
        for row in (0, 31, 32, 39):
            alone = staggered_effects(panel.values, assigned[row], self.CLUSTERS).average
            assert estimates[row] == pytest.approx(alone.estimate)
            assert errors[row] == pytest.approx(alone.error)


def test_unit_effects_average_to_the_whole() -> None:
    starts = staggered_starts({4: 4, 6: 5}, never=9)
    panel = drawn_panel(8, starts, 9)
    found = staggered_effects(panel.values, starts, each_its_own(starts))
    known = np.isfinite(found.unit_effects)
    assert known.tolist() == (starts != NEVER).tolist()
    quarters = 9 - starts[known]
    assert np.average(found.unit_effects[known], weights=quarters) == pytest.approx(
        found.average.estimate
    )


class TestDose:
    def test_line_by_hand(self) -> None:
        doses = np.array([0.0, 1.0, 2.0, 3.0, 4.0, 5.0, np.nan])
        found = dose_response(2 + 3 * doses, doses, np.arange(7))
        assert (found.slope, found.level, found.dose) == pytest.approx((3.0, 9.5, 2.5))
        assert found.error == pytest.approx(0, abs=1e-9)
        assert found.units == 6

    def test_errors_leave_out_clusters(self) -> None:
        random = np.random.default_rng(1)
        doses, effects = random.normal(size=14), random.normal(size=14)
        pairs = dose_response(effects, doses, np.repeat(np.arange(7), 2))
        without = [
            np.polyfit(np.delete(doses, [at, at + 1]), np.delete(effects, [at, at + 1]), 1)[0]
            for at in range(0, 14, 2)
        ]
        assert pairs.error == pytest.approx(np.std(without) * np.sqrt(6))
        assert pairs.slope == pytest.approx(np.polyfit(doses, effects, 1)[0])

    def test_refused(self) -> None:
        with pytest.raises(NoComparisonError, match="too few units with an effect and a dose"):
            dose_response(np.arange(5.0), np.arange(5.0), np.arange(5))
        with pytest.raises(NoComparisonError, match="too few units with an effect and a dose"):
            dose_response(np.arange(7.0), np.ones(7), np.arange(7))
        with pytest.raises(ValueError, match="doses have"):
            dose_response(np.arange(7.0), np.ones(6), np.arange(7))
        with pytest.raises(ValueError, match="clusters must be"):
            dose_response(np.arange(7.0), np.arange(7.0), np.arange(6))
        with pytest.raises(ValueError, match="confidence"):
            dose_response(np.arange(7.0), np.arange(7.0), np.arange(7), confidence=2)
