"""Ready sentences about an estimate, and sentences that it does not support."""

from dataclasses import dataclass
from typing import Final

from analytics.domain.analysis_plan import Role
from analytics.domain.evaluation import Design, EffectOutcome
from analytics.domain.verdict import Level
from analytics.i18n import Words
from analytics.reports.evaluation.assumption_words import NAMES, conditions
from analytics.reports.evaluation.judging import Check, Verdict
from analytics.reports.evaluation.scale import Scale

_MOST_REASONS: Final = 3


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A sentence that the estimate does not support, and why."""

    sentence: str
    reason: str


def statement(verdict: Verdict, w: Words, *, synthetic: bool) -> str:
    """Return the strongest sentence on the effect that the rules allow.

    Shown, compatible if assumptions hold that it names, or not supported, with what stands against
    it and what would settle it. A choice outside the analysis plan gets none of the three.

    Args:
        verdict: What the rules say.
        w: Language.
        synthetic: Whether the data are made up; the sentence then says so itself, as it will be
            copied without the page around it.
    """
    sentence = _sentence(verdict, w)
    return w("verdict.synthetic_prefix", sentence=sentence) if synthetic else sentence


def _sentence(verdict: Verdict, w: Words) -> str:
    name, texts = NAMES[verdict.design], _numbers(verdict, w)
    if verdict.role is Role.EXPLORATORY:
        return w("verdict.exploratory", **texts)
    match verdict.level:
        case Level.SHOWN:
            size, direction = _size(verdict, w), _direction(verdict, w)
            message = f"verdict.effect_{name}_{verdict.outcome}"
            return w(message, **texts | {"size": size, "direction": direction})
        case Level.COMPATIBLE:
            return w(f"verdict.compatible_{name}", **texts, conditions=conditions(verdict, w))
        case Level.NOT:
            against = {"reasons": reasons(verdict, w), "settle": _settle(verdict, w)}
            return w(f"verdict.unsupported_{name}", **texts, **against)


def short(verdict: Verdict, w: Words) -> str:
    """Return the statement in a few words, for a first screen or a slide."""
    texts = {name: _numbers(verdict, w)[name] for name in ("outcome", "size")}
    if verdict.level is Level.NOT:
        del texts["size"]
    return w(f"verdict.short_{verdict.level}_{NAMES[verdict.design]}", **texts)


def further(verdict: Verdict, w: Words) -> tuple[str, ...]:
    """Return sentences that may always be said beside it: the basis, and what could be found."""
    found = verdict.estimated
    basis = "basis" if verdict.design is Design.MODEL_PROJECT else "basis_staggered"
    counts = {
        "treated": w.number(found.treated),
        "controls": w.number(found.controls),
        "needs": w.number(found.needs),
    }
    used = counts if basis == "basis" else {k: counts[k] for k in ("treated", "needs")}
    return (
        w(f"verdict.{basis}", **used),
        w("verdict.detectable", detectable=_detectable(verdict, w)),
    )


def unsupported(verdict: Verdict, w: Words) -> tuple[Unsupported, ...]:
    """Return what the estimate does not support, each with its reason."""
    texts = _numbers(verdict, w) | {"detectable": _detectable(verdict, w)}
    name = NAMES[verdict.design]
    found = []
    if verdict.level is not Level.SHOWN:
        why = w("verdict.not_caused_reason", reasons=reasons(verdict, w))
        found.append(Unsupported(w(f"verdict.not_caused_{name}"), why))
    if verdict.level is Level.NOT:
        found.append(_pair("null", w, reason={"detectable": texts["detectable"]}))
    exact = {"size": texts["size"]}
    found.append(_pair("exact", w, sentence=exact, reason={"interval": texts["interval"]}))
    others = ["site", "elsewhere", "fit"]
    others += ["dose"] if verdict.design is Design.KIM_ROLLOUT else []
    return (*found, *(_pair(each, w) for each in others))


def reasons(verdict: Verdict, w: Words) -> str:
    """Return why no more may be said: the first checks at the level that decides."""
    deciding = _deciding(verdict)
    if not deciding:
        return w(f"verdict.role_{verdict.role}")
    texts = [w(f"verdict.rule_{check.rule.id}_reason") for check in deciding[:_MOST_REASONS]]
    if more := len(deciding) - len(texts):
        texts.append(w("verdict.more_reasons", count=w.number(more)))
    return "; ".join(texts)


def _deciding(verdict: Verdict) -> tuple[Check, ...]:
    return verdict.limited_by(verdict.level)


def _settle(verdict: Verdict, w: Words) -> str:
    """Return what data would settle it: what the first two rules that forbid speak about."""
    about = [check.rule.assumption or "chance" for check in _deciding(verdict)]
    return w.join([w(f"verdict.settle_{each}") for each in dict.fromkeys(about)][:2])


def _pair(
    name: str,
    w: Words,
    *,
    sentence: dict[str, str] | None = None,
    reason: dict[str, str] | None = None,
) -> Unsupported:
    return Unsupported(
        w(f"verdict.not_{name}", **sentence or {}), w(f"verdict.not_{name}_reason", **reason or {})
    )


def _numbers(verdict: Verdict, w: Words) -> dict[str, str]:
    scale, found = Scale(verdict.outcome), verdict.estimated
    return {
        "outcome": scale.name(w),
        "size": scale.difference_text(found.estimate, w),
        "interval": scale.interval_text((found.low, found.high), w),
    }


def _size(verdict: Verdict, w: Words) -> str:
    """Return the estimate without its sign, as the verb tells the direction; a ratio as it is."""
    scale, value = Scale(verdict.outcome), verdict.estimated.estimate
    if verdict.outcome is EffectOutcome.HAZARD:
        return scale.difference_text(value, w)
    return scale.size_text(value, w)


def _detectable(verdict: Verdict, w: Words) -> str:
    return Scale(verdict.outcome).size_text(verdict.estimated.detectable, w)


def _direction(verdict: Verdict, w: Words) -> str:
    side = "up" if verdict.estimated.estimate > 0 else "down"
    return w(f"verdict.direction_{verdict.outcome}_{side}")
