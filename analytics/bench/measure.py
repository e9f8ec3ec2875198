"""One size of extracts: seconds a page, the floor, the peer, peak memory."""

import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analytics.bench.extracts import make_store
from analytics.bench.floor import Recorder, distinct, scan_seconds
from analytics.bench.pages import PAGES, Page
from analytics.bench.peer import peer_seconds
from analytics.extracts.manifest import read_manifest
from analytics.i18n import words
from analytics.logs import configure_logging
from analytics.queries.store import ParquetStore

_REPEATS = 3


@dataclass(frozen=True, slots=True)
class PageTime:
    """Seconds for one page's data.

    Attributes:
        page: URL path of the page, or what is asked of Erkunden.
        cold: The first time in a process, in a store that was just opened.
        fresh: Fastest of three more times, each in a store just opened, which remembers no answers;
            the operating system may hold the files.
        remembered: Fastest of three more times in the same store, which remembers its answers.
        scan: Reading the same columns, once for each distinct query.
        ratio: ``fresh / scan``.
    """

    page: str
    cold: float
    fresh: float
    remembered: float
    scan: float
    ratio: float


@dataclass(frozen=True, slots=True)
class SizeResult:
    """What was measured for one size.

    Attributes:
        peer: Seconds of the peer by page; empty where it was not run.
        times_faster_than_peer: By page, against the page newly opened.
    """

    cases: int
    referrals: int
    pages: tuple[PageTime, ...]
    peak_megabytes: float
    peer: Mapping[str, float]
    times_faster_than_peer: Mapping[str, float]


def measure(cases: int, *, with_peer: bool, progress: Callable[[str], None]) -> SizeResult:
    """Make extracts of one size in a temporary folder and measure every page.

    The pages run in a process of their own, so that peak memory is theirs alone.
    """
    with tempfile.TemporaryDirectory(prefix="ewg-bench-") as scratch:
        progress("extracts")
        folder = make_store(Path(scratch), cases)
        progress("pages")
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            pages, peak, rows, as_of = pool.apply(_measure_pages, (folder,))
        progress("peer")
        peer = peer_seconds(folder, pd.Timestamp(as_of)) if with_peer else {}
    fresh = {page.page: page.fresh for page in pages}
    return SizeResult(
        cases=rows["cases"],
        referrals=rows["referrals"],
        pages=pages,
        peak_megabytes=peak,
        peer=peer,
        times_faster_than_peer={page: seconds / fresh[page] for page, seconds in peer.items()},
    )


def as_json(results: list[SizeResult]) -> list[dict[str, Any]]:
    """Return the results as plain values."""
    return [asdict(result) for result in results]


def _measure_pages(
    folder: Path,
) -> tuple[tuple[PageTime, ...], float, dict[str, int], str]:
    configure_logging()  # this process is a new one
    times = [_measure_page(folder, name, page) for name, page in PAGES.items()]
    peak = _peak_megabytes()
    manifest = read_manifest(folder)
    rows = {table: entry.rows for table, entry in manifest.tables.items()}
    return tuple(times), peak, rows, manifest.as_of.isoformat()


def _measure_page(folder: Path, name: str, page: Page) -> PageTime:
    w = words("de")
    with ParquetStore(folder) as store:
        recorder = Recorder(store)
        cold = _seconds(lambda: page(recorder, w))
        remembered = min(_seconds(lambda: page(store, w)) for _ in range(_REPEATS))
        scan = min(scan_seconds(store, distinct(recorder.asked)) for _ in range(_REPEATS))
    fresh = min(_fresh(folder, page) for _ in range(_REPEATS))
    return PageTime(name, cold, fresh, remembered, scan, fresh / scan)


def _peak_megabytes() -> float:
    """Return the most memory that this process has held.

    Linux hands down ``ru_maxrss`` to a started process from the one that starts it, which has just
    made the extracts; the kernel's own high-water mark begins anew.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        lines = dict(line.split(":", 1) for line in status.read_text("utf-8").splitlines())
        return int(lines["VmHWM"].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _fresh(folder: Path, page: Page) -> float:
    with ParquetStore(folder) as store:
        return _seconds(lambda: page(store, words("de")))


def _seconds(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
