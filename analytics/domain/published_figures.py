"""Published figures that the statistics must reproduce, from ``data/reference/published/``."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

from analytics.domain.areas import REFERENCE

PUBLISHED: Final = REFERENCE / "published"


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """One printed number.

    Attributes:
        group: Code of the method.
        data: What it was computed from, as in the source; the same in every language.
        quantity: Code of what the number is.
        at: For what value of its argument, such as a day; empty when there is none.
        printed: The number as printed.
        tolerance: How far a computed value may lie from it: half a unit of the last printed
            digit, unless the file says more.
        source: Where it is printed.
        test: The test that reproduces it when its data are not part of the project; empty when it
            can be recomputed at any time.
    """

    group: str
    data: str
    quantity: str
    at: str
    printed: str
    tolerance: float
    source: str
    test: str

    @property
    def value(self) -> float:
        """Return the number."""
        return float(self.printed)

    @property
    def digits(self) -> int:
        """Return how many decimals are printed."""
        return _digits(self.printed)

    @property
    def is_live(self) -> bool:
        """Return whether it can be recomputed without the packages of the tests."""
        return not self.test


@dataclass(frozen=True, slots=True)
class Remission:
    """A patient of the trial of 6-mercaptopurine: weeks in remission, and whether it ended."""

    arm: str
    weeks: int
    relapsed: int


@dataclass(frozen=True, slots=True)
class CohortMean:
    """Mean log employment of the counties that raised their minimum wage in one year.

    ``start`` is 0 for counties that did not.
    """

    start: int
    year: int
    counties: int
    mean: float


@cache
def published_figures() -> tuple[PublishedFigure, ...]:
    """Return all figures in the order of the file."""
    return tuple(_figure(row) for row in _rows("figures.csv"))


@cache
def remissions() -> tuple[Remission, ...]:
    """Return the patients of Freireich et al. (1963), doi:10.1182/blood.V21.6.699.699."""
    return tuple(
        Remission(row["arm"], int(row["weeks"]), int(row["relapsed"]))
        for row in _rows("freireich_1963.csv")
    )


@cache
def minimum_wage_means() -> tuple[CohortMean, ...]:
    """Return the means behind the example of the R package did (Callaway & Sant'Anna 2021)."""
    return tuple(
        CohortMean(int(row["start"]), int(row["year"]), int(row["counties"]), float(row["mean"]))
        for row in _rows("minimum_wage_means.csv")
    )


@cache
def medicaid_event_study() -> tuple[tuple[float, tuple[float, ...]], ...]:
    """Return estimate and row of the covariance by year, 2008 to 2015 without 2013.

    The event study behind the example of the R package HonestDiD: states that expanded Medicaid in
    2014 against states that had not by 2015, errors clustered by state.
    """
    rows = _rows("medicaid_event_study.csv")
    years = [row["year"] for row in rows]
    return tuple(
        (float(row["estimate"]), tuple(float(row[f"covariance_{year}"]) for year in years))
        for row in rows
    )


@cache
def control_chart_series() -> tuple[float, ...]:
    """Return the series that the R package NHSRplotthedots draws in its vignette."""
    return tuple(float(row["value"]) for row in _rows("xmr_vignette.csv"))


def _rows(name: str) -> list[dict[str, str]]:
    with (PUBLISHED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _figure(row: Mapping[str, str]) -> PublishedFigure:
    printed = row["published"]
    return PublishedFigure(
        group=row["group"],
        data=row["data"],
        quantity=row["quantity"],
        at=row["at"],
        printed=printed,
        tolerance=_tolerance(row["tolerance"], printed),
        source=row["source"],
        test=row["test"],
    )


def _tolerance(given: str, printed: str) -> float:
    if given.endswith("%"):
        return abs(float(printed)) * float(given[:-1]) / 100
    return float(given) if given else 0.5 * 10 ** -_digits(printed)


def _digits(printed: str) -> int:
    exponent = Decimal(printed).as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0
