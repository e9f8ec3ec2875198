"""Which months the data cover, and the months that the evaluation speaks of."""

from datetime import date
from typing import Final

import pandas as pd

from analytics.domain.indicators import Dimension, Indicator
from analytics.domain.periods import Month, Period
from analytics.domain.programme import Lane, facts
from analytics.queries.store import ParquetStore

PROGRAMME: Final = Period(Month(2017, 1), Month(2019, 12))
"""The years of the model programme as the ministry states them (2017 to 2019)."""

PROGRAMMES: Final = ("model", "kim")
"""Both programmes in the order of their starts; by ``ui.phase_<name>`` what they are called."""

BEFORE_PROGRAMME: Final = Period(Month(2015, 1), Month(2016, 12))
"""The years before it that the data contract's demonstration data and deliveries cover."""


def programme_starts() -> dict[str, date]:
    """Return the first day of each programme that the published sources date."""
    kim = [each.date for each in facts().timeline(Lane.KIM) if each.kind == "start" and each.date]
    days = (PROGRAMME.start, *(month.first_day for month in kim[:1]))
    return dict(zip(PROGRAMMES, days, strict=False))


def data_period(store: ParquetStore) -> Period:
    """Return the months from the first recorded need to the data cut.

    Without any need it is the month of the data cut.
    """
    last = Month.of(store.manifest.as_of)
    first_day = store.fetch("need_span")["first_day"].iloc[0]
    first = last if pd.isna(first_day) else min(Month.of(first_day), last)
    return Period(first, last)


def usual_period(store: ParquetStore, chosen: Indicator, by: Dimension) -> Period:
    """Return the months that an indicator is told of where nobody chooses others.

    One a subject, on every page, in every file and command: districts and what is counted by date
    in the latest years, a course over all quarters, everything else in the years of the model
    programme, in which the two groups differ by it.
    """
    if by == "quarter":
        return data_period(store)
    if by in ("district", "unit") or not chosen.counts_needs:
        return latest_years(store)
    covered = data_period(store)
    return PROGRAMME.within(covered) or covered


def latest_years(store: ParquetStore) -> Period:
    """Return the last three calendar years of the data, the year of the data cut included.

    Long enough for figures of a small district, recent enough for the question where it stands.
    """
    whole = data_period(store)
    first = Month(whole.last.year - 2, 1)
    return Period(max(first, whole.first), whole.last)
