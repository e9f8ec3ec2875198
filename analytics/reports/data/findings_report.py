"""What the checks found in the last deliveries, counted; values and lines stay with the sender."""

import numpy as np
import pandas as pd

from analytics.disclosure import release_counts
from analytics.domain.estimates import Status
from analytics.extracts.contract import TABLES, table, wording
from analytics.extracts.rules import Severity, rule
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Column, Exhibit, based_on, readable


@figure("data_findings", "data-methods/basis", takes.SNAPSHOT)
def latest_findings(store: ParquetStore, w: Words) -> Exhibit:
    """Return one row per table, rule and field with findings in the last deliveries.

    Columns ``key, table, table_label, rule, severity, districts`` (areas), ``value`` (rows),
    ``delivered_on, status``. Every count of rows stands alone: no total of them is shown.
    """
    found = store.fetch("latest_findings")
    frame = _frame(found, w)
    quarantined = int(found.loc[found["severity"] == "row", "row_count"].sum())
    return based_on(store, tuple(TABLES), w).exhibit(
        "data_findings",
        _title(found, quarantined, w),
        w("report_data.findings_sentence", rules=w.number(found["rule"].nunique())),
        (
            Column("key", w("indicator.key"), internal=True),
            Column("table_label", w("report_data.table")),
            *readable(w, rule="report_data.rule", severity="report_data.severity"),
            Column("districts", w("report_data.districts_concerned"), "number"),
            Column("value", w("report_data.findings_rows"), "number"),
            Column("delivered_on", w("report_data.delivered_on"), "date"),
            Column("status", w("indicator.status"), internal=True),
        ),
        frame,
        notes=(w("report_data.note_findings"),),
        queries=(store.executed("latest_findings"),),
    )


def _frame(found: pd.DataFrame, w: Words) -> pd.DataFrame:
    counts = found["row_count"].astype("float64")
    shown = np.array([release_counts([count])[0] for count in counts], dtype=np.bool_)
    return pd.DataFrame(
        {
            "key": found["contract_table"] + "." + found["rule"] + "." + found["field"],
            "table": found["contract_table"],
            "table_label": [w(table(name).label) for name in found["contract_table"]],
            "rule": [
                rule_text(*named, w)
                for named in zip(found["rule"], found["severity"], worded(found), strict=True)
            ],
            "severity": [w(f"report_data.severity_{name}") for name in found["severity"]],
            "districts": found["districts"],
            "value": counts.where(shown),
            "delivered_on": pd.to_datetime(found["delivered_at"]).dt.normalize(),
            "status": np.where(shown, Status.SHOWN.value, Status.SUPPRESSED.value),
        }
    )


def worded(found: pd.DataFrame) -> list[str]:
    """Return the names under which the messages of the findings' columns stand."""
    return list(map(wording, found["contract_table"], found["field"]))


def rule_text(rule_id: str, severity: str, field: str, w: Words) -> str:
    """Return the rule's message for its field; an ellipsis stands for what only the sender sees."""
    label = w(f"column.label.{field}") if f"column.label.{field}" in w.messages else field or "…"
    hidden = dict.fromkeys(("value", "other", "count", "line", "choices"), "…")
    text = w(f"rule.{rule_id}", field=label, **hidden).replace("….", "…")
    is_warning = severity == Severity.WARNING
    if is_warning and rule(rule_id).severity is Severity.QUESTION:
        return w("rule.confirmed", text=text)
    is_emptied = rule(rule_id).empties and is_warning
    return w("rule.emptied", text=text) if is_emptied else text


def _title(found: pd.DataFrame, quarantined: int, w: Words) -> str:
    if found.empty:
        return w("report_data.findings_title_none")
    if not release_counts([quarantined])[0]:
        return w("report_data.findings_title_few")
    return w("report_data.findings_title", quarantined=w.number(quarantined))
