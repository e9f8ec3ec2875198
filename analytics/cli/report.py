"""``report``: the two-page PDF of one district, or of all of them."""

import signal
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import click

from analytics.cli._period import period_of
from analytics.cli._store import open_store, release_option, store_option
from analytics.domain.areas import UnknownAreaError, registry
from analytics.domain.district_choice import DistrictChoice
from analytics.domain.periods import Period
from analytics.domain.release import Release
from analytics.i18n import Language, Words, words
from analytics.queries.store import ParquetStore

_PROCESSES: Final = 2
"""As many as the smallest server has processors."""


def command(w: Words) -> click.Command:
    """Return the command in the language of ``w``."""

    @click.command("report", help=w("cli_report.help"))
    @click.option("--district", metavar="AGS", help=w("cli_report.district"))
    @click.option("--all", "every", is_flag=True, help=w("cli_report.all"))
    @click.option(
        "-o", "--output", "target", metavar="FILE", type=click.Path(path_type=Path),
        help=w("cli_report.output"),
    )  # fmt: skip
    @click.option("--peers", metavar="AGS,AGS", help=w("cli_report.peers"))
    @click.option("--from", "first", metavar="YYYY-MM", help=w("cli_report.from"))
    @click.option("--to", "last", metavar="YYYY-MM", help=w("cli_report.to"))
    @store_option(w)
    @release_option(w)
    def run(
        district: str | None,
        every: bool,
        target: Path | None,
        peers: str | None,
        first: str | None,
        last: str | None,
        store: Path,
    ) -> None:
        if bool(district) == every:
            raise click.ClickException(w("cli_report.one_or_all"))
        ring = _peers(peers, w)
        if every:
            if ring or target is None:
                raise click.ClickException(w("cli_report.all_needs_folder"))
            _all_reports(store, target, (first, last), w)
        else:
            own = _known(district or "", w)
            _one_report(store, own, ring, target, (first, last), w)

    return run


def _known(ags: str, w: Words) -> str:
    try:
        return registry().district(ags.strip()).ags
    except UnknownAreaError:
        raise click.ClickException(w("cli_report.unknown", ags=ags)) from None


def _peers(given: str | None, w: Words) -> tuple[str, ...]:
    return tuple(_known(ags, w) for ags in given.split(",") if ags.strip()) if given else ()


def _period(data: ParquetStore, months: tuple[str | None, str | None], w: Words) -> Period:
    """Return the latest years, or what is asked for of all months that the data cover."""
    from analytics.reports.basis.span import data_period, latest_years

    if not any(months):
        return latest_years(data)
    return period_of(data_period(data), *months, w)


def _one_report(
    store: Path,
    district: str,
    ring: tuple[str, ...],
    target: Path | None,
    months: tuple[str | None, str | None],
    w: Words,
) -> None:
    with open_store(store, w) as data:
        choice = DistrictChoice(district, _period(data, months, w), ring)
        written = _write(data, choice, target or Path(), w)
    click.echo(w("cli_report.written", file=written), err=True)


def _all_reports(
    store: Path, folder: Path, months: tuple[str | None, str | None], w: Words
) -> None:
    with open_store(store, w) as data:
        period = _period(data, months, w)
        folder.mkdir(parents=True, exist_ok=True)
        choices = [DistrictChoice(area.ags, period) for area in registry().districts]
        _in_parallel(data, choices, folder, w)
    click.echo(w("cli_report.written_all", count=w.number(len(choices)), folder=folder), err=True)


def _in_parallel(data: ParquetStore, choices: list[DistrictChoice], folder: Path, w: Words) -> None:
    """Write the reports with several processes, each with a store of its own.

    Raises:
        OSError: If one cannot be written; those already written stay.
    """
    # Not forked: a copy of a process that runs DuckDB's threads may wait for them forever.
    pool = ProcessPoolExecutor(
        _PROCESSES,
        get_context("spawn"),
        initializer=_begin,
        initargs=(data.folder, data.release, w.language),
    )
    bar = click.progressbar(length=len(choices), label=w("cli_report.label"), file=sys.stderr)
    try:
        waiting = [pool.submit(_next, choice, folder) for choice in choices]
        with bar:
            for finished in as_completed(waiting):
                finished.result()
                bar.update(1)
    finally:
        pool.shutdown(cancel_futures=True)


_OPENED: list[tuple[ParquetStore, Words]] = []
"""What a process of the pool has opened; one entry in each, none in the first process."""


def _begin(snapshot: Path, release: Release, language: Language) -> None:
    from analytics.logs import configure_logging
    from analytics.reports.basis.opening import open_snapshot

    # Ctrl+C reaches the whole group of processes; the first one ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    configure_logging()
    _OPENED.append((open_snapshot(snapshot, release), words(language)))


def _next(choice: DistrictChoice, folder: Path) -> None:
    store, w = _OPENED[0]
    _write(store, choice, folder, w)


def _write(store: ParquetStore, choice: DistrictChoice, target: Path, w: Words) -> Path:
    """Write a report to ``target`` or, if that is a folder, under its own name; return its path.

    Raises:
        OSError: If it cannot be written; what was there before is then still there.
    """
    from analytics.exports.pdf import district_pdf
    from analytics.exports.pdf_name import pdf_name
    from analytics.extracts import durable
    from analytics.reports.districts.profile import district_profile

    profile = district_profile(store, choice, w)
    name = pdf_name(choice.district, store.manifest.as_of, w.language)
    path = target / name if target.is_dir() else target
    durable.replace_bytes(path, district_pdf(profile, w))
    return path
