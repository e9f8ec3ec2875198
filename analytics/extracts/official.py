"""Official population figures: from published exports to rows of the table ``population``.

Year-end population is published for one year (GV-ISys) and follows for the others from the mean
population, which is the mean of the two year ends around it: P[y-1] = 2 mean[y] - P[y]. That holds
only while both rest on the same census, so the chain never crosses a change of base. For the years
before the census of 2011 the mean was computed differently; there the published density times
today's official area is used, which is within 0.5 %. The foreign population is always derived:
share (published with one decimal) times population, rounded to the hundred.
"""

from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa

from analytics.domain.areas import AreaRegistry
from analytics.domain.vocabulary import Series
from analytics.extracts.contract import POPULATION
from analytics.extracts.errors import UnusableInputError

CENSUS_YEARS: Final = (2011, 2022)
"""First years whose figures rest on a new census; never chained or compared across."""

GVISYS: Final = "GV-ISys"
_SHARES: Final = "AI002-1"
_MEANS: Final = "12411-05-01-4"
_BY_DENSITY: Final = "AI002-1 × km² (derived)"
_BY_CHAIN: Final = "12411-05-01-4 (derived)"
_INDEX: Final = ["district", "year"]


def published_population(register: pa.Table, year: int, areas: AreaRegistry) -> pa.Table:
    """Return contract rows of the register's year-end population, districts of ``areas`` only."""
    frame = register.to_pandas().rename(columns={"ags": "district"})
    frame = _of_districts(frame, areas).assign(year=year, foreign_share=np.nan)
    frame["source"] = f"{GVISYS} 31.12.{year}"
    return _contract_rows(frame.set_index(_INDEX)[["population", "foreign_share", "source"]])


def updated_population(export: pa.Table, current: pa.Table, areas: AreaRegistry) -> pa.Table:
    """Merge a GENESIS export into the population figures that are there.

    Args:
        export: What ``read_genesis`` returned for ``AI002-1`` (foreign share; and population
            before 2011, where missing) or ``12411-05-01-4`` (population of the years around a
            published year end).
        current: Rows of the table ``population``; those of other series are kept as they are.
        areas: The registry; areas outside it are left out.

    Returns:
        All rows of the table ``population``, sorted by district and date.

    Raises:
        UnusableInputError: If the export is of another table, or means come without any published
            year end to start from.
    """
    code = (export.schema.metadata or {}).get(b"code", b"").decode()
    of_series = np.array(current["series"].to_pylist()) == Series.POPULATION_UPDATE
    figures = _figures(current.filter(pa.array(of_series)))
    frame = _of_districts(export.to_pandas().rename(columns={"ags": "district"}), areas)
    if code == _SHARES:
        figures = _with_shares(figures, frame.set_index(_INDEX), areas)
    elif code == _MEANS:
        figures = _with_means(figures, frame.set_index(_INDEX)["mean_population"])
    else:
        raise UnusableInputError("genesis.unknown_table", code=code, known=f"{_SHARES}, {_MEANS}")
    others = current.filter(pa.array(~of_series))
    rows = pa.concat_tables([_contract_rows(figures), others])
    return rows.sort_by([("district", "ascending"), ("reference_date", "ascending")])


def year_ends(means: pd.DataFrame, anchor: "pd.Series[float]", year: int) -> pd.DataFrame:
    """Chain year-end populations in both directions from one published year end.

    Args:
        means: Mean population, one row per year, one column per district.
        anchor: Population at the end of ``year`` by district.
        year: The anchor's year.

    Returns:
        Year-end population, one row per year on the anchor's census base that can be reached
        without a gap, the anchor's own year included.
    """
    first = max((census for census in CENSUS_YEARS if census <= year), default=0)
    last = min((census for census in CENSUS_YEARS if census > year), default=9999) - 1
    mean_of = {int(str(mean_year)): row for mean_year, row in means.T.items()}
    values: dict[int, pd.Series[float]] = {year: anchor}
    for later in range(year + 1, last + 1):
        if later not in mean_of:
            break
        values[later] = 2 * mean_of[later] - values[later - 1]
    for earlier in range(year - 1, first - 1, -1):
        if earlier + 1 not in mean_of:
            break
        values[earlier] = 2 * mean_of[earlier + 1] - values[earlier + 1]
    return pd.DataFrame(values).T.sort_index()


