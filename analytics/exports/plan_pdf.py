"""The analysis plan on one page, as PDF."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from analytics.exports.typesetting import typeset
from analytics.i18n import Words
from analytics.reports.evaluation.plan_report import PlanDocument

_TEMPLATE: Final = "plan"
_MOST: Final = 2
"""Versions that stand side by side on the page; the notes name those before."""


def plan_pdf(document: PlanDocument, w: Words) -> bytes:
    """Return the plan in force beside the version before it; its date is that of the plan."""
    return typeset(_TEMPLATE, _content(document, w), w)


def _content(document: PlanDocument, w: Words) -> dict[str, Any]:
    plan, exhibit = document.plan, document.exhibit
    version = {"number": plan.number, "date": w.date(plan.dated)}
    columns = exhibit.table.readable()
    shown = [column for column in columns if column.name.startswith("version_")][:_MOST]
    heads = {column.name: column.label for column in columns}
    return {
        "title": w("plan.pdf_title", **version),
        "author": w("ui.app"),
        "date": [plan.dated.year, plan.dated.month, plan.dated.day],
        "kicker": w("plan.pdf_kicker"),
        "finding": exhibit.title,
        "sentence": exhibit.sentence,
        "words": [{"topic": each.topic, "text": each.text} for each in document.words],
        "heads": [heads["line"], *(column.label for column in shown)],
        "rows": list(_rows(exhibit.table.frame.to_dict("records"), [c.name for c in shown])),
        "changes": w("plan.pdf_changes") if len(shown) > 1 else "",
        "notes": list(exhibit.notes),
        "labels": {name: w(f"plan.pdf_{name}") for name in ("words", "lines", "notes")},
        "footer": w("plan.pdf_footer", checksum=plan.checksum, **version),
    }


def _rows(rows: Sequence[Mapping[Any, Any]], names: list[str]) -> Iterator[dict[str, Any]]:
    """Yield each line with its texts, the newest first, and whether that one differs."""
    section = ""
    for row in rows:
        told = [row[name] for name in names]
        yield {
            "section": row["section"] if row["section"] != section else "",
            "line": row["line"],
            "texts": told,
            "is_changed": len(set(told)) > 1,
        }
        section = row["section"]
