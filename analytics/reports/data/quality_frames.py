"""Data quality by district and table: the frames behind the exhibits, protected."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.disclosure import ColumnKind, release_counts
from analytics.domain.areas import registry
from analytics.domain.estimates import Status
from analytics.extracts.contract import TableName, table
from analytics.i18n import Words
from analytics.reports.basis.making import Column, internal, readable
from analytics.reports.indicators.assignment import groups_of

PERSON_TABLES: Final = (TableName.CASES, TableName.REFERRALS)
"""Tables whose rows stand for people; only their row counts need protection."""


def by_district_and_table(
    measured: pd.DataFrame, shown: NDArray[np.bool_], w: Words
) -> pd.DataFrame:
    """Return one row per district and table of people, those without data included.

    Args:
        measured: ``district, contract_table, value, n``.
        shown: Shape (rows of ``measured``,), what the gate lets pass.
        w: Language.

    Returns:
        ``key, district, label, section`` (Regierungsbezirk), ``table, table_label, value, low,
        high`` (missing: full counts), ``n, status``.
    """
    protected = measured.assign(
        value=measured["value"].where(shown),
        n=measured["n"]
        .astype("float64")
        .where(
            within_tables(
                measured, lambda part: release_counts(part["n"], groups=groups_of(part["district"]))
            )
        ),
        status=np.where(shown, Status.SHOWN.value, Status.SUPPRESSED.value),
    )
    empty = (measured["n"] == 0).to_numpy()
    protected["value"] = protected["value"].mask(empty)
    protected["status"] = protected["status"].mask(empty, Status.NO_DATA.value)
    grid = _grid(w).merge(protected, how="left", on=["district", "contract_table"])
    grid["status"] = grid["status"].fillna(Status.NO_DATA.value)
    grid["low"] = grid["high"] = np.nan
    grid = grid.rename(columns={"contract_table": "table"})
    columns = ["key", "district", "label", "section", "table", "table_label"]
    return grid[[*columns, "value", "low", "high", "n", "status"]]


def within_tables(
    frame: pd.DataFrame, release: Callable[[pd.DataFrame], NDArray[np.bool_]]
) -> NDArray[np.bool_]:
    """Apply a rule of the gate to the districts of each table: the parts of its total."""
    shown = np.zeros(len(frame), dtype=np.bool_)
    for rows in frame.groupby("contract_table").indices.values():
        shown[rows] = release(frame.iloc[rows])
    return shown


def quality_columns(value: str, kind: ColumnKind, w: Words, digits: int = 0) -> tuple[Column, ...]:
    """Return the columns of a frame of ``by_district_and_table``."""
    return (
        *internal(w, key="indicator.key", district="report_data.district_key"),
        *readable(w, label="report_data.district", section="report_data.regierungsbezirk"),
        Column("table", w("report_data.table"), internal=True),
        Column("table_label", w("report_data.table")),
        Column("value", value, kind, digits),
        Column("n", w("report_data.rows"), "count"),
        Column("status", w("indicator.status"), internal=True),
    )


def table_labels(names: Sequence[str], w: Words) -> Mapping[str, str]:
    """Return the labels of contract tables by name."""
    return {str(name): w(table(name).label) for name in names}


def _grid(w: Words) -> pd.DataFrame:
    labels = table_labels(PERSON_TABLES, w)
    rows = [
        (f"{area.ags}:{name}", area.ags, area.full_name, area.regierungsbezirk, name, label)
        for area in registry().districts
        for name, label in labels.items()
    ]
    columns = ["key", "district", "label", "section", "contract_table", "table_label"]
    return pd.DataFrame(rows, columns=columns)
