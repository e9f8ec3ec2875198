"""Groups and the state beside districts: in the data package both lie open, for the same months."""

from dataclasses import replace

import numpy as np

from analytics.disclosure import ReleasedTable
from analytics.domain.areas import registry
from analytics.domain.estimates import Status
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import Dimension, indicator
from analytics.domain.vocabulary import Group
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.formatting import nothing_shown
from analytics.reports.indicators.indicator_estimates import state_estimate
from analytics.reports.indicators.indicator_values import indicator_values

_SHARES = ("proportion", "cumulative_incidence")


def values_by(
    store: ParquetStore, indicator_id: str, by: Dimension, need_filter: NeedFilter, w: Words
) -> Exhibit:
    """Return ``indicator_values`` as they may lie beside those of all districts.

    Districts count all needs. Where groups beside them would tell few people, the sum of both
    groups would, too: then no group is shown, and all else counts all needs as districts do.
    """
    if by == "group":
        return group_values(store, indicator_id, need_filter, w)
    is_of_needs = "group" in indicator(indicator_id).dimensions
    if is_of_needs and _tells_any(store, indicator_id, need_filter):
        need_filter = replace(need_filter, assigned=False)
    return indicator_values(store, indicator_id, by, need_filter, w)


def group_values(
    store: ParquetStore, indicator_id: str, need_filter: NeedFilter, w: Words
) -> Exhibit:
    """Return ``indicator_values`` by group, hidden where districts would tell few people with it.

    A group less its whole districts is what the three split districts add to it, and the state
    less both groups is what belongs to neither. Where either may not be shown, the groups are not.
    """
    exhibit = indicator_values(store, indicator_id, "group", need_filter, w)
    if not _tells_any(store, indicator_id, need_filter):
        return exhibit
    frame = exhibit.table.frame.assign(
        **dict.fromkeys(("value", "low", "high", "n", "units", "freedom", "error"), np.nan),
        status=Status.SUPPRESSED.value,
    )
    note = w("report_package.note_groups")
    table = ReleasedTable(exhibit.table.columns, frame)
    title = nothing_shown(indicator(indicator_id), frame["status"], w)
    return replace(
        exhibit,
        title=title,
        sentence=note,
        alt=w("indicator.alt", title=title, sentence=note),
        table=table,
        notes=(*exhibit.notes, note),
    )


def _tells_any(store: ParquetStore, indicator_id: str, needs: NeedFilter) -> bool:
    return any(_tells_few(store, indicator_id, needs, group) for group in Group)


def _tells_few(store: ParquetStore, indicator_id: str, needs: NeedFilter, group: Group) -> bool:
    """Say whether the split districts add too few to a group; a duration tells only their n."""
    split = replace(needs, assigned=False).but(group=(group,), district=registry().split_districts)
    found, _ = state_estimate(store, indicator_id, split)
    is_share = indicator(indicator_id).method in _SHARES
    return found.status is Status.SUPPRESSED and (is_share or found.n is None)
