"""Damage to a snapshot is noticed before a figure is shown, and nothing is built on it."""

import json
import os
import random
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from small_tables import AS_OF, case, referral, rows

from analytics.cli import main
from analytics.domain.vocabulary import Provenance
from analytics.extracts import soundness, verification
from analytics.extracts.contract import CONTRACT_VERSION
from analytics.extracts.durable import sha256
from analytics.extracts.manifest import OtherContractError, read_manifest
from analytics.extracts.snapshot_errors import SnapshotError
from analytics.extracts.snapshots import SnapshotStore
from analytics.queries.store import ParquetStore
from analytics.reports.basis.opening import DamagedSnapshotError, current_folder, open_snapshot

FLIPS = 80
SEED = 11

GOOD = "case_id;district;opened_on\nn1;05315;2020-03-01\n"


@pytest.fixture
def store(tmp_path: Path) -> SnapshotStore:
    store = SnapshotStore(tmp_path / "store")
    store.publish(
        {
            "cases": rows("cases", *(case(f"c{i}") for i in range(30))),
            "referrals": rows(
                "referrals", *(referral(f"r{i}", case_id=f"c{i}") for i in range(30))
            ),
        },
        as_of=AS_OF,
        provenance=Provenance.SYNTHETIC,
        source="test",
    )
    return store


@pytest.fixture
def folder(store: SnapshotStore) -> Path:
    current = store.current()
    assert current is not None
    return current


def flips(file: Path) -> Iterator[int]:
    """Write the file with one bit changed, at places that a seed draws; mend it at the end."""
    whole = file.read_bytes()
    chance = random.Random(SEED)
    for _ in range(FLIPS):
        place, bit = chance.randrange(len(whole)), chance.randrange(8)
        changed = bytearray(whole)
        changed[place] ^= 1 << bit
        file.write_bytes(changed)
        yield place
    file.write_bytes(whole)


def ingest(store: SnapshotStore) -> int:
    file = store.root.parent / "cases.csv"
    file.write_text(GOOD, "utf-8")
    return main(["ingest", str(file), "--table", "cases", "--store", str(store.root)])


def test_no_flipped_bit_is_read_when_a_snapshot_is_opened(folder: Path) -> None:
    for place in flips(folder / "referral_clock.parquet"):
        with pytest.raises(DamagedSnapshotError):
            pytest.fail(f"byte {place}: {open_snapshot(folder)}")
    open_snapshot(folder).close()


def test_no_flipped_bit_becomes_a_figure_of_a_store_that_is_open(folder: Path) -> None:
    with ParquetStore(folder) as opened:
        expected = opened.fetch("need_span").to_dict()
        for _ in flips(folder / "referral_clock.parquet"):
            # What is remembered was computed before the damage.
            assert opened.fetch("need_span").to_dict() == expected
            with pytest.raises(SnapshotError, match="checksum"):
                opened.fetch("comparability_breaks")
        assert opened.fetch("need_span").to_dict() == expected


@pytest.mark.parametrize("table", ["cases", "referrals", "referral_clock", "findings"])
def test_nothing_is_built_on_a_damaged_snapshot(
    store: SnapshotStore, folder: Path, table: str, capsys: pytest.CaptureFixture[str]
) -> None:
    next(flips(folder / f"{table}.parquet"))
    assert ingest(store) == 2
    said = capsys.readouterr().err
    assert f"{table}" in said
    assert "snapshots list" in said
    assert store.current() == folder
    assert len(store.list()) == 1
    assert store.leftovers() == ()
    with pytest.raises(SnapshotError, match="parent_damaged"):
        store.publish({}, as_of=AS_OF, provenance={}, source={}, parent=folder.name)


def test_one_flipped_byte_damages_one_snapshot(store: SnapshotStore, folder: Path) -> None:
    child = store.publish({}, as_of=AS_OF, provenance={}, source={}, parent=folder.name)
    next(flips(store.root / child.snapshot_id / "cases.parquet"))
    assert store.verify(child.snapshot_id)
    assert store.verify(folder.name) == ()


def change(folder: Path, alter: Callable[[dict], object]) -> None:
    path = folder / "manifest.json"
    content = json.loads(path.read_text("utf-8"))
    alter(content)
    path.write_text(json.dumps(content), "utf-8")


def _less_rows(content: dict, folder: Path) -> None:
    file = folder / "referrals.parquet"
    pq.write_table(pq.read_table(file).slice(0, 15), file)
    content["tables"]["referrals"] |= {"rows": 15, "sha256": sha256(file)}


@pytest.mark.parametrize(
    "alter",
    [
        lambda content, _: content["tables"]["cases"].update(provenance="delivered"),
        _less_rows,
        lambda content, _: content["tables"]["cases"].update(source="somebody"),
        lambda content, _: content.update(parent=None if content["parent"] else "x"),
        lambda content, _: content.update(as_of="2022-12-31"),
        lambda content, _: content.update(created="2020-01-01T00:00:00+00:00"),
        lambda content, _: content.update(sequence=99),
        lambda content, _: content.update(derived_version="0" * 16),
        lambda content, _: content.update(note="of a program that does not exist yet"),
        lambda content, _: content["tables"]["cases"]["deliveries"].update(
            {
                "05315": {
                    "provenance": "delivered",
                    "file": "x",
                    "delivered_at": "2024-01-01T00:00:00+00:00",
                    "rows": 1,
                }
            }
        ),
    ],
)
def test_the_id_vouches_for_all_of_the_manifest(
    store: SnapshotStore, folder: Path, alter: Callable[[dict, Path], object]
) -> None:
    change(folder, lambda content: alter(content, folder))
    assert "manifest_changed" in {problem.kind for problem in store.verify(folder.name)}
    with pytest.raises(DamagedSnapshotError):
        open_snapshot(folder)


