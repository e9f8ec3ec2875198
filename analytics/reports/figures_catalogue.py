"""All figures under stable ids: what the command line and the downloads page offer.

A figure's id is its exhibit's, so that the name of a downloaded file says what to ask for again.
"""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Final

from analytics.domain.evaluation import EffectOutcome, ModelChoice
from analytics.domain.filters import options_of_needs
from analytics.domain.indicators import Dimension, catalogue
from analytics.domain.vocabulary import Module
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports import (
    data_and_methods,
    kim_rollout,
    programme_facts,
    referral_stages,
    referral_times,
    referral_trend,
)
from analytics.reports.evaluation import (
    balance,
    coverage_report,
    distributions,
    kim_dose_exhibit,
    kim_exhibits,
    kim_groups,
    kim_starts,
    matched_group,
    model_course,
    model_exhibits,
    model_synthetic_exhibits,
    model_variants,
    plan_report,
    site_trends,
    verdict_report,
    worlds_report,
)
from analytics.reports.exhibit import Exhibit
from analytics.reports.figures import Asked, Figure, Make, Option
from analytics.reports.figures_of_districts import of_districts
from analytics.reports.indicator_map import district_panel
from analytics.reports.indicator_values import indicator_values
from analytics.reports.key_figures import OVERVIEW
from analytics.reports.method_check import method_check
from analytics.reports.refusal import RefusedError
from analytics.reports.span import PROGRAMME, latest_years, usual_period

_NEEDS: Final[tuple[Option, ...]] = ("period", *options_of_needs())
_MODEL: Final[tuple[Option, ...]] = ("outcome", "towns", "end", "first_year", "comparison")
_CLOSE: Final = 4
_CLOSE_ENOUGH: Final = 0.4

OfStore = Callable[[ParquetStore, Words], Exhibit]
OfOutcome = Callable[[ParquetStore, EffectOutcome, Words], Exhibit]
OfModel = Callable[[ParquetStore, ModelChoice, Words], Exhibit]


@cache
def figures() -> Mapping[str, Figure]:
    """Return all figures by id, page by page."""
    found = (
        *_overview(),
        *_referral_times(),
        *_comparison(),
        *_effects(),
        *_kim(),
        *of_districts(),
        *_indicators(),
        *_data(),
    )
    return {figure.id: figure for figure in found}


def figure_exhibit(store: ParquetStore, figure_id: str, asked: Asked, w: Words) -> Exhibit:
    """Return the exhibit of a figure for what was asked; raises KeyError for an unknown id."""
    return figures()[figure_id].make(store, asked, w)


def closest(figure_id: str) -> tuple[str, ...]:
    """Return the few ids that are spelt most alike, the closest first; perhaps none."""
    return tuple(get_close_matches(figure_id, list(figures()), _CLOSE, _CLOSE_ENOUGH))


def _of_store(report: OfStore) -> Make:
    return lambda store, _asked, w: report(store, w)


def _published(report: Callable[[Words], Exhibit]) -> Make:
    return lambda _store, _asked, w: report(w)


def _overview() -> list[Figure]:
    facts = {
        "model_sites": programme_facts.model_map,
        "programme_timeline": programme_facts.timeline,
    }
    return [Figure(name, "overview", _published(report)) for name, report in facts.items()]


def _referral_times() -> list[Figure]:
    reports = {
        "referral_curve_by_group": referral_times.by_group,
        "referral_measures": referral_times.measures,
        "referral_stages": referral_stages.stages,
        "referral_trend": referral_trend.trend,
        "referral_curve_by_offer_area": referral_times.by_offer_area,
    }

    def of_needs(report: Callable[..., Exhibit]) -> Make:
        return lambda store, asked, w: report(store, asked.needs(store, PROGRAMME), w)

    page = "referral-times"
    # A trend shows all quarters, whichever months are chosen.
    heeds: dict[str, tuple[Option, ...]] = {"referral_trend": _NEEDS[1:]}
    shown = [
        Figure(name, page, of_needs(report), heeds.get(name, _NEEDS))
        for name, report in reports.items()
    ]
    return [*shown, Figure("course_waits", page, _published(programme_facts.course_waits))]


def _of_outcome(report: OfOutcome) -> Make:
    return lambda store, asked, w: report(store, asked.of_effect(), w)


def _of_model(report: OfModel) -> Make:
    return lambda store, asked, w: report(store, asked.of_model(), w)


def _comparison() -> list[Figure]:
    page = "comparison"

    def with_group(report: Callable[..., Exhibit]) -> Make:
        return lambda store, asked, w: report(
            store, asked.of_effect(), asked.of_model().comparison, w
        )

    outcome: tuple[Option, ...] = ("outcome",)
    both: tuple[Option, ...] = ("outcome", "comparison")
    return [
        Figure("comparison_balance", page, _of_store(balance.balance)),
        Figure("comparison_distributions", page, with_group(distributions.distributions), both),
        Figure("comparison_trends", page, with_group(site_trends.group_trends), both),
        Figure("comparison_sites", page, _of_outcome(site_trends.site_panels), outcome),
        Figure("comparison_matched", page, _of_store(matched_group.matched_group)),
    ]


