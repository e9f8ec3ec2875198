"""The store of snapshots: what a publication guarantees."""

import json
import os
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import mkdtemp

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from small_tables import AS_OF, case, referral, rows

from analytics.domain.vocabulary import Provenance
from analytics.extracts import durable
from analytics.extracts.contract import TABLES
from analytics.extracts.leases import Lease
from analytics.extracts.manifest import Manifest, ManifestError, read_manifest, weakest
from analytics.extracts.snapshot_errors import SnapshotError
from analytics.extracts.snapshots import CURRENT_NAME, SnapshotStore
from analytics.extracts.verification import SNAPSHOT_TABLES
from analytics.i18n import LANGUAGES, words

Publish = Callable[..., Manifest]


@pytest.fixture
def store(tmp_path: Path) -> SnapshotStore:
    return SnapshotStore(tmp_path / "store", lock_seconds=0.2)


@pytest.fixture
def publish(store: SnapshotStore) -> Publish:
    def run(cases: int = 3, **changes: object) -> Manifest:
        tables = {
            "cases": rows("cases", *(case(f"c{i}") for i in range(cases))),
            "referrals": rows("referrals", referral("r1", case_id="c0")),
        }
        given = {"as_of": AS_OF, "provenance": Provenance.SYNTHETIC, "source": "test", **changes}
        return store.publish(tables, **given)

    return run


def test_an_empty_store_has_nothing(store: SnapshotStore) -> None:
    assert store.current() is None
    assert store.list() == ()
    assert store.leftovers() == ()


def test_published_snapshot_is_complete_and_current(store: SnapshotStore, publish: Publish) -> None:
    manifest = publish()
    folder = store.current()
    assert folder == store.root / manifest.snapshot_id
    assert {path.stem for path in folder.glob("*.parquet")} == set(SNAPSHOT_TABLES)
    assert manifest.tables["cases"].rows == 3
    assert manifest.tables["referral_clock"].provenance is Provenance.SYNTHETIC
    assert manifest.is_synthetic
    assert store.verify(manifest.snapshot_id) == ()
    assert read_manifest(folder) == manifest


def test_a_file_with_empty_required_fields_is_refused(store: SnapshotStore, tmp_path: Path) -> None:
    delivered = tmp_path / "delivered.parquet"
    ids = pa.array(["c1", None])
    two = rows("cases", case("c1"), case("c2"))
    pq.write_table(two.set_column(0, "case_id", ids), delivered)
    with pytest.raises(SnapshotError, match="field_empty"):
        store.publish(
            {"cases": delivered}, as_of=AS_OF, provenance=Provenance.DELIVERED, source="x"
        )
    assert store.current() is None


def test_ids_sort_by_data_cut_and_time(publish: Publish) -> None:
    ids = [publish(as_of=date(2023, 12, 30)).snapshot_id, publish().snapshot_id]
    ids.append(publish().snapshot_id)
    assert ids == sorted(set(ids))
    assert ids[0].startswith("20231230-")


def test_same_rows_same_bytes(publish: Publish) -> None:
    first, second = publish().tables, publish().tables
    assert {n: t.sha256 for n, t in first.items()} == {n: t.sha256 for n, t in second.items()}


def test_unchanged_tables_are_taken_over_from_the_parent(
    store: SnapshotStore, publish: Publish
) -> None:
    parent = publish()
    child = store.publish(
        {"posts": rows("posts")},
        as_of=AS_OF,
        provenance=Provenance.PUBLISHED,
        source="posts",
        parent=parent.snapshot_id,
    )
    assert child.parent == parent.snapshot_id
    assert child.tables["cases"] == parent.tables["cases"]
    files = [store.root / m.snapshot_id / "cases.parquet" for m in (parent, child)]
    assert files[0].read_bytes() == files[1].read_bytes()
    # A link would share a damaged byte.
    assert not files[0].samefile(files[1])


