"""A change of the mean wait as a sum of parts: how long each stage took, and who went which way.

A need is not handed over within the limit, or handed over to a body: bound by an appointment, not
bound, or not documented. The mean wait is nested: the share handed over, of these the share of each
body, of its hand-overs the share documented, of these the share bound; and the days of each class
before and after the hand-over. On every level a change of a product is split at the mean of both
sides (Kitagawa 1955, doi:10.1080/01621459.1955.10501299; Das Gupta 1993), so the parts of a cell
add up to its mean wait less that of its unit's reference. Every part is an outcome of its own by
unit and quarter: a linear estimator's parts then sum to its estimate of the whole. It is an
accounting identity and says nothing about causes.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.stats.class_waits import ClassWaits
from analytics.stats.counts import Floats, Ints, freeze

Mask = NDArray[np.bool_]

BOUND: Final = 0
UNBOUND: Final = 1
UNKNOWN: Final = 2
WAYS: Final = 3
"""Ways of a hand-over: with an appointment, without one, not documented."""


def kind_of(body: Ints, way: Ints) -> Ints:
    """Return the class of hand-overs, shape (N,); class 0 are needs that are not handed over."""
    return np.asarray(1 + body * WAYS + way, dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class WaitParts:
    """Parts of the mean wait by unit and quarter, shape (U, Q) each; NaN where it is missing.

    Attributes:
        total: The mean wait.
        before, after: It by stage, which sum to it: until the hand-over, and from there on.
        earlier: Waits until the hand-over changed.
        handed: More or fewer are handed over at all.
        bound_share: More or fewer of the documented hand-overs are bound.
        after_bound, after_unbound: Waits after hand-overs of that kind changed.
        mix: Hand-overs go to other bodies.
        unknown: More or fewer are documented, or those that are not waited otherwise.
        bodies: Waits of each body's needs changed, with how many of them are bound or documented,
            shape (G, U, Q).

    ``earlier`` to ``unknown`` sum to ``total`` less the unit's reference; so do ``handed``, ``mix``
    and all ``bodies``.
    """

    total: Floats
    before: Floats
    after: Floats
    earlier: Floats
    handed: Floats
    bound_share: Floats
    after_bound: Floats
    after_unbound: Floats
    mix: Floats
    unknown: Floats
    bodies: Floats

    def __post_init__(self) -> None:
        freeze(self.total, self.before, self.after, self.earlier, self.handed, self.bound_share)
        freeze(self.after_bound, self.after_unbound, self.mix, self.unknown, self.bodies)


def wait_parts(waits: ClassWaits, is_reference: Mask, limit: int) -> WaitParts:
    """Return the parts of each unit and quarter against the unit's mean over its reference.

    Args:
        waits: Of cells ``unit * Q + quarter`` and classes ``kind_of``.
        is_reference: Quarters that a unit's others are held against, shape (U, Q); where a unit has
            none with needs, all of its quarters are.
        limit: Days of each need that are looked at.
    """
    units, quarters = is_reference.shape
    shape = (units, quarters, -1)
    cells = [each.reshape(shape) for each in (waits.mass, waits.before, waits.after)]
    seen = np.isfinite(cells[0][:, :, 0])
    used = is_reference & seen
    used = np.where(used.any(1, keepdims=True), used, seen)
    weight = used / np.maximum(used.sum(1, keepdims=True), 1)
    means = [
        np.einsum("uq,uqc->uc", weight, np.where(seen[:, :, None], each, 0.0))[:, None]
        for each in cells
    ]
    now, then = _Nested.of(*cells), _Nested.of(*means)
    return _split(now.filled(then), then.filled(now), cells, limit)


@dataclass(frozen=True, slots=True, eq=False)
class _Nested:
    """Shares of each level and days of each class; NaN where nobody tells it.

    Attributes:
        handed: Share handed over, shape (U, Q).
        body: Of these to each body, shape (U, Q, G).
        known: Of the body's, documented, shape (U, Q, G).
        bound: Of the documented, bound, shape (U, Q, G).
        before, after: Mean days of each class, shape (U, Q, G, 3).
    """

    handed: Floats
    body: Floats
    known: Floats
    bound: Floats
    before: Floats
    after: Floats

    @classmethod
    def of(cls, mass: Floats, before: Floats, after: Floats) -> "_Nested":
        ways = (*mass.shape[:2], -1, WAYS)
        of_way, *days = (each[:, :, 1:].reshape(ways) for each in (mass, before, after))
        of_body = of_way.sum(3)
        of_known = of_way[..., BOUND] + of_way[..., UNBOUND]
        handed = of_body.sum(2)
        return cls(
            handed,
            _ratio(of_body, handed[:, :, None]),
            _ratio(of_known, of_body),
            _ratio(of_way[..., BOUND], of_known),
            *(_ratio(each, of_way) for each in days),
        )

    def filled(self, other: "_Nested") -> "_Nested":
        """Return it with the other's where it has nobody: of them no change is known."""
        pairs = (
            (getattr(self, name), getattr(other, name))
            for name in ("handed", "body", "known", "bound", "before", "after")
        )
        return _Nested(*(np.where(np.isnan(a), np.nan_to_num(b), a) for a, b in pairs))


