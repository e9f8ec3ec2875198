"""What reports are called with: the kinds there are, each with the choices that it heeds."""

from typing import Final

from analytics.domain.filters import options_of_needs
from analytics.domain.grid_choice import (
    BY_REGION,
    FIRST_INDICATORS,
    FIRST_PAIR,
    GridChoice,
    PairChoice,
)
from analytics.queries.store import ParquetStore
from analytics.reports.basis.figures import Asked, Option, Takes
from analytics.reports.basis.span import PROGRAMME, latest_years

_FIELDS: Final = options_of_needs()
_EFFECT: Final[tuple[Option, ...]] = ("outcome", "towns", "end", "first_year", "comparison")
FIRST: Final = "residence_status"
"""The field that is broken down by at first."""

_ONE: Final[tuple[Option, ...]] = ("district",)


def _nothing(_store: ParquetStore, _asked: Asked) -> tuple[object, ...]:
    return ()


def _grid(store: ParquetStore, asked: Asked) -> tuple[object, ...]:
    """Return which indicators of which districts are shown side by side."""
    return (
        GridChoice(
            asked.column or FIRST_INDICATORS,
            asked.period or latest_years(store),
            dict(asked.chosen).get("district", ()),
            asked.district,
            asked.peer,
            asked.order or BY_REGION,
        ),
    )


def _pair(store: ParquetStore, asked: Asked) -> tuple[object, ...]:
    """Return which two indicators are shown against each other."""
    first, second = asked.indicator or FIRST_PAIR[0], asked.second or FIRST_PAIR[1]
    return (PairChoice(first, second, asked.period or latest_years(store)),)


PUBLISHED: Final = Takes((), _nothing, from_snapshot=False)
"""Published facts, which belong to no snapshot."""

SNAPSHOT: Final = Takes((), _nothing)
NEEDS: Final = Takes(("period", *_FIELDS), lambda store, asked: (asked.needs(store, PROGRAMME),))
HANDOVERS: Final = Takes(("period", *options_of_needs(of_referred=True)), NEEDS.read)
"""Needs that were referred, which the receiving body may choose from, too."""

PROCESSES: Final = Takes(("period", "within"), NEEDS.read)
"""What runs between bodies is told apart by months and districts alone."""

NEEDS_BY_FIELD: Final = Takes(
    ("by", *NEEDS.heeds), lambda store, asked: (*NEEDS.read(store, asked), asked.by or FIRST)
)
NEEDS_OF_ALL_MONTHS: Final = Takes(_FIELDS, NEEDS.read)
"""A course shows all quarters, whichever months are chosen."""

OUTCOME: Final = Takes(("outcome",), lambda _store, asked: (asked.of_effect(),))
OUTCOME_AND_GROUP: Final = Takes(
    ("outcome", "comparison"),
    lambda _store, asked: (asked.of_effect(), asked.of_model().comparison),
)
MODEL: Final = Takes(_EFFECT, lambda _store, asked: (asked.of_model(),))
MODEL_WAITS: Final = Takes(_EFFECT[1:], MODEL.read)
"""An estimate of the model programme whose outcome is its own."""

DISTRICT: Final = Takes(
    ("district", "peer", "period"), lambda store, asked: (asked.of_district(store),), _ONE
)
RING: Final = Takes(("district", "peer"), DISTRICT.read, _ONE)
DISTRICT_AND_INDICATOR: Final = Takes(
    (*DISTRICT.heeds, "indicator"),
    lambda store, asked: (asked.of_district(store), asked.indicator),
    _ONE,
)
RING_AND_INDICATOR: Final = Takes((*RING.heeds, "indicator"), DISTRICT_AND_INDICATOR.read, _ONE)
QUALITY: Final = Takes(_ONE, lambda _store, asked: (asked.of_quality(),), _ONE)
"""The quality of a district's data."""
GRID: Final = Takes(("period", "column", "within", "district", "peer", "order"), _grid)
"""Districts by indicators, of some or all districts; one district stands for itself and its ring.

Districts are chosen among the rows, not among the needs: each figure counts its own district."""

PAIR: Final = Takes(("period", "indicator", "second"), _pair)
"""Two indicators against each other, district by district."""