@pytest.mark.parametrize(
    ("version", "kind"), [(CONTRACT_VERSION + 1, "contract_version"), (0, "contract_older")]
)
def test_another_contract_is_refused_and_never_republished(
    store: SnapshotStore, folder: Path, version: int, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    change(folder, lambda content: content.update(contract_version=version))
    with pytest.raises(OtherContractError):
        read_manifest(folder)
    with pytest.raises(DamagedSnapshotError) as caught:
        open_snapshot(folder)
    assert [problem.kind for problem in caught.value.problems] == [kind]
    assert ingest(store) == 2
    assert main(["snapshots", "rebuild", "--store", str(store.root)]) == 2
    assert str(version) in capsys.readouterr().err
    assert store.current() == folder
    assert len(store.list()) == 1


@pytest.mark.parametrize("version", [True, 1.0, "1", None])
def test_a_version_that_is_no_number_is_unreadable(
    store: SnapshotStore, folder: Path, version: object
) -> None:
    change(folder, lambda content: content.update(contract_version=version))
    assert [problem.kind for problem in store.verify(folder.name)] == ["manifest_unreadable"]


def test_a_large_snapshot_is_checked_beside_the_first_answers(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = folder / "case_clock.parquet"
    content = bytearray(clock.read_bytes())
    content[len(content) // 3] ^= 1  # a page of values: the file can still be opened
    clock.write_bytes(content)
    monkeypatch.setattr(soundness, "LARGE", 0)
    soundness._watches.clear()
    watch = soundness.watch(folder)
    started = []
    monkeypatch.setattr(soundness, "Thread", lambda **given: _Held(given["target"], started))
    with ParquetStore(folder) as opened:
        assert not watch.glance().is_checked
        assert opened.fetch("need_span") is not None
        assert len(started) == 1
        started[0]()
        assert watch.glance().problems
        with pytest.raises(SnapshotError, match="checksum"):
            opened.fetch("comparability_breaks")


class _Held:
    """A thread that runs when the test says so."""

    def __init__(self, target: Callable[[], None], started: list[Callable[[], None]]) -> None:
        self.start = lambda: started.append(target)


def test_bytes_are_read_once_as_long_as_nothing_changes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []
    monkeypatch.setattr(verification, "sha256", lambda path: read.append(path) or sha256(path))
    soundness._watches.clear()
    with ParquetStore(folder) as opened:
        opened.fetch("need_span")
        with ParquetStore(folder):
            pass
    assert len(read) == len(verification.SNAPSHOT_TABLES)


def test_what_is_published_last_is_the_newest_whatever_the_clock_said(
    store: SnapshotStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Late(datetime):
        @classmethod
        def now(cls, tz=None) -> datetime:
            return datetime(2100, 1, 1, tzinfo=UTC)

    def publish() -> str:
        given = {"as_of": AS_OF, "provenance": Provenance.SYNTHETIC, "source": "test"}
        return store.publish({}, **given).snapshot_id

    with monkeypatch.context() as patched:
        patched.setattr("analytics.extracts.drafts.datetime", Late)
        wrong = publish()
    later = [publish(), publish()]
    order = [listed.snapshot_id for listed in store.list()]
    assert order == [later[1], later[0], wrong, folder.name]
    store.prune(2)
    assert [listed.snapshot_id for listed in store.list()] == [later[1], later[0]]


def test_a_table_that_is_a_pipe_is_not_waited_for(store: SnapshotStore, folder: Path) -> None:
    (folder / "cases.parquet").unlink()
    os.mkfifo(folder / "cases.parquet")
    assert "file_unreadable" in {problem.kind for problem in store.verify(folder.name)}
    with pytest.raises(DamagedSnapshotError):
        open_snapshot(folder)


def _pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize(
    "make",
    [
        _pipe,
        Path.mkdir,
        lambda path: path.symlink_to("/dev/zero"),
        lambda path: path.symlink_to("elsewhere"),
        lambda path: path.write_bytes(b"x" * 10_000),
        lambda path: path.write_bytes(b"\xff\xfe\x00"),
    ],
)
def test_a_strange_pointer_is_refused_and_nothing_hangs(
    store: SnapshotStore, make: Callable[[Path], object], capsys: pytest.CaptureFixture[str]
) -> None:
    (store.root / "CURRENT").unlink()
    make(store.root / "CURRENT")
    with pytest.raises(SnapshotError, match="current_unreadable"):
        store.current()
    assert ingest(store) == 2
    assert main(["demo", "--cases", "10", "--store", str(store.root)]) == 2
    assert "activate" in capsys.readouterr().err
    assert len(store.list()) == 1


@pytest.mark.parametrize(
    "command",
    [["demo"], ["demo", "--if-missing"], ["indicator", "share_referred_90d", "--by", "state"],
     ["doctor"], ["snapshots", "verify"], ["snapshots", "prune", "--keep", "1"]],
)  # fmt: skip
def test_a_missing_pointer_says_what_is_there(
    store: SnapshotStore, folder: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (store.root / "CURRENT").unlink()
    assert main([*command, "--store", str(store.root)]) in (1, 2)
    said = "".join(capsys.readouterr())
    assert f"snapshots activate {folder.name}" in said
    assert "analytics demo" not in said
    assert len(store.list()) == 1
    assert main(["snapshots", "activate", folder.name, "--store", str(store.root)]) == 0
    assert current_folder(store.root) == folder


def test_a_snapshot_of_another_name_is_refused(store: SnapshotStore, folder: Path) -> None:
    other = folder.with_name(folder.name[:-1] + ("0" if folder.name[-1] != "0" else "1"))
    shutil.copytree(folder, other)
    with pytest.raises(SnapshotError, match="other_id"):
        store.activate(other.name)
