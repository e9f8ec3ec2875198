"""How the estimated change of the wait until the start divides: an identity, never a cause."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import pandas as pd

from analytics.domain.estimates import Status
from analytics.domain.evaluation import DAY_LIMIT, ModelChoice
from analytics.domain.filters import UNKNOWN
from analytics.domain.release import Release
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import dimensions, takes
from analytics.reports.basis.dimensions import units_note
from analytics.reports.basis.figures import figure
from analytics.reports.basis.formatting import Format, misses_sum
from analytics.reports.basis.making import (
    Basis,
    Column,
    Exhibit,
    based_on,
    estimated,
    internal,
    readable,
)
from analytics.reports.evaluation.model_parts import TABLES, codes, includes_none, why_no_comparison
from analytics.reports.evaluation.refused import or_refusal
from analytics.reports.evaluation.wait_split import REST, TOTAL, WaitSplit, wait_split
from analytics.stats.halves import Change

INDICATOR: Final = "restricted_mean_days_180_to_start"
SECTIONS: Final = ("stage", "step", "body")
"""Ways in which the whole is divided; each adds up to it."""

_ASKED: Final = "bound_share"
"""The part that the title tells: chosen beforehand, not for its size."""

_CHANGE: Final = Format("days_change", 1)
_ID: Final = "wait_split"


@figure(_ID, "cooperation", takes.MODEL_WAITS, "contributions")
@or_refusal(_ID, "wait_split.name", why_no_comparison)
def wait_split_bars(store: ParquetStore, choice: ModelChoice, w: Words) -> Exhibit:
    """Return the estimated difference of the wait until the start, and what it consists of.

    Rows ``key, label, section, value`` (days), ``low, high, n, status``: ``total``, then its parts
    by stage, by what changed on the way, and by receiving body. Each section sums to ``total``.
    Where the rules of the verdict forbid to tell of the whole it is not divided, and they say why.
    """
    found = wait_split(store, choice)
    return _basis(store, choice, w).exhibit(
        _ID,
        *_finding(found, w),
        (
            *readable(w, section="wait_split.section", label="wait_split.part"),
            *estimated(w("wait_split.contribution"), _CHANGE.kind, _CHANGE.digits, w),
            Column("n", w("indicator.n"), "count"),
            *internal(w, key="indicator.key", status="indicator.status"),
        ),
        _frame(found, w),
        notes=(
            *([] if found.against else _notes_on_parts(found, w)),
            w("wait_split.note_plan"),
            w("wait_split.note_interval"),
            units_note(w),
        ),
        queries=found.queries,
        measure=w("wait_split.measure", limit=w.number(DAY_LIMIT)),
    )


def _basis(store: ParquetStore, choice: ModelChoice, w: Words) -> Basis:
    chosen = tuple(each for each in codes(choice) if each[0] != "outcome")
    basis = based_on(store, TABLES, w, indicators=(INDICATOR,), choice=chosen)
    return replace(basis, is_coarse=store.release is Release.RELEASED)


def _whole(found: WaitSplit) -> Change:
    return Change(found.effect.estimate, found.effect.low, found.effect.high)


def _frame(found: WaitSplit, w: Words) -> pd.DataFrame:
    frame = pd.DataFrame(
        [(key, section, change.estimate, change.low, change.high)
         for key, section, change in _rows(found)],
        columns=["key", "section", "value", "low", "high"],
    )  # fmt: skip
    labels = [_label(key, w) for key in frame["key"]]
    sections = [w(f"wait_split.section_{name}") for name in frame["section"]]
    return frame.assign(
        label=labels, section=sections, n=found.panel.counted, status=Status.SHOWN.value
    )


def _rows(found: WaitSplit) -> Iterator[tuple[str, str, Change]]:
    yield TOTAL, "whole", _whole(found)
    for section in () if found.against else SECTIONS:
        for key, change in found.parts[section].items():
            yield f"{section}.{key}", section, change


def _label(key: str, w: Words) -> str:
    section, _, name = key.partition(".")
    if section == "body" and name not in (REST, "handed", "mix"):
        return dimensions.label("receiving_body", name or UNKNOWN, w)
    return w(f"wait_split.part_{name or section}")


def _finding(found: WaitSplit, w: Words) -> tuple[str, str]:
    """Return title and sentence; a part whose interval holds 0 is said to be not told from it."""
    asked, whole = found.parts["step"][_ASKED], _whole(found)
    texts = {"total": _text(whole, w), "n": w.number(found.panel.counted)}
    if found.against:
        reasons = "; ".join(w(f"verdict.rule_{check.rule.id}_reason") for check in found.against)
        total = _CHANGE.text(whole.estimate, w)
        title = w("wait_split.title_refused", total=total)
        return title, w("wait_split.refused", **texts, reasons=reasons)
    is_open = includes_none(asked.low, asked.high)
    title = w(
        f"wait_split.title_{'open' if is_open else 'clear'}",
        total=_CHANGE.text(whole.estimate, w),
        part=_CHANGE.text(asked.estimate, w),
    )
    stages = found.parts["stage"]
    sentence = w(
        "wait_split.sentence",
        **texts,
        before=_text(stages["before"], w),
        after=_text(stages["after"], w),
        asked=_text(asked, w),
    )
    return title, f"{sentence}{_untold(found, w)}"


def _untold(found: WaitSplit, w: Words) -> str:
    """Return which parts of what changed are not told from 0; nothing where all are."""
    unclear = [
        w(f"wait_split.part_{name}")
        for name, change in found.parts["step"].items()
        if includes_none(change.low, change.high)
    ]
    return f" {w('wait_split.unclear', parts='; '.join(unclear))}" if unclear else ""


def _text(change: Change, w: Words) -> str:
    """Return ``−2,1 Tage (95-%-Intervall −3,0 bis −1,2 Tage)``."""
    limits = _CHANGE.range(change.low, change.high, w)
    return f"{_CHANGE.text(change.estimate, w)} ({w('estimate.interval', range=limits)})"


def _notes_on_parts(found: WaitSplit, w: Words) -> tuple[str, ...]:
    return (
        w("wait_split.note_identity"),
        w("wait_split.note_window", limit=w.number(DAY_LIMIT)),
        w("wait_split.note_unknown"),
        *_rounded(found, w),
    )


def _rounded(found: WaitSplit, w: Words) -> tuple[str, ...]:
    """Say that what is shown is rounded, where the parts miss the whole."""
    total = found.effect.estimate
    parts = (
        pd.Series([change.estimate for change in found.parts[section].values()])
        for section in SECTIONS
    )
    is_off = any(misses_sum(each, total, _CHANGE.digits) for each in parts)
    return (w("report_district.note_rounded"),) if is_off else ()