def _effects() -> list[Figure]:
    of_model = {
        "model_estimate": model_exhibits.estimate,
        "model_placebo": model_exhibits.placebo,
        "model_event_study": model_course.event_study,
        "model_sensitivities": model_variants.sensitivities,
        "model_honest": model_course.honest,
        "model_synthetic": model_synthetic_exhibits.synthetic_path,
        "model_synthetic_weights": model_synthetic_exhibits.synthetic_weights,
        "model_without_site": model_variants.without_site,
    }
    of_kim = {
        "kim_effect": kim_exhibits.headline,
        "kim_effect_events": kim_exhibits.event_time,
        "kim_effect_groups": kim_groups.group_times,
        "kim_effect_dose": kim_dose_exhibit.dose,
    }
    simulated = {
        "worlds_model": worlds_report.model_worlds,
        "worlds_kim": worlds_report.kim_worlds,
        "coverage": coverage_report.coverage,
        "rejections": coverage_report.rejections,
        "bias": coverage_report.bias,
    }
    model, kim, check = "model-effect", "kim-effect", "method-check"
    outcome: tuple[Option, ...] = ("outcome",)
    return [
        *(Figure(name, model, _of_model(report), _MODEL) for name, report in of_model.items()),
        *(Figure(name, kim, _of_outcome(report), outcome) for name, report in of_kim.items()),
        Figure("kim_effect_pool", kim, _of_store(kim_starts.control_pool)),
        Figure("verdict", "verdict", _of_model(verdict_report.rule_table), _MODEL),
        Figure(
            "verdict_assumptions", "verdict", _of_model(verdict_report.assumption_table), _MODEL
        ),
        Figure("analysis_plan", "analysis-plan", _published(plan_report.analysis_plan)),
        *(Figure(name, check, _published(report)) for name, report in simulated.items()),
        Figure("method_check", check, _published(method_check)),
    ]


def _kim() -> list[Figure]:
    page = "kim-rollout"

    return [
        *(
            Figure(f"kim_{name}_{module}", page, _of_store(report))
            for module in Module
            for name, report in _module_reports(module).items()
        ),
        Figure("kim_funding", page, _of_store(kim_rollout.funding)),
        Figure("kim_published_posts", page, _published(kim_rollout.published_posts)),
    ]


def _module_reports(module: Module) -> dict[str, OfStore]:
    return {
        "state": lambda store, w: kim_rollout.rollout_state(store, module, w),
        "progress": lambda store, w: kim_rollout.progress(store, module, w),
        "posts": lambda store, w: kim_rollout.posts(store, w, module),
        "timelines": lambda store, w: kim_rollout.unit_timelines(store, module, w),
    }


def _indicators() -> list[Figure]:
    by_dimension = [_indicator(name, by) for name, e in catalogue().items() for by in e.dimensions]
    by_district = [name for name, entry in catalogue().items() if "district" in entry.dimensions]
    return [*by_dimension, *map(_neighbours, by_district)]


def _neighbours(name: str) -> Figure:
    """Return an indicator in a district and around it, as the panel beside the map shows it."""

    def make(store: ParquetStore, asked: Asked, w: Words) -> Exhibit:
        choice = asked.of_district(store)
        needs = asked.needs(store, latest_years(store))
        return district_panel(store, name, choice.district, needs, w).neighbours

    return Figure(f"{name}_neighbours", "map", make, ("district", *_heeded(name)), ("district",))


def _heeded(name: str) -> tuple[Option, ...]:
    chosen = catalogue()[name]
    if not chosen.counts_needs:
        return ("period",)
    return ("period", *options_of_needs(of_referred=chosen.is_of_referred))


def _indicator(name: str, by: Dimension) -> Figure:
    """Return an indicator by a dimension; the overview's headlines count as that page does."""
    is_headline = by == "state" and name in OVERVIEW
    has_panel = by == "quarter" and "district" in catalogue()[name].dimensions
    heeds: tuple[Option, ...] = (*_heeded(name), *(("district",) if has_panel else ()))

    def make(store: ParquetStore, asked: Asked, w: Words) -> Exhibit:
        needs = asked.needs(store, usual_period(store, catalogue()[name], by))
        if asked.district is None:
            return indicator_values(store, name, by, needs, w)
        found = district_panel(store, name, asked.district, needs, w).trend
        if found is None:
            raise RefusedError(w("figure.no_trend"))
        return found

    return Figure(f"{name}_by_{by}", "overview" if is_headline else "map", make, heeds)


def _data() -> list[Figure]:
    page, reports = "data-methods", data_and_methods
    of_store: dict[str, OfStore] = {
        "data_snapshot": reports.snapshot_overview,
        "data_deliveries": reports.deliveries,
        "data_fields_state": reports.field_completeness,
        "data_completeness": reports.completeness,
        "data_plausibility": reports.plausibility,
        "data_timeliness": reports.timeliness,
        "data_findings": reports.latest_findings,
        "data_comparability": reports.comparability_breaks,
    }
    of_words = {
        "data_description": reports.data_description,
        "indicator_catalogue": reports.indicator_catalogue,
        "data_sources": reports.sources,
        "programme_sources": reports.programme_sources,
    }
    return [
        *(Figure(name, page, _of_store(report)) for name, report in of_store.items()),
        *(Figure(name, page, _published(report)) for name, report in of_words.items()),
    ]
