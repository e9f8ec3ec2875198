"""Whether hand-overs with an appointment start more often and sooner than those of their kind."""

from dataclasses import replace
from typing import Final

import numpy as np

from analytics.domain.filters import NeedFilter
from analytics.domain.release import Release
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.formatting import Format
from analytics.reports.basis.making import Column, Exhibit, internal, readable
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.cooperation.binding import (
    LIMIT,
    Binding,
    binding,
    frame_of,
    total_of,
)
from analytics.reports.cooperation.binding_promise import promises
from analytics.reports.cooperation.handovers import (
    BINDING,
    asked_pairs,
    basis_of,
    pair_counts,
)
from analytics.reports.cooperation.missing import (
    REFERRED,
    not_delivered_note,
    of_known_body,
    refuse_missing,
    refuse_not_delivered,
    unrecorded_notes,
)
from analytics.stats.two_arms import ArmDifference, ArmsCompared

MEASURES: Final = ("started", "days")
"""How many started within the limit, and how long all of them waited for it."""

_TAKES: Final = (REFERRED, "started_on", "ended_on")
"""Columns that a sender may say it does not record."""

LEVEL: Final = {"started": Format("share"), "days": Format("days")}
DIFFERENCE: Final = {"started": Format("points", 1), "days": Format("days_change", 1)}


@figure("handover_binding", "cooperation", takes.HANDOVERS, "gaps", each=MEASURES)
def handover_binding(
    store: ParquetStore, measure: str, need_filter: NeedFilter, w: Words
) -> Exhibit:
    """Return how hand-overs with an appointment differ from those without of the same kind.

    Rows ``key`` (``headline`` for all, else an offer area), ``label, bound, unbound, value`` (their
    standardised difference), ``low, high, raw, raw_low, raw_high`` (as recorded), ``n, status``.

    Args:
        store: The snapshot.
        measure: Of ``MEASURES``.
        need_filter: Which needs count.
        w: Language.

    Raises:
        RefusedError: If nobody who counts documents appointments, if no kind of hand-over was made
            in both ways, or if too few people were handed over.
    """
    needs = asked_pairs(store, need_filter, w)
    all_pairs, _ = pair_counts(store, needs, "needs")
    if all_pairs.empty:
        refuse_missing(store, needs, (REFERRED,), w("cooperation.nobody"), w)
    documented, _ = pair_counts(store, needs, "bound")
    refuse_not_delivered(of_known_body(all_pairs), "receiving_body", w)
    refuse_not_delivered(documented, "binding_handover", w)
    missing = (
        *unrecorded_notes(store, needs, _TAKES, w),
        *not_delivered_note(all_pairs, of_known_body(all_pairs), "receiving_body", w),
        *not_delivered_note(all_pairs, documented, "binding_handover", w),
    )
    found = binding(store, needs)
    if np.isnan(found.documented):
        refuse_missing(store, needs, _TAKES, w("cooperation.too_recent"), w)
    total = total_of(found, w)
    form = DIFFERENCE[measure]
    level = LEVEL[measure]
    frame = frame_of(found, measure, w)
    notes = (*missing, *_notes(store, found, total, w))
    basis = basis_of(store, needs, w, notes, "cooperation.binding_note_units")
    basis = replace(basis, is_coarse=store.release is Release.RELEASED)
    return basis.exhibit(
        f"handover_binding_{measure}",
        *_finding(total, measure, w),
        [
            *readable(w, label="cooperation.binding_area"),
            *readable(w, level.kind, level.digits, bound="cooperation.binding_with",
                      unbound="cooperation.binding_without"),
            *readable(w, form.kind, form.digits, value="cooperation.binding_alike",
                      low="indicator.low", high="indicator.high", raw="cooperation.binding_raw",
                      raw_low="cooperation.binding_raw_low",
                      raw_high="cooperation.binding_raw_high"),
            Column("n", w("indicator.n"), "count"),
            *internal(w, key="indicator.key", status="indicator.status"),
        ],
        frame,
        indicators=(BINDING,),
        queries=(found.query,),
        measure=w(f"cooperation.binding_measure_{measure}", limit=w.number(LIMIT)),
    )  # fmt: skip


def _finding(total: ArmsCompared, measure: str, w: Words) -> tuple[str, str]:
    """Return title and sentence; a direction is named only where it is clear for the pair."""
    directions = direction_of(total)
    here = total.reached if measure == "started" else total.days
    if np.isnan(here.value):
        raise RefusedError(w("cooperation.binding_few"))
    named = directions[MEASURES.index(measure)]
    texts = {
        "value": DIFFERENCE[measure].text(here.value, w),
        "with": LEVEL[measure].text(here.first, w),
        "without": LEVEL[measure].text(here.second, w),
        "limit": w.number(LIMIT),
    }
    title = w(f"cooperation.binding_title_{measure}_{named}", **texts)
    limits = DIFFERENCE[measure].range(here.low, here.high, w)
    sentence = w(
        f"cooperation.binding_sentence_{measure}",
        **texts,
        interval=f"{w('estimate.interval', range=limits)}; " if limits else "",
        n=w.number(total.n),
    )
    return title, f"{sentence} {_together(total, w)}"


def _together(total: ArmsCompared, w: Words) -> str:
    """Return what both measures say together."""
    often, soon = direction_of(total)
    if "open" in (often, soon):
        if often == soon:
            return w("cooperation.binding_together_open")
        only = f"often_{often}" if soon == "open" else f"soon_{soon}"
        return w(f"cooperation.binding_together_{only}")
    return w(f"cooperation.binding_together_{often}_{soon}")


def direction_of(total: ArmsCompared) -> tuple[str, str]:
    """Return ``more``, ``fewer`` or ``open`` of starts, ``sooner``, ``later`` or ``open`` of days.

    A direction is clear only where its interval excludes 0 and both tests together allow it.
    """
    often, soon = total.clear
    up = "more" if total.reached.value > 0 else "fewer"
    down = "sooner" if total.days.value < 0 else "later"
    return (
        up if often and excludes_none(total.reached) else "open",
        down if soon and excludes_none(total.days) else "open",
    )


def excludes_none(difference: ArmDifference) -> bool:
    """Say whether the interval of a difference excludes that there is none."""
    return difference.low > 0 or difference.high < 0


def _notes(store: ParquetStore, found: Binding, total: ArmsCompared, w: Words) -> tuple[str, ...]:
    notes = [
        w("cooperation.binding_note_alike"),
        w("cooperation.binding_note_share", share=w.percent(total.n / total.known)),
        w("cooperation.binding_note_followed", limit=w.number(LIMIT)),
    ]
    if found.documented < 1 and not np.isnan(found.documented):
        share = w.percent(1 - found.documented)
        notes.append(w("cooperation.binding_note_unknown", share=share))
    if store.release is Release.RELEASED:
        notes.append(w("cooperation.binding_note_released"))
    return (*notes, w("cooperation.binding_note_pair"), _simulated(w))


def _simulated(w: Words) -> str:
    """Return how often the comparison is right where the truth is known."""
    found = promises()
    acts, idle, chosen = (found[name] for name in ("acts", "idle", "chosen"))
    return w(
        "cooperation.binding_note_simulated",
        worlds=w.number(acts.worlds),
        covered=w.number(min(acts.covered.values())),
        wrong=w.number(idle.both),
        chosen=w.number(chosen.both),
    )
