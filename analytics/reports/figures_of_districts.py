"""The figures about one district: its profile, its comparison ring, the quality of its data."""

from collections.abc import Callable, Mapping
from typing import Final

from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.data_quality import field_completeness
from analytics.reports.districts.contributions_report import contributions
from analytics.reports.districts.control_report import control
from analytics.reports.districts.curve_report import curve
from analytics.reports.districts.funnel_report import funnel
from analytics.reports.districts.quality_course import PROMPT, course, measures
from analytics.reports.districts.quality_fields import fields
from analytics.reports.districts.quality_findings import contradictions, objections
from analytics.reports.districts.quality_lag import lag
from analytics.reports.districts.repairs import repairs
from analytics.reports.districts.ring_exhibits import ring_differences, ring_map
from analytics.reports.districts.rollout_report import rollout
from analytics.reports.districts.scorecard import FUNNELLED, WATCHED, scorecard
from analytics.reports.exhibit import Exhibit
from analytics.reports.figures import Asked, Figure, Make, Option
from analytics.reports.referral_times import HEADLINE
from analytics.reports.refusal import RefusedError

_ONE: Final[tuple[Option, ...]] = ("district",)
_PROFILE: Final[tuple[Option, ...]] = ("district", "peer", "period")
_RING: Final[tuple[Option, ...]] = ("district", "peer")

Report = Callable[..., Exhibit]


def of_districts() -> list[Figure]:
    """Return the figures of the pages about one district, page by page."""
    return [*_profile(), *_peers(), *_quality()]


def _of_choice(report: Report) -> Make:
    return lambda store, asked, w: report(store, asked.of_district(store), w)


def _profile() -> list[Figure]:
    page = "district-profile"
    plain: Mapping[str, Report] = {
        "district_scorecard": scorecard,
        "district_curve": curve,
        "district_contributions": contributions,
        "district_rollout": rollout,
    }
    several: Mapping[str, tuple[Report, tuple[Option, ...], tuple[str, ...], str]] = {
        "district_funnel": (funnel, _PROFILE, FUNNELLED, HEADLINE),
        "district_control": (control, _RING, WATCHED, "median_days_to_referral"),
    }

    def of_indicator(report: Report, usual: str) -> Make:
        return lambda store, asked, w: report(
            store, asked.of_district(store), asked.indicator or usual, w
        )

    shown = [Figure(name, page, _of_choice(each), _PROFILE, _ONE) for name, each in plain.items()]
    for name, (report, own, offered, usual) in several.items():
        heeds: tuple[Option, ...] = (*own, "indicator")
        make = of_indicator(report, usual)
        shown.append(Figure(name, page, make, heeds, _ONE, offered, usual))
    return shown


def _peers() -> list[Figure]:
    reports = {"district_ring_map": ring_map, "district_ring_differences": ring_differences}
    return [
        Figure(name, "district-peers", _of_choice(report), _RING, _ONE)
        for name, report in reports.items()
    ]


def _quality() -> list[Figure]:
    page = "district-quality"
    reports: Mapping[str, Report] = {
        "district_quality_repairs": repairs,
        "district_quality_fields": fields,
        "district_quality_lag": lag,
        "district_quality_contradictions": contradictions,
        "district_quality_objections": objections,
    }

    def of_district(report: Report) -> Make:
        return lambda store, asked, w: report(store, asked.of_quality(), w)

    def course_of(store: ParquetStore, asked: Asked, w: Words) -> Exhibit:
        measure = asked.field or PROMPT
        if measure not in (known := measures(store)):
            possible = ", ".join(known)
            raise RefusedError(w("report_quality.no_measure", name=measure, possible=possible))
        return course(store, asked.of_quality(), measure, w)

    def completeness_of(store: ParquetStore, asked: Asked, w: Words) -> Exhibit:
        return field_completeness(store, w, district=asked.of_quality())

    return [
        *(Figure(name, page, of_district(each), _ONE, _ONE) for name, each in reports.items()),
        Figure("district_quality_course", page, course_of, ("district", "field"), _ONE),
        Figure("data_fields", "data-methods", completeness_of, _ONE, _ONE),
    ]
