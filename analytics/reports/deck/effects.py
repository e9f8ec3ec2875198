"""The slides on effects: an estimate is called an effect only as far as the rules allow."""

from dataclasses import dataclass, replace

from analytics.domain.deck import DeckChoice, Detail, Story
from analytics.domain.evaluation import KimChoice, ModelChoice
from analytics.domain.verdict import Level
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.deck.notes import Sayable
from analytics.reports.deck.slide import Shown, Slide, figure_slide
from analytics.reports.evaluation.effect_halves import (
    effect_halves,
    halves_short,
    halves_text,
)
from analytics.reports.evaluation.kim_exhibits import headline
from analytics.reports.evaluation.model_exhibits import estimate
from analytics.reports.evaluation.model_variants import sensitivities
from analytics.reports.evaluation.sayings import further
from analytics.reports.evaluation.scale import Scale
from analytics.reports.evaluation.site_trends import group_trends
from analytics.reports.evaluation.verdict_report import Choice, sayings, verdict_of


@dataclass(frozen=True, slots=True)
class _Told:
    """What the rules allow to say: title, sentence, level in words, and what they do not."""

    title: str
    sentence: str
    heading: str
    sayable: Sayable


def model_effect_slides(store: ParquetStore, deck: DeckChoice, w: Words) -> tuple[Slide, ...]:
    """Return the estimate with what may be said, then the other choices."""
    choice, story = ModelChoice(), Story.MODEL_EFFECT
    told = _with_halves(store, choice, _told(store, choice, w), w)
    course = group_trends(store, choice.outcome, choice.comparison, w)
    first = _effect((estimate, estimate(store, choice, w)), story, told, w, course)
    if deck.detail is Detail.BRIEF:
        return (first,)
    tested = sensitivities, sensitivities(store, choice, w)
    return first, figure_slide("variants", story, tested, w, _sayable(told, w))


def kim_effect_slides(store: ParquetStore, deck: DeckChoice, w: Words) -> tuple[Slide, ...]:
    """Return the estimate since the start of KIM with what may be said."""
    choice = KimChoice()
    shown = headline, headline(store, choice.outcome, w)
    return (_effect(shown, Story.KIM_EFFECT, _told(store, choice, w), w),)


def _with_halves(
    store: ParquetStore, choice: ModelChoice, told: _Told | None, w: Words
) -> _Told | None:
    """Say how much each side changed: in short on the slide, in full in the notes."""
    if told is None:
        return None
    halves, scale = effect_halves(store, choice), Scale(choice.outcome)
    sentence = f"{told.sentence} {halves_short(halves, scale, w)}".strip()
    may = (*told.sayable.may, halves_text(halves, scale, w))
    return replace(told, sentence=sentence, sayable=replace(told.sayable, may=may))


def _effect(
    shown: Shown, story: Story, told: _Told | None, w: Words, course: Exhibit | None = None
) -> Slide:
    if told is None:
        return figure_slide("estimate", story, shown, w, _sayable(None, w))
    return figure_slide(
        "estimate",
        story,
        shown,
        w,
        told.sayable,
        title=told.title,
        sentence=told.sentence,
        heading=told.heading,
        course=course,
    )


def _sayable(told: _Told | None, w: Words) -> Sayable:
    return told.sayable if told else Sayable((), (w("report_deck.not_estimated"),))


def _told(store: ParquetStore, choice: Choice, w: Words) -> _Told | None:
    """Return what may be said of an effect; None where there is no estimate."""
    said = sayings(store, choice, w)
    if said is None:
        return None
    verdict = verdict_of(store, choice)
    scale, found = Scale(choice.outcome), verdict.estimated
    design = "model" if isinstance(choice, ModelChoice) else "kim"
    if verdict.level is Level.NOT:
        title = w(f"report_deck.effect_not_{design}")
    else:
        title = w(
            f"report_deck.effect_{verdict.level}_{design}",
            outcome=scale.name(w),
            difference=scale.difference_text(found.estimate, w),
        )
    refused = tuple(
        w("report_deck.refused_sentence", sentence=each.sentence, reason=each.reason)
        for each in said.unsupported
    )
    sayable = Sayable((said.statement, *further(verdict, w)), refused)
    return _Told(title, said.statement, said.label, sayable)
