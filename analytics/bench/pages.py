"""What each page asks for at first sight, as the pages ask it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from analytics.domain.filters import NeedFilter
from analytics.domain.inquiry import Inquiry
from analytics.domain.vocabulary import Module
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.span import BEFORE_PROGRAMME, PROGRAMME, data_period
from analytics.reports.basis.takes import FIRST
from analytics.reports.data import data_and_methods
from analytics.reports.districts import indicator_map
from analytics.reports.exploring.answers import answer
from analytics.reports.indicators.indicator_values import indicator_values
from analytics.reports.indicators.key_figures import OVERVIEW, key_figures
from analytics.reports.kim import rollout as kim_rollout
from analytics.reports.referrals import referral_stages, referral_times, referral_trend

Page = Callable[[Any, Words], None]

_DISTRICT: Final = "05315"


def _overview(store: ParquetStore, w: Words) -> None:
    during, before = (NeedFilter(years, assigned=True) for years in (PROGRAMME, BEFORE_PROGRAMME))
    referral_times.by_group(store, during, w)
    key_figures(store, during, before, w)
    indicator_values(store, OVERVIEW[0], "state", during, w)


def _referral_times(store: ParquetStore, w: Words) -> None:
    needs = NeedFilter(data_period(store))
    referral_times.by_group(store, needs, w)
    referral_times.measures(store, needs, w)
    referral_stages.stages(store, needs, w)
    referral_trend.trend(store, needs, w)
    referral_times.by_offer_area(store, needs, w)
    referral_times.by_field(store, needs, FIRST, w)


def _kim_rollout(store: ParquetStore, w: Words) -> None:
    kim_rollout.rollout_state(store, Module.CASE_MANAGEMENT, w)
    kim_rollout.progress(store, Module.CASE_MANAGEMENT, w)
    kim_rollout.posts(store, None, w)
    kim_rollout.funding(store, w)
    kim_rollout.unit_timelines(store, Module.CASE_MANAGEMENT, w)


def _explore(store: ParquetStore, w: Words) -> None:
    needs = NeedFilter(data_period(store))
    indicator_map.map_view(store, referral_times.HEADLINE, needs, w)
    indicator_map.district_panel(store, referral_times.HEADLINE, _DISTRICT, needs, w)


def _data_methods(store: ParquetStore, w: Words) -> None:
    data_and_methods.snapshot_overview(store, w)
    data_and_methods.data_quality(store, w)
    data_and_methods.latest_findings(store, w)


ONE_WAY: Final = Inquiry(referral_times.HEADLINE, NeedFilter(PROGRAMME), "offer_area")
TWO_WAY: Final = replace(ONE_WAY, columns="residence_status")
CHANGE: Final = replace(ONE_WAY, against=BEFORE_PROGRAMME)
MEDIANS: Final = replace(TWO_WAY, indicator="median_days_to_referral")


def _asks(asked: Inquiry) -> Page:
    """Return what the page Erkunden asks for to answer a question."""

    def ask(store: ParquetStore, w: Words) -> None:
        answer(store, asked, w)

    return ask


PAGES: Final[Mapping[str, Page]] = {
    "overview": _overview,
    "referral-times": _referral_times,
    "kim-rollout": _kim_rollout,
    "explore": _explore,
    "data-methods": _data_methods,
    "one-way": _asks(ONE_WAY),
    "two-way": _asks(TWO_WAY),
    "change": _asks(CHANGE),
    "two-way-medians": _asks(MEDIANS),
}
"""By URL path; of Erkunden, whose questions share a path, by what is asked."""
