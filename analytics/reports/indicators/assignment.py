"""Needs that belong to neither group: left out where groups are compared, and said to be."""

from collections.abc import Iterable
from dataclasses import replace

from analytics.disclosure import release_counts, told_counts
from analytics.domain.areas import registry
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import Dimension, Indicator
from analytics.domain.vocabulary import Group
from analytics.i18n import Words
from analytics.queries.store import ExecutedQuery, ParquetStore


def groups_of(districts: Iterable[str]) -> list[str]:
    """Return the group whose needs hold those of each district; split districts have their own.

    What is shown of districts is decided within these, as tables by group show their sums.
    """
    return [registry().group_of(district[:5]) for district in districts]


def assigned(need_filter: NeedFilter) -> NeedFilter:
    """Return the filter without the needs whose evaluation unit is not known.

    All figures of a view count the same needs. If some counted all of them and others both groups,
    the few of no group could be told by subtraction, and would have to be hidden with a group.
    """
    return replace(need_filter, assigned=True)


def as_asked(need_filter: NeedFilter, by: Dimension) -> NeedFilter:
    """Return the filter with the needs that a breakdown counts unless told otherwise.

    Areas have all of their needs. Whatever stands beside the groups (the state, a quarter, an offer
    area, an office, a regime) has those of both groups, so that the same question has the same
    answer on a page, on the command line and in a notebook.
    """
    is_of_areas = by in ("district", "unit") or bool(need_filter["district"])
    if by != "group" and (need_filter.assigned is not None or is_of_areas):
        return need_filter
    return assigned(need_filter)


def as_counted(chosen: Indicator, need_filter: NeedFilter, by: Dimension) -> NeedFilter:
    """Return the filter as ``as_asked`` does, for an indicator of any kind.

    Of cases as of needs. What belongs to whole districts is in a group or in none, and the state
    counts both. So by group all of it is asked for, and what is of none is protected as a third
    part of the state, though it is not shown: else the state without both groups would tell it.
    """
    return as_asked(need_filter, by) if chosen.is_of_cases else need_filter


def unassigned_needs(store: ParquetStore, need_filter: NeedFilter) -> tuple[int, ExecutedQuery]:
    """Return how many needs of the filter belong to neither group, unprotected, and the query."""
    params = need_filter.but(group=()).params()
    del params["without_group"]
    params["unassigned"] = Group.UNASSIGNED.value
    frame = told_counts(store.fetch("unassigned_needs", params), store.release, "needs")
    return int(frame["needs"].iloc[0]), store.executed("unassigned_needs", params)


def unassigned_note(
    store: ParquetStore, need_filter: NeedFilter, w: Words
) -> tuple[str, ExecutedQuery]:
    """Return how many needs of the filter do not count because their group is not known."""
    count, query = unassigned_needs(store, need_filter)
    if count == 0:
        return w("indicator.unassigned_none"), query
    if not release_counts([count])[0]:
        return w("indicator.unassigned_few"), query
    return w("indicator.unassigned_some", count=w.number(count)), query
