"""Ready sentences about an estimate, and sentences that it does not support."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from analytics.domain.evaluation import Design, EffectOutcome
from analytics.domain.verdict import Level
from analytics.i18n import Words
from analytics.reports.evaluation.scale import Scale
from analytics.reports.evaluation.verdict import Check, Verdict

_NAMES: Final = {Design.MODEL_PROJECT: "model", Design.KIM_ROLLOUT: "kim"}


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A sentence that the estimate does not support, and why."""

    sentence: str
    reason: str


def statement(verdict: Verdict, w: Words, *, synthetic: bool) -> str:
    """Return the strongest sentence on the effect that the rules allow.

    Args:
        verdict: What the rules say.
        w: Language.
        synthetic: Whether the data are made up; the sentence then says so itself, as it will be
            copied without the page around it.
    """
    name = _NAMES[verdict.design]
    texts = _numbers(verdict, w)
    if verdict.level is Level.NOT:
        sentence = w(f"verdict.no_effect_{name}", **texts)
    else:
        size = _size(verdict, w)
        message = f"verdict.effect_{name}_{verdict.outcome}"
        sentence = w(message, **texts | {"size": size, "direction": _direction(verdict, w)})
    if verdict.level is Level.CAVEAT:
        sentence = w("verdict.with_caveats", sentence=sentence, reasons=reasons(verdict, w))
    return w("verdict.synthetic_prefix", sentence=sentence) if synthetic else sentence


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
    name = _NAMES[verdict.design]
    found = []
    if verdict.level is Level.NOT:
        why = {"reasons": reasons(verdict, w)}
        sentence = w(f"verdict.not_caused_{name}")
        found.append(Unsupported(sentence, w("verdict.not_caused_reason", **why)))
        found.append(_pair("null", w, reason={"detectable": texts["detectable"]}))
    elif verdict.level is Level.CAVEAT:
        found.append(_pair("certain", w, reason={"reasons": reasons(verdict, w)}))
    exact = {"size": texts["size"]}
    found.append(_pair("exact", w, sentence=exact, reason={"interval": texts["interval"]}))
    others = ["site", "elsewhere", "fit"]
    others += ["dose"] if verdict.design is Design.KIM_ROLLOUT else []
    return (*found, *(_pair(each, w) for each in others))


def reasons(verdict: Verdict, w: Words) -> str:
    """Return why no more may be said: the checks at the level that decides."""
    deciding: Sequence[Check] = verdict.limited_by(verdict.level)
    return "; ".join(w(f"verdict.rule_{check.rule.id}_reason") for check in deciding)


def _pair(
    name: str,
    w: Words,
    *,
    sentence: dict[str, str] | None = None,
    reason: dict[str, str] | None = None,
) -> Unsupported:
    return Unsupported(
        w(f"verdict.not_{name}", **sentence or {}),
        w(f"verdict.not_{name}_reason", **reason or {}),
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
