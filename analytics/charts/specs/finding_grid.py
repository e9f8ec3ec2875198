"""Districts by indicators before they are drawn as a table: names, and a look and text a cell."""

from dataclasses import dataclass

from analytics.charts.finding_looks import Look, drawn_looks, looks_of
from analytics.domain.grid_choice import Finding
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit

_HIDDEN = "×"
"""In a protected cell, where no symbol is drawn."""


@dataclass(frozen=True, slots=True)
class GridSpec:
    """A table of findings.

    Attributes:
        corner: What the rows are.
        heads: Of the columns.
        rows: Name of each district with the look and the text of its cells.
        legend: What the signs mean that are there.
    """

    corner: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[Look, str], ...]], ...]
    legend: str


def grid_spec(exhibit: Exhibit, w: Words) -> GridSpec:
    """Return the table of an exhibit with rows of ``reports.exploring.district_grid``."""
    frame = exhibit.table.frame
    rows: dict[str, list[tuple[Look, str]]] = {}
    for name, look, value in zip(frame["label"], looks_of(frame), frame["value_text"], strict=True):
        hidden = look.finding is Finding.PROTECTED
        rows.setdefault(str(name), []).append((look, _HIDDEN if hidden else look.written(value)))
    signs = [_named(look, w) for look in drawn_looks(frame)]
    return GridSpec(
        w("dimension.district"),
        tuple(dict.fromkeys(frame["short"].astype(str))),
        tuple((name, tuple(cells)) for name, cells in rows.items()),
        " · ".join(signs),
    )


def _named(look: Look, w: Words) -> str:
    sign = f"{_HIDDEN} " if look.finding is Finding.PROTECTED else ""
    return sign + look.label(w)
