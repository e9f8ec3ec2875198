"""The options with which a sender answers what a check asks about a file."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import wraps
from typing import Any

import click

from analytics.extracts.instructions import NOTHING_TOLD, DateOrder, Instructions
from analytics.extracts.questions import MARKED, RECORDED
from analytics.extracts.rules import Severity, rules
from analytics.i18n import Words


def answer_options(w: Words) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the options that answer questions; the command gets them with ``told``.

    What the command has been told by other options stays.
    """

    def decorate(run: Callable[..., Any]) -> Callable[..., Any]:
        @click.option(
            "--confirm",
            "confirmed",
            multiple=True,
            metavar="ID",
            callback=lambda _context, _option, ids: _questions(ids, w),
            help=w("cli_told.confirm"),
        )
        @_columns_option(
            "--not-recorded", RECORDED, w("cli_told.not_recorded", columns=_list(RECORDED)), w
        )
        @_columns_option(
            "--blank-is-no", MARKED, w("cli_told.blank_is_no", columns=_list(MARKED)), w
        )
        @click.option(
            "--date-order", type=click.Choice(list(DateOrder)), help=w("cli_told.date_order")
        )
        @wraps(run)
        def answered(
            *args: Any, told: Instructions = NOTHING_TOLD, date_order: str | None, **others: Any
        ) -> Any:
            names = ("confirmed", "not_recorded", "blank_is_no")
            told = replace(
                told,
                **{name: others.pop(name) for name in names},
                date_order=DateOrder(date_order) if date_order else None,
            )
            return run(*args, told=told, **others)

        return answered

    return decorate


def _columns_option(
    name: str, known: Sequence[str], about: str, w: Words
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def columns(_context: click.Context, _option: click.Parameter, text: str | None) -> Any:
        found = [each.strip() for each in (text or "").split(",") if each.strip()]
        return tuple(dict.fromkeys(_known(each, known, each, w) for each in found))

    return click.option(name, metavar="COLUMNS", callback=columns, help=about)


def _questions(ids: Iterable[str], w: Words) -> tuple[str, ...]:
    """Return ids of questions; what follows the rule's name says which column is meant."""
    known = [rule.id for rule in rules() if rule.severity is Severity.QUESTION]
    return tuple(dict.fromkeys(_known(each, known, each.partition(":")[0], w) for each in ids))


def _known(given: str, known: Sequence[str], name: str, w: Words) -> str:
    if name not in known:
        raise click.BadParameter(w("cli_told.not_one_of", value=given, known=_list(known)))
    return given


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)
