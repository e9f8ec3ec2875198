"""Operating faults: what a command says, how it ends, and what stays in force."""

import errno
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from analytics.cli import main
from analytics.extracts.faults import fault_of
from analytics.extracts.snapshots import SnapshotStore
from analytics.i18n import LANGUAGES, words

CASES = "case_id;district;opened_on\n" + "".join(
    f"{hash(str(i)) & 0xFFFFFFFFFF:x}{i};05315;20{15 + i % 8}-0{1 + i % 9}-1{i % 9}\n"
    for i in range(20_000)
)


@pytest.fixture(scope="module")
def delivery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("delivery") / "cases.csv"
    file.write_text(CASES, "utf-8")
    return file


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a delivery and the store that has taken it."""
    folder = tmp_path_factory.mktemp("ingested")
    small, root = folder / "small.csv", folder / "store"
    small.write_text("case_id;district;opened_on\nn1;05315;2020-03-01\n", "utf-8")
    main(["ingest", str(small), "--table", "cases", "--as-of", "2023-12-31", "--store", str(root)])
    return folder


@pytest.fixture
def store(ingested: Path, tmp_path: Path) -> SnapshotStore:
    shutil.copytree(ingested, tmp_path, dirs_exist_ok=True)
    return SnapshotStore(tmp_path / "store")


def no_larger_files() -> None:
    """Let no file of the process grow beyond 64 KiB, as if the disk were full there."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, 65_536))


def run(*arguments: object, language: str = "de") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "analytics", *map(str, arguments), "--lang", language]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, preexec_fn=no_larger_files
    )


def is_plain(done: subprocess.CompletedProcess[str], *expected: str) -> None:
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert "nanobind" not in done.stderr
    assert "unerwartet" not in done.stderr
    assert "unexpected" not in done.stderr
    for text in expected:
        assert text in done.stderr


@pytest.mark.parametrize(
    ("language", "full"), [("de", "Datenträger ist voll"), ("en", "disk is full")]
)
def test_a_full_disk_in_ingest(
    store: SnapshotStore, delivery: Path, language: str, full: str
) -> None:
    before = store.current()
    given = ["--table", "cases", "--as-of", "2023-12-31", "--store", store.root]
    is_plain(run("ingest", delivery, *given, language=language), full, before.name)
    assert store.current() == before
    assert store.verify(before.name) == ()
    assert store.leftovers() == ()


def test_a_full_disk_in_demo(store: SnapshotStore) -> None:
    before = store.current()
    given = ["--cases", 3000, "--replace-delivered", "--store", store.root]
    is_plain(run("demo", *given), "Datenträger ist voll", before.name)
    assert store.current() == before
    assert store.leftovers() == ()


def test_a_full_disk_for_the_findings(tmp_path: Path) -> None:
    bad, target = tmp_path / "bad.csv", tmp_path / "findings.xlsx"
    lines = (f"{i:x}{hash(str(i)):x};99999;2020-02-30\n" for i in range(5_000))
    bad.write_text("case_id;district;opened_on\n" + "".join(lines), "utf-8")
    done = run("check", bad, "--table", "cases", "--findings", target)
    is_plain(done, "Datenträger ist voll")
    assert not target.exists()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (OSError(errno.ENOSPC, "x"), "full"),
        (OSError(errno.EDQUOT, "x"), "full"),
        (OSError(errno.EIO, "x"), "disk"),
        (OSError(errno.EROFS, "x"), "read_only"),
        (OSError(errno.ENOENT, "x"), "vanished"),
        (PermissionError(errno.EACCES, "x"), "forbidden"),
        (MemoryError(), "memory"),
        (duckdb.OutOfMemoryException("could not allocate"), "memory"),
        (duckdb.OutOfMemoryException("max_temp_directory_size"), "full"),
        (duckdb.IOException(f"Could not write: {os.strerror(errno.ENOSPC)}"), "full"),
        (duckdb.IOException("Could not read"), "disk"),
    ],
)
def test_a_fault_while_the_store_changes_says_what_stays_in_force(
    store: SnapshotStore,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: Exception,
    kind: str,
    language: str,
) -> None:
    assert fault_of(error).kind == kind
    before = store.current()

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("analytics.extracts.drafts.derive", fail)
    file = tmp_path / "small.csv"
    given = ["--table", "cases", "--store", str(store.root), "--lang", language]
    assert main(["ingest", str(file), *given]) == 2
    values = {"path": store.root, "in_force": before.name}
    assert words(language)(f"snapshot.fault_{kind}", **values) in capsys.readouterr().err
    assert store.current() == before
    assert store.leftovers() == ()


def test_a_mistake_of_the_program_is_no_fault() -> None:
    assert fault_of(ValueError("x")) is None
    assert fault_of(duckdb.BinderException("x")) is None


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_command_told_to_stop_cleans_up_and_says_so(
    store: SnapshotStore, delivery: Path, number: signal.Signals, code: int
) -> None:
    before = store.current()
    given = [
        "--table",
        "cases",
        "--as-of",
        "2023-12-31",
        "--store",
        str(store.root),
        "--lang",
        "de",
    ]
    command = [sys.executable, "-m", "analytics", "ingest", str(delivery), *given]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    while not store.leftovers() and process.poll() is None:
        time.sleep(0.002)
    process.send_signal(number)
    _, said = process.communicate(timeout=120)
    assert process.returncode == code
    assert words("de")("cli.interrupted") in said
    assert "Traceback" not in said
    assert "nanobind" not in said
    assert store.current() == before
    assert store.leftovers() == ()
