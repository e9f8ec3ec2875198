"""Which two periods are compared where changes are looked for."""

from dataclasses import dataclass

from analytics.domain.periods import Period
from analytics.domain.release import Release, grid
from analytics.queries.store import ParquetStore
from analytics.reports.basis.span import BEFORE_PROGRAMME, PROGRAMME, data_period


@dataclass(frozen=True, slots=True)
class Spans:
    """The present period and the one before it; None where the data do not reach back."""

    now: Period
    before: Period | None


def spans(store: ParquetStore, chosen: Period) -> Spans:
    """Return the chosen months and those that they are compared with.

    The years of the programme are compared with those before it, any other months with as many
    before them as far as the data reach; where figures are released, with the period of the grid
    that has most of these months.
    """
    covered = data_period(store)
    now = chosen.within(covered) or chosen
    if now == PROGRAMME.within(covered):
        return Spans(now, BEFORE_PROGRAMME.within(covered))
    length = len(list(now.months()))
    wanted = Period(now.first.plus(-length), now.first.plus(-1)).within(covered)
    if wanted is None or store.release is Release.CONFIDENTIAL:
        return Spans(now, wanted)
    earlier = [each for each in grid(covered) if each.last <= wanted.last]
    return Spans(now, max(earlier, key=lambda each: _likeness(each, wanted), default=None))


def _likeness(period: Period, wanted: Period) -> int:
    """Return how many months two periods have in common, less those that only one has."""
    common = period.within(wanted)
    shared = 0 if common is None else len(list(common.months()))
    return 3 * shared - len(list(period.months())) - len(list(wanted.months()))
