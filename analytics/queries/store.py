"""The one place that opens DuckDB for questions."""

import re
import time
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from graphlib import TopologicalSorter
from importlib.resources import files
from pathlib import Path
from typing import Final, Self

import duckdb
import pandas as pd
import structlog
from duckdb import ColumnExpression, ConstantExpression

from analytics.domain.release import Release
from analytics.extracts.contract import TABLES
from analytics.extracts.derive import need_macros
from analytics.extracts.leases import Lease
from analytics.extracts.manifest import Manifest, read_manifest
from analytics.extracts.snapshot_errors import SnapshotError
from analytics.extracts.soundness import Watch, watch
from analytics.extracts.trial import Replacement, Trial
from analytics.extracts.verification import OPTIONAL_TABLES
from analytics.queries.editions import ClosedQueryError, Told, told
from analytics.queries.memory import AnswerMemory
from analytics.settings import settings

_NEEDS_TABLE: Final = "referral_clock"
_MACROS: Final = Path(__file__).parent / "macros"
_RECORD_KEY: Final = "record_key"
_WITHOUT_KEYS: Final = f"* EXCLUDE ({_RECORD_KEY}), NULL::UINTEGER AS {_RECORD_KEY}"
_QUERY_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")

_LOG = structlog.get_logger(__name__)


class UnknownQueryError(LookupError):
    """A query name without a .sql file; a mistake in the program."""


@dataclass(frozen=True, slots=True)
class ExecutedQuery:
    """The SQL behind a figure, for readers who want to repeat it."""

    name: str
    sql: str
    params: tuple[tuple[str, object], ...]
    macros: tuple[str, ...] = ()
    """Definitions that the statement uses."""

    @property
    def text(self) -> str:
        """Return the statement, with the values of its parameters as comment lines above it."""
        values = [f"-- ${name} = {_literal(value)}" for name, value in self.params]
        macros = [f"{macro.strip()};\n" for macro in self.macros]
        return "\n".join([f"-- {self.name}.sql", *values, *macros, self.sql.strip(), ""])


class ParquetStore:
    """Read-only questions to one snapshot.

    Each call has a cursor of its own, so one store may serve many threads. The snapshot's folder is
    leased as long as the store is open: pruning leaves it alone. As a snapshot never changes, the
    latest answers are remembered: the figures of a page ask for many of the same counts. Should its
    files change nevertheless, no further answer is given until their checksums are right.
    """

    def __init__(
        self,
        folder: Path,
        trial: Trial | None = None,
        release: Release = Release.CONFIDENTIAL,
    ) -> None:
        """Open the snapshot in ``folder``, with the rows of a trial in place of its own.

        The rows of a trial are held in memory, and nothing of what is computed goes to the disk.
        Only for released figures do the tables have their record keys; else these are NULL.

        Raises:
            ManifestError: If the folder holds no readable manifest.
            SnapshotError: If its files are not what the manifest says, or of an older version.
            duckdb.OutOfMemoryException: If the rows do not fit into the memory limit.
        """
        self.folder = folder.absolute()
        held = read_manifest(self.folder)
        self.manifest: Manifest = trial.manifest if trial else held
        self.release = release
        self._lease = Lease(self.folder)
        self._watch = watch(self.folder)
        _refuse_unsound(self._watch)
        replaced = trial.replaced if trial else {}
        self._database = _connect(self.folder, tuple(held.tables), replaced, release)
        self._memory = AnswerMemory()

    @property
    def everybody(self) -> "ParquetStore":
        """Return what answers for all districts together: itself, but where one's rows differ."""
        return self

    @property
    def own_district(self) -> str | None:
        """Return whose rows are the reader's own; None where all are of everybody."""
        return None

    def fetch(self, query: str, params: Mapping[str, object] | None = None) -> pd.DataFrame:
        """Return the rows of ``analytics/queries/<query>.sql``.

        ``params`` are all its named parameters and no others; None stands for NULL.

        Raises:
            UnknownQueryError: If there is no such file.
            ClosedQueryError: If figures are released and this query's rows are not.
            SnapshotError: If the snapshot's files have been changed or damaged.
            duckdb.Error: If the parameters do not fit the statement.
        """
        sql = _sql(query)
        if self.release is Release.RELEASED and told(query) is Told.CLOSED:
            raise ClosedQueryError(query)
        key = (query, _hashable(params or {}))
        remembered = self._memory.recall(key)
        if remembered is not None:
            return remembered
        started = time.perf_counter()
        # One cursor per call: connections are not safe to share between threads.
        with self._database.cursor() as cursor:
            try:
                frame = cursor.execute(sql, dict(params or {})).df()
            finally:  # whatever was read, and whatever could not be
                _refuse_unsound(self._watch)
        milliseconds = round(1000 * (time.perf_counter() - started), 1)
        _LOG.info("query", query=query, rows=len(frame), ms=milliseconds)
        self._memory.keep(key, frame)
        return frame

    def executed(self, query: str, params: Mapping[str, object] | None = None) -> ExecutedQuery:
        """Return what ``fetch`` runs for the same arguments, without running it."""
        sql = _sql(query)
        return ExecutedQuery(query, sql, tuple(sorted((params or {}).items())), _macros_of(sql))

    def close(self) -> None:
        """Close the database and give the snapshot back; harmless when done twice."""
        self._database.close()
        self._lease.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _refuse_unsound(watch: Watch) -> None:
    if problems := watch.glance().problems:
        raise SnapshotError(*problems)


