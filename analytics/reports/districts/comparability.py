"""Which figures of a district a documented break makes hard to compare over time."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from analytics.domain.indicators import Indicator
from analytics.domain.periods import Period
from analytics.i18n import Words
from analytics.queries.store import ParquetStore

_CLOCK: Final = frozenset({"need_recorded_on", "referred_on", "started_on", "ended_on", "outcome"})
_FIELDS: Final[Mapping[str, frozenset[str]]] = {
    "repeat_referral_share": _CLOCK | {"offer_area"},
    "binding_handover_share": frozenset({"binding_handover", "referred_on"}),
    "open_over_180d_share": _CLOCK,
    "reporting_lag_days": frozenset({"recorded_on", "need_recorded_on"}),
    "cases_per_fte": frozenset({"opened_on", "closed_on"}),
    "cases_per_1000_foreign": frozenset({"opened_on"}),
}
"""Fields that an indicator is counted from; a break of one field concerns these indicators only."""


def breaks_of(
    store: ParquetStore, district: str, chosen: Indicator, period: Period, w: Words
) -> str:
    """Return the breaks in force within a period that concern an indicator; empty if there is none.

    A break of a whole table concerns each indicator of the table.
    """
    found = store.fetch("comparability_breaks")
    ends = pd.to_datetime(found["valid_to"]).fillna(pd.Timestamp(store.manifest.as_of))
    starts = pd.to_datetime(found["valid_from"])
    fields = _CLOCK if chosen.clock else _FIELDS.get(chosen.id, frozenset())
    concerns = (
        (found["district"] == district)
        & found["contract_table"].isin(chosen.tables)
        & (found["field"].isna() | found["field"].isin(fields))
        & (starts < pd.Timestamp(period.end))
        & (ends >= pd.Timestamp(period.start))
    )
    texts = [
        w(
            "report_district.break",
            kind=w.label("comparability_kind", kind),
            date=w.date(since.date()),
        )
        for kind, since in zip(found["kind"][concerns], starts[concerns], strict=True)
    ]
    return "; ".join(dict.fromkeys(texts))
