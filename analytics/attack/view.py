"""What the product answers to whoever may open it, and how often it refuses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Any, Final, TypeVar

import numpy as np
import pandas as pd

from analytics.attack.rounding import possible
from analytics.disclosure.perturbation import noise_variance
from analytics.domain.estimates import Status
from analytics.domain.filters import Chosen, NeedFilter, fields, only
from analytics.domain.indicators import Dimension
from analytics.domain.inquiry import Inquiry
from analytics.domain.periods import Period
from analytics.domain.release import Release
from analytics.i18n import words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.figures import Asked
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.basis.span import data_period
from analytics.reports.catalogue.figures_catalogue import figures
from analytics.reports.exploring.answers import answer
from analytics.reports.indicators.indicator_values import indicator_values

SHARE: Final = "share_referred_90d"
_WAIT: Final = "median_days_to_referral"
"""An indicator of the same needs, whose table hides less: of 10 needs it says how many they are."""

Item = TypeVar("Item")

_SLICED: Final = ("offer_area", "residence_status")
_MANY: Final = 1000
_SEED: Final = 20_260_101
_Question = tuple[str, str, Period, Chosen, bool | None]


@dataclass(slots=True)
class View:
    """A store as its readers see it: through reports alone.

    Attributes:
        store: Of one release.
        asked, refused: How many questions were asked, and how many of them not answered.
    """

    store: ParquetStore
    asked: int = 0
    refused: int = 0
    _perturbed: bool | None = None
    _answers: dict[_Question, pd.DataFrame | None] = field(default_factory=dict)
    _inquiries: dict[Inquiry, pd.DataFrame | None] = field(default_factory=dict)

    @property
    def is_perturbed(self) -> bool:
        """Say whether counts are perturbed: pages say so, and quarters do not add up to years."""
        if self._perturbed is None:
            told = self.store.release is Release.RELEASED
            self._perturbed = told and not self._adds_up()
        return self._perturbed

    @property
    def covered(self) -> Period:
        """Return the months of the data."""
        return data_period(self.store)

    @property
    def noise(self) -> float:
        """Return the published variance of a figure."""
        return float(noise_variance(_MANY)) if self.is_perturbed else 0.0

    def table(
        self,
        by: Dimension,
        period: Period,
        chosen: Chosen = (),
        indicator: str = SHARE,
        assigned: bool | None = None,
    ) -> pd.DataFrame | None:
        """Return ``n, value, low, high, status`` by key; None where that is refused.

        Where nobody is counted ``n`` is 0, and where it is protected NaN; ``has_row`` says whether
        a 0 is told, not merely that there are no data.
        """
        question = (indicator, by, period, chosen, assigned)
        if question not in self._answers:
            self._answers[question] = self._ask(question, by)
        return self._answers[question]

    def numbers(
        self, by: Dimension, period: Period, chosen: Chosen = ()
    ) -> "pd.Series[float] | None":
        """Return how many needs each key has, from whichever table of the same needs tells it."""
        tables = [self.table(by, period, chosen, each) for each in (SHARE, _WAIT)]
        share, wait = ((None if table is None else table["n"]) for table in tables)
        return share if share is None or wait is None else share.fillna(wait.reindex(share.index))

    def figure(self, figure_id: str, asked: Asked) -> pd.DataFrame | None:
        """Return the rows of a figure of the catalogue; None where it is refused."""
        self.asked += 1
        try:
            return figures()[figure_id].make(self.store, asked, words("en")).table.frame
        except RefusedError:
            self.refused += 1
            return None

    def answer(
        self,
        rows: Dimension,
        columns: Dimension,
        period: Period,
        chosen: Chosen = (),
        **more: Any,
    ) -> pd.DataFrame | None:
        """Return the rows of the answer to a question; None where it is refused.

        Where nobody is counted ``n`` is 0, and where it is protected NaN; of comparisons it is NaN
        as well where the other side has no data.

        Args:
            rows: Dimension of the rows.
            columns: Of the columns, ``state`` for none.
            period: Months in which needs were recorded.
            chosen: Which needs count.
            more: ``indicator``, and what the value is compared with (``domain/inquiry.py``).
        """
        told = {"indicator": SHARE} | more
        question = Inquiry(needs=NeedFilter(period, chosen), rows=rows, columns=columns, **told)
        if question not in self._inquiries:
            self.asked += 1
            try:
                frame = answer(self.store, question, words("en")).table.frame
                is_empty = frame["n"].isna() & (frame["status"] == Status.NO_DATA)
                is_empty &= not question.is_compared
                self._inquiries[question] = frame.assign(n=frame["n"].mask(is_empty, 0.0))
            except RefusedError:
                self.refused += 1
                self._inquiries[question] = None
        return self._inquiries[question]

    def bounds(self, figure: float) -> tuple[float, float]:
        """Return between which numbers the count behind a figure lies."""
        if self.is_perturbed:
            return possible(figure)
        return (0, inf) if np.isnan(figure) else (figure, figure)

    def _adds_up(self) -> bool:
        """Say whether the state's years are the sums of their quarters, all of them exactly."""
        courses = self.table("quarter", self.covered)
        whole = [self.table("state", year) for year in years(self.covered)]
        if courses is None or any(table is None for table in whole):
            return False
        by_year = courses["n"].groupby([str(key)[:4] for key in courses.index]).sum(min_count=4)
        sums = [by_year.get(str(year.first.year), np.nan) for year in years(self.covered)]
        told = [float(table["n"].iloc[0]) for table in whole if table is not None and len(table)]
        return len(told) > 1 and told == sums

    def _ask(self, question: _Question, by: Dimension) -> pd.DataFrame | None:
        indicator, _, period, chosen, assigned = question
        needs = NeedFilter(period, chosen, assigned)
        self.asked += 1
        try:
            exhibit = indicator_values(self.store, indicator, by, needs, words("en"))
        except RefusedError:
            self.refused += 1
            return None
        frame = exhibit.table.frame.set_index("key")
        is_empty = frame["n"].isna() & (frame["status"] == Status.NO_DATA)
        return frame.assign(has_row=~is_empty, n=frame["n"].mask(is_empty, 0.0))


def slices(effort: int) -> list[Chosen]:
    """Return choices by which large stores have small cells, too: none, and a sample of others."""
    areas, codes = (fields()[name].all_codes() for name in _SLICED)
    choices = [only(**dict(zip(_SLICED, ([a], [c]), strict=True))) for a in areas for c in codes]
    return [(), *(sampled(choices, effort) if effort else [])]


def sampled(found: Sequence[Item], effort: int) -> list[Item]:
    """Return so many of what is found, drawn with a fixed seed, in their order; all where 0."""
    if not effort or effort >= len(found):
        return list(found)
    places = np.random.default_rng(_SEED).choice(len(found), effort, replace=False)
    return [found[place] for place in np.sort(places)]


def quarters(period: Period) -> Iterator[Period]:
    """Yield the quarters that lie in a period as a whole."""
    yield from _blocks(period, 3)


def years(period: Period) -> Iterator[Period]:
    """Yield the calendar years that lie in a period as a whole."""
    yield from _blocks(period, 12)


def _blocks(period: Period, length: int) -> Iterator[Period]:
    for month in period.months():
        block = Period(month, month.plus(length - 1))
        if (month.number - 1) % length == 0 and block.within(period) == block:
            yield block
