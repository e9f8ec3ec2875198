"""Which slides each story of a presentation has, in the order told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from analytics.domain.deck import OF_NEEDS, DeckChoice, Detail, Story
from analytics.domain.filters import NeedFilter, fields
from analytics.domain.vocabulary import Module
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.basis.selection import period_text
from analytics.reports.basis.span import PROGRAMME
from analytics.reports.cooperation.binding_report import handover_binding
from analytics.reports.cooperation.flow import handover_flow
from analytics.reports.cooperation.waits import handover_waits
from analytics.reports.deck import short, short_cooperation, short_kim
from analytics.reports.deck.district import district_slides
from analytics.reports.deck.effects import kim_effect_slides, model_effect_slides
from analytics.reports.deck.headlines import overview_slide
from analytics.reports.deck.notes import described, of_districts
from analytics.reports.deck.outlook import next_slide, open_slide
from analytics.reports.deck.short import Short
from analytics.reports.deck.short_groups import groups
from analytics.reports.deck.slide import Kind, Slide, address, figure_slide, shown_slide
from analytics.reports.deck.text_slides import method_slide, refused_slide, title_slide
from analytics.reports.districts.indicator_map import map_view
from analytics.reports.kim import rollout as kim_rollout
from analytics.reports.referrals import referral_times, referral_trend

_Told = Callable[[ParquetStore, DeckChoice, Words], tuple[Slide, ...]]
_Tell = Callable[[Exhibit, Words], Short]


def slides(store: ParquetStore, deck: DeckChoice, w: Words) -> tuple[Slide, ...]:
    """Return the slides of a presentation: the title, then story by story.

    No figure is computed here: each comes from the report that the dashboard's page shows.
    """
    told = [
        _of_all(slide, w) if deck.chosen and story not in OF_NEEDS else slide
        for story in deck.stories
        for slide in _STORIES[story](store, deck, w)
    ]
    return (title_slide(store, deck, w), *told)


def _of_all(slide: Slide, w: Words) -> Slide:
    """Say of a figure beside others of some needs that it does not heed their choice."""
    if slide.exhibit is None:
        return slide
    return replace(slide, kicker=f"{slide.kicker} · {w('report_deck.unfiltered')}")


@dataclass(frozen=True, slots=True)
class _Needs:
    """The needs that a presentation tells of, and how addresses name them."""

    chosen: NeedFilter
    parameters: dict[str, object]


def _needs(deck: DeckChoice) -> _Needs:
    period = deck.period or PROGRAMME
    codes = {fields()[name].option: codes for name, codes in deck.chosen}
    return _Needs(
        NeedFilter(period, deck.chosen, assigned=True),
        {"from": str(period.first), "to": str(period.last), **codes},
    )


def _kept(deck: DeckChoice, *made: Callable[[], Slide]) -> tuple[Slide, ...]:
    """Make the first slide of a story, or all of them."""
    chosen = made[:1] if deck.detail is Detail.BRIEF else made
    return tuple(make() for make in chosen)


def _overview(store: ParquetStore, deck: DeckChoice, w: Words) -> tuple[Slide, ...]:
    return (overview_slide(store, _needs(deck).chosen, w),)


def _referral_times(store: ParquetStore, deck: DeckChoice, w: Words) -> tuple[Slide, ...]:
    needs, story = _needs(deck), Story.REFERRAL_TIMES

    def curve() -> Slide:
        shown = referral_times.by_group(store, needs.chosen, w)
        told = groups(store, shown, needs.chosen, w)
        report = referral_times.by_group, shown
        return figure_slide(
            "curve", story, report, told, w, described(w), parameters=needs.parameters
        )

    def area_map() -> Slide:
        shown = map_view(store, referral_times.HEADLINE, needs.chosen, w)
        told = short.area_map(shown, period_text(needs.chosen.period, w), w)
        asked = {"indicator": referral_times.HEADLINE, "rows": "district", "picture": "map"}
        page = address("explore", w, needs.parameters | asked)
        return shown_slide(
            "map", story, shown, "area_map", told, page, w, of_districts(w), kind="map"
        )

    return _kept(deck, curve, area_map)


def _comparison(store: ParquetStore, deck: DeckChoice, w: Words) -> tuple[Slide, ...]:
    report, needs = referral_trend.trend, _needs(deck)
    shown = report(store, needs.chosen, w)
    # A course shows all quarters, so its address names no months.
    codes = {name: value for name, value in needs.parameters.items() if name not in ("from", "to")}
    told = short.trend(shown, w)
    story = Story.COMPARISON
    return (figure_slide("trend", story, (report, shown), told, w, described(w), parameters=codes),)


def _cooperation(store: ParquetStore, deck: DeckChoice, w: Words) -> tuple[Slide, ...]:
    needs, story = _needs(deck), Story.COOPERATION

    def slide(
        name: str, report: Callable[..., Exhibit], tell: _Tell, kind: Kind, *measure: str
    ) -> Slide:
        try:
            shown = report(store, *measure, needs.chosen, w)
        except RefusedError as refused:
            return refused_slide(store, story, name, refused.reason, "cooperation", w)
        told, asked = tell(shown, w), needs.parameters
        return figure_slide(
            name, story, (report, shown), told, w, described(w), parameters=asked, kind=kind
        )

    return _kept(
        deck,
        partial(slide, "waits", handover_waits, short_cooperation.waits, "chart"),
        partial(slide, "flow", handover_flow, short_cooperation.flow, "flow"),
        partial(
            slide, "binding", handover_binding, short_cooperation.started_with_appointment, "chart",
            "started",
        ),
    )  # fmt: skip


def _kim_rollout(store: ParquetStore, deck: DeckChoice, w: Words) -> tuple[Slide, ...]:
    module, story = Module.CASE_MANAGEMENT, Story.KIM_ROLLOUT

    def progress() -> Slide:
        shown = kim_rollout.progress(store, module, w)
        report = kim_rollout.progress, shown
        parameters = {"module": module.value}
        told = short_kim.progress(shown, w)
        return figure_slide(
            "progress", story, report, told, w, described(w), parameters=parameters
        )  # fmt: skip

    def funding() -> Slide:
        shown = kim_rollout.funding(store, w)
        report, told = (kim_rollout.funding, shown), short_kim.funding(shown, w)
        # Which years have no figure is told beside the picture.
        return replace(figure_slide("funding", story, report, told, w, described(w)), gap="")

    return _kept(deck, progress, funding)


def _open(store: ParquetStore, deck: DeckChoice, w: Words) -> tuple[Slide, ...]:
    return (open_slide(store, w),)


def _next(store: ParquetStore, deck: DeckChoice, w: Words) -> tuple[Slide, ...]:
    return (next_slide(store, w),)


def _method(store: ParquetStore, deck: DeckChoice, w: Words) -> tuple[Slide, ...]:
    return (method_slide(store, w),)


_STORIES: Final[Mapping[Story, _Told]] = {
    Story.OVERVIEW: _overview,
    Story.REFERRAL_TIMES: _referral_times,
    Story.COMPARISON: _comparison,
    Story.COOPERATION: _cooperation,
    Story.MODEL_EFFECT: model_effect_slides,
    Story.KIM_ROLLOUT: _kim_rollout,
    Story.KIM_EFFECT: kim_effect_slides,
    Story.DISTRICT: district_slides,
    Story.OPEN: _open,
    Story.NEXT: _next,
    Story.METHOD: _method,
}
