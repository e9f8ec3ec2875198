"""Discrete-time proportional hazards from grouped rows: one log hazard per cell, adjusted for mix.

Time is cut into intervals. A need in cell c with characteristics x that still waits at the start of
interval j is referred within it with probability ``1 - exp(-exp(a[c] + x b + g[j]))``: the
complementary log-log model, whose coefficients are those of proportional hazards in continuous time
(Prentice & Gloeckler 1978, doi:10.2307/2529588). Surviving an interval contributes exactly
``-exp(...)`` to the log likelihood, so rows need not be expanded into one per interval.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analytics.stats.panel_input import check_rows

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_STEPS: Final = 50
_TOLERANCE: Final = 1e-4
"""Largest score left, in referrals. Cells without events have no finite maximum and keep moving;
the penalised step puts them right."""

_RIDGE: Final = 1e-6
"""A penalty far below one observation's information: it only settles what the data leave open, as
the level of the cells against that of the intervals."""

_FIRTH: Final = 0.5


class NotConvergedError(ArithmeticError):
    """The likelihood has no maximum that the steps could reach."""


@dataclass(frozen=True, slots=True, eq=False)
class GroupedWaits:
    """Rows of needs that share a cell, characteristics and the interval their clock stopped in.

    Attributes:
        cell: Index of the cell, int, shape (N,).
        levels: For each factor the index of its level, int, shape (N,) each; -1 for the level
            that the others are compared with.
        intervals: Whole intervals survived before the clock stopped, int, shape (N,).
        is_event: Whether a referral stopped it in the next interval, bool, shape (N,).
        counts: Needs in the row, shape (N,).
    """

    cell: Ints
    levels: Sequence[Ints]
    intervals: Ints
    is_event: NDArray[np.bool_]
    counts: Floats


def cell_log_hazards(waits: GroupedWaits, cells: int, intervals: int) -> Floats:
    """Return the adjusted log hazard of each cell, shape (cells,), NaN for a cell without needs.

    They are centred: their mean over needs is 0. Differences between cells are log hazard ratios
    at equal characteristics. Each cell's value is the maximum of the likelihood penalised by half
    an event (Firth 1993, doi:10.1093/biomet/80.1.27), which takes out the bias of small cells and
    keeps one without events finite.

    Args:
        waits: The grouped rows.
        cells: Number of cells.
        intervals: Number of intervals; a row with as many survived all of them.

    Raises:
        NotConvergedError: If the fit does not settle, as without any event.
        ValueError: On arrays that do not fit, or unknown cells, levels or intervals.
    """
    _check(waits, cells, intervals)
    if not waits.is_event.any():
        raise NotConvergedError("no referral in any cell: there is no hazard to compare")
    model = _Model.of(waits, cells, intervals)
    fit = model.fit()
    values = _penalised_cells(waits, model.factors @ fit.factors, fit.baseline, fit.cells)
    needs = np.bincount(waits.cell, waits.counts, cells)
    values[needs == 0] = np.nan
    return np.asarray(values - np.nansum(values * needs) / needs.sum(), dtype=np.float64)


def _check(waits: GroupedWaits, cells: int, intervals: int) -> None:
    numbered = {f"level_{place}": level for place, level in enumerate(waits.levels)}
    rest = {"intervals": waits.intervals, "is_event": waits.is_event, "counts": waits.counts}
    check_rows(waits.cell, cells, **numbered, **rest)
    if any(level.min(initial=-1) < -1 for level in waits.levels):
        raise ValueError("levels must not lie below -1")
    survived = waits.intervals
    if not 0 <= survived.min(initial=0) <= survived.max(initial=0) <= intervals:
        raise ValueError(f"intervals must lie in 0 to {intervals}")
    if (survived[waits.is_event] == intervals).any():
        raise ValueError("there is no event after the last interval")


@dataclass(frozen=True, slots=True, eq=False)
class _Coefficients:
    """Log hazards of the cells, (C,), of the factors' levels, (P,), and of the intervals, (J,)."""

    cells: Floats
    factors: Floats
    baseline: Floats

    def plus(self, cells: Floats, others: Floats) -> "_Coefficients":
        """Return the coefficients moved by a step, shapes (C,) and (P + J,), of bounded length."""
        factors, baseline = np.split(np.clip(others, -2.0, 2.0), [len(self.factors)])
        cells = np.clip(cells, -2.0, 2.0)
        return _Coefficients(self.cells + cells, self.factors + factors, self.baseline + baseline)


