"""How far a district lies from the rest, where districts differ by more than chance anyway.

The usual spread is the variance between the other districts beyond the chance of their needs, by
Paule & Mandel (1982, doi:10.6028/jres.087.022): the variance at which the weighted squares of their
distances come to their expectation. A district is held against the rest with chance and spread as
noise, and Student's distribution of as many districts as there are others, less one: a prediction
interval (Higgins, Thompson & Spiegelhalter 2009, doi:10.1111/j.1467-985X.2008.00552.x). All of it
is in log odds: where an event is rare, districts of one spread lie further above than below in
points.
"""

from typing import Final

import numpy as np

from analytics.stats.cell_contrasts import BEFORE, NOW, Cells, Contrasts, Mask
from analytics.stats.counts import Floats

LEAST_DISTRICTS: Final = 10
"""Fewer do not tell how much districts vary."""

_HALF: Final = 0.5
_STEPS: Final = 50
_LARGEST: Final = 100.0


def apart_from_rest(cells: Cells, known: Mask, *, with_before: bool) -> Contrasts:
    """Return by how much each district differs from the rest, in log odds of share or its change.

    Args:
        cells: A cell for each of K districts, each of which lies in one district.
        known: Those that count, shape (K,).
        with_before: Whether changes are compared.
    """
    size = cells.size
    periods = (NOW, BEFORE) if with_before else (NOW,)
    sign = {NOW: 1.0, BEFORE: -1.0}
    nothing = np.full(size, np.nan)
    if known.sum() < LEAST_DISTRICTS + 1:
        return _contrasts(nothing, nothing, nothing, np.zeros(size, dtype=np.bool_))
    value, chance, rest = np.zeros(size), np.zeros(size), np.zeros(size)
    weights = []
    for period in periods:
        events, trials = cells.all_events[period][known], cells.all_trials[period][known]
        pooled = events.sum() / trials.sum()
        # The variance of a share in log odds is that in points over that of one need, squared.
        told = cells.told_variance()[period][known] / (pooled * (1 - pooled)) ** 2
        value[known] += sign[period] * _log_odds(events, trials)
        chance[known] += 1 / (pooled * (1 - pooled) * trials) + told
        rest[known] += sign[period] * _log_odds(events.sum() - events, trials.sum() - trials)
        weights.append(trials)
    weight = np.sum(weights, axis=0)
    gap = value - rest
    error, own, shown = nothing.copy(), chance[known], value[known]
    others = ~np.eye(own.size, dtype=np.bool_)
    spread = between_variance(shown, own, others)
    part = others * weight / (others @ weight)[:, None]
    of_rest = (part**2 * (own + spread[:, None])).sum(1)
    error[known] = np.sqrt(own + spread + of_rest)
    freedom = np.full(size, float(known.sum() - 2))
    return _contrasts(np.where(known, gap, np.nan), error, freedom, known)


def _contrasts(value: Floats, error: Floats, freedom: Floats, known: Mask) -> Contrasts:
    square = np.asarray(error**2)
    nothing = np.zeros_like(square)
    return Contrasts(value, error, freedom, known, square, square, nothing, is_log_odds=True)


def _log_odds(events: Floats, trials: Floats) -> Floats:
    """Return log odds, half an event and half a non-event added so that none is endless."""
    return np.asarray(np.log((events + _HALF) / (trials - events + _HALF)))


def between_variance(values: Floats, chance: Floats, counted: Mask) -> Floats:
    """Return the variance of values beyond that of chance, at least 0, of each choice of them.

    Args:
        values: Shape (k,).
        chance: Variance of each by chance, positive, shape (k,).
        counted: Which of them count in each choice, at least two, shape (c, k).
    """

    def excess(spread: Floats) -> Floats:
        weights = counted / (chance + spread[:, None])
        mean = (weights @ values) / weights.sum(1)
        return np.asarray((weights * (values - mean[:, None]) ** 2).sum(1) - counted.sum(1) + 1)

    low, high = np.zeros(len(counted)), np.full(len(counted), _LARGEST)
    is_none = excess(low) <= 0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        is_more = excess(middle) > 0
        low, high = np.where(is_more, middle, low), np.where(is_more, high, middle)
    return np.where(is_none, 0.0, (low + high) / 2)
