"""The derived tables of a snapshot: the clocks and evaluation units, made by SQL and nowhere else.

``derived/<table>.sql`` holds one statement per table; its comments say how edge cases count. The
same statement fills the file of a snapshot and the table of a delivery that is only tried out.
"""

import json
import time
from collections.abc import Mapping
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
import structlog

from analytics.domain.areas import AreaRegistry, registry
from analytics.extracts.findings_table import FINDINGS_SCHEMA
from analytics.extracts.optional_tables import (
    AGREEMENTS,
    CONFERENCES,
    HANDOVERS,
    REGIME_CHANGES,
    STRUCTURE,
    TITLES,
)
from analytics.settings import settings

DERIVED_TABLES: Final = ("case_clock", "referral_clock", "process_clock")

NotRecorded = Mapping[str, frozenset[str]]
"""The columns that a sender does not record, by the sender's key."""

# A second need in the same offer area this soon after a referral says that the offer did not fit.
REPEAT_DAYS: Final = 180

# The way of a case is followed for a year from its first hand-over, so that ways of early and late
# cases can be compared.
WAY_DAYS: Final = 365

_LOG = structlog.get_logger(__name__)
_SOURCES: Final = ("cases", "referrals")
_OPTIONAL: Final = (HANDOVERS, REGIME_CHANGES, CONFERENCES, AGREEMENTS, STRUCTURE, TITLES)
"""What not everybody delivers: without it a clock has no rows, and nothing is told of it."""

_MACROS: Final = Path(__file__).parent / "derived" / "macros"
_CLOCK_COLUMNS: Final = (
    *("referred_on", "started_on", "ended_on", "closed_on", "outcome"),
    *("handovers_answered_on", "handovers_returned_on", "regime_changes_first_benefit_on"),
    *("structure_decided_on", "structure_implemented_on", "titles_decided_on"),
)
"""Columns whose empty cell says "not yet", unless the sender does not record them."""
_ROW_NUMBER: Final = "file_row_number"
_TO_FILE: Final = """
    COPY (
        {rows}
    ) TO $target (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)
"""


class DerivationError(ValueError):
    """Rows that no clock can be made for, such as a date after the data cut."""


@cache
def derived_version() -> str:
    """Return the version of the derived tables: a digest of all that shapes them besides the rows.

    These are the statements, the days of a repeat and of a way, and the assignment of areas to
    units; and what is kept of findings, which publishing completes as well.
    """
    folder = Path(__file__).parent / "derived"
    statements = {
        file.relative_to(folder).as_posix(): file.read_text("utf-8")
        for file in folder.rglob("*.sql")
    }
    findings = FINDINGS_SCHEMA.names
    shape = [DERIVED_TABLES, REPEAT_DAYS, WAY_DAYS, statements, findings, *_unit_rows(registry())]
    return sha256(json.dumps(shape, sort_keys=True).encode()).hexdigest()[:16]


def derive(
    folder: Path,
    registry: AreaRegistry,
    *,
    as_of: date,
    key: bytes,
    not_recorded: NotRecorded = MappingProxyType({}),
) -> None:
    """Write the derived tables beside ``cases.parquet`` and ``referrals.parquet`` in ``folder``.

    The same rows give the same bytes. Work that does not fit into the memory limit of the settings
    goes to a folder of its own below ``folder``, which is gone afterwards.

    Args:
        folder: Holds both tables, and then the derived ones.
        registry: Districts and units.
        as_of: The data cut.
        key: The store's, which record keys are drawn with: whoever has it could undo what protects
            released figures (``disclosure/perturbation.py``).
        not_recorded: What senders do not record: no clock that needs it runs.

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
        for optional in _OPTIONAL:
            file = folder / f"{optional.name}.parquet"
            if file.exists():
                database.read_parquet(str(file)).create_view(optional.name)
            else:
                database.register(optional.name, optional.schema.empty_table())
        _prepare(database, registry, not_recorded)
        for table in DERIVED_TABLES:
            started = time.perf_counter()
            target = folder / f"{table}.parquet"
            copy = _TO_FILE.format(rows=_sql(table))
            database.execute(copy, {**_params(table, as_of, key), "target": str(target)})
            database.read_parquet(str(target)).create_view(table)
            _LOG.info("derived", table=table, ms=round(1000 * (time.perf_counter() - started)))
        _refuse_contradictions(database, as_of)


def derive_in_memory(
    cases: pa.Table,
    referrals: pa.Table,
    registry: AreaRegistry,
    *,
    as_of: date,
    key: bytes,
    optional: Mapping[str, pa.Table] = MappingProxyType({}),
    not_recorded: NotRecorded = MappingProxyType({}),
) -> dict[str, pa.Table]:
    """Return the derived tables of such cases and referrals by name, without touching the disk.

    ``optional`` holds what there is of the optional tables.

    The same statements make them as the files. Only rows of the same districts belong together.

    Raises:
        DerivationError: As ``derive`` does.
        duckdb.OutOfMemoryException: If the rows do not fit into the memory limit of the settings.
    """
    with duckdb.connect(config=_config(spill="")) as database:
        for name, rows in zip(_SOURCES, (cases, referrals), strict=True):
            numbers = pa.array(np.arange(rows.num_rows))
            database.from_arrow(rows.append_column(_ROW_NUMBER, numbers)).create_view(name)
        for table in _OPTIONAL:
            database.register(table.name, optional.get(table.name, table.schema.empty_table()))
        _prepare(database, registry, not_recorded)
        derived = {}
        for name in DERIVED_TABLES:
            made = database.sql(_sql(name), params=_params(name, as_of, key)).to_arrow_table()
            database.from_arrow(made).create_view(name)
            derived[name] = made
        _refuse_contradictions(database, as_of)
    return derived


@cache
def need_macros() -> dict[str, str]:
    """Return the definitions of a need's dates by name: derived tables and queries share them."""
    return {path.stem: path.read_text("utf-8") for path in sorted(_MACROS.glob("*.sql"))}


