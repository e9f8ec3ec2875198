"""Values of an indicator as text: a table to read, CSV or JSON."""

import json
from typing import Any, Final

from analytics.domain.filters import NeedFilter
from analytics.exports.csv import csv_bytes
from analytics.exports.tables import readable
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

FORMS: Final = ("table", "csv", "json")
_KNOWN: Final = (
    "key", "label", "series", "series_label", "value", "low", "high", "n", "status", "provenance",
    "first", "second", "n_second", "gap", "gap_low", "gap_high", "finding",
)  # fmt: skip
_COUNTS: Final = ("n", "n_second")


def text(exhibit: Exhibit, form: str, need_filter: NeedFilter, w: Words) -> str:
    """Return an exhibit in one of ``FORMS``."""
    if form == "csv":
        return csv_bytes(exhibit, w).decode("utf-8-sig").rstrip("\r\n")
    if form == "json":
        return json.dumps(_document(exhibit, need_filter), ensure_ascii=False, indent=2)
    table = readable(exhibit.table, w).to_string(index=False)
    return "\n".join([exhibit.title, exhibit.sentence, "", table, "", exhibit.source.text])


def _document(exhibit: Exhibit, need_filter: NeedFilter) -> dict[str, Any]:
    """Return the figure with what is needed to repeat it; hidden values are null."""
    names = [name for name in _KNOWN if name in exhibit.table.frame]
    counts = dict.fromkeys([name for name in _COUNTS if name in names], "Int64")
    frame = exhibit.table.frame[names].astype(counts).astype(object)
    return {
        "indicator": exhibit.indicators[0],
        **dict(exhibit.choice),
        "from": str(need_filter.period.first),
        "to": str(need_filter.period.last),
        "only": {name: list(codes) for name, codes in need_filter.chosen},
        "snapshot": exhibit.source.snapshot_id,
        "as_of": exhibit.source.as_of.isoformat() if exhibit.source.as_of else None,
        "release": exhibit.source.release,
        "provenance": exhibit.source.provenance,
        "values": frame.where(frame.notna(), None).to_dict("records"),
    }
