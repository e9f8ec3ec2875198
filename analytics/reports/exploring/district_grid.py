"""Districts by indicators: where each lies beside the rest of the state. No league table."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from analytics.domain.areas import registry
from analytics.domain.district_choice import DistrictChoice
from analytics.domain.estimates import Status
from analytics.domain.grid_choice import BY_NAME, BY_REGION, Finding, GridChoice
from analytics.domain.indicators import catalogue, indicator
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.dimensions import keys, label, section
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Exhibit, based_on
from analytics.reports.basis.names import sort_key
from analytics.reports.districts.ring import ring_of
from analytics.reports.exploring.findings import Cell, cells
from analytics.reports.exploring.grid_table import columns, row
from analytics.reports.exploring.grid_words import finding_text, findings_sentence, grid_notes

OFFERED: Final = tuple(one.id for one in catalogue().values() if "district" in one.dimensions)
"""Ids of the indicators that there are by district."""

_ORDERED: Final = (
    (Finding.BETTER, True), (Finding.HIGHER, True), (Finding.BETTER, False),
    (Finding.HIGHER, False), (Finding.ALIKE, False), (Finding.LOWER, False),
    (Finding.WORSE, False), (Finding.LOWER, True), (Finding.WORSE, True),
    (Finding.UNJUDGED, False), (Finding.PROTECTED, False), (Finding.NO_DATA, False),
)  # fmt: skip
"""Findings, and whether unusual, in the order of a view that one indicator orders."""


@figure("district_grid", "explore/districts", takes.GRID, "district_grid", indicators=OFFERED)
def district_grid(store: ParquetStore, choice: GridChoice, w: Words) -> Exhibit:
    """Return each district in each indicator, with what is said of it beside all others.

    Rows as ``grid_table.columns`` has them, district by district: those of one finding on the
    indicator that orders stand in the order of their names, so that no place is a rank.

    Raises:
        UnknownAreaError: If a district does not exist.
        KeyError: If there is no such indicator.
    """
    shown = shown_districts(store, choice)
    found, queries = cells(store, choice.indicators, shown, choice.period)
    by_place = {(cell.district, cell.indicator): cell for cell in found}
    ordered = _in_order(shown, choice, by_place, w)
    frame = pd.DataFrame(
        [
            row(by_place[ags, name], place, heading, w)
            for place, (ags, heading) in enumerate(ordered)
            for name in choice.indicators
        ]
    )
    tables = dict.fromkeys(t for name in choice.indicators for t in indicator(name).tables)
    basis = based_on(store, tuple(tables), w, districts=shown if choice.is_narrowed else ())
    told = [by_place[ags, name] for ags, _ in ordered for name in choice.indicators]
    return basis.exhibit(
        "district_grid",
        _title(told, w),
        findings_sentence(told, len(shown), choice, w),
        columns(w),
        frame,
        indicators=choice.indicators,
        notes=grid_notes(told, w),
        queries=queries,
        choice=_told(choice, shown),
        measure=w("finding_grid.measure"),
        alt=w("finding_grid.alt", title=_title(told, w)),
    )


def shown_districts(store: ParquetStore, choice: GridChoice) -> tuple[str, ...]:
    """Return the AGS-5 of the districts of a view, in the order of the official key.

    Raises:
        UnknownAreaError: If one does not exist.
    """
    if choice.around is not None:
        ring = ring_of(store, DistrictChoice(choice.around, choice.period, choice.ring))
        wanted = {ring.district, *ring.members}
    else:
        wanted = {registry().district(ags).ags for ags in choice.within}
    return tuple(ags for ags in keys("district", choice.period) if ags in wanted or not wanted)


def _in_order(
    shown: Sequence[str],
    choice: GridChoice,
    found: dict[tuple[str, str], Cell],
    w: Words,
) -> list[tuple[str, str]]:
    """Return the districts in the order chosen, each with the heading that it stands below."""
    by_name = sorted(shown, key=lambda ags: sort_key(label("district", ags, w)))
    if choice.order == BY_REGION:
        return [(ags, section("district", ags)) for ags in shown]
    if choice.order == BY_NAME:
        return [(ags, "") for ags in by_name]
    told = {ags: found[ags, choice.order] for ags in shown}
    ranked = sorted(
        by_name, key=lambda ags: _ORDERED.index((told[ags].finding, told[ags].is_unusual))
    )
    return [(ags, finding_text(told[ags], w)) for ags in ranked]


def _title(told: Sequence[Cell], w: Words) -> str:
    judged = [cell for cell in told if cell.adjusted is not None]
    if not judged:
        shown = any(cell.estimate.status is Status.SHOWN for cell in told)
        return w("finding_grid.title_unjudged" if shown else "finding_grid.title_none")
    return w(
        "finding_grid.title",
        different=w.number(sum(cell.finding.is_different for cell in judged)),
        judged=w.number(len(judged)),
    )


def _told(choice: GridChoice, shown: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return what tells the view apart from others, as codes."""
    whom = (("within", "+".join(shown)),) if choice.is_narrowed else ()
    return (
        ("indicators", "+".join(choice.indicators)),
        ("order", choice.order),
        *whom,
        ("from", str(choice.period.first)),
        ("to", str(choice.period.last)),
    )
