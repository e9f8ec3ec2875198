"""Published rows of perturbation tables, with the parameters they were made with.

The vignette "introduction" of the R package ptable 1.0.0 (T. Enderle, Destatis, 2023,
https://cran.r-project.org/package=ptable) prints a table for a largest change of 2 and variance 1,
in which only zero stays zero. Its row for a count of 1 cannot serve: the package also wants
probabilities to fall with the size of the change and gives up some variance for it (0.932).
"""

import pytest

from analytics.disclosure.transition import stationary_from, transition_row


def test_the_row_of_all_large_counts():
    row = transition_row(2, deviation=2, variance=1, smallest=1)
    assert row.changes.tolist() == [-2, -1, 0, 1, 2]
    assert row.probabilities[0] == pytest.approx(0.0638, abs=5e-5)
    assert row.probabilities[2] == pytest.approx(0.383, abs=5e-4)


def test_the_count_from_which_on_it_holds():
    assert stationary_from(deviation=2, smallest=1) == 2


def test_the_widest_row_that_falls_with_the_size_of_the_change():
    """R package experimentalRpackage (Ø. Langsrud), Pmatrix with a change of 2: all 0.2."""
    row = transition_row(2, deviation=2, variance=2, smallest=1)
    assert row.probabilities == pytest.approx([0.2] * 5, abs=5e-3)
