"""Months on the command line: ``--from`` and ``--to``."""

import click

from analytics.domain.periods import Month, Period
from analytics.i18n import Words


def period_of(covered: Period, first: str | None, last: str | None, w: Words) -> Period:
    """Return the period from ``first`` to ``last``; what is not given is as far as data go.

    Raises:
        click.ClickException: In words, if one is no month or they are the wrong way round.
    """
    try:
        start = Month.parse(first) if first else covered.first
        end = Month.parse(last) if last else covered.last
    except ValueError:
        message = w("cli_indicator.bad_month", value=f"{first or ''} {last or ''}".strip())
        raise click.ClickException(message) from None
    if end < start:
        raise click.ClickException(w("cli_indicator.reversed", first=start, last=end))
    return Period(start, end)
