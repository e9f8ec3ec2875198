"""What is published of the perturbation: which counts a figure may stand for, and how likely."""

import csv
from functools import cache
from math import inf
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.disclosure.perturbation import TABLE_FILE
from analytics.disclosure.transition import DEVIATION

Floats = NDArray[np.float64]

SMALL: Final = (1, 2, 3, 4)
"""Counts that are protected."""

_LARGEST: Final = 20
"""A figure from which on all counts that it may stand for are changed alike."""


@cache
def likelihood() -> Floats:
    """Return how likely each figure (column) is for each count (row), shape (24, 27)."""
    with TABLE_FILE.open(encoding="utf-8", newline="") as file:
        lines = [
            (int(line["count"]), int(line["change"]), float(line["probability"]))
            for line in csv.DictReader(file)
        ]
    last = max(count for count, *_ in lines)
    counts = _LARGEST + DEVIATION + 1
    found = np.zeros((counts, counts + DEVIATION))
    for count in range(counts):
        for row, change, chance in lines:
            if row == min(count, last):
                found[count, count + change] += chance
    found.setflags(write=False)
    return found


def possible(figure: float) -> tuple[float, float]:
    """Return the smallest and the largest count that a figure may stand for."""
    if np.isnan(figure):
        return 0, inf
    if figure > _LARGEST:
        return figure - DEVIATION, figure + DEVIATION
    counts = np.flatnonzero(likelihood()[:, int(figure)] > 0)
    return (float(counts.min()), float(counts.max())) if counts.size else (figure, figure)


def sureness(figures: NDArray[np.int64], prior: Floats) -> Floats:
    """Return how likely the likeliest of 1 to 4 is after each figure, shape (k,).

    Args:
        figures: Perturbed counts of cells of 1 to 4, shape (k,).
        prior: How frequent 1, 2, 3 and 4 are, adding up to 1.
    """
    joint = prior[:, None] * likelihood()[list(SMALL)][:, figures]
    return np.asarray(joint.max(axis=0) / joint.sum(axis=0))


def best_guess(prior: Floats) -> float:
    """Return how often the likeliest of 1 to 4 is right for who knows one figure of each cell.

    Args:
        prior: How frequent 1, 2, 3 and 4 are, adding up to 1.
    """
    joint = prior[:, None] * likelihood()[list(SMALL)]
    return float(joint.max(axis=0).sum())
