"""``bench``: how fast the pages' data are, as ratios measured in one run."""

import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analytics.i18n import Words

if TYPE_CHECKING:
    from analytics.bench.measure import SizeResult

_PEER_UP_TO = 2_000_000
"""Beyond this the peer takes minutes and says nothing new."""


def command(w: Words) -> click.Command:
    """Return the command in the language of ``w``."""

    @click.command("bench", help=w("cli_bench.help"))
    @click.option("--cases", default="60000,1000000", metavar="N,N", help=w("cli_bench.cases"))
    @click.option("--no-browser", is_flag=True, help=w("cli_bench.no_browser"))
    @click.option("--json", "as_json_text", is_flag=True, help=w("cli_bench.json"))
    def run(cases: str, no_browser: bool, as_json_text: bool) -> None:
        from analytics.bench import measure

        sizes = _sizes(cases, w)
        results = []
        for size in sizes:

            def tell(phase: str, size: int = size) -> None:
                click.echo(w(f"cli_bench.phase_{phase}", cases=w.number(size)), err=True)

            with_peer = size <= _PEER_UP_TO
            results.append(measure.measure(size, with_peer=with_peer, progress=tell))
        upload = _upload(w)
        browser = None if no_browser else _browser(w)
        if as_json_text:
            document = {"sizes": measure.as_json(results), "upload": upload, "browser": browser}
            click.echo(json.dumps(document, indent=2))
            return
        for result in results:
            _print_size(result, w)
        rounded = {name: w.number(value, 1) for name, value in upload.items() if name != "rows"}
        click.echo(w("cli_bench.upload", rows=w.number(upload["rows"]), **rounded))
        if browser:
            click.echo(w("cli_bench.browser", **{k: w.number(v, 1) for k, v in browser.items()}))

    return run


def _sizes(text: str, w: Words) -> list[int]:
    try:
        sizes = [int(part) for part in text.split(",")]
    except ValueError:
        sizes = []
    if not sizes or min(sizes) < 1:
        raise click.ClickException(w("cli_bench.bad_cases", value=text))
    return sizes


def _upload(w: Words) -> dict[str, float]:
    from analytics.bench.extracts import make_store
    from analytics.bench.upload import measure_upload

    click.echo(w("cli_bench.phase_upload"), err=True)
    with tempfile.TemporaryDirectory(prefix="ewg-bench-") as scratch:
        return asdict(measure_upload(make_store(Path(scratch), 60_000)))


def _browser(w: Words) -> dict[str, float]:
    from analytics.bench.browser import measure_browser
    from analytics.bench.extracts import make_store

    click.echo(w("cli_bench.phase_browser"), err=True)
    with tempfile.TemporaryDirectory(prefix="ewg-bench-") as scratch:
        folder = make_store(Path(scratch), 60_000)
        return asdict(measure_browser(folder.parent))


def _print_size(result: "SizeResult", w: Words) -> None:
    click.echo(
        w(
            "cli_bench.size",
            cases=w.number(result.cases),
            referrals=w.number(result.referrals),
            memory=w.number(result.peak_megabytes),
        )
    )
    for page in result.pages:
        click.echo(
            w(
                "cli_bench.page",
                page=f"{page.page:<16}",
                cold=w.number(page.cold, 3),
                fresh=w.number(page.fresh, 3),
                remembered=w.number(page.remembered, 3),
                scan=w.number(page.scan, 3),
                ratio=w.number(page.ratio, 1),
            )
        )
    for name, seconds in result.peer.items():
        times = w.number(result.times_faster_than_peer[name], 1)
        click.echo(
            w("cli_bench.peer", page=f"{name:<16}", seconds=w.number(seconds, 1), times=times)
        )
