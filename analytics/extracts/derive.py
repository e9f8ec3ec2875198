"""The derived tables of a snapshot: the clocks and evaluation units, made by SQL and nowhere else.

``derived/<table>.sql`` holds one statement per table; its comments say how edge cases count.
"""

import time
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import duckdb
import pyarrow as pa
import structlog

from analytics.domain.areas import AreaRegistry
from analytics.settings import settings

DERIVED_TABLES: Final = ("case_clock", "referral_clock")

# A second need in the same offer area this soon after a referral says that the offer did not fit.
REPEAT_DAYS: Final = 180

_LOG = structlog.get_logger(__name__)
_SOURCES: Final = ("cases", "referrals")


class DerivationError(ValueError):
    """Rows that no clock can be made for, such as a date after the data cut."""


def derive(folder: Path, registry: AreaRegistry, *, as_of: date) -> None:
    """Write the derived tables beside ``cases.parquet`` and ``referrals.parquet`` in ``folder``.

    The same rows give the same bytes. Work that does not fit into the memory limit of the settings
    goes to a folder of its own below ``folder``, which is gone afterwards.

    Raises:
        DerivationError: If a case or need begins or ends after ``as_of``, or ends before it began,
            or if a district is unknown.
    """
    with (
        TemporaryDirectory(prefix=".spill-", dir=folder) as spill,
        duckdb.connect(config=_config(spill)) as database,
    ):
        for table in _SOURCES:
            path = str(folder / f"{table}.parquet")
            database.read_parquet(path, file_row_number=True).create_view(table)
        _create_units(database, registry)
        repeat = {"repeat_days": REPEAT_DAYS}
        database.execute(_sql("repeats"), repeat)
        _write(database, "case_clock", folder, {"as_of": as_of})
        _write(database, "referral_clock", folder, {"as_of": as_of, **repeat})
        _refuse_contradictions(database, folder)


def _write(
    database: duckdb.DuckDBPyConnection, table: str, folder: Path, params: Mapping[str, object]
) -> None:
    started = time.perf_counter()
    target = str(folder / f"{table}.parquet")
    database.execute(_sql(table), {**params, "target": target})
    _LOG.info("derived", table=table, ms=round(1000 * (time.perf_counter() - started)))


def _config(spill: str) -> dict[str, str | bool | int | float | list[str]]:
    return {
        "memory_limit": settings().memory_limit,
        "threads": settings().threads,
        "temp_directory": spill,
    }


def _create_units(database: duckdb.DuckDBPyConnection, registry: AreaRegistry) -> None:
    rows = [
        {
            "district": area.district,
            "municipality": area.municipality,
            "unit": area.unit,
            "unit_group": area.group.value,
        }
        for area in registry.assignments()
    ]
    text = pa.string()
    fields = [(name, text) for name in ("district", "municipality", "unit", "unit_group")]
    database.register("assignments", pa.Table.from_pylist(rows, schema=pa.schema(fields)))
    apart = [unit for unit in registry.kim_units if unit.ags != unit.district]
    database.register(
        "kim_units",
        pa.table(
            {
                "kim_unit": pa.array([unit.ags for unit in apart], text),
                "district": pa.array([unit.district for unit in apart], text),
            }
        ),
    )
    database.execute(_sql("units"))


def _refuse_contradictions(database: duckdb.DuckDBPyConnection, folder: Path) -> None:
    for table in DERIVED_TABLES:
        database.read_parquet(str(folder / f"{table}.parquet")).create_view(table)
    found = database.execute(_sql("contradictions")).fetchall()
    if found:
        raise DerivationError(", ".join(f"{name}: {rows}" for name, rows in found))


def _sql(name: str) -> str:
    return (files("analytics.extracts") / "derived" / f"{name}.sql").read_text("utf-8")
