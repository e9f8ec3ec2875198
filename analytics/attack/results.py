"""Keeping what attacks have told, as the page shows it."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analytics.attack.judgement import Judged
from analytics.disclosure.transition import DEVIATION, SMALLEST, VARIANCE


def rows_of(judged: Iterable[Judged]) -> pd.DataFrame:
    """Return one row per attack and release: the fields of ``Judged`` and ``has_told``."""
    return pd.DataFrame([{**asdict(each), "has_told": each.has_told} for each in judged])


def about(cases: int, day: date) -> dict[str, str]:
    """Return what was attacked, when, and how its figures are perturbed."""
    return {
        "cases": str(cases),
        "date": day.isoformat(),
        "deviation": str(DEVIATION),
        "variance": str(VARIANCE),
        "smallest": str(SMALLEST),
    }


def store_results(rows: pd.DataFrame, facts: dict[str, str], target: Path) -> None:
    """Write rows with what they are about, in place of those that were there."""
    table = pa.Table.from_pandas(rows, preserve_index=False).replace_schema_metadata(facts)
    pq.write_table(table, target, compression="zstd")