@dataclass(frozen=True, slots=True, eq=False)
class _Pair:
    """A quantity now and in the reference, as its change and its mean."""

    change: Floats
    mean: Floats

    @classmethod
    def of(cls, now: Floats, then: Floats) -> "_Pair":
        return cls(now - then, (now + then) / 2)


def _split(now: _Nested, then: _Nested, cells: list[Floats], limit: int) -> WaitParts:
    handed, body, known, bound, before, after = (
        _Pair.of(getattr(now, name), getattr(then, name))
        for name in ("handed", "body", "known", "bound", "before", "after")
    )
    whole = _Pair.of(*(_of_classes(each) for each in (now, then)))
    documented = _Pair.of(*(_of_documented(each) for each in (now, then)))
    of_body = _Pair.of(*(_of_bodies(each) for each in (now, then)))
    of_all = _Pair.of(*((each.body * _of_bodies(each)).sum(2) for each in (now, then)))
    reach = handed.mean[:, :, None] * body.mean
    is_known = reach * known.mean
    apart = whole.mean[..., BOUND] - whole.mean[..., UNBOUND]
    silent = reach * (1 - known.mean)
    shares = np.stack(
        [is_known * bound.mean, is_known * (1 - bound.mean), silent], axis=3
    )  # fmt: skip
    of_days = (shares * after.change).sum(2)
    undocumented = (reach * known.change * (documented.mean - whole.mean[..., UNKNOWN])).sum(2)
    _, days_before, days_after = cells
    total = (days_before + days_after).sum(2)
    missing = np.where(np.isfinite(total), 0.0, np.nan)
    return WaitParts(
        total=total,
        before=days_before.sum(2),
        after=days_after.sum(2),
        earlier=(shares * before.change).sum((2, 3)) + missing,
        handed=handed.change * (of_all.mean - limit) + missing,
        bound_share=(is_known * bound.change * apart).sum(2) + missing,
        after_bound=of_days[..., BOUND] + missing,
        after_unbound=of_days[..., UNBOUND] + missing,
        mix=handed.mean * (body.change * of_body.mean).sum(2) + missing,
        unknown=undocumented + of_days[..., UNKNOWN] + missing,
        bodies=np.moveaxis(reach * of_body.change, 2, 0) + missing,
    )


def _of_classes(each: _Nested) -> Floats:
    """Return the mean days of each class, both stages together."""
    return each.before + each.after


def _of_documented(each: _Nested) -> Floats:
    """Return the mean days of each body's documented hand-overs."""
    days = _of_classes(each)
    return np.asarray(each.bound * days[..., BOUND] + (1 - each.bound) * days[..., UNBOUND])


def _of_bodies(each: _Nested) -> Floats:
    """Return the mean days of each body's hand-overs."""
    silent = _of_classes(each)[..., UNKNOWN]
    return np.asarray(each.known * _of_documented(each) + (1 - each.known) * silent)


def _ratio(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0)
