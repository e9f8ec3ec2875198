"""What is searched for whichever indicator, and the search itself, made once a snapshot."""

from dataclasses import dataclass, replace
from typing import Final

from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import Indicator, catalogue, indicator
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.memo import once_per_snapshot
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.exploring.scan import Scan, scan
from analytics.reports.exploring.spans import Spans, spans
from analytics.stats.search import CHANGES, FAMILIES, Search, search

_USUAL_DAY: Final = 90


@dataclass(frozen=True, slots=True, eq=False)
class Searched:
    """A scan of all cells with what stands out among them.

    Attributes:
        indicator: The share that was searched.
        needs: Which needs count, in the present period.
        span: Both periods.
        scan: The cells.
        search: What stands out.
    """

    indicator: Indicator
    needs: NeedFilter
    span: Spans
    scan: Scan
    search: Search


def share_of(chosen: Indicator, w: Words) -> Indicator:
    """Return the share that is searched in place of an indicator: itself, if it is one of needs.

    A duration has no counts to go through: the share by a day of the same clock tells whether it
    became shorter, that by 90 days if there is one.

    Raises:
        RefusedError: If the indicator does not count needs, or no share has its clock.
    """
    if chosen.method in ("proportion", "cumulative_incidence"):
        return chosen
    shares = [
        each
        for each in catalogue().values()
        if each.method == "cumulative_incidence" and chosen.clock and each.clock == chosen.clock
    ]
    if not shares:
        raise RefusedError(w("standouts.no_share", name=chosen.name[w.language]))
    return min(shares, key=lambda each: abs(each.day - _USUAL_DAY))


@once_per_snapshot
def searched(store: ParquetStore, indicator_id: str, needs: NeedFilter) -> Searched:
    """Return what stands out in a share of needs.

    Args:
        store: The snapshot.
        indicator_id: Of a share of needs.
        needs: Which count, in the present period.

    Raises:
        UnreleasedError: Where figures are released, and not those of all these needs.
    """
    chosen = indicator(indicator_id)
    span = spans(store, needs.period)
    present = replace(needs, period=span.now)
    cells = scan(store, chosen, present, span)
    # Without months before, nothing has changed for certain: only levels are searched.
    families = {
        name: level for name, level in FAMILIES.items() if span.before or name not in CHANGES
    }
    return Searched(chosen, present, span, cells, search(cells.tables, families))