def _connect(
    folder: Path,
    tables: tuple[str, ...],
    replaced: Mapping[str, Replacement],
    release: Release,
) -> duckdb.DuckDBPyConnection:
    config: dict[str, str | bool | int | float | list[str]] = {
        "threads": settings().threads,
        "memory_limit": settings().memory_limit,
        "preserve_insertion_order": False,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    if replaced:
        config["temp_directory"] = ""
    database = duckdb.connect(config=config)
    # Every question may ask for every table: one that nobody has delivered has no rows.
    absent = [name for name in OPTIONAL_TABLES if name not in tables]
    for table in (*tables, *absent):
        if table in absent:
            rows = _without_rows(database, table)
        else:
            rows = database.read_parquet(str(folder / f"{table}.parquet"))
        if table in replaced:
            rows = _with(database, rows, table, replaced[table])
        if release is Release.CONFIDENTIAL and _RECORD_KEY in rows.columns:
            rows = rows.select(_WITHOUT_KEYS)
        rows.create_view(table)
    for macro in _macros().values() if _NEEDS_TABLE in tables else ():
        database.execute(macro)
    # From here on no statement can reach a file outside the snapshot, or undo this.
    database.execute("SET allowed_directories = $folders", {"folders": [str(folder)]})
    database.execute("SET enable_external_access = false")
    database.execute("SET lock_configuration = true")
    return database


def _without_rows(database: duckdb.DuckDBPyConnection, table: str) -> duckdb.DuckDBPyRelation:
    """Return an optional table that the snapshot does not hold."""
    held = f"absent_{table}"
    database.from_arrow(TABLES[table].schema.empty_table()).create(held)
    return database.table(held)


def _with(
    database: duckdb.DuckDBPyConnection,
    rows: duckdb.DuckDBPyRelation,
    table: str,
    replacement: Replacement,
) -> duckdb.DuckDBPyRelation:
    """Return the rows of a table with those of the replacement, which the database holds."""
    held = f"replaced_{table}"
    database.from_arrow(replacement.rows).create(held)
    columns = [ColumnExpression(name) for name in rows.columns]
    keys = [ConstantExpression(key) for key in replacement.keys]
    kept = rows.filter(ColumnExpression(replacement.column).isnotin(*keys))
    return kept.select(*columns).union(database.table(held).select(*columns))


@cache
def _macros() -> dict[str, str]:
    """Return the definitions that queries share, by name, those first that others use."""
    found = need_macros() | {
        path.stem: path.read_text("utf-8") for path in sorted(_MACROS.glob("*.sql"))
    }
    uses = {name: [n for n in found if f"{n}(" in _body(text)] for name, text in found.items()}
    return {name: found[name] for name in TopologicalSorter(uses).static_order()}


def _macros_of(sql: str) -> tuple[str, ...]:
    """Return the definitions that a statement uses, those first that others use."""
    used: list[str] = []
    for name, text in reversed(_macros().items()):
        if any(f"{name}(" in _body(each) for each in used) or f"{name}(" in sql:
            used.insert(0, text)
    return tuple(used)


def _body(macro: str) -> str:
    return macro.split("CREATE MACRO", 1)[1].split("(", 1)[1]


def _hashable(value: object) -> Hashable:
    if isinstance(value, Mapping):
        return tuple(sorted((name, _hashable(each)) for name, each in value.items()))
    return tuple(map(_hashable, value)) if isinstance(value, list) else value


@cache
def _sql(query: str) -> str:
    path = files("analytics.queries") / f"{query}.sql"
    if not _QUERY_NAME.fullmatch(query) or not path.is_file():
        raise UnknownQueryError(query)
    return path.read_text("utf-8")


def _literal(value: object) -> str:
    """Write a value as DuckDB would read it, on one line."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, date):
        return f"DATE '{value:%Y-%m-%d}'"
    if isinstance(value, Mapping):
        pairs = zip(value["key"], value["value"], strict=True)
        return f"MAP {{{', '.join(f'{_literal(k)}: {_literal(v)}' for k, v in pairs)}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_literal(item) for item in value)}]"
    if isinstance(value, int | float):
        return repr(value)
    text = " ".join(str(value).split()).replace("'", "''")
    return f"'{text}'"
