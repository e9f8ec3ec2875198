"""``ask``: any question to the needs, as the page Erkunden answers it."""

from pathlib import Path
from typing import Any

import click

from analytics.cli._needs import chosen_of, needs_options
from analytics.cli._period import period_of
from analytics.cli._store import open_store, release_option, store_option
from analytics.cli._values import FORMS, text
from analytics.domain.indicators import DIMENSIONS, Dimension, catalogue
from analytics.domain.inquiry import AREAS, WHOLE
from analytics.domain.periods import Period
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.basis.span import data_period
from analytics.reports.exploring.answers import answer
from analytics.reports.exploring.asking import inquiry


def command(w: Words) -> click.Command:
    """Return the command in the language of ``w``."""
    across = [each for each in DIMENSIONS if each not in AREAS]

    @click.command("ask", help=w("cli_ask.help"))
    @click.argument("indicator_id", metavar="ID", type=click.Choice(list(catalogue())))
    @click.option(
        "--rows",
        type=click.Choice(DIMENSIONS),
        default=WHOLE,
        show_default=True,
        help=w("cli_ask.rows"),
    )
    @click.option(
        "--columns",
        type=click.Choice(across),
        default=WHOLE,
        show_default=True,
        help=w("cli_ask.columns"),
    )
    @click.option("--from", "first", metavar="YYYY-MM", help=w("cli_ask.from"))
    @click.option("--to", "last", metavar="YYYY-MM", help=w("cli_ask.to"))
    @click.option("--against-from", metavar="YYYY-MM", help=w("cli_ask.against_from"))
    @click.option("--against-to", metavar="YYYY-MM", help=w("cli_ask.against_to"))
    @click.option("--compared", metavar="FIELD:CODE:CODE", help=w("cli_ask.compared"))
    @needs_options(w)
    @click.option(
        "--format",
        "form",
        type=click.Choice(FORMS),
        default="table",
        show_default=True,
        help=w("cli_indicator.format"),
    )
    @store_option(w)
    @release_option(w)
    def run(
        indicator_id: str,
        rows: Dimension,
        columns: Dimension,
        first: str | None,
        last: str | None,
        against_from: str | None,
        against_to: str | None,
        compared: str | None,
        form: str,
        store: Path,
        **chosen: Any,
    ) -> None:
        with open_store(store, w) as data:
            periods = (
                _period(data, first, last, w),
                _period(data, against_from, against_to, w),
            )
            try:
                asked = inquiry(
                    data, indicator_id, (rows, columns), periods, compared, chosen_of(chosen), w
                )
                exhibit = answer(data, asked, w)
            except RefusedError as refusal:
                raise click.ClickException(refusal.reason) from None
        click.echo(text(exhibit, form, asked.needs, w))

    return run


def _period(data: ParquetStore, first: str | None, last: str | None, w: Words) -> Period | None:
    return period_of(data_period(data), first, last, w) if first or last else None
