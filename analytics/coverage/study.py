"""Run all worlds, several at a time, and keep what is done: an interrupted study goes on there."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from analytics.coverage.scenarios import CASES, DRAWS, FIRST_SEED, SCENARIOS, Scenario
from analytics.coverage.world import Run, simulate
from analytics.logs import configure_logging

STORED: Final = Path(__file__).parents[2] / "data" / "reference" / "coverage.parquet"

Progress = Callable[[int, int], None]
"""Called with the worlds done and all of them."""

_Key = tuple[str, int]


def run_study(work: Path, processes: int, progress: Progress) -> None:
    """Simulate the worlds that ``work`` does not hold yet, and keep each as a line of it.

    Args:
        work: A file of JSON lines; made if there is none.
        processes: Worlds at a time.
        progress: Told after each world.
    """
    done = {key for key, _ in _read(work)}
    worlds = _worlds()
    left = [world for world in worlds if (world[0].name, world[1]) not in done]
    progress(len(worlds) - len(left), len(worlds))
    work.parent.mkdir(parents=True, exist_ok=True)
    with work.open("a", encoding="utf-8") as file, _pool(processes) as pool:
        waiting = {pool.submit(simulate, *world): world for world in left}
        for count, finished in enumerate(as_completed(waiting), len(worlds) - len(left) + 1):
            runs = [asdict(run) for run in finished.result()]
            file.write(json.dumps(runs) + "\n")
            file.flush()
            progress(count, len(worlds))


def store_study(work: Path, target: Path = STORED) -> int:
    """Write the worlds of ``work`` as the study's result, and return how many there are."""
    worlds = _read(work)
    rows = [row for _, runs in sorted(worlds, key=lambda world: world[0]) for row in runs]
    about = {"cases": str(CASES), "draws": str(DRAWS), "date": date.today().isoformat()}  # noqa: DTZ011
    table = pa.Table.from_pylist(rows).replace_schema_metadata(about)
    pq.write_table(table, target, compression="zstd")
    return len(worlds)


def _worlds() -> list[tuple[Scenario, int]]:
    """Return all worlds, one of each scenario in turn, so that a part of them says something."""
    most = max(scenario.seeds for scenario in SCENARIOS)
    return [
        (scenario, FIRST_SEED + number)
        for number in range(most)
        for scenario in SCENARIOS
        if number < scenario.seeds
    ]


def _read(work: Path) -> list[tuple[_Key, list[dict[str, object]]]]:
    """Return the worlds that are done; a last line cut off by an interruption does not count."""
    return list(_lines(work)) if work.exists() else []


def _lines(work: Path) -> Iterator[tuple[_Key, list[dict[str, object]]]]:
    for line in work.read_text("utf-8").splitlines():
        try:
            runs = json.loads(line)
        except json.JSONDecodeError:
            continue
        first = Run(**runs[0])
        yield (first.scenario, first.seed), runs


def _pool(processes: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(processes, initializer=configure_logging)
