"""``coverage``: simulate whether the evaluation's intervals and verdicts keep their promise."""

from pathlib import Path

import click

from analytics.i18n import Words
from analytics.settings import PROJECT


def command(w: Words) -> click.Command:
    """Return the command in the language of ``w``."""

    @click.command("coverage", help=w("cli_coverage.help"))
    @click.option(
        "--work",
        type=click.Path(path_type=Path, file_okay=False),
        default=PROJECT / "build" / "coverage",
        metavar="FOLDER",
        help=w("cli_coverage.work"),
    )
    @click.option(
        "--processes", type=click.IntRange(1, 64), default=2, help=w("cli_coverage.processes")
    )
    @click.option("--study", metavar="NAME", help=w("cli_coverage.study"))
    def run(work: Path, processes: int, study: str | None) -> None:
        from analytics.coverage.studies import STUDIES
        from analytics.coverage.study import run_study, store_study

        names = [each.name for each in STUDIES]
        if study not in (None, *names):
            raise click.BadParameter(w("cli_coverage.unknown", studies=w.join(names)))
        for each in STUDIES:
            if study not in (None, each.name):
                continue
            lines = work / f"{each.name}.jsonl"
            with click.progressbar(length=1, label=w("cli_coverage.label")) as bar:

                def tell(done: int, of: int) -> None:
                    bar.length = of
                    bar.update(done - bar.pos)

                run_study(each, lines, processes, tell)
            worlds = store_study(each, lines)
            click.echo(w("cli_coverage.stored", worlds=w.number(worlds), file=each.target))

    return run
