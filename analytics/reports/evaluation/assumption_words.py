"""Assumptions and their violations in words, in units that a reader can judge."""

from math import isfinite, isinf
from typing import Final

from analytics.domain.evaluation import Design, EffectOutcome
from analytics.domain.verdict import Assumption
from analytics.i18n import Words
from analytics.reports.evaluation.assumptions import Weakness
from analytics.reports.evaluation.judging import Verdict
from analytics.reports.evaluation.scale import Scale

NAMES: Final = {Design.MODEL_PROJECT: "model", Design.KIM_ROLLOUT: "kim"}


def conditions(verdict: Verdict, w: Words) -> str:
    """Return what must hold for the estimate to be an effect, as the rest of "if …"."""
    first, *others = (_condition(weakness, verdict, w) for weakness in verdict.named)
    text = first
    for other in others:
        text = w("verdict.and_if", first=text, second=other)
    return text


def _condition(weakness: Weakness, verdict: Verdict, w: Words) -> str:
    assumption = weakness.assumption
    name = f"verdict.if_{assumption}"
    if assumption is Assumption.TRENDS:
        name = f"{name}_{NAMES[verdict.design]}"
    if assumption is Assumption.MIX:
        return w(name, largest=_size(weakness, weakness.largest, verdict.outcome, w))
    return w(name, tipping=_size(weakness, weakness.tipping, verdict.outcome, w))


def violation(weakness: Weakness, value: float, outcome: EffectOutcome, w: Words) -> str:
    """Return a violation as it stands in a table: ``eigener Trend von 2,1 Punkten im Jahr``."""
    if isinf(value):
        return w("verdict.violation_impossible")
    if not value > 0:
        return w("verdict.unknown") if value != 0 else w("verdict.violation_none")
    name = f"verdict.violation_{weakness.assumption}"
    return w(name, size=_size(weakness, value, outcome, w))


def _size(weakness: Weakness, value: float, outcome: EffectOutcome, w: Words) -> str:
    if not isfinite(value):
        return w("verdict.tipping_unknown")
    match weakness.unit:
        case "days":
            return w.days(value)
        case "share":
            return w.percent(value, 0 if value >= _WHOLE_PERCENT else 1)
        case "outcome":
            on_trend = weakness.assumption is Assumption.TRENDS
            return Scale(outcome if on_trend else EffectOutcome.SHARE).size_text(value, w)


_WHOLE_PERCENT: Final = 0.1