def test_files_from_elsewhere_are_copied(store: SnapshotStore, tmp_path: Path) -> None:
    delivered = tmp_path / "delivered.parquet"
    pq.write_table(rows("cases", case("c1")), delivered)
    manifest = store.publish(
        {"cases": delivered}, as_of=AS_OF, provenance=Provenance.DELIVERED, source="x"
    )
    published = store.root / manifest.snapshot_id / "cases.parquet"
    assert not published.samefile(delivered)
    assert published.read_bytes() == delivered.read_bytes()


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ({"cases": pa.table({"case_id": ["c1"]})}, "snapshot.column_missing"),
        ({"pets": pa.table({"name": ["x"]})}, "snapshot.unknown_table"),
        (
            {"posts": rows("posts").append_column("extra", pa.array([], pa.string()))},
            "snapshot.column_unknown",
        ),
        (
            {"posts": rows("posts").set_column(2, "quarter", pa.array([], pa.string()))},
            "snapshot.column_type",
        ),
        ({"cases": rows("cases", {"case_id": "c1"})}, "snapshot.field_empty"),
        (
            {"cases": rows("cases", case("c1", opened_on=date(2024, 1, 1)))},
            "snapshot.not_derivable",
        ),
    ],
)
def test_unfit_tables_leave_the_old_snapshot_in_force(
    store: SnapshotStore, publish: Publish, tables: dict[str, pa.Table], message: str
) -> None:
    before = publish().snapshot_id
    with pytest.raises(SnapshotError) as caught:
        store.publish(tables, as_of=AS_OF, provenance=Provenance.DELIVERED, source="x")
    assert caught.value.message == message
    assert store.current() == store.root / before
    assert store.leftovers() == ()
    assert len(store.list()) == 1


