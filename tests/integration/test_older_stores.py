"""Stores that earlier releases have left: named as such, and rebuilt with the same figures."""

import json
import math
import shutil
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from analytics.cli import main
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import catalogue
from analytics.extracts import derive, verification
from analytics.extracts.findings_table import FINDINGS_SCHEMA
from analytics.extracts.manifest import read_manifest
from analytics.extracts.snapshot_errors import SnapshotError
from analytics.extracts.snapshots import SnapshotStore
from analytics.i18n import LANGUAGES, words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.opening import DamagedSnapshotError, open_snapshot
from analytics.reports.basis.span import data_period
from analytics.reports.indicators.indicator_estimates import estimates

STORES = Path(__file__).parents[1] / "fixtures" / "stores"
VALUES = json.loads((STORES / "values-0.1.0.json").read_text("utf-8"))


@pytest.fixture
def store(tmp_path: Path) -> SnapshotStore:
    return SnapshotStore(shutil.copytree(STORES / "release-0.1.0", tmp_path / "store"))


@pytest.fixture
def old(store: SnapshotStore) -> Path:
    current = store.current()
    assert current is not None
    return current


def run(store: SnapshotStore, *arguments: str) -> int:
    return main([*arguments, "--store", str(store.root)])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "command",
    [
        ["indicator", "share_referred_90d", "--by", "state"],
        ["download", "referral_measures", "-o", "out.csv"],
        ["report", "--district", "05315"],
        ["package", "-o", "out"],
        ["snapshots", "verify"],
        ["snapshots", "list"],
        ["doctor"],
        ["ingest", __file__, "--table", "cases"],
    ],
)
def test_every_command_says_what_to_do(
    store: SnapshotStore,
    old: Path,
    command: list[str],
    language: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    run(store, *command, "--lang", language)
    said = "".join(capsys.readouterr())
    assert words(language)("snapshot.older", snapshot=old.name) in said
    assert f"snapshots rebuild {old.name}" in said


@pytest.mark.parametrize(("indicator", "expected"), VALUES.items())
def test_a_rebuilt_store_gives_the_same_figures(
    store: SnapshotStore, indicator: str, expected: object
) -> None:
    assert run(store, "snapshots", "rebuild") == 0
    with ParquetStore(store.current()) as rebuilt:
        # That release counted the needs of neither group here as well.
        everyone = NeedFilter(data_period(rebuilt), assigned=False)
        found, _ = estimates(rebuilt, catalogue()[indicator], "offer_area", everyone)
    columns = ["value", "low", "high", "n"]
    assert found.set_index("key")[columns].T.to_dict("list") == {
        key: pytest.approx([math.nan if each is None else each for each in values], nan_ok=True)
        for key, values in expected.items()
    }


def test_rebuilding_keeps_rows_origins_and_deliveries(store: SnapshotStore, old: Path) -> None:
    before = read_manifest(old)
    assert run(store, "snapshots", "rebuild", "--if-needed") == 0
    after = read_manifest(store.current())
    assert after.parent == before.snapshot_id
    assert after.as_of == before.as_of
    kept = [name for name in before.tables if name not in derive.DERIVED_TABLES]
    # The findings of that release did not say of which sheet; nothing else of them changes.
    findings = replace(after.tables["findings"], sha256=before.tables["findings"].sha256)
    assert {**{name: after.tables[name] for name in kept}, "findings": findings} == {
        name: before.tables[name] for name in kept
    }
    found = pq.read_table(store.current() / "findings.parquet")
    assert found.schema.names == FINDINGS_SCHEMA.names
    earlier = pq.read_table(old / "findings.parquet")
    assert found.drop_columns(["sheet"]).equals(earlier) and found["sheet"].null_count == len(found)
    assert after.tables["cases"].deliveries
    assert store.verify(after.snapshot_id) == ()
    assert run(store, "snapshots", "rebuild", "--if-needed") == 0
    assert len(store.list()) == 2


def test_other_statements_make_a_snapshot_an_older_one(
    store: SnapshotStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = store.rebuild(store.current().name)
    folder = store.root / made.snapshot_id
    open_snapshot(folder).close()
    monkeypatch.setattr(verification, "derived_version", lambda: "f" * 16)
    assert [problem.kind for problem in store.verify(made.snapshot_id)] == ["older"]
    with pytest.raises(DamagedSnapshotError) as caught:
        from analytics.extracts import soundness

        soundness._watches.clear()
        open_snapshot(folder)
    assert [problem.kind for problem in caught.value.problems] == ["older"]


def test_the_version_names_statements_days_and_areas(monkeypatch: pytest.MonkeyPatch) -> None:
    version = derive.derived_version()
    derive.derived_version.cache_clear()
    monkeypatch.setattr(derive, "REPEAT_DAYS", 181)
    try:
        assert derive.derived_version() != version
    finally:
        derive.derived_version.cache_clear()


def test_damage_to_what_is_delivered_is_not_rebuilt(store: SnapshotStore, old: Path) -> None:
    (old / "cases.parquet").write_bytes(b"x")
    with pytest.raises(SnapshotError, match="parent_damaged"):
        store.rebuild(old.name)
    assert store.current() == old


def test_damage_to_findings_is_not_completed(store: SnapshotStore, old: Path) -> None:
    path = old / "findings.parquet"
    pq.write_table(pq.read_table(path).slice(1), path)
    with pytest.raises(SnapshotError):
        store.rebuild(old.name)
    assert store.current() == old


def test_damage_to_what_is_derived_is_mended_by_rebuilding(store: SnapshotStore) -> None:
    made = store.rebuild(store.current().name)
    (store.root / made.snapshot_id / "referral_clock.parquet").write_bytes(b"x")
    assert store.verify(made.snapshot_id)
    again = store.rebuild(made.snapshot_id)
    assert store.verify(again.snapshot_id) == ()
