"""``deck``: a presentation as PowerPoint or PDF, and its queries beside it."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from analytics.cli._needs import chosen_of, needs_options
from analytics.cli._period import period_of
from analytics.cli._store import DATE_FORMATS, open_store, release_option, store_option
from analytics.domain.deck import DeckChoice, DeckChoiceError, Preset, Story
from analytics.domain.filters import Chosen
from analytics.exports.deck_file import DECK_FORMATS, DeckFormat, deck_file
from analytics.i18n import Words

if TYPE_CHECKING:
    from analytics.exports.pptx.brand import Brand


def command(w: Words) -> click.Command:
    """Return the command in the language of ``w``."""

    @click.command("deck", help=w("cli_deck.help"))
    @click.option(
        "--preset", type=click.Choice([str(preset) for preset in Preset]),
        default=Preset.KABINETT.value, show_default=True, help=w("cli_deck.preset"),
    )  # fmt: skip
    @click.option(
        "--district", "districts", multiple=True, metavar="AGS", help=w("cli_deck.district")
    )
    @click.option(
        "--format", "file_format", type=click.Choice(DECK_FORMATS), default=None,
        help=w("cli_deck.format"),
    )  # fmt: skip
    @click.option(
        "--story", "stories", multiple=True, help=w("cli_deck.story"),
        type=click.Choice([str(story) for story in Story]),
    )  # fmt: skip
    @click.option("--from", "first", metavar="YYYY-MM", help=w("cli_download.from"))
    @click.option("--to", "last", metavar="YYYY-MM", help=w("cli_download.to"))
    @needs_options(w)
    @click.option("--title", default="", metavar="TEXT", help=w("cli_deck.title"))
    @click.option("--occasion", default="", metavar="TEXT", help=w("cli_deck.occasion"))
    @click.option(
        "--date", "day", type=click.DateTime(DATE_FORMATS), metavar="DATE", help=w("cli_deck.date")
    )
    @click.option(
        "-o", "--output", "target", required=True, metavar="FILE",
        type=click.Path(path_type=Path, dir_okay=False), help=w("cli_deck.output"),
    )  # fmt: skip
    @click.option(
        "--template", metavar="FILE", help=w("cli_deck.template"),
        type=click.Path(path_type=Path, dir_okay=False, exists=True),
    )  # fmt: skip
    @store_option(w)
    @release_option(w)
    def run(
        preset: str,
        districts: tuple[str, ...],
        file_format: str | None,
        title: str,
        occasion: str,
        day: datetime | None,
        stories: tuple[str, ...],
        first: str | None,
        last: str | None,
        target: Path,
        template: Path | None,
        store: Path,
        **chosen: Any,
    ) -> None:
        own = tuple(map(Story, stories))
        deck = _choice(Preset(preset), own, districts, (title, occasion, day), chosen_of(chosen), w)
        known = _format_of(target, file_format, w)
        if not target.absolute().parent.is_dir():
            raise click.ClickException(w("cli_deck.no_folder", folder=target.absolute().parent))
        brand = _brand(template, known, target, w) if template else None
        count = _write(store, deck, (first, last), (known, brand), target, w)
        click.echo(w("cli_deck.written", file=target, count=w.number(count)), err=True)

    return run


def _format_of(target: Path, asked: str | None, w: Words) -> DeckFormat:
    """Return what the file's name says; raises ClickException if that is none, or not asked for."""
    allowed = (asked,) if asked else DECK_FORMATS
    named = target.suffix.lower().removeprefix(".")
    if named not in allowed:
        endings = " / ".join(f".{each}" for each in allowed)
        raise click.ClickException(w("cli_deck.suffix", suffix=endings, file=target))
    return cast(DeckFormat, named)


def _brand(template: Path, file_format: DeckFormat, target: Path, w: Words) -> "Brand":
    """Return the looks of a template; raises ClickException in words where it brings none."""
    from analytics.exports.pptx.brand import MOST_BYTES, TemplateError, brand_of

    if file_format != "pptx":
        raise click.ClickException(w("cli_deck.template_pdf", file=target))
    try:
        with template.open("rb") as file:
            return brand_of(file.read(MOST_BYTES))
    except (TemplateError, OSError) as error:
        reason = error.reason if isinstance(error, TemplateError) else "unreadable"
        raise click.ClickException(w(f"cli_deck.template_{reason}", file=template)) from None


def _choice(
    preset: Preset,
    stories: tuple[Story, ...],
    districts: tuple[str, ...],
    named: tuple[str, str, datetime | None],
    chosen: Chosen,
    w: Words,
) -> DeckChoice:
    """Return what is asked for; raises ClickException in words if it is no presentation."""
    from analytics.reports.deck import choice_problem

    title, occasion, day = named
    try:
        asked = tuple(ags.strip() for ags in districts)
        deck = DeckChoice(stories, asked) if stories else DeckChoice.of_preset(preset, asked)
        deck = replace(deck, chosen=chosen)
        return deck.named(title, occasion, day.date() if day else None)
    except DeckChoiceError as error:
        raise click.ClickException(choice_problem(error, w)) from None


def _write(
    store: Path,
    deck: DeckChoice,
    months: tuple[str | None, str | None],
    made_as: "tuple[DeckFormat, Brand | None]",
    target: Path,
    w: Words,
) -> int:
    """Write the file and its queries, each in one step, and return the number of slides.

    Raises:
        OSError: If one cannot be written; what was there before is then still there.
    """
    from analytics.exports.deck_queries import queries_name, queries_sql
    from analytics.extracts import durable
    from analytics.reports.basis.refusal import RefusedError
    from analytics.reports.basis.span import data_period
    from analytics.reports.deck import slides

    with open_store(store, w) as data:
        if any(months):
            deck = replace(deck, period=period_of(data_period(data), *months, w))
        click.echo(w("cli_deck.computing"), err=True)
        try:
            told = slides(data, deck, w)
        except RefusedError as refusal:
            raise click.ClickException(refusal.reason) from None
    click.echo(w("cli_deck.writing", count=w.number(len(told))), err=True)
    file_format, brand = made_as
    content, queries = deck_file(file_format, told, deck, w, brand), queries_name(target, w)
    durable.replace_bytes(queries, queries_sql(told, w))
    durable.replace_bytes(target, content)
    click.echo(w("cli_deck.queries", file=queries), err=True)
    if file_format == "pdf":
        _say_what_is_lacking(f"{deck.title}{deck.occasion}", w)
    return len(told)


def _say_what_is_lacking(text: str, w: Words) -> None:
    """Say which signs the printed font lacks, such as emoji or Arabic letters."""
    from analytics.charts.print.paper import unprintable

    if lacking := unprintable(text):
        click.echo(w("deck.pdf_lacks", signs=lacking), err=True)