@pytest.mark.parametrize(
    "broken", ["sha256", "write_text", "rename", "replace_text", "sync_folder"]
)
def test_a_failing_disk_leaves_the_old_snapshot_in_force(
    store: SnapshotStore, publish: Publish, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    before = publish().snapshot_id

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        for module in ("durable", "drafts", "verification"):
            target = f"analytics.extracts.{module}.{broken}"
            patched.setattr(target, fail, raising=False)
        with pytest.raises((OSError, SnapshotError)):
            publish(cases=5)
    assert store.current() == store.root / before
    assert store.verify(before) == ()
    assert publish(cases=6).tables["cases"].rows == 6


def test_leftovers_are_found_and_cleared(store: SnapshotStore, publish: Publish) -> None:
    publish()
    (store.root / ".draft-x1").mkdir()
    (store.root / ".draft-x1" / "cases.parquet").write_bytes(b"half")
    (store.root / f".{CURRENT_NAME}.draft").write_text("half")
    (store.root / ".trash-20200101").mkdir()
    assert len(store.leftovers()) == 3
    publish()
    assert store.leftovers() == ()


@pytest.mark.parametrize("change", ["publish", "workspace"])
def test_an_interruption_while_a_folder_is_made_leaves_none(
    store: SnapshotStore, publish: Publish, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    before = publish().snapshot_id

    def interrupted(*given: object, **named: object) -> None:
        mkdtemp(*given, **named)
        raise KeyboardInterrupt

    monkeypatch.setattr("analytics.extracts.snapshots.mkdtemp", interrupted)
    with pytest.raises(KeyboardInterrupt):
        publish() if change == "publish" else store.workspace().__enter__()
    assert store.leftovers() == ()
    assert store.current() == store.root / before


def tamper_rows(folder: Path) -> None:
    pq.write_table(rows("cases", case("c9")), folder / "cases.parquet")


def tamper_manifest(folder: Path, **changes: object) -> None:
    content = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps({**content, **changes}))


def tamper_row_count(folder: Path) -> None:
    content = json.loads((folder / "manifest.json").read_text())
    content["tables"]["cases"]["rows"] += 1
    tamper_manifest(folder, tables=content["tables"])


def tamper_schema(folder: Path) -> None:
    content = json.loads((folder / "manifest.json").read_text())
    pq.write_table(pa.table({"case_id": [1, 2, 3]}), folder / "cases.parquet")
    content["tables"]["cases"]["sha256"] = durable.sha256(folder / "cases.parquet")
    tamper_manifest(folder, tables=content["tables"])


@pytest.mark.parametrize(
    ("tamper", "kind"),
    [
        (tamper_rows, "checksum"),
        (lambda folder: (folder / "cases.parquet").unlink(), "file_unreadable"),
        (lambda folder: (folder / "manifest.json").unlink(), "manifest_unreadable"),
        (lambda folder: (folder / "manifest.json").write_text("{}"), "manifest_unreadable"),
        (lambda folder: (folder / "manifest.json").write_text("[]"), "manifest_unreadable"),
        (lambda folder: tamper_manifest(folder, contract_version=99), "contract_version"),
        (lambda folder: tamper_manifest(folder, snapshot_id="x"), "other_id"),
        (lambda folder: tamper_manifest(folder, tables={}), "table_missing"),
        (tamper_row_count, "row_count"),
        (tamper_schema, "column_missing"),
    ],
)
def test_verify_finds_what_was_tampered_with(
    store: SnapshotStore, publish: Publish, tamper: Callable[[Path], object], kind: str
) -> None:
    manifest = publish()
    tamper(store.root / manifest.snapshot_id)
    problems = store.verify(manifest.snapshot_id)
    assert kind in {problem.kind for problem in problems}
    for language in LANGUAGES:
        assert all(problem.text(words(language)) for problem in problems)
    with pytest.raises(SnapshotError):
        store.activate(manifest.snapshot_id)


def test_activate_returns_to_an_older_snapshot(store: SnapshotStore, publish: Publish) -> None:
    old, new = publish(), publish()
    assert store.current() == store.root / new.snapshot_id
    store.activate(old.snapshot_id)
    assert store.current() == store.root / old.snapshot_id
    assert [listed.is_current for listed in store.list()] == [False, True]


@pytest.mark.parametrize("name", ["nothing", "../store", "", "20231231-20240101T000000000000Z-00"])
def test_unknown_ids_are_refused(store: SnapshotStore, publish: Publish, name: str) -> None:
    publish()
    with pytest.raises(SnapshotError, match="no_such_snapshot"):
        store.activate(name)
    (store.root / CURRENT_NAME).write_text(name)
    with pytest.raises(SnapshotError, match="no_such_snapshot"):
        store.current()
    assert [listed.is_current for listed in store.list()] == [False]


def test_prune_keeps_the_newest_and_the_current(store: SnapshotStore, publish: Publish) -> None:
    ids = [publish().snapshot_id for _ in range(4)]
    store.activate(ids[0])
    pruned = store.prune(2)
    assert pruned.removed == (ids[1],)
    assert {listed.snapshot_id for listed in store.list()} == {ids[0], ids[2], ids[3]}
    assert store.leftovers() == ()
    with pytest.raises(ValueError, match="keep"):
        store.prune(0)


def test_prune_leaves_what_a_reader_holds_open(store: SnapshotStore, publish: Publish) -> None:
    old, _ = publish().snapshot_id, publish()
    with Lease(store.root / old):
        assert store.prune(1).in_use == (old,)
    assert store.prune(1).removed == (old,)


def test_a_lease_goes_with_whoever_held_it(store: SnapshotStore, publish: Publish) -> None:
    old, _ = publish().snapshot_id, publish()
    held = Lease(store.root / old)
    assert store.prune(1).in_use == (old,)
    del held
    assert store.prune(1).removed == (old,)


def test_a_table_taken_over_survives_the_pruning_of_its_parent(
    store: SnapshotStore, publish: Publish
) -> None:
    parent = publish()
    child = store.publish({}, as_of=AS_OF, provenance={}, source={}, parent=parent.snapshot_id)
    store.prune(1)
    assert store.verify(child.snapshot_id) == ()


def test_two_publications_do_not_meet(store: SnapshotStore, publish: Publish) -> None:
    publish()
    refused = []

    def other() -> None:
        rival = SnapshotStore(store.root, lock_seconds=0.05)
        with pytest.raises(SnapshotError, match="busy"):
            rival.prune(1)
        refused.append(True)

    with store.locked():
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert refused == [True]


def test_a_store_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    store = SnapshotStore(tmp_path / "file" / "store")
    with pytest.raises(SnapshotError, match="not_writable"):
        store.prune(1)


def test_an_unreadable_snapshot_is_listed_last(store: SnapshotStore, publish: Publish) -> None:
    broken, sound = publish().snapshot_id, publish().snapshot_id
    (store.root / broken / "manifest.json").unlink()
    listed = store.list()
    assert [item.snapshot_id for item in listed] == [sound, broken]
    assert listed[1].manifest is None


def test_manifest_errors_name_the_file(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match=r"manifest\.json"):
        read_manifest(tmp_path)


def test_a_table_is_as_good_as_its_weakest_rows() -> None:
    assert weakest(Provenance.OFFICIAL, Provenance.DELIVERED) is Provenance.DELIVERED
    assert weakest(Provenance.SYNTHETIC, Provenance.DELIVERED) is Provenance.SYNTHETIC


def test_empty_tables_have_the_contracts_columns(store: SnapshotStore, publish: Publish) -> None:
    folder = store.root / publish().snapshot_id
    required = {name: table for name, table in TABLES.items() if not table.is_optional}
    assert len(required) == 7  # of 13: the six of version 2 are absent until somebody delivers them
    for name, table in required.items():
        assert set(pq.read_schema(folder / f"{name}.parquet").names) == set(table.column_names)


def test_the_old_pointer_is_replaced_never_emptied(
    store: SnapshotStore, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish()
    seen = []
    real = os.replace

    def watch(self: Path, target: Path) -> Path:
        if target.name == CURRENT_NAME:
            seen.append(target.read_text().strip())
        real(self, target)
        return target

    monkeypatch.setattr(Path, "replace", watch)
    old = store.current()
    new = publish().snapshot_id
    assert old is not None
    assert seen == [old.name]
    assert (store.root / CURRENT_NAME).read_text().strip() == new
