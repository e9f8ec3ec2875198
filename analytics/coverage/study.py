"""Run many simulated worlds, several at a time, and keep what is done."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from analytics.logs import configure_logging

Progress = Callable[[int, int], None]
"""Called with the worlds done and all of them."""

Row = Mapping[str, object]

FIRST_SEED: Final = 10_000


@dataclass(frozen=True, slots=True)
class Study:
    """A set of worlds and what is asked of each.

    Attributes:
        name: Of its files.
        jobs: One key a world: what ``simulate`` takes, and its first columns hold.
        simulate: Key to the rows of a world; must be importable, as other processes run it.
        keys: Columns that hold the key, in order.
        about: What is stored with the result, beside the date.
        target: Where the result lies.
    """

    name: str
    jobs: Sequence[tuple[Any, ...]]
    simulate: Callable[..., list[Row]]
    keys: tuple[str, ...]
    about: Mapping[str, str]
    target: Path


def run_study(study: Study, work: Path, processes: int, progress: Progress) -> None:
    """Simulate the worlds that ``work`` does not hold yet, and keep each as a line of it.

    Args:
        study: What to do.
        work: A file of JSON lines; made if there is none.
        processes: Worlds at a time.
        progress: Told after each world.
    """
    done = {key for key, _ in _read(study, work)}
    left = [job for job in study.jobs if job not in done]
    progress(len(study.jobs) - len(left), len(study.jobs))
    work.parent.mkdir(parents=True, exist_ok=True)
    with work.open("a", encoding="utf-8") as file, _pool(processes) as pool:
        waiting = [pool.submit(study.simulate, *job) for job in left]
        for count, finished in enumerate(as_completed(waiting), len(study.jobs) - len(left) + 1):
            file.write(json.dumps(finished.result()) + "\n")
            file.flush()
            progress(count, len(study.jobs))


def store_study(study: Study, work: Path) -> int:
    """Write the worlds of ``work`` as the study's result, and return how many there are."""
    wanted = set(study.jobs)
    worlds = {key: rows for key, rows in _read(study, work) if key in wanted}
    rows = [row for key in sorted(worlds) for row in worlds[key]]
    about = {**study.about, "date": date.today().isoformat()}  # noqa: DTZ011
    table = pa.Table.from_pylist(rows).replace_schema_metadata(about)
    pq.write_table(table, study.target, compression="zstd")
    return len(worlds)


def _read(study: Study, work: Path) -> list[tuple[tuple[Any, ...], list[Row]]]:
    """Return the worlds that are done; a last line cut off by an interruption does not count."""
    return list(_lines(study, work)) if work.exists() else []


def _lines(study: Study, work: Path) -> Iterator[tuple[tuple[Any, ...], list[Row]]]:
    for line in work.read_text("utf-8").splitlines():
        try:
            rows = json.loads(line)
        except json.JSONDecodeError:
            continue
        yield tuple(rows[0][key] for key in study.keys), rows


def _pool(processes: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(processes, initializer=configure_logging)
