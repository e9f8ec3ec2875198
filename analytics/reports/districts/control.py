"""Whether a district's figures change over time by more than they always do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from analytics.domain.areas import registry
from analytics.domain.district_choice import DistrictChoice
from analytics.domain.estimates import Status
from analytics.domain.evaluation import model_starts
from analytics.domain.periods import Month
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.districts.values import QuarterValues, quarter_values
from analytics.reports.evaluation.kim_starts import start_quarters, starts_query
from analytics.stats.control_chart import ControlChart, xmr

SHORTEST: Final = 6
"""Quarters that limits need on either side of a milestone; fewer only say that it was there."""


@dataclass(frozen=True, slots=True)
class Landmark:
    """A milestone within a series: ``kind`` is ``model`` or ``kim``, ``quarter`` its first day."""

    kind: str
    quarter: date


@dataclass(frozen=True, slots=True, eq=False)
class Watched:
    """A district's series by quarter and what its control chart says of it.

    Attributes:
        series: The quarters.
        first: Position of the first quarter of the chart.
        chart: Over the last unbroken run of complete quarters; None if there are too few.
        landmarks: Milestones in the series, in time.
        queries: What was asked.
    """

    series: QuarterValues
    first: int
    chart: ControlChart | None
    landmarks: tuple[Landmark, ...]
    queries: tuple[ExecutedQuery, ...]


def watched(store: ParquetStore, choice: DistrictChoice, indicator_id: str) -> Watched | None:
    """Return the control chart of an indicator in a district; None where it has no quarters.

    A chart must have no gaps: it covers the last run of quarters whose values are shown and
    complete. It begins anew at each milestone that leaves ``SHORTEST`` quarters on either side.
    """
    series = quarter_values(store, indicator_id, choice)
    if series is None:
        return None
    landmarks = landmarks_of(store, choice.district)
    start, stop = _last_run(series)
    queries = (*series.queries, starts_query(store))
    if stop - start < SHORTEST:
        return Watched(series, start, None, landmarks, queries)
    quarters = list(series.frame["period"])[start:stop]
    values = series.frame["value"].to_numpy(dtype=np.float64)[start:stop]
    chart = xmr(values, rebase=_borders(quarters, landmarks))
    return Watched(series, start, chart, landmarks, queries)


def landmarks_of(store: ParquetStore, district: str) -> tuple[Landmark, ...]:
    """Return in which quarters the model programme and KIM's case management began in a district.

    The programme of a town counts for its district too. Where no source tells a site's own start,
    it is the common one.
    """
    sites = [unit.code for unit in registry().model_units if unit.district == district]
    found = [Landmark("model", _quarter(model_starts()[code])) for code in sites[:1]]
    starts = start_quarters(store)
    units = (unit.code for unit in registry().evaluation_units if unit.district == district)
    kim = next((start for start in map(starts.get, units) if start), None)
    found += [Landmark("kim", kim)] if kim else []
    return tuple(sorted(found, key=lambda each: each.quarter))


def _quarter(month: Month) -> date:
    return Month(month.year, 3 * month.quarter - 2).first_day


def _last_run(series: QuarterValues) -> tuple[int, int]:
    """Return from where to where the last unbroken run of shown, complete quarters reaches."""
    frame = series.frame
    good = ((frame["status"] == Status.SHOWN) & ~frame["provisional"]).to_numpy(dtype=bool)
    if not good.any():
        return 0, 0
    stop = int(np.flatnonzero(good)[-1]) + 1
    gaps = np.flatnonzero(~good[:stop])
    return (int(gaps[-1]) + 1 if gaps.size else 0), stop


def _borders(quarters: Sequence[date], landmarks: Sequence[Landmark]) -> tuple[int, ...]:
    """Return the positions at which the chart begins anew."""
    borders: list[int] = []
    for landmark in landmarks:
        if landmark.quarter not in quarters:
            continue
        place = quarters.index(landmark.quarter)
        before = borders[-1] if borders else 0
        if place - before >= SHORTEST and len(quarters) - place >= SHORTEST:
            borders.append(place)
    return tuple(borders)
