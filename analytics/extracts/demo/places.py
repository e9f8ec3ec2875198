"""Where cases come from: municipalities with their units and their share of the volume."""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from analytics.domain.areas import REFERENCE, AreaRegistry, registry
from analytics.domain.areas import MunicipalityKind as Kind
from analytics.domain.vocabulary import Group, Series
from analytics.extracts.demo.calendar import FIRST_YEAR, MONTHS
from analytics.extracts.demo.clock import Floats
from analytics.extracts.demo.config import LAST_DATA_CUT
from analytics.extracts.demo.parameters import (
    MUNICIPALITY_SHARES,
    QUARTERLY_INFLOW,
    TOWN_WEIGHT,
)

_DISTRICT_KEY_LENGTH: Final = 5

Index = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Places:
    """The areas as arrays; ``m`` municipalities, sorted by key.

    Attributes:
        districts, municipalities, units, kim_units: Keys, sorted.
        is_model: Whether a unit is a model site, shape ``(units,)``.
        district, unit, kim_unit: Index of each municipality's area, shape ``(m,)``.
        split: Whether a municipality's district is split into town and rest, shape ``(m,)``.
        share: Share of each municipality in its district's cases, shape ``(m,)``.
        foreign: Foreign residents at the end of the year, shape ``(districts, years)``; the last
            published figure is carried forward.
        population: The official rows, as in the contract.
    """

    districts: tuple[str, ...]
    municipalities: tuple[str, ...]
    units: tuple[str, ...]
    kim_units: tuple[str, ...]
    is_model: npt.NDArray[np.bool_]
    district: Index
    unit: Index
    kim_unit: Index
    split: npt.NDArray[np.bool_]
    share: Floats
    foreign: Floats
    population: pa.Table

    def inflow(self) -> Floats:
        """Return the relative number of cases per municipality and month, shape ``(m, MONTHS)``."""
        per_quarter = np.array(
            [QUARTERLY_INFLOW[FIRST_YEAR + year] for year in range(MONTHS // 12)]
        )
        per_month = np.repeat(per_quarter, 3, axis=1)
        of_district = (self.foreign[:, :, None] * per_month[None]).reshape(len(self.districts), -1)
        return np.asarray(of_district[self.district] * self.share[:, None], dtype=np.float64)

    @property
    def model_districts(self) -> frozenset[str]:
        """Return the AGS of the districts with a model site."""
        pairs = zip(self.units, self.is_model, strict=True)
        return frozenset(unit[:_DISTRICT_KEY_LENGTH] for unit, is_model in pairs if is_model)

    def kim_foreign(self) -> Floats:
        """Return the last year's foreign residents of each KIM unit, shape ``(kim_units,)``."""
        weights = self.foreign[self.district, -1] * self.share
        return np.bincount(self.kim_unit, weights, len(self.kim_units)).astype(np.float64)


@cache
def places() -> Places:
    """Return the places of the reference data, read once."""
    areas = registry()
    towns = areas.municipalities
    districts = tuple(area.ags for area in areas.districts)
    units = tuple(unit.code for unit in areas.evaluation_units)
    kim_units = tuple(unit.ags for unit in areas.kim_units)
    population = pq.ParquetFile(REFERENCE / "population.parquet").read()
    own = [town.ags if town.ags in kim_units else town.district for town in towns]
    return Places(
        districts=districts,
        municipalities=tuple(town.ags for town in towns),
        units=units,
        kim_units=kim_units,
        is_model=np.array([unit.group is Group.MODEL for unit in areas.evaluation_units]),
        district=_positions([town.district for town in towns], districts),
        unit=_positions([areas.unit_of(town.district, town.ags) for town in towns], units),
        kim_unit=_positions(own, kim_units),
        split=np.array([town.district in areas.split_districts for town in towns]),
        share=_shares(areas),
        foreign=_foreign(population, districts),
        population=population,
    )


def _positions(keys: list[str], order: tuple[str, ...]) -> Index:
    place = {key: index for index, key in enumerate(order)}
    return np.array([place[key] for key in keys], dtype=np.int64)


def _shares(areas: AreaRegistry) -> Floats:
    """Return each municipality's share of its district: fixed ones first, the rest by weight."""
    shares: list[float] = []
    for district in areas.districts:
        towns = areas.municipalities_of(district.ags)
        fixed = sum(MUNICIPALITY_SHARES.get(town.ags, 0.0) for town in towns)
        free = [t for t in towns if t.ags not in MUNICIPALITY_SHARES]
        weights = {t.ags: TOWN_WEIGHT if t.kind is Kind.TOWN else 1.0 for t in free}
        scale = (1 - fixed) / sum(weights.values())
        shares += [
            MUNICIPALITY_SHARES.get(town.ags, weights.get(town.ags, 0.0) * scale) for town in towns
        ]
    return np.array(shares)


def _foreign(population: pa.Table, districts: tuple[str, ...]) -> Floats:
    """Return foreign residents by district and year; a year without a figure takes the last."""
    figures: dict[tuple[str, int], float] = {
        (row["district"], row["reference_date"].year): row["foreign_population"]
        for row in population.to_pylist()
        if row["series"] == Series.POPULATION_UPDATE and row["foreign_population"] is not None
    }
    last = min(max(year for _, year in figures), LAST_DATA_CUT.year)
    years = [min(FIRST_YEAR + year, last) for year in range(MONTHS // 12)]
    return np.array([[figures[district, year] for year in years] for district in districts])
