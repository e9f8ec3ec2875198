"""A district's position in words: the one place that says how it compares and whether unusually.

Tables take the short texts, sentences and titles the clauses. The word chance stands only where the
interval of a difference decides, never at the usual spread between districts.
"""

from typing import Final

from analytics.disclosure import ColumnKind
from analytics.domain.indicators import Indicator, Unit
from analytics.domain.position import Position, Spread
from analytics.i18n import Words
from analytics.reports.basis.formatting import Format, value_text

_DIFFERENCES: Final[dict[Unit, tuple[ColumnKind, int]]] = {
    "share": ("points", 1),
    "days": ("days_change", 1),
    "number": ("change", 1),
}
"""How a difference is written, and its fewest decimals: whole days would hide most of it."""


def comparison_text(position: Position, w: Words) -> str:
    """Return in a word how the figure compares with the rest of the state, or why it does not."""
    if position.reason is not None:
        return w(f"report_district.unplaced_{position.reason}")
    return w(f"report_district.comparison_{position.comparison}")


def spread_text(position: Position, w: Words) -> str:
    """Return in a few words where the figure lies among the districts; empty where not known."""
    if position.spread is Spread.NONE:
        return ""
    return w(f"report_district.spread_{position.spread}")


def difference_text(chosen: Indicator, position: Position, w: Words) -> str:
    """Return the difference from the rest of the state with its interval; empty without one."""
    if position.difference is None:
        return ""
    form = _form(chosen, position, w)
    return w(
        "report_district.gap",
        value=form.bare(position.difference, w),
        range=form.range(position.low, position.high, w),
    )


def bare_difference(chosen: Indicator, position: Position, w: Words) -> str:
    """Return a certain difference alone, as where little room is left; empty if there is none."""
    if position.difference is None or not position.comparison.is_different:
        return ""
    return _form(chosen, position, w).bare(position.difference, w)


def _form(chosen: Indicator, position: Position, w: Words) -> Format:
    kind, digits = _DIFFERENCES[chosen.unit]
    form = Format(kind, max(digits, chosen.digits))
    if position.low is None or position.high is None:
        return form
    return form.excluding(position.low, position.high, w)


def rest_text(chosen: Indicator, position: Position, w: Words) -> str:
    """Return the value of the rest of the state."""
    return value_text(chosen, position.rest, w)


def position_text(position: Position, w: Words) -> str:
    """Return both statements in short, as where one cell holds them."""
    return "; ".join(filter(None, (comparison_text(position, w), spread_text(position, w))))


def position_clause(position: Position, w: Words) -> str:
    """Return both statements as what follows the district's name in a title."""
    compared = w(f"report_district.is_{position.comparison}")
    return ", ".join(filter(None, (compared, spread_text(position, w))))
