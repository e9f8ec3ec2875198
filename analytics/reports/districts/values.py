"""The protected values that all figures of a district share: by district, of the state, by quarter.

They are remembered as long as the snapshot is open, because the reports of all districts need the
values of all districts.
"""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from analytics.disclosure import OWN
from analytics.domain.district_choice import DistrictChoice
from analytics.domain.estimates import Estimate, Status
from analytics.domain.filters import NeedFilter, only
from analytics.domain.indicators import Indicator, indicator
from analytics.domain.periods import Period
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis import dimensions
from analytics.reports.basis.memo import once_per_snapshot
from analytics.reports.basis.provisional import provisional_quarters
from analytics.reports.basis.span import data_period
from analytics.reports.districts.ring import ring_of
from analytics.reports.indicators.indicator_estimates import estimates, row_estimate, state_estimate

_NO_DATA: Final = Estimate(None, None, None, None, Status.NO_DATA)


@dataclass(frozen=True, slots=True, eq=False)
class DistrictValues:
    """An indicator of all districts in one period.

    Attributes:
        by_district: Protected value of each district by AGS-5.
        state: Value of the whole state.
        queries: What was asked.
    """

    by_district: dict[str, Estimate]
    state: Estimate
    queries: tuple[ExecutedQuery, ...]

    def of(self, district: str) -> Estimate:
        """Return the value of a district."""
        return self.by_district.get(district, _NO_DATA)

    def shown_of(self, districts: tuple[str, ...]) -> list[float]:
        """Return the values of these districts that are shown."""
        found = (self.of(ags).value for ags in districts)
        return [value for value in found if value is not None]


@once_per_snapshot
def district_values(store: ParquetStore, indicator_id: str, period: Period) -> DistrictValues:
    """Return an indicator of all districts; what may be shown is decided over all of them."""
    needs = NeedFilter(period, assigned=False)
    frame, queries = estimates(store, indicator(indicator_id), "district", needs)
    state, asked = state_estimate(store, indicator_id, needs)
    rows = {str(row["key"]): row_estimate(row) for _, row in frame.iterrows()}
    return DistrictValues(rows, state, (*queries, *asked))


@dataclass(frozen=True, slots=True, eq=False)
class QuarterValues:
    """An indicator of one district by quarter, over all months that the data cover.

    Attributes:
        frame: ``period`` (first day), ``value, low, high, n, status, provisional``, one row a
            quarter in time. Shared: to be copied before it is changed.
        queries: What was asked.
    """

    frame: pd.DataFrame
    queries: tuple[ExecutedQuery, ...]


def quarter_values(
    store: ParquetStore, indicator_id: str, choice: DistrictChoice
) -> QuarterValues | None:
    """Return an indicator of the district by quarter, or None where there is none to show.

    An indicator may have no quarters; and where a district's own value is protected, its quarters
    would add up to it.
    """
    chosen = indicator(indicator_id)
    if "quarter" not in chosen.dimensions or _is_protected(store, chosen, choice):
        return None
    return _quarters(store, indicator_id, choice.district)


@once_per_snapshot
def _quarters(store: ParquetStore, indicator_id: str, district: str) -> QuarterValues:
    needs = NeedFilter(data_period(store), only(district=(district,)))
    frame, queries = estimates(store, indicator(indicator_id), "quarter", needs)
    days = dimensions.quarters(needs.period)
    full = frame.set_index("key").reindex([str(day) for day in days])
    flags, delays = provisional_quarters(store, days)
    return QuarterValues(
        pd.DataFrame(
            {
                "period": list(days),
                **{name: full[name].to_numpy() for name in ("value", "low", "high", "n")},
                "status": full["status"].fillna(Status.NO_DATA).to_numpy(),
                "provisional": list(flags),
                **({OWN: full[OWN].to_numpy()} if OWN in full else {}),
            }
        ),
        (*queries, delays),
    )


def _is_protected(store: ParquetStore, chosen: Indicator, choice: DistrictChoice) -> bool:
    periods = dict.fromkeys((choice.period, data_period(store)))
    values = (district_values(store, chosen.id, period).of(choice.district) for period in periods)
    return any(value.status is Status.SUPPRESSED for value in values)


def roles(store: ParquetStore, choice: DistrictChoice) -> dict[str, str]:
    """Return for each district by AGS-5 its role: ``own``, ``peers`` or ``others``."""
    ring = ring_of(store, choice)
    found = dict.fromkeys(dimensions.keys("district", choice.period), "others")
    return found | dict.fromkeys(ring.members, "peers") | {ring.district: "own"}
