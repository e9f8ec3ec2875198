"""The cases: where and when they open, and who they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from analytics.domain.vocabulary import (
    AccessPath,
    AgeGroup,
    LegalRegime,
    Provider,
    ResidenceStatus,
    Sex,
)
from analytics.extracts.demo import parameters as p
from analytics.extracts.demo.calendar import FIRST_YEAR, MONTH_STARTS, MONTHS, Days, day_number
from analytics.extracts.demo.clock import Floats
from analytics.extracts.demo.config import DemoConfig
from analytics.extracts.demo.process import Process

Codes = npt.NDArray[np.int8]
Mask = npt.NDArray[np.bool_]

_Code = TypeVar("_Code", bound=StrEnum)


@dataclass(frozen=True)
class People:
    """Cases in order of municipality and month; all arrays have shape ``(n,)``.

    ``municipality`` and ``month`` are indices, ``opened`` days since 1970; codes are places in the
    order of their vocabulary. ``knows_municipality`` is False where the extract will lack it.
    """

    municipality: npt.NDArray[np.int16]
    month: npt.NDArray[np.int16]
    opened: Days
    residence: Codes
    regime: Codes
    age: Codes
    sex: Codes
    provider: Codes
    access_path: Codes
    knows_municipality: Mask

    def __len__(self) -> int:
        return len(self.opened)


def draw_people(random: np.random.Generator, process: Process, cases: int) -> People:
    """Draw ``cases`` cases opened between the configuration's start and data cut."""
    inflow = process.places.inflow() * _share_of_months(process.config)
    counts = random.multinomial(cases, inflow.ravel() / inflow.sum())
    cell = np.repeat(np.arange(inflow.size), counts)
    municipality, month = (cell // MONTHS).astype(np.int16), (cell % MONTHS).astype(np.int16)
    years = FIRST_YEAR + month // 12
    residence = draw_codes(random, _residence_table(), years - FIRST_YEAR)
    kim_growth = process.rollout.kim_growth()[process.places.kim_unit[municipality], month]
    with_kim = (random.random(cases) < kim_growth).astype(np.int8)
    return People(
        municipality=municipality,
        month=month,
        opened=_days(random, month, process.config),
        residence=residence,
        regime=draw_regimes(random, residence),
        age=draw_codes(random, _table(AgeGroup, p.AGES), np.zeros(cases, np.int8)),
        sex=draw_codes(random, _table(Sex, p.SEXES), np.zeros(cases, np.int8)),
        provider=draw_codes(
            random, _table(Provider, p.PROVIDERS_BEFORE_KIM, p.PROVIDERS_WITH_KIM), with_kim
        ),
        access_path=draw_codes(
            random, _table(AccessPath, p.ACCESS_PATHS), np.zeros(cases, np.int8)
        ),
        knows_municipality=random.random(cases) >= p.MISSING_MUNICIPALITY,
    )


def draw_regimes(random: np.random.Generator, residence: Codes) -> Codes:
    """Draw the Rechtskreis that goes with each residence status."""
    return draw_codes(random, _regime_table(), residence)


def draw_codes(
    random: np.random.Generator, table: Floats, row: npt.NDArray[np.signedinteger]
) -> Codes:
    """Draw one code for each element of ``row`` from the probabilities in that row of ``table``."""
    bounds = np.cumsum(table, axis=1)
    uniform = random.random(len(row))
    codes = np.zeros(len(row), dtype=np.int8)
    for column in range(table.shape[1] - 1):
        codes += uniform >= bounds[row, column]
    return codes


def _table(codes: type[_Code], *rows: Mapping[_Code, float]) -> Floats:
    """Return the probabilities of ``codes`` in the order of the vocabulary, one row each."""
    table = np.array([[row.get(code, 0.0) for code in codes] for row in rows])
    return np.asarray(table / table.sum(axis=1, keepdims=True), dtype=np.float64)


def _residence_table() -> Floats:
    shares = {
        year: shares
        for (first, last), shares in p.RESIDENCE_BY_PERIOD.items()
        for year in range(first, last + 1)
    }
    return _table(ResidenceStatus, *(shares[year] for year in sorted(shares)))


def _regime_table() -> Floats:
    return _table(LegalRegime, *(p.REGIME_BY_RESIDENCE[status] for status in ResidenceStatus))


def _share_of_months(config: DemoConfig) -> Floats:
    """Return the share of each month that lies between the start and the data cut."""
    first, last = day_number(config.start), day_number(config.as_of) + 1
    inside = np.clip(
        np.minimum(MONTH_STARTS[1:], last) - np.maximum(MONTH_STARTS[:-1], first), 0, None
    )
    return np.asarray(inside / np.diff(MONTH_STARTS), dtype=np.float64)


def _days(random: np.random.Generator, month: npt.NDArray[np.int16], config: DemoConfig) -> Days:
    """Draw a day of the month for each case."""
    first = np.maximum(MONTH_STARTS[:-1], day_number(config.start))
    last = np.minimum(MONTH_STARTS[1:], day_number(config.as_of) + 1)
    span = np.maximum(last - first, 1)
    offset = (random.random(len(month)) * span[month]).astype(np.int32)
    return np.asarray(first[month] + offset, dtype=np.int32)
