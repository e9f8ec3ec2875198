"""Which needs count, on the command line: an option for each field that needs are chosen by."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

import click

from analytics.domain.filters import FIELDS, Chosen, Field, fields, only
from analytics.i18n import Words


def needs_options(w: Words, names: Collection[str] = tuple(fields())) -> Callable[[Any], Any]:
    """Return what adds ``--sex`` and its like to a command; each may be given several times."""

    def add(run: Any) -> Any:
        for field in reversed([each for each in FIELDS if each.name in names]):
            run = click.option(
                flag(field),
                _parameter(field),
                type=click.Choice(field.all_codes()),
                metavar="AGS" if field.is_area else None,
                multiple=True,
                help=w("cli.only_field", field=w(f"dimension.{field.name}")),
            )(run)
        return run

    return add


def chosen_of(given: Mapping[str, Any]) -> Chosen:
    """Return the codes chosen by the options of ``needs_options``."""
    return only(**{field.name: given.get(_parameter(field), ()) for field in FIELDS})


def flag(field: Field) -> str:
    """Return ``--legal-regime``."""
    return f"--{field.option.replace('_', '-')}"


def _parameter(field: Field) -> str:
    return f"only_{field.name}"
