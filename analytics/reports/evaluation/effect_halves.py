"""The model programme's effect in its two halves: what the sites changed, and what the others."""

from dataclasses import dataclass
from typing import Final

from analytics.domain.evaluation import EffectOutcome, ModelChoice, Towns
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.memo import once_per_snapshot
from analytics.reports.evaluation.model_effect import least_before, model_effect
from analytics.reports.evaluation.scale import Scale
from analytics.stats.halves import Change, Halves, halves

SIDES: Final = ("treated", "others")


@dataclass(frozen=True, slots=True)
class Told:
    """The halves of one estimate, or why it has none.

    Attributes:
        halves: In the panel's unit; None where the estimate is not the difference of two changes.
        reason: ``hazard`` (the quarters' levels are taken out before) or ``exposure`` (sites are
            scaled to full exposure); empty where there are halves.
        is_clear: Whether the interval of the estimate excludes no difference: of an uncertain gap
            it is not said how much of it is whose.
    """

    halves: Halves | None
    reason: str
    is_clear: bool = False


@once_per_snapshot
def effect_halves(store: ParquetStore, choice: ModelChoice) -> Told:
    """Return the halves of the estimate of a choice.

    Raises:
        NoPanelError: If no quarter can be estimated.
        NoComparisonError: If too few units are left.
        NotConvergedError: If there is nothing to adjust hazards with.
    """
    if choice.outcome is EffectOutcome.HAZARD:
        return Told(None, "hazard")
    if choice.towns is Towns.EXPOSURE:
        return Told(None, "exposure")
    found = model_effect(store, choice)
    panel, starts = found.data.panel, found.data.starts
    parts = halves(panel.values, starts, least_before=least_before(choice))
    return Told(parts, "", not found.effect.low <= 0 <= found.effect.high)


def halves_told(told: Told, scale: Scale, w: Words) -> str:
    """Return both changes with their intervals, or that there are none."""
    if told.halves is None:
        return w(f"report_model_effect.halves_none_{told.reason}")
    texts = {side: change_text(getattr(told.halves, side), scale, w) for side in SIDES}
    return w("report_model_effect.halves_told", **texts)


def halves_text(told: Told, scale: Scale, w: Words) -> str:
    """Return both changes with their intervals, and how much of a clear gap is the others'."""
    if told.halves is None:
        return w(f"report_model_effect.halves_none_{told.reason}")
    texts = {side: change_text(getattr(told.halves, side), scale, w) for side in SIDES}
    text = w("report_model_effect.halves", **texts)
    share = told.halves.share_of_others
    if share is None or not told.is_clear:
        return text
    return f"{text} {w('report_model_effect.halves_share', share=w.percent(share))}"


def change_text(change: Change, scale: Scale, w: Words) -> str:
    """Return ``+3,0 Prozentpunkte (95-%-Intervall …)``."""
    limits = scale.interval_text((change.low, change.high), w)
    interval = w("estimate.interval", range=limits)
    return f"{scale.difference_text(change.estimate, w)} ({interval})"
