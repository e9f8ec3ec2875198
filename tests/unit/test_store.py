"""The store of questions: what it answers, what it refuses, what it says about itself."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import duckdb
import pytest
from small_tables import AS_OF, case, rows
from structlog.typing import EventDict

from analytics.domain.vocabulary import Provenance
from analytics.extracts.manifest import ManifestError
from analytics.extracts.snapshots import SnapshotStore
from analytics.queries import store as store_module
from analytics.queries.store import ExecutedQuery, ParquetStore, UnknownQueryError

QUERIES = {
    "cases_since": "-- One row: cases opened from a day on.\n"
    "SELECT count(*) AS cases FROM cases WHERE opened_on >= $start",
    "any_file": "SELECT * FROM read_text($path)",
    "more_threads": "SET threads = 64",
    "write_away": "COPY cases TO $path",
}


@pytest.fixture
def snapshots(tmp_path: Path) -> SnapshotStore:
    snapshots = SnapshotStore(tmp_path / "store")
    for count in (1, 3):
        cases = rows("cases", *(case(f"c{i}") for i in range(count)))
        given = {"as_of": AS_OF, "provenance": Provenance.SYNTHETIC, "source": "test"}
        snapshots.publish({"cases": cases}, **given)
    return snapshots


@pytest.fixture
def store(
    snapshots: SnapshotStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ParquetStore]:
    folder = tmp_path / "queries"
    folder.mkdir()
    for name, sql in QUERIES.items():
        (folder / f"{name}.sql").write_text(sql)
    monkeypatch.setattr(store_module, "files", lambda _: folder)
    store_module._sql.cache_clear()
    current = snapshots.current()
    assert current is not None
    with ParquetStore(current) as opened:
        yield opened
    store_module._sql.cache_clear()


def test_fetch_answers_with_named_parameters(store: ParquetStore) -> None:
    found = store.fetch("cases_since", {"start": date(2020, 1, 1)})
    assert found["cases"].tolist() == [3]
    assert store.fetch("cases_since", {"start": date(2021, 1, 1)})["cases"].tolist() == [0]


def test_many_threads_share_one_store(store: ParquetStore) -> None:
    def ask(year: int) -> int:
        return int(store.fetch("cases_since", {"start": date(year, 1, 1)})["cases"][0])

    years = [2020, 2021] * 100
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, years)) == [3, 0] * 100


@pytest.mark.parametrize("params", [{}, {"start": AS_OF, "more": 1}])
def test_parameters_must_fit(store: ParquetStore, params: dict[str, object]) -> None:
    with pytest.raises(duckdb.Error):
        store.fetch("cases_since", params)


@pytest.mark.parametrize("name", ["unknown", "../store", "cases_since.sql", "", "Cases_since"])
def test_unknown_queries_are_refused(store: ParquetStore, name: str) -> None:
    with pytest.raises(UnknownQueryError):
        store.fetch(name)


@pytest.mark.parametrize("name", ["any_file", "write_away"])
def test_files_outside_the_snapshot_are_out_of_reach(
    store: ParquetStore, name: str, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("x")
    with pytest.raises(duckdb.PermissionException):
        store.fetch(name, {"path": str(tmp_path / "secret")})


def test_the_protection_cannot_be_undone(store: ParquetStore) -> None:
    with pytest.raises(duckdb.Error, match="locked"):
        store.fetch("more_threads")


def test_an_open_store_keeps_its_snapshot(snapshots: SnapshotStore) -> None:
    old = snapshots.root / snapshots.list()[-1].snapshot_id
    with ParquetStore(old) as opened:
        assert snapshots.prune(1).in_use == (old.name,)
        assert opened.manifest.tables["cases"].rows == 1
    opened.close()
    assert snapshots.prune(1).removed == (old.name,)


def test_a_folder_without_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ManifestError):
        ParquetStore(tmp_path)


def test_logs_say_names_and_numbers_only(store: ParquetStore, logs: list[EventDict]) -> None:
    store.fetch("cases_since", {"start": date(2020, 1, 1)})
    (entry,) = logs
    assert set(entry) == {"event", "log_level", "query", "rows", "ms"}
    assert (entry["query"], entry["rows"]) == ("cases_since", 1)


def test_executed_query_is_what_fetch_runs(store: ParquetStore) -> None:
    executed = store.executed("cases_since", {"start": date(2020, 1, 1)})
    assert executed.text == (
        "-- cases_since.sql\n-- $start = DATE '2020-01-01'\n" + QUERIES["cases_since"] + "\n"
    )


@pytest.mark.parametrize(
    ("value", "literal"),
    [
        (None, "NULL"),
        (True, "TRUE"),
        (0.95, "0.95"),
        (7, "7"),
        ("Köln", "'Köln'"),
        ("it's\nSELECT 1", "'it''s SELECT 1'"),
        (["a", "b"], "['a', 'b']"),
        ((date(2020, 1, 2),), "[DATE '2020-01-02']"),
    ],
)
def test_parameters_read_as_sql_on_one_line(value: object, literal: str) -> None:
    text = ExecutedQuery("q", "SELECT $x", (("x", value),)).text
    assert text == f"-- q.sql\n-- $x = {literal}\nSELECT $x\n"
