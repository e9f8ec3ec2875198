"""What the state has published on KIM's money by year, beside the grants of the snapshot."""

from typing import Final

import pandas as pd

from analytics.domain.estimates import Status
from analytics.domain.programme import Funding, Programme, facts
from analytics.domain.programme_types import Qualifier
from analytics.domain.vocabulary import Provenance
from analytics.extracts.contract import STATE
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.exhibit import SourceLine
from analytics.reports.basis.figures import figure
from analytics.reports.basis.formatting import misses_sum
from analytics.reports.basis.making import Basis, Column, Exhibit, internal, readable
from analytics.reports.basis.provenance import source_line, with_published
from analytics.reports.basis.published import bracketed, numbers, qualified

PUBLISHED: Final = "published"
GRANTED: Final = "granted"
FINAL_LEVEL: Final = "final_level"
_DIGITS: Final = -4
"""Money is written in hundredths of a million."""

_FINAL_LEVEL_FACT: Final = "kim_final_level"


@figure("kim_funding", "kim-rollout", takes.SNAPSHOT, "bars")
def funding(store: ParquetStore, w: Words) -> Exhibit:
    """Return the state's published amounts by year beside the grants to the units.

    The table has one row per year and series (``published``, ``granted``), and one for the final
    level: ``key`` (year or ``final_level``), ``label, series, series_label, value`` (euros),
    ``status`` (``no_data``: no figure published, or none in the snapshot), ``remark, source``,
    ``above_bar`` (what kind of figure it is, and the figure), ``provenance`` of the row.
    """
    params = {"state": STATE, "as_of": store.manifest.as_of}
    granted = store.fetch("funding_by_year", params).set_index("year")["granted"]
    published = facts().yearly_funding(Programme.KIM)
    final = facts().funding_of(_FINAL_LEVEL_FACT)
    line = source_line(store, ("funding",), w)
    origin = w.label("provenance", line.provenance)
    frame = pd.DataFrame(
        [*_year_rows(granted, published, line, w), _published_row(FINAL_LEVEL, final, w)]
    )
    # The exhibit's provenance is that of its weaker part; in a table each row keeps its own.
    frame["provenance"] = [
        Provenance.PUBLISHED if series == PUBLISHED else line.provenance
        for series in frame["series"]
    ]
    title = w("report_kim.funding_title", amounts=w.join([_amount(f, w) for f in published]))
    return Basis(with_published(line, numbers([*published, final]), w), w).exhibit(
        "kim_funding",
        title,
        _sentence(frame, granted, final, origin, w),
        (
            Column("key", w("report_kim.year"), internal=True),
            Column("label", w("report_kim.year")),
            Column("series", w("report_kim.series"), internal=True),
            Column("series_label", w("report_kim.series")),
            Column("value", w("report_kim.amount"), "money"),
            Column("qualifier", w("report_kim.qualifier"), internal=True),
            *readable(w, remark="report_kim.remark", source="report_kim.source"),
            *internal(w, above_bar="report_kim.above_bar", status="indicator.status"),
        ),
        frame,
        indicators=("funding_per_1000_foreign",),
        notes=(w("report_kim.note_funding"), w("report_kim.note_funding_gap")),
        queries=(store.executed("funding_by_year", params),),
        measure=w("report_kim.measure_funding"),
    )


def _year_rows(
    granted: "pd.Series[float]", published: tuple[Funding, ...], line: SourceLine, w: Words
) -> list[dict[str, object]]:
    by_year = {fact.year: fact for fact in published if fact.year is not None}
    years = [*by_year, *(int(year) for year in granted.index)]
    rows = []
    for year in range(min(years), max(years) + 1):
        fact = by_year.get(year)
        rows.append(_published_row(str(year), fact, w))
        amount = float(granted.get(year, float("nan")))
        rows.append(_granted_row(str(year), amount, line, w))
    return rows


def _published_row(key: str, fact: Funding | None, w: Words) -> dict[str, object]:
    label = w("report_kim.final_level") if key == FINAL_LEVEL else key
    row = {
        "key": key,
        "label": label,
        "series": PUBLISHED,
        "series_label": w("report_kim.funding_published"),
        "qualifier": None,
        "is_planned": fact is not None and fact.planned,
    }
    if fact is None:
        missing = {"value": float("nan"), "status": Status.NO_DATA.value, "source": "–"}
        texts = {
            "remark": w("report_kim.not_published"),
            "above_bar": w("report_kim.bar_not_published"),
        }
        return row | missing | texts
    return row | {
        "value": fact.amount_eur,
        "qualifier": fact.qualifier.value,
        "status": Status.SHOWN.value,
        "source": bracketed(fact),
        "remark": _remark(fact, w),
        "above_bar": _above_bar(fact, w),
    }


def _above_bar(fact: Funding, w: Words) -> str:
    """Return what kind of figure it is, and the figure."""
    kind = "planned" if fact.planned else "per_year" if fact.per_year else "published"
    figure = qualified(w.money(fact.amount_eur), fact.qualifier, w)
    return w(f"report_kim.bar_{kind}", figure=figure)


def _granted_row(key: str, amount: float, line: SourceLine, w: Words) -> dict[str, object]:
    known = amount == amount  # NaN where the snapshot has no grants of that year
    origin = w.label("provenance", line.provenance)
    kind = "synthetic" if line.provenance is Provenance.SYNTHETIC else "granted"
    figure = w.money(amount) if known else w("report_kim.bar_no_grant")
    above_bar = w(f"report_kim.bar_{kind}", figure=figure)
    return {
        "key": key,
        "label": key,
        "series": GRANTED,
        "series_label": w("report_kim.funding_granted", origin=origin),
        "value": amount,
        "qualifier": Qualifier.EXACT.value if known else None,
        "is_planned": False,
        "status": (Status.SHOWN if known else Status.NO_DATA).value,
        "source": origin,
        "remark": "–" if known else w("report_kim.not_in_snapshot"),
        "above_bar": above_bar,
    }


def _remark(fact: Funding, w: Words) -> str:
    text = fact.text.in_language(w.language)
    figure = qualified(w.money(fact.amount_eur), fact.qualifier, w)
    planned = w("report_kim.planned") if fact.planned else ""
    return ", ".join(part for part in (figure, planned, text) if part)


def _amount(fact: Funding, w: Words) -> str:
    figure = qualified(w.money(fact.amount_eur), fact.qualifier, w)
    when = w("report_kim.planned_year", year=fact.year) if fact.planned else str(fact.year)
    return f"{figure} ({when})"


def _sentence(
    frame: pd.DataFrame, granted: "pd.Series[float]", final: Funding, origin: str, w: Words
) -> str:
    unpublished = frame[(frame["series"] == PUBLISHED) & (frame["status"] == Status.NO_DATA)]
    sentences = [w("report_kim.funding_final", amount=w.money(final.amount_eur))]
    if len(unpublished):
        years = w.join(unpublished["label"].tolist())
        sentences.append(w("report_kim.funding_unpublished", years=years))
    if len(granted):
        first, last = int(granted.index.min()), int(granted.index.max())
        span = str(first) if first == last else w("report_kim.years", first=first, last=last)
        total = w.money(float(granted.sum()))
        sentences.append(w("report_kim.funding_sum", span=span, total=total, origin=origin))
        if misses_sum(granted, float(granted.sum()), _DIGITS):
            sentences.append(w("report_kim.funding_rounded"))
    return " ".join(sentences)
