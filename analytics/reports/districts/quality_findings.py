"""What the checks objected to in one district's last delivery, and what its data contradict."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.disclosure import release_counts, release_shares
from analytics.domain.areas import registry
from analytics.domain.estimates import Status
from analytics.extracts.contract import TABLES, table
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Column, Exhibit, based_on, readable
from analytics.reports.data.findings_report import rule_text, worded
from analytics.reports.data.quality_frames import PERSON_TABLES
from analytics.reports.districts.quality_course import CONTRADICTION, CONTRADICTIONS, PARAMS, QUERY
from analytics.reports.indicators.assignment import groups_of

_RULE = ["contract_table", "rule", "field", "severity"]


@figure("district_quality_objections", "district/quality", takes.QUALITY)
def objections(store: ParquetStore, district: str, w: Words) -> Exhibit:
    """Return one row per table, rule and field with objections in the district's last delivery.

    Columns ``key, table_label, rule, severity, value`` (rows), ``delivered_on, status``.

    Raises:
        UnknownAreaError: If there is no such district.
    """
    place = registry().district(district).full_name
    found = store.fetch("district_findings")
    found = found.assign(shown=_counts_shown(found))
    found = found[found["district"] == district]
    if found.empty:
        message = "clean" if _has_delivered(store, district) else "not_delivered"
        title = w(f"report_quality.objections_{message}", place=place)
        sentence = w(f"report_quality.objections_{message}_sentence")
    else:
        rules = w.number(found["rule"].nunique())
        title = w("report_quality.objections_title", place=place, rules=rules)
        hidden = w.number(int((~found["shown"]).sum()))
        sentence = w("report_quality.objections_sentence", rows=w.number(len(found)), hidden=hidden)
    return based_on(store, tuple(TABLES), w, districts=(district,)).exhibit(
        f"district_quality_objections_{district}",
        title,
        sentence,
        (
            Column("key", w("indicator.key"), internal=True),
            Column("table_label", w("report_data.table")),
            *readable(w, rule="report_data.rule", severity="report_data.severity"),
            Column("value", w("report_data.findings_rows"), "count"),
            Column("delivered_on", w("report_data.delivered_on"), "date"),
            Column("status", w("indicator.status"), internal=True),
        ),
        _objection_frame(found, w),
        notes=(w("report_data.note_findings"),),
        queries=(store.executed("district_findings"),),
        choice=(("district", district),),
    )


@figure("district_quality_contradictions", "district/quality", takes.QUALITY)
def contradictions(store: ParquetStore, district: str, w: Words) -> Exhibit:
    """Return how often the data contradict themselves, in the district and in all others.

    Rows ``key, label`` (contradiction), ``series, value, low, high`` (missing), ``n, status``.

    Raises:
        UnknownAreaError: If there is no such district.
    """
    place = registry().district(district).full_name
    frame = _contradiction_frame(_contradicted(store), district, w)
    own = frame[(frame["key"].str.endswith(".own")) & (frame["status"] == Status.SHOWN)]
    parts = [
        w("report_quality.contradiction_value", label=label, share=w.percent(value, 1),
          n=w.number(n))
        for label, value, n in zip(own["label"], own["value"], own["n"], strict=True)
    ]  # fmt: skip
    some = "report_quality.contradictions_some" if (own["value"] > 0).any() else ""
    title = some or "report_quality.contradictions_none"
    if own.empty:
        title = "report_quality.contradictions_hidden"
    return based_on(store, PERSON_TABLES, w).exhibit(
        f"district_quality_contradictions_{district}",
        w(title, place=place),
        "; ".join(parts) + "." if parts else w("report_quality.contradictions_no_value"),
        (
            Column("key", w("indicator.key"), internal=True),
            *readable(w, label="report_quality.contradiction", series="report_quality.series"),
            Column("value", w("report_quality.share_found"), "share", 1),
            Column("n", w("report_data.rows"), "count"),
            Column("status", w("indicator.status"), internal=True),
        ),
        frame,
        notes=(w("report_quality.note_contradictions"), w("report_data.note_full_count")),
        queries=(store.executed(QUERY, PARAMS),),
        choice=(("district", district),),
    )


def _counts_shown(found: pd.DataFrame) -> NDArray[np.bool_]:
    """Decide each rule over all districts: together they are the state's count, shown elsewhere."""
    shown = np.zeros(len(found), dtype=np.bool_)
    for rows in found.groupby(_RULE).indices.values():
        shown[rows] = release_counts(found.iloc[rows]["row_count"])
    return shown


def _has_delivered(store: ParquetStore, district: str) -> bool:
    tables = store.manifest.tables.values()
    return any(area[:5] == district for entry in tables for area in entry.deliveries)


def _objection_frame(found: pd.DataFrame, w: Words) -> pd.DataFrame:
    counts = found["row_count"].astype("float64")
    shown = found["shown"].to_numpy(dtype=bool)
    rules = zip(found["rule"], found["severity"], worded(found), strict=True)
    return pd.DataFrame(
        {
            "key": found["contract_table"] + "." + found["rule"] + "." + found["field"],
            "table_label": [w(table(name).label) for name in found["contract_table"]],
            "rule": [rule_text(*named, w) for named in rules],
            "severity": [w(f"report_data.severity_{name}") for name in found["severity"]],
            "value": counts.where(shown),
            "delivered_on": pd.to_datetime(found["delivered_at"]).dt.normalize(),
            "status": np.where(shown, Status.SHOWN.value, Status.SUPPRESSED.value),
        }
    ).reset_index(drop=True)


def _contradicted(store: ParquetStore) -> pd.DataFrame:
    """Return ``contradiction, district, found, expected`` over the whole time."""
    counted = store.fetch(QUERY, PARAMS)
    counted = counted[counted["measure"].isin(CONTRADICTIONS)]
    named = counted.assign(contradiction=counted["measure"].str.removeprefix(CONTRADICTION))
    return named.groupby(["contradiction", "district"], as_index=False).agg(
        found=("filled", "sum"), expected=("expected", "sum")
    )


def _contradiction_frame(counted: pd.DataFrame, district: str, w: Words) -> pd.DataFrame:
    rows = []
    for name, part in counted.groupby("contradiction", sort=True):
        shown = release_shares(part["found"], part["expected"], groups=groups_of(part["district"]))
        is_own = (part["district"] == district).to_numpy()
        own = part[is_own][["found", "expected"]].sum()
        # What both add up to is the same on every page: beside hidden own figures, none of theirs.
        open_own = bool(shown[is_own].all())
        others = part[~is_own][["found", "expected"]].sum()
        open_others = open_own or own["expected"] == 0
        open_others &= bool(release_shares([others["found"]], [others["expected"]])[0])
        rows.append(_contradiction(str(name), "own", own, open_own, w))
        rows.append(_contradiction(str(name), "others", others, open_others, w))
    names = ["key", "label", "series", "value", "low", "high", "n", "status"]
    return pd.DataFrame(rows, columns=names)


def _contradiction(
    name: str, series: str, sums: pd.Series, is_open: bool, w: Words
) -> tuple[object, ...]:
    texts = (f"{name}.{series}", w(f"report_quality.{name}"), w(f"report_quality.{series}"))
    n = float(sums["expected"])
    if n == 0:
        return (*texts, np.nan, np.nan, np.nan, 0.0, Status.NO_DATA.value)
    if not is_open:
        return (*texts, np.nan, np.nan, np.nan, np.nan, Status.SUPPRESSED.value)
    return (*texts, sums["found"] / n, np.nan, np.nan, n, Status.SHOWN.value)
