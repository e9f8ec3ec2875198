"""Which figures of a district a documented break makes hard to compare over time."""

import pandas as pd

from analytics.domain.indicators import Indicator
from analytics.domain.periods import Period
from analytics.i18n import Words
from analytics.queries.store import ParquetStore


def breaks_of(
    store: ParquetStore, district: str, chosen: Indicator, period: Period, w: Words
) -> str:
    """Return the breaks in force within a period that concern an indicator; empty if there is none.

    A break of a whole table concerns each indicator of the table.
    """
    found = store.fetch("comparability_breaks")
    ends = pd.to_datetime(found["valid_to"]).fillna(pd.Timestamp(store.manifest.as_of))
    starts = pd.to_datetime(found["valid_from"])
    concerns = (
        (found["district"] == district)
        & found["contract_table"].isin(chosen.tables)
        & (found["field"].isna() | found["field"].isin(chosen.fields))
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
