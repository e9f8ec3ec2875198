"""Districts by indicators in words: findings, what they add up to, and what they do not say."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from analytics.domain.estimates import Status
from analytics.domain.grid_choice import Finding, GridChoice
from analytics.domain.indicators import indicator
from analytics.domain.position import Reason
from analytics.i18n import Words
from analytics.reports.basis.formatting import status_text
from analytics.reports.basis.selection import period_text
from analytics.reports.districts.position_words import comparison_text
from analytics.reports.exploring.findings import FALSE_SHARE, Cell

_COUNTED: Final = (Finding.BETTER, Finding.WORSE, Finding.HIGHER, Finding.LOWER)


def short_name(name: str, w: Words) -> str:
    """Return an indicator's name as short as the head of a narrow column needs it."""
    return w(f"finding_grid.short_{name}")


def finding_text(cell: Cell, w: Words) -> str:
    """Return in a few words what is said of a cell, or why nothing is."""
    if cell.finding is Finding.UNJUDGED:
        if cell.estimate.status is Status.NOT_REACHED:
            return status_text(indicator(cell.indicator), cell.estimate, w)
        return comparison_text(cell.position, w)
    code = f"{cell.finding}_unusual" if cell.is_unusual else cell.finding.value
    return w(f"finding_grid.finding_{code}")


def findings_sentence(told: Sequence[Cell], districts: int, choice: GridChoice, w: Words) -> str:
    """Return how many cells say what, and how far that can be trusted."""
    counts = Counter(cell.finding for cell in told)
    texts = {
        "period": period_text(choice.period, w),
        "districts": w.number(districts),
        "indicators": w.number(len(choice.indicators)),
        "unusual": w.number(sum(cell.is_unusual for cell in told)),
        "alike": w.number(counts[Finding.ALIKE]),
        "share": w.percent(FALSE_SHARE),
    }
    parts = [w("finding_grid.sentence", **texts)]
    named = [
        w(f"finding_grid.count_{finding}", count=w.number(counts[finding]))
        for finding in _COUNTED
        if counts[finding]
    ]
    if named:
        parts.append(w("finding_grid.sentence_different", parts=w.join(named), **texts))
    if counts[Finding.ALIKE]:
        parts.append(w("finding_grid.sentence_alike", **texts))
    if counts[Finding.PROTECTED]:
        parts.append(
            w("finding_grid.sentence_protected", count=w.number(counts[Finding.PROTECTED]))
        )
    return " ".join(parts)


def grid_notes(told: Sequence[Cell], w: Words) -> tuple[str, ...]:
    """Return what the findings mean, and what a view cannot tell."""
    judged = sum(cell.adjusted is not None for cell in told)
    is_invented = any(cell.position.reason is Reason.INVENTED for cell in told)
    is_complete = any(cell.position.reason is Reason.COMPLETE for cell in told)
    return (
        w("finding_grid.note_finding", share=w.percent(FALSE_SHARE), cells=w.number(judged)),
        w("finding_grid.note_unusual"),
        w("finding_grid.note_view"),
        w("finding_grid.note_alike"),
        *([w("finding_grid.note_complete")] if is_complete else []),
        *([w("indicator.note_mixed_origin")] if is_invented else []),
        w("report_map.note_no_ranking"),
    )
