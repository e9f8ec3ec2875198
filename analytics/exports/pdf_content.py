"""What the district report says and shows, as plain values for its Typst template."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from analytics.charts import theme
from analytics.charts.drawings import chart_spec
from analytics.charts.print.chart import printed_chart
from analytics.charts.print.locator import locator_fill, printed_locator
from analytics.charts.scorecard import interval_of_row, spark_of_row
from analytics.charts.strips import interval_strip
from analytics.domain.estimates import Status
from analytics.domain.indicators import indicator
from analytics.domain.vocabulary import Provenance
from analytics.geography.boundaries import ATTRIBUTION
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.formatting import Format
from analytics.reports.districts.card import Card
from analytics.reports.districts.profile import DistrictProfile

HALF: Final = {"width": 85.0, "height": 44.0, "points": theme.PRINT_SIZE}
WIDE: Final = {"width": 120.0, "height": 43.0, "points": theme.PRINT_SIZE}
"""Millimetres and type of the charts, as the template places them."""

_HEADS: Final = (
    ("indicator",),
    ("value", "interval_n"),
    ("strip",),
    ("state", "peers"),
    ("comparison", "spread"),
    ("course",),
)
"""Lines of the heads of the scorecard, as its cells have them."""

_PART_HEADS: Final = ("part", "days", "interval", "strip")
_LARGEST: Final = 4
"""Parts of a section that are named; the others are added up, so that it still adds up."""

_CHANGE: Final = Format("days_change", 1)
_NOTED: Final = ("funnel", "control", "curve", "contributions")


def content(profile: DistrictProfile, w: Words) -> dict[str, Any]:
    """Return the values of the template: texts, table rows, and drawings as SVG text.

    Raises:
        ValueError: If the profile has no data cut.
    """
    source, card = profile.source, profile.card
    if source.as_of is None:
        raise ValueError("a report needs a data cut")
    badge = w.label("provenance", source.provenance)
    cut = w("chart.cut", date=w.date(source.as_of))
    code = w("chart.snapshot", id=(source.snapshot_id or "–").rpartition("-")[2])
    is_synthetic = source.provenance in (Provenance.SYNTHETIC, Provenance.MIXED)
    return {
        "title": w("pdf.title", district=card.name, period=card.period_text),
        "author": w("ui.app"),
        "date": [source.as_of.year, source.as_of.month, source.as_of.day],
        "kicker": w("pdf.kicker"),
        "badge": badge,
        "is_synthetic": is_synthetic,
        "notice": w(f"pdf.notice_{source.provenance}") if is_synthetic else "",
        "name": card.name,
        "dates": " · ".join((card.place, card.period_text, cut)),
        "facts": " ".join(card.facts),
        "ring": card.ring_text,
        "summary": list(profile.summary),
        "scorecard": _scorecard(profile, w),
        "curve": _picture("curve", profile.curve, HALF, w),
        "funnel": _picture("funnel", profile.funnel, HALF, w),
        "control": _picture("control", profile.control, WIDE, w),
        "locator": _locator(profile.locator, w),
        "contributions": _contributions(profile.contributions, w),
        "notes": list(_notes(profile, w)),
        "sources": " · ".join(
            (source.text, w("pdf.boundaries", attribution=ATTRIBUTION), *_published(card, w))
        ),
        "labels": {name: w(f"pdf.{name}") for name in ("summary", "reading")},
        "footer": " · ".join((source.mark, card.name, cut, code, badge)),
        "page": w("pdf.page", page="{page}", pages="{pages}"),
    }


def _published(card: Card, w: Words) -> tuple[str, ...]:
    """Return the list of the publications that the facts name by number; nothing for none."""
    if not card.citations:
        return ()
    return (w("provenance.published", citations="; ".join(card.citations)),)


def _scorecard(profile: DistrictProfile, w: Words) -> dict[str, Any]:
    exhibit = profile.scorecard
    rows = exhibit.table.frame.to_dict("records")
    sections = ["", *(row["section"] for row in rows)]
    return {
        "title": exhibit.title,
        "sentence": exhibit.sentence,
        "heads": [[w(f"pdf.head_{name}") for name in names] for names in _HEADS],
        "legend": " ".join((w("pdf.legend"), *_below_scorecard(profile))),
        "rows": [
            {
                "section": row["section"] if row["section"] != before else "",
                "label": row["label"],
                "flag": row["comparability"],
                "status": row["status"],
                "value": row["value_text"],
                "interval": _interval(row, w),
                "strip": interval_of_row(row),
                "state": row["state_text"],
                "peers": row["peers_text"],
                "comparison": row["comparison_text"],
                "difference": row["difference_bare"],
                "spread": row["spread_text"],
                "spark": spark_of_row(row),
                "trend": row["trend_text"],
            }
            for row, before in zip(rows, sections, strict=False)
        ],
    }


def _below_scorecard(profile: DistrictProfile) -> tuple[str, ...]:
    """Return the notes that stand below the scorecard; those of the funnel stand with it."""
    return tuple(note for note in profile.scorecard.notes if note not in profile.funnel.notes)


def _interval(row: Mapping[Any, Any], w: Words) -> str:
    """Return interval and n without the words that the column's head says."""
    if not row["interval_text"]:
        return ""
    limits = Format(row["unit"], int(row["digits"])).range(row["low"], row["high"], w)
    n = "" if pd.isna(row["n"]) else w("estimate.n", n=w.number(row["n"]))
    return "; ".join(filter(None, (limits, n)))


