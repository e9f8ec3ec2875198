"""The table of the cell-key method: what it promises row by row, and how it is looked up."""

import csv
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import minimize

from analytics.disclosure.perturbation import TABLE_FILE, change_of, noise_variance, perturbed
from analytics.disclosure.transition import (
    DEVIATION,
    KEY_RANGE,
    SMALLEST,
    VARIANCE,
    stationary_from,
    table_lines,
    transition_row,
)

PROJECT = Path(__file__).parents[2]
RNG = np.random.default_rng(20)


def _rows(lines):
    return list(csv.DictReader(lines))


def test_the_stored_table_is_what_the_method_gives():
    stored, made = _rows(TABLE_FILE.read_text("utf-8").splitlines()), _rows(table_lines())
    assert [(x["count"], x["change"]) for x in stored] == [(x["count"], x["change"]) for x in made]
    for kept, new in zip(stored, made, strict=True):
        assert float(kept["probability"]) == pytest.approx(float(new["probability"]), abs=1e-9)
        assert abs(int(kept["below"]) - int(new["below"])) <= 1e-9 * KEY_RANGE


def test_the_stored_thresholds_are_the_stored_probabilities():
    below = {}
    for row in _rows(TABLE_FILE.read_text("utf-8").splitlines()):
        width = int(row["below"]) - below.get(row["count"], 0)
        assert width / KEY_RANGE == pytest.approx(float(row["probability"]), abs=1 / KEY_RANGE)
        below[row["count"]] = int(row["below"])
    assert set(below.values()) == {KEY_RANGE}


@pytest.mark.parametrize("count", range(1, 12))
def test_a_row_has_no_bias_and_the_variance(count):
    row = transition_row(count)
    assert row.probabilities.sum() == pytest.approx(1)
    assert row.changes @ row.probabilities == pytest.approx(0, abs=1e-10)
    assert row.changes**2 @ row.probabilities == pytest.approx(VARIANCE)
    targets = count + row.changes
    assert ((targets == 0) | (targets >= SMALLEST)).all()
    assert np.abs(row.changes).max() <= DEVIATION


def test_counts_of_one_and_two_are_settled_by_the_demands_alone():
    assert transition_row(1).changes.tolist() == [-1, 2]
    assert transition_row(1).probabilities == pytest.approx([2 / 3, 1 / 3])
    assert transition_row(2).changes.tolist() == [-2, 1]
    assert transition_row(2).probabilities == pytest.approx([1 / 3, 2 / 3])


def test_zero_stays_zero():
    assert transition_row(0).changes.tolist() == [0]


@pytest.mark.parametrize("count", [3, 4, 5, 6])
def test_no_other_row_has_more_entropy(count):
    row = transition_row(count)
    powers = np.stack([np.ones(row.changes.size), row.changes, row.changes**2])
    rival = minimize(
        lambda p: p @ np.log(p),
        np.full(row.changes.size, 1 / row.changes.size),
        jac=lambda p: np.log(p) + 1,
        bounds=[(1e-9, 1)] * row.changes.size,
        constraints={"type": "eq", "fun": lambda p: powers @ p - [1, 0, VARIANCE]},
        method="SLSQP",
        options={"ftol": 1e-14, "maxiter": 500},
    )
    assert rival.success
    assert row.probabilities == pytest.approx(rival.x, abs=1e-5)


def test_all_rows_are_equal_from_some_count_on():
    last = stationary_from()
    row, later = transition_row(last), transition_row(last + 40)
    assert row.changes.tolist() == later.changes.tolist() == list(range(-DEVIATION, DEVIATION + 1))
    assert row.probabilities == pytest.approx(later.probabilities, abs=1e-12)
    assert row.probabilities == pytest.approx(row.probabilities[::-1], abs=1e-12)
    assert transition_row(last - 1).changes.size < row.changes.size


def test_a_variance_out_of_reach_is_replaced_by_the_nearest():
    least, most = transition_row(1, variance=0.5), transition_row(4, variance=9)
    assert least.changes.tolist() == [-1, 2]
    assert most.changes.tolist() == [-1, 3]
    assert transition_row(6, variance=0).changes.tolist() == [0]


def test_what_cannot_be_done_is_refused():
    with pytest.raises(ValueError, match="without bias"):
        transition_row(2, deviation=1)
    with pytest.raises(ValueError, match="negative"):
        transition_row(-1)
    # Everything below is forbidden, so only staying has no bias.
    assert transition_row(9, smallest=9).changes.tolist() == [0]


def test_changes_ascend_along_the_keys_and_change_at_the_thresholds():
    keys = np.array([0, 160452284, 160452285, KEY_RANGE - 1], dtype=np.uint64)
    assert change_of(np.full(4, 50), keys).tolist() == [-3, -3, -2, 3]
    assert change_of(np.array([1, 1]), np.array([2863311530, 2863311531])).tolist() == [-1, 2]


@pytest.mark.parametrize("count", [*range(8), 1000])
def test_every_key_and_a_simulation_agree_with_the_row(count):
    size = 200_000
    keys = RNG.integers(0, KEY_RANGE, size, dtype=np.uint64)
    change = change_of(np.full(size, count), keys)
    shown = perturbed(np.full(size, count), keys)
    assert np.isin(change, transition_row(count).changes).all()
    assert ((shown == 0) | (shown >= SMALLEST)).all()
    variance = float(noise_variance(count))
    assert abs(change.mean()) <= 4 * np.sqrt(variance / size)
    # The variance of a squared change is at most its largest value times its mean.
    assert abs((change**2).mean() - variance) <= 4 * np.sqrt(DEVIATION**2 * variance / size)


def test_the_variance_for_intervals():
    assert noise_variance([0, 1, 2, 3, 6, 10_000]) == pytest.approx([0, 2, 2, 2, 2, 2], abs=1e-8)
    with pytest.raises(ValueError, match="negative"):
        noise_variance(-1)


def test_keys_count_modulo_their_range():
    keys = np.array([5, 5 + KEY_RANGE, 5 + 7 * KEY_RANGE], dtype=np.uint64)
    assert len(set(change_of(np.full(3, 4), keys).tolist())) == 1
    assert change_of(np.array([4]), np.array([-1])).tolist() == [3]


@pytest.mark.parametrize(
    ("counts", "keys"),
    [([1.0], [1]), ([1], [2.0**60]), ([-1], [1]), ([1, 2], [1])],
)
def test_arrays_that_do_not_fit_are_refused(counts, keys):
    with pytest.raises(ValueError):
        change_of(np.array(counts), np.array(keys))


def test_another_process_shows_the_same():
    code = (
        "import numpy as np; from analytics.disclosure.perturbation import perturbed;"
        "rng = np.random.default_rng(3);"
        "print(perturbed(rng.integers(0, 9, 500), rng.integers(0, 2**32, 500)).tolist())"
    )
    other = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, check=True, capture_output=True, text=True
    )
    rng = np.random.default_rng(3)
    here = perturbed(rng.integers(0, 9, 500), rng.integers(0, 2**32, 500))
    assert other.stdout == f"{here.tolist()}\n"
