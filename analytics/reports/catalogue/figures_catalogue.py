"""All figures under stable ids: what the command line and the downloads page offer.

A figure is registered where its report stands (``figures.figure``); here are those that one report
gives several of. A figure's id is its exhibit's, so that the name of a downloaded file says what to
ask for again.
"""

import pkgutil
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache, partial
from importlib import import_module
from typing import Final

from analytics import reports
from analytics.domain.filters import NeedFilter, options_of_needs
from analytics.domain.indicators import Dimension, Indicator, catalogue
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.figures import Asked, Figure, Option, Takes, registered
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.basis.span import latest_years, usual_period
from analytics.reports.data.data_quality import field_completeness
from analytics.reports.districts.indicator_map import district_panel
from analytics.reports.indicators.indicator_values import indicator_values
from analytics.reports.indicators.key_figures import OVERVIEW

PAGES: Final = (
    "overview", "referral-times", "cooperation", "kim-rollout", "explore/question",
    "explore/standouts", "explore/fairness", "explore/districts", "effect/comparison",
    "effect/model", "effect/kim", "effect/verdict", "effect/plan", "district/profile",
    "district/ring", "district/quality", "data-methods/basis", "data-methods/check",
)  # fmt: skip
"""Pages in the order in which their figures are listed."""

_CLOSE: Final = 4
_CLOSE_ENOUGH: Final = 0.4


@cache
def figures() -> Mapping[str, Figure]:
    """Return all figures by id, page by page."""
    for module in pkgutil.walk_packages(reports.__path__, f"{reports.__name__}."):
        import_module(module.name)
    found = (*registered(), *_indicators(), _fields())
    return {each.id: each for each in sorted(found, key=lambda each: PAGES.index(each.page))}


def figure_exhibit(store: ParquetStore, figure_id: str, asked: Asked, w: Words) -> Exhibit:
    """Return the exhibit of a figure for what was asked; raises KeyError for an unknown id."""
    return figures()[figure_id].make(store, asked, w)


def closest(figure_id: str) -> tuple[str, ...]:
    """Return the few ids that are spelt most alike, the closest first; perhaps none."""
    return tuple(get_close_matches(figure_id, list(figures()), _CLOSE, _CLOSE_ENOUGH))


def _indicators() -> list[Figure]:
    by_dimension = [_indicator(one, by) for one in catalogue().values() for by in one.dimensions]
    by_district = [one for one in catalogue().values() if "district" in one.dimensions]
    return [*by_dimension, *map(_neighbours, by_district)]


def _heeded(chosen: Indicator) -> tuple[Option, ...]:
    of_needs = options_of_needs(of_referred=chosen.is_of_referred) if chosen.counts_needs else ()
    return ("period", *of_needs)


def _neighbours(chosen: Indicator) -> Figure:
    """Return an indicator in a district and around it, as the panel beside the map shows it."""

    def read(store: ParquetStore, asked: Asked) -> tuple[object, ...]:
        return asked.of_district(store).district, asked.needs(store, latest_years(store))

    def report(store: ParquetStore, district: str, needs: NeedFilter, w: Words) -> Exhibit:
        return district_panel(store, chosen.id, district, needs, w).neighbours

    taken = Takes(("district", *_heeded(chosen)), read, ("district",))
    return Figure(f"{chosen.id}_neighbours", "explore/question", report, taken, "dots")


def _indicator(chosen: Indicator, by: Dimension) -> Figure:
    """Return an indicator by a dimension; by quarter also that of one district."""
    has_panel = by == "quarter" and "district" in chosen.dimensions

    def read(store: ParquetStore, asked: Asked) -> tuple[object, ...]:
        return asked.district, asked.needs(store, usual_period(store, chosen, by))

    heeds = (*_heeded(chosen), *(("district",) if has_panel else ()))
    page = "overview" if by == "state" and chosen.id in OVERVIEW else "explore/question"
    drawing = {"quarter": "trend", "state": ""}.get(by, "dots")
    report = partial(_of_place, chosen.id, by)
    return Figure(f"{chosen.id}_by_{by}", page, report, Takes(heeds, read), drawing)


def _of_place(
    name: str,
    by: Dimension,
    store: ParquetStore,
    district: str | None,
    needs: NeedFilter,
    w: Words,
) -> Exhibit:
    if district is None:
        return indicator_values(store, name, by, needs, w)
    found = district_panel(store, name, district, needs, w).trend
    if found is None:
        raise RefusedError(w("figure.no_trend"))
    return found


def _fields() -> Figure:
    def report(store: ParquetStore, district: str, w: Words) -> Exhibit:
        return field_completeness(store, w, district=district)

    return Figure("data_fields", "data-methods/basis", report, takes.QUALITY, "dots")