def _prepare(
    database: duckdb.DuckDBPyConnection, registry: AreaRegistry, not_recorded: NotRecorded
) -> None:
    for macro in need_macros().values():
        database.execute(macro)
    _create_units(database, registry)
    _create_gaps(database, not_recorded)
    database.execute(_sql("repeats"), {"repeat_days": REPEAT_DAYS})
    database.execute(_sql("handover_steps"), {"repeat_days": REPEAT_DAYS, "way_days": WAY_DAYS})


def _params(table: str, as_of: date, key: bytes) -> dict[str, object]:
    repeat = {"repeat_days": REPEAT_DAYS} if table != "case_clock" else {}
    return {"as_of": as_of, "secret": key.hex(), **repeat}


def _config(spill: str) -> dict[str, str | bool | int | float | list[str]]:
    return {
        "memory_limit": settings().memory_limit,
        "threads": settings().threads,
        "temp_directory": spill,
    }


def _create_units(database: duckdb.DuckDBPyConnection, registry: AreaRegistry) -> None:
    for name, rows in zip(("assignments", "kim_units"), _unit_rows(registry), strict=True):
        fields = [(column, pa.string()) for column in rows[0]]
        database.register(name, pa.Table.from_pylist(rows, schema=pa.schema(fields)))
    database.execute(_sql("units"))


def _unit_rows(
    registry: AreaRegistry,
) -> tuple[list[dict[str, str | None]], list[dict[str, str | None]]]:
    """Return the assignments of areas to units, and the KIM units that deliver for a town."""
    assignments: list[dict[str, str | None]] = [
        {
            "district": area.district,
            "municipality": area.municipality,
            "unit": area.unit,
            "unit_group": area.group.value,
        }
        for area in registry.assignments()
    ]
    apart: list[dict[str, str | None]] = [
        {"kim_unit": unit.ags, "district": unit.district}
        for unit in registry.kim_units
        if unit.ags != unit.district
    ]
    return assignments, apart


def _create_gaps(database: duckdb.DuckDBPyConnection, not_recorded: NotRecorded) -> None:
    """Create ``gaps``: per sender, which of the columns that stop a clock are not recorded."""
    columns = {
        name: [name in missing for missing in not_recorded.values()] for name in _CLOCK_COLUMNS
    }
    senders = pa.array(not_recorded, pa.string())
    gaps = {name: pa.array(values, pa.bool_()) for name, values in columns.items()}
    database.register("gaps", pa.table({"sender": senders, **gaps}))


def _refuse_contradictions(database: duckdb.DuckDBPyConnection, as_of: date) -> None:
    found = database.execute(_sql("contradictions"), {"as_of": as_of}).fetchall()
    if found:
        raise DerivationError(", ".join(f"{name}: {rows}" for name, rows in found))


def _sql(name: str) -> str:
    return (files("analytics.extracts") / "derived" / f"{name}.sql").read_text("utf-8")
