"""The slides of a district: where it stands, how soon people are referred, how that moves, why."""

from collections.abc import Mapping

from analytics.domain.areas import registry
from analytics.domain.deck import DeckChoice, Detail, Story
from analytics.domain.district_choice import DistrictChoice
from analytics.domain.grid_choice import BY_NAME, SLIDE_INDICATORS, GridChoice
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.basis.span import latest_years
from analytics.reports.deck import short_cooperation, short_district
from analytics.reports.deck.notes import of_districts
from analytics.reports.deck.short import Short
from analytics.reports.deck.slide import Kind, Shown, Slide, figure_slide
from analytics.reports.deck.text_slides import refused_slide
from analytics.reports.districts.contributions_report import contributions
from analytics.reports.districts.control_report import control
from analytics.reports.districts.curve_report import curve
from analytics.reports.districts.funnel_report import funnel
from analytics.reports.districts.longest_waits import longest_handovers
from analytics.reports.districts.themes import COURSE
from analytics.reports.exploring.district_grid import district_grid
from analytics.reports.referrals.referral_times import HEADLINE


def district_slides(store: ParquetStore, deck: DeckChoice, w: Words) -> tuple[Slide, ...]:
    """Return the slides of each district: its funnel, and unless brief the five others."""
    period = deck.period or latest_years(store)
    found: list[Slide] = []
    for ags in deck.districts:
        choice = DistrictChoice(ags, period)
        shown = funnel(store, choice, HEADLINE, w)
        told = short_district.funnel(store, choice, shown, w)
        found.append(_slide("funnel", (funnel, shown), told, choice, w))
        if deck.detail is Detail.FULL:
            found += _details(store, choice, w)
    return tuple(found)


def _details(store: ParquetStore, choice: DistrictChoice, w: Words) -> tuple[Slide, ...]:
    # A slide holds no more rows than the whole difference and its parts by offer area.
    parts = contributions(store, choice, w, sections=("offer_area",))
    curves, course = curve(store, choice, w), control(store, choice, COURSE, w)
    return (
        _beside_ring(store, choice, w),
        _slide(
            "curve", (curve, curves), short_district.curve(store, choice, curves, w), choice, w
        ),
        _slide("control", (control, course), short_district.control(course, w), choice, w),
        _slide(
            "contributions", (contributions, parts), short_district.contributions(parts, w),
            choice, w,
        ),
        _handed_over(store, choice, w),
    )  # fmt: skip


def _beside_ring(store: ParquetStore, choice: DistrictChoice, w: Words) -> Slide:
    """Return the district and its ring by indicators: as many of both as a slide has room for."""
    asked = GridChoice(SLIDE_INDICATORS, choice.period, around=choice.district, order=BY_NAME)
    shown = district_grid(store, asked, w)
    told = short_district.beside_ring(choice, shown, w)
    view = {"whom": "ring", "ring": choice.district}
    return _slide("grid", (district_grid, shown), told, choice, w, view=view, kind="grid")


def _handed_over(store: ParquetStore, choice: DistrictChoice, w: Words) -> Slide:
    """Return the district's longest waits, or what is missing to tell them."""
    name, kicker = f"{choice.district}.handovers", registry().district(choice.district).full_name
    try:
        shown = longest_handovers(store, choice, w)
    except RefusedError as refused:
        return refused_slide(store, Story.DISTRICT, name, refused.reason, "cooperation", w, kicker)
    if shown.table.frame.empty:
        return refused_slide(store, Story.DISTRICT, name, shown.sentence, "cooperation", w, kicker)
    told = short_cooperation.waits(shown, w)
    return _slide("handovers", (longest_handovers, shown), told, choice, w)


def _slide(
    name: str,
    shown: Shown,
    told: Short,
    choice: DistrictChoice,
    w: Words,
    *,
    view: Mapping[str, object] | None = None,
    kind: Kind = "chart",
) -> Slide:
    span = {"from": str(choice.period.first), "to": str(choice.period.last)}
    return figure_slide(
        f"{choice.district}.{name}",
        Story.DISTRICT,
        shown,
        told,
        w,
        of_districts(w),
        parameters={**({"district": choice.district} if view is None else view), **span},
        kicker=registry().district(choice.district).full_name,
        kind=kind,
    )