def _figures(rows: pa.Table) -> pd.DataFrame:
    """Return population, foreign_share and source by district and year."""
    frame = rows.to_pandas()
    frame["year"] = pd.to_datetime(frame["reference_date"]).dt.year
    columns = ["population", "foreign_share", "source"]
    figures: pd.DataFrame = frame.set_index(_INDEX)[columns].astype({"population": "float64"})
    return figures


def _with_shares(figures: pd.DataFrame, export: pd.DataFrame, areas: AreaRegistry) -> pd.DataFrame:
    figures = figures.reindex(figures.index.union(export.index))
    shares = (export["foreign_percent"] / 100).round(4).dropna()
    figures.loc[shares.index, "foreign_share"] = shares
    figures = _named(figures, shares.index, _SHARES)

    square_km = pd.Series({area.ags: area.area_km2 for area in areas.districts})
    districts = export.index.get_level_values("district")
    by_density = (export["density_per_km2"] * square_km.reindex(districts).to_numpy()).dropna()
    years = by_density.index.get_level_values("year")
    missing = figures.loc[by_density.index, "population"].isna().to_numpy()
    by_density = by_density[missing & (years < CENSUS_YEARS[0])].round(-2)
    figures.loc[by_density.index, "population"] = by_density
    return _named(figures, by_density.index, _BY_DENSITY)


def _with_means(figures: pd.DataFrame, means: "pd.Series[float]") -> pd.DataFrame:
    published = figures[figures["source"].fillna("").str.contains(GVISYS, regex=False)]
    if published.empty:
        raise UnusableInputError("genesis.no_year_end")
    year = int(published.index.get_level_values("year").max())
    anchor = published["population"].xs(year, level="year")
    by_year = means.reset_index().pivot_table("mean_population", "year", "district")
    ends = year_ends(by_year.reindex(columns=anchor.index), anchor, year).drop(index=year)
    long = ends.melt(ignore_index=False, var_name="district", value_name="ends")
    chained = long.dropna().set_index("district", append=True)["ends"].swaplevel()
    chained.index.names = _INDEX
    figures = figures.reindex(figures.index.union(chained.index))
    figures.loc[chained.index, "population"] = chained
    return _named(figures, chained.index, _BY_CHAIN)


def _named(figures: pd.DataFrame, changed: pd.Index, source: str) -> pd.DataFrame:
    """Add ``source`` to the sources of the changed rows, once."""
    known = figures.loc[changed, "source"].fillna("")
    has_it = ("; " + known + "; ").str.contains(f"; {source}; ", regex=False)
    joined = known.where(known.eq(""), known + "; ") + source
    figures.loc[changed, "source"] = known.where(has_it, joined)
    return figures


def _contract_rows(figures: pd.DataFrame) -> pa.Table:
    frame = figures.sort_index().reset_index()
    frame["reference_date"] = pd.to_datetime(frame["year"].astype(str) + "-12-31").dt.date
    foreign = (frame["population"] * frame["foreign_share"]).round(-2)
    frame = frame.assign(foreign_population=foreign, series=Series.POPULATION_UPDATE.value)
    columns = [
        pa.array(frame[column.name], type=column.arrow, from_pandas=True)
        for column in POPULATION.columns
    ]
    return pa.table(columns, schema=POPULATION.schema)


def _of_districts(frame: pd.DataFrame, areas: AreaRegistry) -> pd.DataFrame:
    return frame[frame["district"].isin([area.ags for area in areas.districts])]
