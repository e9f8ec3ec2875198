"""Attackers are able, and the released edition tells them no more than a guess."""

from pathlib import Path

import numpy as np
import pytest
from shared import demonstration, shared_folder

from analytics.attack.attacks import ATTACKS, QUICK, attacked
from analytics.attack.judgement import Judged, judged
from analytics.attack.truth import true_counts
from analytics.attack.view import View
from analytics.disclosure import cells, clock_steps
from analytics.domain.release import Release
from analytics.reports.basis.opening import current_folder, open_snapshot

CASES = 2_000
MOST = 0.9
LEAST_REMAINING = 0.5


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The snapshot of a store with many small cells."""
    found = current_folder(demonstration(shared_folder(tmp_path_factory), CASES))
    assert found is not None
    return found


@pytest.fixture(scope="module")
def released(folder: Path) -> dict[str, Judged]:
    """What quick attacks on the released edition tell; ``make attack`` does all of them."""
    names = ("windows", "grid", "pages", "insider", "package", "averaging")
    found = attacked(folder, (Release.RELEASED,), QUICK, lambda _: None, *names)
    return {each.attack: each for each in found}


def test_windows_tell_nearly_all_of_the_confidential_edition(folder: Path) -> None:
    (found,) = attacked(folder, (Release.CONFIDENTIAL,), QUICK, lambda _: None, "windows")
    assert found.right > MOST * found.cells
    assert found.wrong == found.certain_wrong == 0
    assert found.persons_right > MOST * found.persons > 0
    assert found.has_told


@pytest.mark.parametrize("name", ["windows", "grid", "pages", "insider", "package", "averaging"])
def test_the_released_edition_tells_no_more_than_a_guess(
    released: dict[str, Judged], name: str
) -> None:
    found = released[name]
    assert found.cells > 0
    assert not found.has_told
    assert found.right <= found.guessed + 3 * found.error


def test_windows_off_the_grid_are_not_answered(released: dict[str, Judged]) -> None:
    found = released["windows"]
    assert found.refused > MOST * found.asked
    assert found.right == found.wrong == found.persons == 0


def test_averaging_leaves_half_of_the_perturbation(released: dict[str, Judged]) -> None:
    assert released["averaging"].remaining >= LEAST_REMAINING


@pytest.mark.parametrize("attack", ["grid", "groups"])
def test_a_release_that_does_not_perturb_is_found_out(
    demo_store: Path, monkeypatch: pytest.MonkeyPatch, attack: str
) -> None:
    # In the store of small cells too few numbers are told for remainders: none beside what is
    # hidden. Here districts are large enough, and their quarters still small enough.
    folder = current_folder(demo_store)
    assert folder is not None
    for module in (cells, clock_steps):
        monkeypatch.setattr(module, "perturbed", lambda counts, _keys: np.asarray(counts))
    truth = true_counts(folder)
    with open_snapshot(folder, Release.RELEASED) as store:
        claims = ATTACKS[attack](View(store), truth, QUICK)
        found = judged(attack, "released", claims, truth, (0, 0))
    assert found.has_told
    assert found.certain_right > 0
    assert found.wrong == found.certain_wrong == 0
