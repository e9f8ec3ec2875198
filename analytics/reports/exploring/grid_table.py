"""The table behind districts by indicators: one row a cell, in figures and in words."""

from typing import Final

from analytics.domain.estimates import Status
from analytics.domain.indicators import indicator
from analytics.i18n import Words
from analytics.reports.basis.dimensions import label
from analytics.reports.basis.formatting import format_of, interval_text, status_text, value_text
from analytics.reports.basis.making import Column, readable
from analytics.reports.districts.position_words import difference_text, rest_text
from analytics.reports.exploring.findings import Cell
from analytics.reports.exploring.grid_words import finding_text, short_name

_NUMBERS: Final = (
    "value", "low", "high", "n", "rest", "difference", "difference_low", "difference_high", "p",
    "adjusted", "p_spread",
)  # fmt: skip
"""Columns that travel as numbers, values in the unit of their row."""


def row(cell: Cell, place: int, heading: str, w: Words) -> dict[str, object]:
    """Return the row of a cell.

    Args:
        cell: District, indicator and what is said of it.
        place: Of the district among those shown, from 0; not told to readers.
        heading: What the district stands below.
        w: Words of the language.
    """
    chosen, own, position = indicator(cell.indicator), cell.estimate, cell.position
    form, is_shown = format_of(chosen), own.status is Status.SHOWN
    return {
        "key": cell.district,
        "label": label("district", cell.district, w),
        "section": heading,
        "place": place,
        "indicator": cell.indicator,
        "indicator_label": chosen.name[w.language],
        "short": short_name(cell.indicator, w),
        "value": own.value if is_shown else None,
        "low": own.low if is_shown or own.status is Status.NOT_REACHED else None,
        "high": own.high if is_shown else None,
        "n": own.n,
        "status": own.status.value,
        "unit": form.kind,
        "digits": form.digits,
        "value_text": value_text(chosen, own.value, w) if is_shown else status_text(chosen, own, w),
        "interval_text": interval_text(chosen, own, w) if is_shown else "",
        "rest": position.rest,
        "rest_text": rest_text(chosen, position, w) if position.is_judged else "",
        "difference": position.difference,
        "difference_low": position.low,
        "difference_high": position.high,
        "difference_text": difference_text(chosen, position, w),
        "finding": cell.finding.value,
        "unusual": cell.is_unusual,
        "finding_text": finding_text(cell, w),
        "p": cell.p,
        "adjusted": cell.adjusted,
        "p_spread": cell.p_spread,
    }


def columns(w: Words) -> tuple[Column, ...]:
    """Return the columns; figures of several units are read as text, and travel as numbers."""
    return (
        *readable(w, label="dimension.district", indicator_label="ui.indicator"),
        *readable(
            w, finding_text="finding_grid.column_finding", value_text="finding_grid.column_value"
        ),
        Column("interval_text", w("report_district.interval")),
        Column("rest_text", w("finding_grid.rest_of_state")),
        Column("difference_text", w("report_district.difference_text")),
        Column("key", w("indicator.key"), internal=True),
        *(
            Column(name, w(f"finding_grid.column_{name}"), "number", 6, internal=True)
            for name in _NUMBERS
        ),
        *(
            Column(name, w(f"finding_grid.column_{name}"), internal=True)
            for name in ("indicator", "section", "unit", "finding", "unusual")
        ),
        Column("status", w("indicator.status"), internal=True),
    )
