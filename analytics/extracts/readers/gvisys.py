"""Reader of the table of districts in the official municipality register (GV-ISys, Destatis)."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
from python_calamine import CalamineWorkbook

from analytics.extracts.errors import UnusableInputError

_SHEET: Final = "Kreisfreie Städte u. Landkreise"
_TITLES: Final = ("Schlüssel-nummer", "Regionale Bezeichnung", "Kreisfreie Stadt", "NUTS3")
_DISTRICT_KEY_LENGTH: Final = 5


def read_districts(path: Path) -> pa.Table:
    """Read ``04-kreise.xlsx``: the districts of Germany at the end of a year.

    Returns:
        ``ags`` (5 digits), ``name`` as published, ``nuts3``, ``area_km2`` (float64) and
        ``population`` (int64), one row per district.

    Raises:
        UnusableInputError: If the workbook has no such sheet or other columns.
    """
    workbook = CalamineWorkbook.from_path(path)
    if _SHEET not in workbook.sheet_names:
        raise UnusableInputError("genesis.not_register", sheet=_SHEET)
    rows = workbook.get_sheet_by_name(_SHEET).to_python()
    if not any(tuple(row[: len(_TITLES)]) == _TITLES for row in rows):
        raise UnusableInputError("genesis.not_register", sheet=_SHEET)
    districts = [row for row in rows if _is_district(row)]
    return pa.table(
        {
            "ags": pa.array([row[0] for row in districts], pa.string()),
            "name": pa.array([row[2] for row in districts], pa.string()),
            "nuts3": pa.array([row[3] for row in districts], pa.string()),
            "area_km2": pa.array([row[4] for row in districts], pa.float64()),
            "population": pa.array([row[5] for row in districts], pa.float64()).cast(pa.int64()),
        }
    )


def _is_district(row: Sequence[object]) -> bool:
    key, nuts3 = row[0], row[3]
    return isinstance(key, str) and len(key) == _DISTRICT_KEY_LENGTH and bool(nuts3)