@dataclass(frozen=True, slots=True, eq=False)
class _Model:
    """The likelihood. Matrices hold one column per cell, factor level, or last interval.

    Each cell has a coefficient of its own and a row lies in one cell, so the cells' block of the
    information is diagonal: a step solves for the few other coefficients only.
    """

    waits: GroupedWaits
    cells: sparse.csr_matrix
    factors: sparse.csr_matrix
    last: sparse.csr_matrix
    ends: sparse.csr_matrix

    @classmethod
    def of(cls, waits: GroupedWaits, cells: int, intervals: int) -> "_Model":
        levels = [_indicators(level, int(level.max(initial=-1)) + 1) for level in waits.levels]
        none = sparse.csr_matrix((len(waits.cell), 0))
        return cls(
            waits=waits,
            cells=_indicators(waits.cell, cells),
            factors=sparse.hstack([none, *levels], format="csr"),
            last=_indicators(waits.intervals, intervals + 1),
            ends=_indicators(np.where(waits.is_event, waits.intervals, -1), intervals),
        )

    def fit(self) -> _Coefficients:
        """Return the coefficients at the maximum, by Newton's steps."""
        fit = self._start()
        for _ in range(_STEPS):
            terms = self._terms(fit)
            if terms.largest_score < _TOLERANCE:
                return fit
            fit = fit.plus(*self._step(terms))
        raise NotConvergedError(f"the hazard model did not settle within {_STEPS} steps")

    def _start(self) -> _Coefficients:
        events = self.waits.counts[self.waits.is_event].sum()
        level = np.log(events / (self.waits.counts @ (self.waits.intervals + 1)))
        sizes = self.cells.shape[1], self.factors.shape[1], self.ends.shape[1]
        return _Coefficients(np.zeros(sizes[0]), np.zeros(sizes[1]), np.full(sizes[2], level))

    def _terms(self, fit: _Coefficients) -> "_Terms":
        waits = self.waits
        relative = np.exp(self.cells @ fit.cells + self.factors @ fit.factors)
        hazard = np.exp(fit.baseline)
        score, information = np.zeros(len(relative)), np.zeros(len(relative))
        at = np.flatnonzero(waits.is_event)
        own = relative[at] * hazard[waits.intervals[at]]
        score[at], information[at] = _event_terms(own)
        score *= waits.counts
        information *= waits.counts
        survived = waits.counts * relative * _cumulated(hazard)[waits.intervals]
        through = self._through(waits.counts * relative, self.last, hazard)
        residual = score - survived
        return _Terms(
            weight=information + survived,
            information=information,
            relative=waits.counts * relative,
            hazard=hazard,
            through=through,
            cells=self.cells.T @ residual - _RIDGE * fit.cells,
            others=np.concatenate(
                [
                    self.factors.T @ residual - _RIDGE * fit.factors,
                    self.ends.T @ score - through - _RIDGE * fit.baseline,
                ]
            ),
        )

    def _step(self, terms: "_Terms") -> tuple[Floats, Floats]:
        weighted = sparse.diags_array(terms.weight) @ self.factors
        to_intervals = self._by_interval(self.factors, terms)
        corner = np.block(
            [
                [(self.factors.T @ weighted).toarray(), to_intervals],
                [to_intervals.T, np.diag(terms.through + self.ends.T @ terms.information)],
            ]
        )
        corner[np.diag_indices_from(corner)] += _RIDGE
        beside = np.hstack(
            [(self.cells.T @ weighted).toarray(), self._by_interval(self.cells, terms)]
        )
        diagonal = self.cells.T @ terms.weight + _RIDGE
        scaled = beside / diagonal[:, None]
        others = np.linalg.solve(corner - beside.T @ scaled, terms.others - scaled.T @ terms.cells)
        return terms.cells / diagonal - scaled @ others, others

    def _by_interval(self, columns: sparse.csr_matrix, terms: "_Terms") -> Floats:
        """Return the information that columns share with intervals, shape (columns, J)."""
        events = (columns.T @ sparse.diags_array(terms.information) @ self.ends).toarray()
        waiting = columns.T @ sparse.diags_array(terms.relative) @ self.last
        return np.asarray(events + _later(waiting.toarray()) * terms.hazard, dtype=np.float64)

    @staticmethod
    def _through(relative: Floats, last: sparse.csr_matrix, hazard: Floats) -> Floats:
        """Return the hazard lived through in each interval, summed over the rows, shape (J,)."""
        return np.asarray(_later((last.T @ relative)[None, :])[0] * hazard, dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class _Terms:
    """What a step is made of: weights of the rows, (N,), and the scores of the coefficients."""

    weight: Floats
    information: Floats
    relative: Floats
    hazard: Floats
    through: Floats
    cells: Floats
    others: Floats

    @property
    def largest_score(self) -> float:
        return float(max(np.abs(self.cells).max(), np.abs(self.others).max()))


def _indicators(codes: Ints, size: int) -> sparse.csr_matrix:
    """Return one column per code, shape (N, size); a code of -1 has none."""
    is_set = np.flatnonzero(codes >= 0)
    places = (is_set, codes[is_set])
    return sparse.csr_matrix((np.ones(len(is_set)), places), (len(codes), size))


def _later(by_last: Floats) -> Floats:
    """Sum over the rows that lived through each interval: whose last one comes after it."""
    return np.asarray(by_last[:, ::-1].cumsum(axis=1)[:, ::-1][:, 1:], dtype=np.float64)


def _cumulated(hazard: Floats) -> Floats:
    return np.concatenate([[0.0], np.cumsum(hazard)])


def _event_terms(mean: Floats) -> tuple[Floats, Floats]:
    """Return score and information of an event in an interval with cumulated hazard ``mean``."""
    within = np.clip(mean, 1e-12, 50.0)
    ratio = within / np.expm1(within)  # derivative of log(1 - exp(-m)) by log m
    return ratio, ratio * (ratio + within - 1.0)


def _penalised_cells(
    waits: GroupedWaits, offset: Floats, baseline: Floats, start: Floats
) -> Floats:
    """Return each cell's log hazard with half an event added, the rest of the model being given."""
    cells = len(start)
    relative, hazard = np.exp(offset), np.exp(baseline)
    lasting = waits.counts * relative * _cumulated(hazard)[waits.intervals]
    survived = np.bincount(waits.cell, lasting, cells)
    at = np.flatnonzero(waits.is_event)
    own = relative[at] * hazard[waits.intervals[at]]
    counts, cell = waits.counts[at], waits.cell[at]
    values = start.copy()
    for _ in range(_STEPS):
        score, information = _event_terms(own * np.exp(values)[cell])
        expected = survived * np.exp(values)
        up = np.bincount(cell, counts * score, cells) + _FIRTH - expected
        down = np.bincount(cell, counts * information, cells) + expected
        step = np.where(survived > 0, np.clip(up / np.maximum(down, 1e-12), -1.0, 1.0), 0.0)
        values += step
        if np.abs(step).max(initial=0.0) < _TOLERANCE:
            return values
    raise NotConvergedError(f"the cells' hazards did not settle within {_STEPS} steps")
