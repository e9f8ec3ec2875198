"""Which optional fields are filled, in the whole state or in one district."""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.disclosure import release_shares
from analytics.domain.areas import registry
from analytics.domain.estimates import Status
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Column, Exhibit, based_on, readable
from analytics.reports.data.quality_frames import PERSON_TABLES, table_labels
from analytics.reports.indicators.assignment import groups_of

_FIELD: Final = ["contract_table", "field"]
_NEARLY_ALL: Final = 0.95


@figure("data_fields_state", "data-methods/basis", takes.SNAPSHOT, "dots")
def field_completeness(store: ParquetStore, w: Words, district: str | None = None) -> Exhibit:
    """Return the share of rows that fill each optional field, among those that should.

    The table has one row per table and field: ``key, label`` (field), ``section`` (table),
    ``value, low, high`` (missing: full counts), ``n, status``.

    Args:
        store: The snapshot.
        w: Language.
        district: AGS-5; None for the whole state.

    Raises:
        UnknownAreaError: If there is no such district.
    """
    counted = store.fetch("data_completeness")
    place = w("report_data.state") if district is None else registry().district(district).full_name
    frame = _fields(counted, district, w)
    title = _title(frame, place, w)
    return based_on(store, PERSON_TABLES, w, districts=(district,) if district else ()).exhibit(
        f"data_fields_{district or 'state'}",
        title,
        _sentence(frame, w),
        (
            Column("key", w("indicator.key"), internal=True),
            *readable(w, section="report_data.table", label="report_data.field"),
            Column("value", w("report_data.completeness"), "share", 1),
            Column("n", w("report_data.expected"), "count"),
            Column("status", w("indicator.status"), internal=True),
        ),
        frame,
        notes=(w("report_data.note_completeness"), w("report_data.note_full_count")),
        queries=(store.executed("data_completeness"),),
        measure=w("report_quality.measure_fields"),
    )


def _fields(counted: pd.DataFrame, district: str | None, w: Words) -> pd.DataFrame:
    if district is None:
        counted = counted.groupby(_FIELD, sort=False, as_index=False)[["expected", "filled"]].sum()
    # Decided over all districts, which are the parts of the state's count, before one is picked.
    counted = counted.assign(shown=shown_by_field(counted))
    if district is not None:
        counted = counted[counted["district"] == district]
    expected = counted["expected"].astype("float64")
    hidden = np.where(expected == 0, Status.NO_DATA.value, Status.SUPPRESSED.value)
    return pd.DataFrame(
        {
            "key": counted["contract_table"] + "." + counted["field"],
            "label": [w(f"column.label.{field}") for field in counted["field"]],
            "section": counted["contract_table"].map(table_labels(PERSON_TABLES, w)),
            "value": (counted["filled"] / expected).where(counted["shown"]),
            "low": np.nan,
            "high": np.nan,
            "n": expected.where(counted["shown"] | (expected == 0)),
            "status": np.where(counted["shown"], Status.SHOWN.value, hidden),
        }
    ).reset_index(drop=True)


def shown_by_field(counted: pd.DataFrame) -> NDArray[np.bool_]:
    """Return which rows of ``data_completeness`` may be shown: districts as parts of the state."""
    shown = np.zeros(len(counted), dtype=np.bool_)
    for rows in counted.groupby(_FIELD).indices.values():
        part = counted.iloc[rows]
        groups = groups_of(part["district"]) if "district" in part else None
        shown[rows] = release_shares(part["filled"], part["expected"], groups=groups)
    return shown


def _title(frame: pd.DataFrame, place: str, w: Words) -> str:
    shown = frame[frame["status"] == Status.SHOWN]
    if shown.empty:
        return w("report_data.fields_title_none", place=place)
    least = shown.iloc[int(shown["value"].argmin())]
    return w(
        "report_data.fields_title",
        place=place,
        field=least["label"],
        table=least["section"],
        share=w.percent(least["value"], 1),
    )


def _sentence(frame: pd.DataFrame, w: Words) -> str:
    shown = frame[frame["status"] == Status.SHOWN]
    return w(
        "report_data.fields_sentence",
        complete=w.number(int((shown["value"] >= _NEARLY_ALL).sum())),
        all=w.number(len(frame)),
        limit=w.percent(_NEARLY_ALL),
    )
