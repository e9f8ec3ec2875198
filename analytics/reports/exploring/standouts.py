"""What stands out: the clearest changes and differences among all cells of needs."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from analytics.domain.estimates import Status
from analytics.domain.filters import NeedFilter, options_of_needs
from analytics.domain.indicators import catalogue, indicator
from analytics.domain.release import Release
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.figures import Takes, figure
from analytics.reports.basis.making import Column, Exhibit, based_on, estimated, internal, readable
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.basis.span import PROGRAMME
from analytics.reports.exploring import standout_words
from analytics.reports.exploring.searched import Searched, searched, share_of
from analytics.reports.indicators.assignment import as_asked
from analytics.stats.cell_contrasts import NOW
from analytics.stats.search import CHANGES, Finding

USUAL: Final = "share_referred_90d"

MOST: Final = 10
"""Changes shown, and likewise differences."""

_TAKES: Final = Takes(
    ("indicator", "period", *options_of_needs()),
    lambda store, asked: (asked.indicator, asked.needs(store, PROGRAMME)),
)
_OF_NEEDS: Final = tuple(each.id for each in catalogue().values() if each.counts_needs)
_NUMBERS: Final = ("value", "low", "high", "now", "usual", "n")
_TEXTS: Final = (
    "key", "section", "label", "kind", "finding", "status", "family", "rows", "columns",
    "row_code", "column_code", "against_from", "against_to",
)  # fmt: skip
_FEW: Final = 100
"""Of fewer needs, a released percentage is told in whole points (``indicators/protection.py``)."""


@figure(
    "standouts",
    "explore/standouts",
    _TAKES,
    "changes",
    indicators=_OF_NEEDS,
    usual=USUAL,
    name="standouts.name",
)
def standouts(store: ParquetStore, indicator_id: str, needs: NeedFilter, w: Words) -> Exhibit:
    """Return the clearest changes and differences in a share of needs.

    Rows ``key, section, label, kind, finding`` (words), ``value`` (points), ``low, high`` (holding
    for the whole search), ``now, usual`` (shares), ``n``, ``status``, and what leads to a row's
    picture: ``family, rows, columns`` (fields), ``row_code, column_code`` and, of changes, the
    months ``against_from, against_to``. Changes come first, the clearest first; nothing below what
    is certain is told, nor what may not be shown.

    Raises:
        RefusedError: If the indicator has no share of needs to search.
        KeyError: If there is no such indicator.
    """
    wanted = indicator(indicator_id)
    chosen = share_of(wanted, w)
    if needs.is_of_referred and not chosen.is_of_referred:
        raise RefusedError(w("indicator.only_of_referred", name=chosen.name[w.language]))
    found = searched(store, chosen.id, needs)
    rows = _rows(found, store.release, w)
    frame = pd.DataFrame(rows, columns=[*_TEXTS, *_NUMBERS])
    frame = frame.astype(dict.fromkeys(_NUMBERS, float) | dict.fromkeys(_TEXTS, "str"))
    said = standout_words.Said(found, tuple(_shown(found)), w)
    counted = as_asked(found.needs, "state")
    return based_on(store, chosen.tables, w, needs=counted, indicators=(chosen.id,)).exhibit(
        "standouts",
        said.title(),
        said.sentence(),
        (
            *readable(
                w, label="standouts.what", kind="standouts.kind", finding="standouts.finding"
            ),
            *estimated(w("standouts.difference"), "points", 1, w),
            Column("now", w("standouts.now"), "share", 1),
            Column("usual", w("standouts.usual"), "share", 1),
            Column("n", w("indicator.n"), "count"),
            *internal(
                w,
                key="indicator.key",
                status="indicator.status",
                section="standouts.section",
                family="standouts.family",
                rows="standouts.rows",
                columns="standouts.columns",
                row_code="standouts.row_code",
                column_code="standouts.column_code",
                against_from="standouts.against_from",
                against_to="standouts.against_to",
            ),
        ),
        frame,
        notes=said.notes(wanted),
        queries=(found.scan.query,),
        measure=w("standouts.measure", name=chosen.name[w.language]),
    )


def _shown(found: Searched) -> list[Finding]:
    """Return the clearest changes, then the clearest differences."""
    changes = [each for each in found.search.findings if each.family in CHANGES]
    levels = [each for each in found.search.findings if each.family not in CHANGES]
    return [*changes[:MOST], *levels[:MOST]]


def _rows(found: Searched, release: Release, w: Words) -> list[dict[str, Any]]:
    return [_row(found, each, release, w) for each in _shown(found)]


def _row(found: Searched, each: Finding, release: Release, w: Words) -> dict[str, Any]:
    n = found.scan.tables[each.part].cells.all_trials[NOW, each.cell]
    digits = 2 if release is Release.RELEASED and n < _FEW else None
    numbers = {
        name: number if digits is None else round(number, digits)
        for name, number in zip(
            ("value", "low", "high", "now", "usual"),
            (each.value, each.low, each.high, each.now, each.usual),
            strict=True,
        )
    }
    codes = found.scan.codes_of(each.part, each.cell)
    rows, columns = _two(each.part)
    before = found.span.before if each.family in CHANGES else None
    row_code, column_code = _two(codes)
    return {
        "key": ":".join([each.family, *each.part, *codes]),
        "section": standout_words.section(found, each.family, w),
        "label": standout_words.label(each.part, codes, w),
        "kind": w(f"standouts.kind_{each.family}"),
        "finding": standout_words.finding(each.family, numbers["now"], numbers["usual"], w),
        "status": Status.SHOWN.value,
        "family": each.family,
        "rows": rows,
        "columns": columns,
        "row_code": row_code,
        "column_code": column_code,
        "against_from": str(before.first) if before else "",
        "against_to": str(before.last) if before else "",
        **numbers,
        "n": n,
    }


def _two(texts: Sequence[str]) -> tuple[str, str]:
    first, second, *_ = (*texts, "", "")
    return first, second
