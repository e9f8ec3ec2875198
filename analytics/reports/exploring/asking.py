"""A question in one line, as notebooks and the command line put it."""

from collections.abc import Iterable
from typing import Final

from analytics.domain.filters import Chosen, NeedFilter, only
from analytics.domain.indicators import Dimension, catalogue, indicator
from analytics.domain.inquiry import ALIKE, WHOLE, Groups, ImpossibleInquiryError, Inquiry
from analytics.domain.periods import Period
from analytics.i18n import Words, words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.figures import Asked, Takes, figure
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.basis.span import usual_period
from analytics.reports.basis.takes import NEEDS
from analytics.reports.exploring.answers import NAME, answer

FIRST_INDICATOR: Final = "share_referred_90d"
FIRST_ROWS: Final = "offer_area"
"""What is asked first, where nobody has asked for anything else."""


def ask(
    store: ParquetStore,
    indicator_id: str,
    *,
    rows: Dimension = WHOLE,
    columns: Dimension = WHOLE,
    period: Period | None = None,
    against: Period | None = None,
    compared: str | None = None,
    w: Words | None = None,
    **codes: Iterable[str],
) -> Exhibit:
    """Return the answer to a question: ``ask(store, "share_referred_90d", rows="offer_area")``.

    Args:
        store: The snapshot.
        indicator_id: Id in the catalogue.
        rows: Dimension of the rows.
        columns: A second one.
        period: Months in which needs were recorded; else the indicator's usual ones.
        against: Months whose value is taken off.
        compared: Two groups, ``sex:female:male``: the first less the second; or ``alike``: each row
            less what is expected of needs of its mix.
        w: Language; German if not given.
        codes: Which needs count, ``sex=["female"]``.

    Raises:
        RefusedError: If the question has no answer; it says why.
        KeyError: If there is no such indicator.
        ValueError: If there is no such field or code.
    """
    told = w or words("de")
    asked = inquiry(
        store, indicator_id, (rows, columns), (period, against), compared, only(**codes), told
    )
    return answer(store, asked, told)


def inquiry(
    store: ParquetStore,
    indicator_id: str,
    dimensions: tuple[Dimension, Dimension],
    periods: tuple[Period | None, Period | None],
    compared: str | None,
    chosen: Chosen,
    w: Words,
) -> Inquiry:
    """Return the question; raises ``RefusedError`` if it has no meaning.

    Args:
        store: The snapshot.
        indicator_id: Id in the catalogue.
        dimensions: Of rows and columns.
        periods: Months that count, and those that they are held against.
        compared: Two groups as text, or ``alike``.
        chosen: Which needs count.
        w: Language.
    """
    (rows, columns), (period, against) = dimensions, periods
    months = period or usual_period(store, indicator(indicator_id), _first(rows, columns))
    try:
        is_beside_alike = compared == ALIKE
        groups = Groups.parse(compared) if compared and not is_beside_alike else None
        needs = NeedFilter(months, chosen)
        return Inquiry(indicator_id, needs, rows, columns, against, groups, is_beside_alike)
    except ImpossibleInquiryError as error:
        raise RefusedError(w(f"explore.refused_{error.reason}")) from error


def usual_months(
    store: ParquetStore, indicator_id: str, rows: Dimension, columns: Dimension, _w: Words
) -> Period:
    """Return the months that a question is about where nobody chooses others."""
    return usual_period(store, indicator(indicator_id), _first(rows, columns))


def _first(rows: Dimension, columns: Dimension) -> Dimension:
    return "quarter" if "quarter" in (rows, columns) else rows


def _read(store: ParquetStore, asked: Asked) -> tuple[object, ...]:
    name = asked.indicator or FIRST_INDICATOR
    rows = asked.by or FIRST_ROWS
    return (Inquiry(name, asked.needs(store, usual_period(store, indicator(name), rows)), rows),)


_ASKED: Final = Takes(("by", "indicator", *NEEDS.heeds), _read)
_OF_NEEDS: Final = tuple(one.id for one in catalogue().values() if one.counts_needs)

answer_figure = figure(
    NAME, "explore/question", _ASKED, "answer", indicators=_OF_NEEDS, usual=FIRST_INDICATOR
)(answer)
"""The answer as a figure of the catalogue; whatever else can be asked, ``ask`` and its page ask."""