def _picture(drawing: str, exhibit: Exhibit, size: Mapping[str, float], w: Words) -> dict[str, str]:
    """Return a figure as slides have it; where nothing is shown, the reason stands in its place."""
    is_shown = (exhibit.table.frame["status"] == Status.SHOWN).any()
    spec = chart_spec(drawing, exhibit, w) if is_shown else None
    svg = printed_chart(spec, w, **size) if spec else ""
    return {
        "title": exhibit.title,
        "sentence": exhibit.sentence if svg else "",
        "alt": exhibit.alt,
        "svg": svg,
        "reason": "" if svg else exhibit.sentence,
    }


def _locator(exhibit: Exhibit, w: Words) -> dict[str, Any]:
    roles = set(exhibit.table.frame["role"])
    legend = [
        {"fill": locator_fill(role), "text": w(f"pdf.role_{role}")}
        for role in ("own", "peers", "others")
        if role in roles
    ]
    return {
        "title": w("pdf.locator"),
        "alt": exhibit.alt,
        "svg": printed_locator(exhibit),
        "reason": "",
        "legend": legend,
    }


def _contributions(exhibit: Exhibit, w: Words) -> dict[str, Any]:
    frame = exhibit.table.frame
    return {
        "title": exhibit.title,
        "sentence": exhibit.sentence,
        "heads": [w(f"pdf.head_{name}") for name in _PART_HEADS],
        "rows": list(_parts(frame, w)) if len(frame) else [],
    }


def _parts(frame: pd.DataFrame, w: Words) -> Iterator[dict[str, Any]]:
    """Yield the whole difference, then each section's largest parts and the sum of the others."""
    reach = float(np.nanmax(np.abs(frame[["low", "high", "value"]].to_numpy(dtype=np.float64))))
    for section, part in frame.groupby("section", sort=False):
        is_total = bool((part["key"] == "total").any())
        named = _largest(part)
        others = part.drop(index=named.index)
        head = "" if is_total else str(section)
        for row in named.to_dict("records"):
            yield _part(row, head, reach, is_total, w)
            head = ""
        if len(others):
            rest = {"label": w("pdf.other_parts"), "value": others["value"].sum()}
            yield _part({**rest, "low": np.nan, "high": np.nan}, "", reach, False, w)


def _largest(part: pd.DataFrame) -> pd.DataFrame:
    """Return the rows to name: all of a few, else the largest by size, never the pooled rest."""
    if len(part) <= _LARGEST:
        return part
    sizes = part["value"].abs()[~part["key"].str.endswith(".rest")]
    return part.loc[sizes.sort_values(ascending=False, kind="stable").index[:_LARGEST]]


def _part(
    row: Mapping[Any, Any], section: str, reach: float, is_total: bool, w: Words
) -> dict[str, Any]:
    low, value, high = (float(row[name]) for name in ("low", "value", "high"))
    form = _CHANGE.excluding(low, high, w)
    axis, size = (-reach, reach), {"width": 62.0, "height": 15.0}
    strip = interval_strip(low, value, high, None, None, 0.0, axis=axis, **size)
    return {
        "section": section,
        "label": row["label"],
        "value": form.bare(value, w),
        "interval": ""
        if np.isnan(low)
        else w("pdf.range", low=form.bare(low, w), high=form.bare(high, w)),
        "strip": strip,
        "is_total": is_total,
    }


def _notes(profile: DistrictProfile, w: Words) -> Iterator[dict[str, str]]:
    """Yield how to read each figure, what its indicators mean, and how few people are protected."""
    said = set(_below_scorecard(profile))
    for name in _NOTED:
        exhibit: Exhibit = getattr(profile, name)
        new = [note for note in exhibit.notes if note not in said]
        said.update(new)
        if new:
            yield {"head": w(f"pdf.notes_{name}"), "text": " ".join(new)}
    for name in dict.fromkeys((*profile.curve.indicators, *profile.control.indicators)):
        chosen = indicator(name)
        yield {"head": f"{chosen.name[w.language]}:", "text": chosen.definition[w.language]}
    yield {"head": w("pdf.notes_protection"), "text": w("export.suppression")}
