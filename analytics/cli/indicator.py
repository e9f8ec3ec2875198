"""``indicator``: any indicator of the catalogue, broken down, as a table, CSV or JSON."""

from pathlib import Path
from typing import Any

import click

from analytics.cli._needs import chosen_of, needs_options
from analytics.cli._period import period_of
from analytics.cli._store import open_store, release_option, store_option
from analytics.cli._values import FORMS, text
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import DIMENSIONS, Dimension, catalogue, indicator
from analytics.i18n import Words
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.basis.span import data_period, usual_period
from analytics.reports.indicators.indicator_values import indicator_values


def command(w: Words) -> click.Command:
    """Return the command in the language of ``w``."""

    @click.command("indicator", help=w("cli_indicator.help"))
    @click.argument("indicator_id", metavar="ID", type=click.Choice(list(catalogue())))
    @click.option("--by", type=click.Choice(DIMENSIONS), required=True, help=w("cli_indicator.by"))
    @click.option("--from", "first", metavar="YYYY-MM", help=w("cli_indicator.from"))
    @click.option("--to", "last", metavar="YYYY-MM", help=w("cli_indicator.to"))
    @needs_options(w)
    @click.option(
        "--format", "form", type=click.Choice(FORMS), default="table",
        show_default=True, help=w("cli_indicator.format"),
    )  # fmt: skip
    @store_option(w)
    @release_option(w)
    def run(
        indicator_id: str,
        by: Dimension,
        first: str | None,
        last: str | None,
        form: str,
        store: Path,
        **chosen: Any,
    ) -> None:
        with open_store(store, w) as data:
            usual = usual_period(data, indicator(indicator_id), by)
            period = period_of(data_period(data), first, last, w) if first or last else usual
            need_filter = NeedFilter(period, chosen_of(chosen))
            try:
                exhibit = indicator_values(data, indicator_id, by, need_filter, w)
            except RefusedError as refusal:
                raise click.ClickException(refusal.reason) from None
        click.echo(text(exhibit, form, need_filter, w))

    return run
