"""Killing an ingestion at any moment leaves the old snapshot or the new one, never a mixture.

Each of the processes killed runs ``analytics.cli.main`` with the arguments of
``python -m analytics ingest``. They are forked from one process that has the libraries loaded, so
that the kills fall into the ingestion and not into as many starts of the interpreter. One further
test kills ``python -m analytics`` itself.

The moments are drawn in processor time of the killed process, so that they are spread over its work
however busy the machine is.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from analytics.extracts.snapshots import SnapshotStore
from analytics.queries.store import ParquetStore

KILLS = 25
CASES = 300
SEED = 20231231
# The share of kills that fall after the delivery has been checked: there the store is written.
LATE_SHARE = 0.6

# For each line of arguments it forks a child and says the child's id. It waits for the next line
# before it reaps the child: until then the id belongs to nobody else, so killing it is safe.
WARM_PROCESS = """
import os, sys
import analytics.cli.ingest, analytics.extracts.ingest, pandas, pyarrow.dataset
from analytics.cli import main
from analytics.domain.areas import registry
from analytics.extracts.aliases import aliases
from analytics.i18n import words
aliases(), registry(), words("de").number(1000)
while line := sys.stdin.readline():
    arguments = line.rstrip("\\n").split("\\t")
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        os.dup2(2, 1)
        os._exit(main(arguments))
    print(child, flush=True)
    sys.stdin.readline()
    _, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status), flush=True)
"""


def process_status(process: int) -> list[str]:
    """Return the fields of ``/proc/<process>/stat`` from the state on (proc(5), field 3)."""
    return Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].split()


def has_ended(process: int) -> bool:
    return process_status(process)[0] == "Z"


def seconds_of_work(process: int) -> float:
    user, system = (int(ticks) for ticks in process_status(process)[11:13])
    return (user + system) / os.sysconf("SC_CLK_TCK")


class WarmProcess:
    """The process that forks one ingestion after the other."""

    def __init__(self) -> None:
        command = [sys.executable, "-c", WARM_PROCESS]
        # One thread: forked processes must not inherit another thread's locks.
        environment = {**os.environ, "EWG_THREADS": "1", "ARROW_NUM_THREADS": "1"}
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )

    def run(self, arguments: list[str], *, kill_after: float | None = None) -> tuple[int, float]:
        """Ingest, killed after so many seconds of work; return exit code and seconds of work."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(*arguments, sep="\t", file=self.process.stdin, flush=True)
        child = int(self.process.stdout.readline())
        while not has_ended(child):
            if kill_after is not None and seconds_of_work(child) >= kill_after:
                os.kill(child, signal.SIGKILL)
                break
            time.sleep(0.001)
        worked = seconds_of_work(child)
        print("reap", file=self.process.stdin, flush=True)
        return int(self.process.stdout.readline()), worked

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(timeout=30)


@pytest.fixture
def warm() -> Iterator[WarmProcess]:
    process = WarmProcess()
    yield process
    process.close()


@pytest.fixture
def store(tmp_path: Path) -> SnapshotStore:
    return SnapshotStore(tmp_path / "store")


def write_delivery(folder: Path, name: str) -> Path:
    """Write cases whose ids all begin with the delivery's name."""
    file = folder / f"{name}.csv"
    first = date(2021, 1, 4)
    days = [first + timedelta(days=i) for i in range(CASES)]
    # Half of the cases are closed: that none is would be asked about.
    ends = [day + timedelta(days=90) if day.day % 2 else "" for day in days]
    lines = [f"{name}-{i};05315;{days[i]};{ends[i]}" for i in range(CASES)]
    file.write_text("\n".join(["case_id;district;opened_on;closed_on", *lines, ""]), "utf-8")
    return file


def arguments_for(file: Path, store: SnapshotStore) -> list[str]:
    given = ["--table", "cases", "--as-of", "2023-12-31", "--store", str(store.root)]
    return ["ingest", str(file), *given]


def delivery_in_force(store: SnapshotStore) -> str:
    """Return whose cases the current snapshot holds, after looking at all of it."""
    folder = store.current()
    assert folder is not None
    assert store.verify(folder.name) == ()
    with ParquetStore(folder) as opened:
        assert opened.manifest.tables["cases"].rows == CASES
    ids = pq.read_table(folder / "cases.parquet")["case_id"].to_pylist()
    (name,) = {case_id.partition("-")[0] for case_id in ids}
    clock = pq.read_metadata(folder / "case_clock.parquet")
    assert clock.num_rows == CASES
    deliveries = opened.manifest.tables["cases"].deliveries
    assert [delivery.file for delivery in deliveries.values()] == [f"{name}.csv"]
    return name


def test_kills_at_any_moment(warm: WarmProcess, store: SnapshotStore, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    names = ("a", "b")
    files = {name: write_delivery(tmp_path, name) for name in names}
    code, _ = warm.run(arguments_for(files["a"], store))
    assert code == 0
    _, whole = warm.run(arguments_for(files["a"], store))
    outcomes: Counter[str] = Counter()
    in_force = "a"
    for _ in range(KILLS):
        coming = names[names.index(in_force) - 1]
        late = chance.random() < LATE_SHARE
        moment = chance.uniform(0.6 if late else 0.0, 1.05) * whole
        code, _ = warm.run(arguments_for(files[coming], store), kill_after=moment)
        assert code in (0, -signal.SIGKILL)
        found = delivery_in_force(store)
        assert found in (in_force, coming)
        assert found == coming or code != 0
        outcomes["killed" if code else "finished"] += 1
        outcomes["new" if found == coming else "old"] += 1
        outcomes["left something behind"] += bool(store.leftovers())
        in_force = found
    # The kills must have met the ingestion, also while it was writing.
    assert outcomes["killed"] >= KILLS // 2, outcomes
    assert outcomes["left something behind"] >= KILLS // 10, outcomes
    coming = names[names.index(in_force) - 1]
    code, _ = warm.run(arguments_for(files[coming], store))
    assert code == 0
    assert delivery_in_force(store) == coming
    assert store.leftovers() == ()


def test_the_command_itself_killed_while_publishing(store: SnapshotStore, tmp_path: Path) -> None:
    files = [write_delivery(tmp_path, name) for name in ("a", "b")]
    commands = [[sys.executable, "-m", "analytics", *arguments_for(f, store)] for f in files]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(commands[0], check=True, timeout=120, **quiet)
    process = subprocess.Popen(commands[1], **quiet)
    while not store.leftovers() and process.poll() is None:
        time.sleep(0.002)
    process.kill()
    process.wait(timeout=60)
    assert delivery_in_force(store) == "a"
    assert store.leftovers()
    subprocess.run(commands[1], check=True, timeout=120, **quiet)
    assert delivery_in_force(store) == "b"
