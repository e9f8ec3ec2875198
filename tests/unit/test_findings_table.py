"""Findings in a snapshot: rows are told apart by file, sheet and line."""

from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from analytics.domain.areas import registry
from analytics.extracts.bookkeeping import findings_after
from analytics.extracts.contract import CASES
from analytics.extracts.findings import Finding
from analytics.extracts.findings_table import FINDINGS_SCHEMA
from analytics.extracts.rules import Severity

LIPPE = "05766"


def test_equal_lines_of_two_sheets_and_two_files_are_several_rows(tmp_path: Path) -> None:
    before = tmp_path / "findings.parquet"
    # An earlier release did not say of which sheet.
    pq.write_table(FINDINGS_SCHEMA.empty_table().drop_columns(["sheet"]), before)
    found = [
        Finding(rule, Severity.ROW, "cases", file, line=5, key=LIPPE, sheet=sheet)
        for rule in ("unreadable_date", "required_empty")
        for file, sheet in (("a.xlsx", "2019"), ("a.xlsx", "2020"), ("b.csv", None))
    ]

    kept = findings_after(
        before,
        found,
        table=CASES,
        senders=[LIPPE],
        registry=registry(),
        at=datetime(2024, 1, 5, tzinfo=UTC),
    )

    assert kept["sheet"].to_pylist() == ["2019", "2020", None] * 2
    sql = files("analytics.queries").joinpath("delivery_findings.sql").read_text("utf-8")
    with duckdb.connect() as connection:
        connection.from_arrow(kept).create("findings")
        ((_, _, objected, quarantined),) = connection.execute(sql, {"tables": ["cases"]}).fetchall()
    assert (objected, quarantined) == (3, 3)
