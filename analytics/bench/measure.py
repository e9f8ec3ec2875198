"""One size of extracts: seconds a page, the floor, the peer, peak memory."""

import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analytics.bench.extracts import make_store
from analytics.bench.floor import Recorder, scan_seconds
from analytics.bench.pages import PAGES, Page
from analytics.bench.peer import peer_seconds
from analytics.i18n import words
from analytics.logs import configure_logging
from analytics.queries.store import ParquetStore

_REPEATS = 3
_PEER = "overview"


@dataclass(frozen=True, slots=True)
class PageTime:
    """Seconds for one page's data.

    Attributes:
        page: URL path of the page.
        cold: In a store that was just opened.
        repeated: Fastest of three more times, nothing cached but the operating system's files.
        scan: Reading the same columns, once for each query.
        ratio: ``repeated / scan``.
    """

    page: str
    cold: float
    repeated: float
    scan: float
    ratio: float


@dataclass(frozen=True, slots=True)
class SizeResult:
    """What was measured for one size; ``peer`` is None where it was not run."""

    cases: int
    referrals: int
    pages: tuple[PageTime, ...]
    peak_megabytes: float
    peer: float | None
    times_faster_than_peer: float | None


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
        peer = peer_seconds(folder, pd.Timestamp(as_of)) if with_peer else None
    overview = next(page for page in pages if page.page == _PEER)
    return SizeResult(
        cases=rows["cases"],
        referrals=rows["referrals"],
        pages=pages,
        peak_megabytes=peak,
        peer=peer,
        times_faster_than_peer=peer / overview.repeated if peer else None,
    )


def as_json(results: list[SizeResult]) -> list[dict[str, Any]]:
    """Return the results as plain values."""
    return [asdict(result) for result in results]


def _measure_pages(
    folder: Path,
) -> tuple[tuple[PageTime, ...], float, dict[str, int], str]:
    configure_logging()  # this process is a new one
    times = []
    for name, page in PAGES.items():
        with ParquetStore(folder) as store:
            times.append(_measure_page(store, name, page))
            rows = {table: entry.rows for table, entry in store.manifest.tables.items()}
            as_of = store.manifest.as_of.isoformat()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return tuple(times), peak, rows, as_of


def _measure_page(store: ParquetStore, name: str, page: Page) -> PageTime:
    recorder = Recorder(store)
    cold = _seconds(lambda: page(recorder, words("de")))
    asked = list(recorder.asked)
    repeated = min(_seconds(lambda: page(store, words("de"))) for _ in range(_REPEATS))
    scan = min(scan_seconds(store, asked) for _ in range(_REPEATS))
    return PageTime(name, cold, repeated, scan, repeated / scan)


def _seconds(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
