"""The options with which a sender tells what a file means, and answers what is asked of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from functools import wraps
from typing import Any

import click

from analytics.extracts.instructions import DateOrder, Instructions
from analytics.extracts.questions import MARKED, RECORDED
from analytics.extracts.rules import Severity, rules
from analytics.i18n import Words

_Command = Callable[..., Any]


def told_options(w: Words) -> Callable[[_Command], _Command]:
    """Return one option for each field of ``Instructions``; the command gets them as ``told``."""

    def decorate(run: _Command) -> _Command:
        @wraps(run)
        def with_told(*args: Any, **given: Any) -> Any:
            names = [field.name for field in fields(Instructions)]
            told = Instructions(**{name: given.pop(name) for name in names})
            return run(*args, told=told, **given)

        command: _Command = with_told
        # What is applied last is listed first in the help.
        for option in reversed(_options(w)):
            command = option(command)
        return command

    return decorate


def _options(w: Words) -> list[Callable[[_Command], _Command]]:
    orders = click.Choice([order.value for order in DateOrder])
    return [
        _several("--map", "columns", w("cli_told.map_form"), w("cli_told.map"), _column, w),
        _several("--code", "codes", w("cli_told.code_form"), w("cli_told.code"), _code, w),
        _several("--confirm", "confirmed", "ID", w("cli_told.confirm"), _question, w),
        _listed("--not-recorded", RECORDED, w("cli_told.not_recorded", columns=_list(RECORDED)), w),
        _listed("--blank-is-no", MARKED, w("cli_told.blank_is_no", columns=_list(MARKED)), w),
        click.option(
            "--date-order",
            type=orders,
            callback=lambda _context, _option, order: DateOrder(order) if order else None,
            help=w("cli_told.date_order"),
        ),
    ]


def _several(
    name: str, field: str, form: str, about: str, read: Callable[[str, Words], Any], w: Words
) -> Callable[[_Command], _Command]:
    """Return an option that may be repeated; ``read`` says what each text means."""

    def values(_context: click.Context, _option: click.Parameter, texts: tuple[str, ...]) -> Any:
        return tuple(dict.fromkeys(read(text, w) for text in texts))

    return click.option(name, field, multiple=True, metavar=form, callback=values, help=about)


def _listed(
    name: str, known: Sequence[str], about: str, w: Words
) -> Callable[[_Command], _Command]:
    """Return an option of names of columns, parted by commas."""

    def values(_context: click.Context, _option: click.Parameter, text: str | None) -> Any:
        found = [each.strip() for each in (text or "").split(",") if each.strip()]
        return tuple(dict.fromkeys(_known(each, known, each, w) for each in found))

    return click.option(name, metavar="COLUMNS", callback=values, help=about)


def _column(text: str, w: Words) -> tuple[str, str]:
    """Return header and column; a header may hold the sign that parts them."""
    header, sign, column = text.rpartition("=")
    if not sign or not header.strip():
        raise click.BadParameter(w("cli_told.bad_map", text=text))
    return header.strip(), column.strip()


def _code(text: str, w: Words) -> tuple[str, str, str]:
    """Return column, word and code; a word may hold the signs that part them."""
    column, colon, rest = text.partition(":")
    word, sign, code = rest.rpartition("=")
    if not (colon and sign and column.strip() and word.strip() and code.strip()):
        raise click.BadParameter(w("cli_told.bad_code", text=text))
    return column.strip(), word.strip(), code.strip()


def _question(text: str, w: Words) -> str:
    """Return the id of a question; what follows the rule's name says which column is meant."""
    known = [rule.id for rule in rules() if rule.severity is Severity.QUESTION]
    return _known(text, known, text.partition(":")[0], w)


def _known(given: str, known: Sequence[str], name: str, w: Words) -> str:
    if name not in known:
        raise click.BadParameter(w("cli_told.not_one_of", value=given, known=_list(known)))
    return given


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)
