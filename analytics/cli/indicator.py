"""``indicator``: any indicator of the catalogue, broken down, as a table, CSV or JSON."""

import json
from pathlib import Path
from typing import Any

import click

from analytics.cli._needs import chosen_of, needs_options
from analytics.cli._period import period_of
from analytics.cli._store import open_store, release_option, store_option
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import DIMENSIONS, Dimension, catalogue, indicator
from analytics.exports.csv import csv_bytes
from analytics.exports.tables import readable
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
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
        "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table",
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
        click.echo(_text(exhibit, form, need_filter, w))

    return run


def _text(exhibit: Exhibit, form: str, need_filter: NeedFilter, w: Words) -> str:
    if form == "csv":
        return csv_bytes(exhibit, w).decode("utf-8-sig").rstrip("\r\n")
    if form == "json":
        return json.dumps(_document(exhibit, need_filter), ensure_ascii=False, indent=2)
    table = readable(exhibit.table, w).to_string(index=False)
    return "\n".join([exhibit.title, exhibit.sentence, "", table, "", exhibit.source.text])


def _document(exhibit: Exhibit, need_filter: NeedFilter) -> dict[str, Any]:
    """Return the figure with what is needed to repeat it; hidden values are null."""
    known = ("key", "label", "value", "low", "high", "n", "status", "provenance")
    names = [name for name in known if name in exhibit.table.frame]
    frame = exhibit.table.frame[names].astype({"n": "Int64"}).astype(object)
    return {
        "indicator": exhibit.indicators[0],
        "from": str(need_filter.period.first),
        "to": str(need_filter.period.last),
        "only": {name: list(codes) for name, codes in need_filter.chosen},
        "snapshot": exhibit.source.snapshot_id,
        "as_of": exhibit.source.as_of.isoformat() if exhibit.source.as_of else None,
        "release": exhibit.source.release,
        "provenance": exhibit.source.provenance,
        "values": frame.where(frame.notna(), None).to_dict("records"),
    }
