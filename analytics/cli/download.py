"""``download``: any figure as a file, its table or its picture."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from analytics.charts.drawings import on_screen
from analytics.charts.picture.sizes import MEDIA, SIZES, SizeName
from analytics.cli._needs import chosen_of, flag, needs_options
from analytics.cli._period import period_of
from analytics.cli._store import open_store, release_option, store_option
from analytics.domain.areas import registry
from analytics.domain.evaluation import (
    FIRST_YEARS,
    LAST_MONTHS,
    ComparisonGroup,
    EffectOutcome,
    Towns,
)
from analytics.domain.filters import BREAKDOWNS, FIELDS
from analytics.domain.grid_choice import FIRST_INDICATORS, ORDERS
from analytics.domain.periods import Month, Period
from analytics.exports.pictures import picture_bytes
from analytics.exports.tables import csv_bytes, parquet_bytes, xlsx_bytes
from analytics.extracts.durable import replace_bytes
from analytics.i18n import Words, words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.figure_names import figure_name, place_name
from analytics.reports.basis.figures import Asked, Figure, Option
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.basis.span import data_period
from analytics.reports.catalogue.figures_catalogue import closest, figures

Value = TypeVar("Value")

_OPTIONS: Final[Mapping[Option, str]] = {
    "period": "--from, --to",
    **{field.option: flag(field) for field in FIELDS},
    "by": "--by",
    "district": "--district",
    "peer": "--peer",
    "indicator": "--indicator",
    "second": "--second",
    "column": "--column",
    "order": "--order",
    "field": "--field",
    "outcome": "--outcome",
    "towns": "--towns",
    "end": "--end",
    "first_year": "--first-year",
    "comparison": "--comparison",
}
_FLAGS: Final = tuple(map(flag, FIELDS))
_CHOICES: Final[Mapping[str, tuple[str, Iterable[object]]]] = {
    "--outcome": ("outcome", EffectOutcome),
    "--towns": ("towns", Towns),
    "--end": ("end", LAST_MONTHS),
    "--first-year": ("first_year", FIRST_YEARS),
    "--comparison": ("comparison", ComparisonGroup),
}
"""How an effect is estimated: message and codes."""

_FORMATS: Final[Mapping[str, Callable[[Exhibit, Words], bytes]]] = {
    "csv": csv_bytes,
    "csv-en": csv_bytes,
    "xlsx": xlsx_bytes,
    "parquet": parquet_bytes,
}


def command(w: Words) -> click.Command:
    """Return the command in the language of ``w``."""

    @click.command("download", help=w("cli_download.help"))
    @click.argument("figure_id", metavar=w("cli_download.metavar"), required=False)
    @click.option("--list", "is_list", is_flag=True, help=w("cli_download.list"))
    @click.option(
        "--format", "form", type=click.Choice([*_FORMATS, *MEDIA]), default="csv",
        show_default=True, help=w("cli_download.format"),
    )  # fmt: skip
    @click.option(
        "--size", type=click.Choice(list(SIZES)), default="wide", show_default=True,
        help=w("cli_download.size"),
    )  # fmt: skip
    @click.option(
        "-o", "--output", "target", metavar="FILE", help=w("cli_download.output"),
        type=click.Path(path_type=Path, dir_okay=False),
    )  # fmt: skip
    @click.option("--from", "first", metavar="YYYY-MM", help=w("cli_download.from"))
    @click.option("--to", "last", metavar="YYYY-MM", help=w("cli_download.to"))
    @needs_options(w)
    @click.option("--by", type=click.Choice(BREAKDOWNS), help=w("cli_download.by"))
    @click.option("--district", metavar="AGS", help=w("cli_download.district"))
    @click.option("--peer", metavar="AGS", multiple=True, help=w("cli_download.peer"))
    @click.option("--indicator", metavar="ID", help=w("cli_download.indicator"))
    @click.option("--second", metavar="ID", help=w("cli_download.second"))
    @click.option("--column", metavar="ID", multiple=True, help=w("cli_download.column"))
    @click.option("--order", metavar="ORDER", help=w("cli_download.order"))
    @click.option("--field", metavar="ID", help=w("cli_download.field"))
    @_effect_options(w)
    @store_option(w)
    @release_option(w)
    def run(
        figure_id: str | None,
        is_list: bool,
        form: str,
        size: SizeName,
        target: Path | None,
        first: str | None,
        last: str | None,
        store: Path,
        **chosen: Any,
    ) -> None:
        if is_list:
            click.echo(_listed(w))
            return
        figure = _figure(figure_id, w)
        if target is None:
            raise click.ClickException(w("cli_download.no_output", figure=figure.id))
        with open_store(store, w) as data:
            period = period_of(data_period(data), first, last, w) if first or last else None
            asked = _asked(period, chosen)
            _refuse(figure, asked, w)
            content = _content(data, figure, asked, form, size, w)
        replace_bytes(target, content)
        click.echo(w("cli_download.written", file=target, size=w.number(len(content))), err=True)

    return run


def _effect_options(w: Words) -> Callable[[Any], Any]:
    """Return what adds the options on estimates to a command, in their order."""

    def add(run: Any) -> Any:
        for name, (message, codes) in reversed(list(_CHOICES.items())):
            offered = click.Choice([str(code) for code in codes])
            run = click.option(name, type=offered, help=w(f"cli_download.{message}"))(run)
        return run

    return add


def _asked(period: Period | None, chosen: Mapping[str, Any]) -> Asked:
    def one(name: str, read: Callable[[str], Value]) -> Value | None:
        return None if chosen[name] is None else read(chosen[name])

    return Asked(
        period=period,
        chosen=chosen_of(chosen),
        by=chosen["by"],
        district=chosen["district"],
        peer=chosen["peer"],
        indicator=chosen["indicator"],
        second=chosen["second"],
        column=chosen["column"],
        order=chosen["order"],
        field=chosen["field"],
        outcome=one("outcome", EffectOutcome),
        towns=one("towns", Towns),
        end=one("end", Month.parse),
        first_year=one("first_year", int),
        comparison=one("comparison", ComparisonGroup),
    )


def _listed(w: Words) -> str:
    """Return the ids page by page, each with its name and the options that it heeds."""
    by_page: dict[str, list[Figure]] = {}
    for figure in figures().values():
        by_page.setdefault(figure.page, []).append(figure)
    blocks = []
    for page, shown in by_page.items():
        width = max(len(figure.id) for figure in shown)
        lines = [
            f"  {each.id:{width}}  {figure_name(each, w)}  {_heeded(each, w)}" for each in shown
        ]
        blocks.append("\n".join([place_name(page, w), *(line.rstrip() for line in lines)]))
    return "\n\n".join([*blocks, w("cli_download.properties", options=", ".join(_FLAGS))])


def _heeded(figure: Figure, w: Words) -> str:
    """Return the options of a figure; those of needs, which are many, as one word."""
    of_needs = {field.option for field in FIELDS} & set(figure.heeds)
    others = " ".join(
        _OPTIONS[name] if name in figure.required else f"[{_OPTIONS[name]}]"
        for name in figure.heeds
        if name not in of_needs
    )
    return f"{others} {w('cli_download.any_property')}" if of_needs else others


def _figure(figure_id: str | None, w: Words) -> Figure:
    if figure_id is None:
        raise click.ClickException(w("cli_download.no_figure"))
    if figure_id in figures():
        return figures()[figure_id]
    if alike := closest(figure_id):
        raise click.ClickException(
            w("cli_download.closest", figure=figure_id, alike=", ".join(alike))
        )
    raise click.ClickException(w("cli_download.unknown", figure=figure_id))


def _refuse(figure: Figure, asked: Asked, w: Words) -> None:
    """Refuse choices that the figure does not heed, and those that do not exist."""
    if unheeded := [_OPTIONS[name] for name in asked.given() if name not in figure.heeds]:
        possible = _heeded(figure, w) or "–"
        raise click.ClickException(
            w("cli_download.unheeded", options=", ".join(unheeded), possible=possible)
        )
    required = (*figure.required, *(("district",) if asked.peer else ()))  # a ring is of a district
    if missing := [_OPTIONS[name] for name in required if name not in asked.given()]:
        raise click.ClickException(w("cli_download.missing", options=", ".join(missing)))
    known = {area.ags for area in registry().districts}
    for district in filter(None, (asked.district, *asked.peer)):
        if district not in known:
            raise click.ClickException(w("cli_download.no_district", district=district))
    named = filter(None, (asked.indicator, asked.second, *asked.column))
    if unknown := [each for each in named if each not in figure.indicators]:
        possible = ", ".join(figure.indicators)
        raise click.ClickException(
            w("cli_download.no_indicator", indicator=unknown[0], possible=possible)
        )
    orders = (*ORDERS, *(asked.column or FIRST_INDICATORS))
    if asked.order is not None and asked.order not in orders:
        raise click.ClickException(
            w("cli_download.no_order", order=asked.order, possible=", ".join(orders))
        )


def _content(
    store: ParquetStore, figure: Figure, asked: Asked, form: str, size: SizeName, w: Words
) -> bytes:
    """Return the file; CSV has its own language, as a page offers both."""
    spoken = {"csv": words("de"), "csv-en": words("en")}.get(form, w)
    try:
        exhibit = figure.make(store, asked, spoken)
    except RefusedError as refusal:
        raise click.ClickException(refusal.reason) from None
    if not exhibit.table.columns:  # an estimate that these data do not allow
        raise click.ClickException(f"{exhibit.title}. {exhibit.sentence}")
    if form not in MEDIA:
        return _FORMATS[form](exhibit, spoken)
    if not figure.drawing or exhibit.table.frame.empty:
        raise click.ClickException(w("cli_download.no_picture", figure=figure.id))
    return picture_bytes(exhibit, on_screen(figure.drawing), size, form, spoken)
