"""Two releases of the same figures, and which questions the released one answers.

*Confidential* figures are for people bound by the duty of confidentiality. *Released* ones may
leave the house: their counts are perturbed (``disclosure/perturbation.py``), and only the cells of
a fixed grid are told. Without the grid, whoever asked for many overlapping windows could average
the perturbation away.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Literal

from analytics.domain.filters import NeedFilter, fields
from analytics.domain.periods import Month, Period


class Release(StrEnum):
    """For whom figures are told."""

    CONFIDENTIAL = "confidential"
    RELEASED = "released"


Reason = Literal["period", "codes", "depth"]

_QUARTER: Final = 3
_YEAR: Final = 12
_LATEST_YEARS: Final = 3
_SPANS: Final = (
    Period(Month(2015, 1), Month(2016, 12)),
    Period(Month(2017, 1), Month(2019, 12)),
)
"""The years before the model programme and those of it, which its evaluation compares."""

_FREE: Final = ("group", "offer_area")
"""Fields that do not count against the depth: no figure of the programme does without them."""
_AREAS: Final = ("district", "unit")
_DEPTH_OF_AREAS: Final = 1
_DEPTH_OF_STATE: Final = 2


@dataclass(frozen=True, slots=True)
class Unreleased:
    """Why a question is not answered in the released edition, and the nearest one that is.

    Attributes:
        reason: ``period`` where the months are not on the grid, ``codes`` where several codes of
            one field are chosen together, ``depth`` where too many fields are.
        nearest: The filter that is answered, from which ``by`` is broken down as asked.
    """

    reason: Reason
    nearest: NeedFilter


def grid(covered: Period) -> Iterator[Period]:
    """Yield the periods that are released of the months covered, the shortest first."""
    years = range(covered.first.year, covered.last.year + 1)
    for length in (_QUARTER, _YEAR):
        for year in years:
            for number in range(1, _YEAR + 1, length):
                first = Month(year, number)
                yield from _inside(Period(first, first.plus(length - 1)), covered)
    for span in _SPANS:
        yield from _inside(span, covered)
    latest = Period(Month(covered.last.year - _LATEST_YEARS + 1, 1), covered.last)
    yield from _inside(latest, covered)
    yield covered


def unreleased(
    needs: NeedFilter, by: str, covered: Period, across: str = "state"
) -> Unreleased | None:
    """Return why needs broken down by dimensions are not released, None where they are.

    Args:
        needs: The filter.
        by: Dimension, ``state`` for none.
        covered: Months of the snapshot; what lies outside has no needs, so it makes no difference.
        across: A second dimension, ``state`` for none.
    """
    found: list[Reason] = []
    nearest = needs
    period = needs.period.within(covered) or covered
    if needs.period.within(covered) and period not in set(grid(covered)):
        found.append("period")
        nearest = replace(nearest, period=_nearest(period, covered))
    several = {name: codes[:1] for name, codes in needs.chosen if len(codes) > 1}
    if several:
        found.append("codes")
        nearest = nearest.but(**several)
    deep = _too_deep(nearest, (by, across))
    if deep:
        found.append("depth")
        nearest = nearest.but(**dict.fromkeys(deep, ()))
    return Unreleased(found[0], nearest) if found else None


def _inside(period: Period, covered: Period) -> Iterator[Period]:
    part = period.within(covered)
    if part is not None:
        yield part


def _nearest(period: Period, covered: Period) -> Period:
    """Return the period of the grid that has the most months in common and the fewest others."""

    def apart(other: Period) -> int:
        common = period.within(other)
        shared = 0 if common is None else len(list(common.months()))
        return len(list(period.months())) + len(list(other.months())) - 2 * shared

    return min(grid(covered), key=apart)


def _too_deep(needs: NeedFilter, by: tuple[str, ...]) -> tuple[str, ...]:
    """Return the fields chosen beyond what may be combined, the last chosen first to go."""
    names = [name for name, _ in needs.chosen]
    is_of_areas = any(name in (*by, *names) for name in _AREAS)
    allowed = _DEPTH_OF_AREAS if is_of_areas else _DEPTH_OF_STATE
    counted = [name for name in names if name not in (*_FREE, *_AREAS)]
    others = set(by) & set(fields()) - {*_FREE, *_AREAS, *counted}
    deep = tuple(counted[max(allowed - len(others), 0) :])
    # Two fields side by side are told of the whole state only.
    return (*deep, *_AREAS) if len(others) > allowed else deep
