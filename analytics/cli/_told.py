"""The options with which a sender tells what a file means where it does not say so itself."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import wraps
from typing import Any

import click

from analytics.extracts.instructions import NOTHING_TOLD, Instructions
from analytics.i18n import Words


def told_options(w: Words) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the options that say what headers and words mean; the command gets them with ``told``.

    What the command has been told by other options stays.
    """

    def decorate(run: Callable[..., Any]) -> Callable[..., Any]:
        @click.option(
            "--map",
            "columns",
            multiple=True,
            metavar=w("cli_told.map_form"),
            help=w("cli_told.map"),
            callback=lambda _context, _option, texts: _columns(texts, w),
        )
        @click.option(
            "--code",
            "codes",
            multiple=True,
            metavar=w("cli_told.code_form"),
            help=w("cli_told.code"),
            callback=lambda _context, _option, texts: _codes(texts, w),
        )
        @wraps(run)
        def with_told(
            *args: Any,
            columns: tuple[tuple[str, str], ...],
            codes: tuple[tuple[str, str, str], ...],
            told: Instructions = NOTHING_TOLD,
            **others: Any,
        ) -> Any:
            return run(*args, told=replace(told, columns=columns, codes=codes), **others)

        return with_told

    return decorate


def _columns(texts: Iterable[str], w: Words) -> tuple[tuple[str, str], ...]:
    """Return pairs of header and column; a header may hold the sign that parts them."""
    found = []
    for text in texts:
        header, sign, column = text.rpartition("=")
        if not sign or not header.strip():
            raise click.BadParameter(w("cli_told.bad_map", text=text))
        found.append((header.strip(), column.strip()))
    return tuple(found)


def _codes(texts: Iterable[str], w: Words) -> tuple[tuple[str, str, str], ...]:
    """Return triples of column, word and code; a word may hold the signs that part them."""
    found = []
    for text in texts:
        column, colon, rest = text.partition(":")
        word, sign, code = rest.rpartition("=")
        if not (colon and sign and column.strip() and word.strip() and code.strip()):
            raise click.BadParameter(w("cli_told.bad_code", text=text))
        found.append((column.strip(), word.strip(), code.strip()))
    return tuple(found)
