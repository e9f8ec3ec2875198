"""The slides on effects: an estimate is called an effect only as far as the rules allow."""

from dataclasses import replace
from typing import Final

from analytics.disclosure import ReleasedTable
from analytics.domain.analysis_plan import plan_in_force
from analytics.domain.deck import DeckChoice, Detail, Story
from analytics.domain.verdict import Level
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.deck.notes import Sayable
from analytics.reports.deck.short import Short, plain
from analytics.reports.deck.slide import Slide, figure_slide
from analytics.reports.evaluation.answer import (
    Answer,
    answer,
    answer_course,
    kim_answer,
    primary,
)
from analytics.reports.evaluation.effect_halves import SIDES, effect_halves, halves_text
from analytics.reports.evaluation.kim_exhibits import headline
from analytics.reports.evaluation.model_effect import model_effect
from analytics.reports.evaluation.model_exhibits import estimate
from analytics.reports.evaluation.model_variants import HEADLINE, sensitivities
from analytics.reports.evaluation.sayings import further
from analytics.reports.evaluation.scale import Scale
from analytics.reports.evaluation.verdict_report import Choice, sayings, verdict_of

_SHORTER: Final = {
    "towns_exposure": "report_deck.variant_towns_exposure",
    "towns_drop": "report_deck.variant_towns_drop",
    "comparison_matched": "report_deck.variant_matched",
    "balanced": "report_deck.variant_balanced",
    "comparable": "report_deck.variant_comparable",
}
"""Rows whose names would take two lines on a slide."""


def model_effect_slides(store: ParquetStore, deck: DeckChoice, w: Words) -> tuple[Slide, ...]:
    """Return the answer in the words of the first screen, the course behind it, other choices."""
    choice, story = primary(), Story.MODEL_EFFECT
    found, sayable = answer(store, w), _sayable(store, primary(), w)
    answered = estimate, estimate(store, choice, w)
    told = answer_course, answer_course(store, w)
    slides = (
        figure_slide("estimate", story, answered, _short(found, answered[1], w), w, sayable),
        figure_slide("course", story, told, _course(store, told[1], found, w), w, sayable),
    )
    if deck.detail is Detail.BRIEF:
        return slides
    tested = sensitivities, _briefly_named(sensitivities(store, choice, w), w)
    short = _variants(store, tested[1], found, w)
    return *slides, figure_slide("variants", story, tested, short, w, sayable)


def kim_effect_slides(store: ParquetStore, deck: DeckChoice, w: Words) -> tuple[Slide, ...]:
    """Return the estimate since the start of KIM with what may be said."""
    choice = plan_in_force().kim
    shown = headline, headline(store, choice.outcome, w)
    short, sayable = _short(kim_answer(store, w), shown[1], w), _sayable(store, choice, w)
    return (figure_slide("estimate", Story.KIM_EFFECT, shown, short, w, sayable),)


def _short(found: Answer, exhibit: Exhibit, w: Words) -> Short:
    """Return the answer's own words: its basis stands below the number, a part a line."""
    if found.level is None:
        say = found.basis, w("report_deck.say_not_caused")
        return Short(found.headline, (found.basis,), say)
    basis = found.basis.replace(" · ", ", ")
    is_not = found.level is Level.NOT
    sure = f"{basis}." if is_not else w("report_deck.say_basis", basis=basis)
    doubts = w("report_deck.say_doubt", heading=found.doubts_heading, doubt=_first(found, w))
    lines = tuple(f"{found.unit} {found.basis}".strip().split(" · "))
    return Short(found.headline, lines, (sure, doubts), number=found.number)


def _first(found: Answer, w: Words) -> str:
    return next(iter(found.doubts), w("report_deck.no_doubt"))


def _course(store: ParquetStore, exhibit: Exhibit, found: Answer, w: Words) -> Short:
    """Return how sure it is how much each side has changed, and of how many units they are."""
    if found.level is None or exhibit.table.frame.empty:
        return plain(exhibit, w)
    choice = primary()
    halves = effect_halves(store, choice).halves
    if halves is None:
        return plain(exhibit, w)
    labels = w("report_deck.model_units"), w("report_deck.comparison_units")
    sides = [getattr(halves, side) for side in SIDES]
    scale = Scale(choice.outcome)
    limits = [scale.interval_text((side.low, side.high), w) for side in sides]
    units = exhibit.table.frame.groupby("series")["units"].max()
    lines = [
        w("report_deck.line_side", label=label, range=each)
        for label, each in zip(labels, limits, strict=True)
    ]
    sizes = {name: w.number(units[name]) for name in ("model", "comparison")}
    values = "; ".join(f"{label} {each}" for label, each in zip(labels, limits, strict=True))
    return Short(
        exhibit.title,
        (*lines, w("report_deck.line_units", **sizes)),
        (w("report_deck.say_intervals", values=values), w("report_deck.say_halves")),
    )


def _briefly_named(exhibit: Exhibit, w: Words) -> Exhibit:
    """Return the exhibit with names that fit on a line beside the picture."""
    frame = exhibit.table.frame
    if "key" not in frame:
        return exhibit
    shorter = {key: w(message) for key, message in _SHORTER.items()}
    labels = frame["key"].map(shorter).fillna(frame["label"])
    table = ReleasedTable(exhibit.table.columns, frame.assign(label=labels))
    return replace(exhibit, table=table)


def _variants(store: ParquetStore, exhibit: Exhibit, found: Answer, w: Words) -> Short:
    """Return the chosen estimate, and how many of the others exclude no difference."""
    frame = exhibit.table.frame
    if found.level is None or frame.empty:
        return plain(exhibit, w)
    choice = primary()
    scale, row = Scale(choice.outcome), frame.set_index("key").loc[HEADLINE]
    estimated = frame.dropna(subset=["low", "high"])
    neutral = float(scale.shown(0.0))
    clear = (estimated["low"] > neutral) | (estimated["high"] < neutral)
    texts = {
        "value": scale.difference.text(row["value"], w),
        "range": scale.difference.range(row["low"], row["high"], w),
        "n": w.number(model_effect(store, choice).data.panel.counted),
        "clear": w.number(int(clear.sum())),
        "count": w.number(len(estimated)),
    }
    lines = (
        w("report_deck.line_chosen", **texts),
        w("report_deck.line_needs", n=texts["n"]),
        w("report_deck.line_clear", **texts),
    )
    return Short(
        exhibit.title, lines, (w("report_deck.say_clear", **texts), w("report_deck.say_choices"))
    )


def _sayable(store: ParquetStore, choice: Choice, w: Words) -> Sayable:
    """Return what may be said and what not; of the model project also what each side changed."""
    said = sayings(store, choice, w)
    if said is None:
        return Sayable((), (w("report_deck.not_estimated"),))
    refused = tuple(
        w("report_deck.refused_sentence", sentence=each.sentence, reason=each.reason)
        for each in said.unsupported
    )
    halves: tuple[str, ...] = ()
    if choice == primary():
        halves = (halves_text(effect_halves(store, primary()), Scale(choice.outcome), w),)
    return Sayable((said.statement, *further(verdict_of(store, choice), w), *halves), refused)
