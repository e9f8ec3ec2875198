"""Year-end population from published exports, and their merge into what is there."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from analytics.domain.areas import registry
from analytics.extracts.contract import POPULATION
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.official import published_population, updated_population, year_ends
from analytics.extracts.readers.genesis import read_genesis

OFFICIAL = Path(__file__).parents[1] / "fixtures" / "official"


@pytest.fixture(scope="module")
def shares() -> pa.Table:
    return read_genesis(OFFICIAL / "AI002-1.csv")


@pytest.fixture(scope="module")
def means() -> pa.Table:
    return read_genesis(OFFICIAL / "12411-05-01-4.csv")


@pytest.fixture(scope="module")
def anchor() -> pa.Table:
    """A year end of 100,000 in every district; the chain must start from it."""
    register = pa.table(
        {
            "ags": [area.ags for area in registry().districts] + ["01001"],
            "population": [100_000] * 54,
        }
    )
    return published_population(register, 2019, registry())


def test_chain_goes_both_ways_and_stops_at_a_census() -> None:
    years = range(2009, 2025)
    true = pd.Series({year: 1000.0 + 10 * (year - 2008) ** 2 for year in range(2008, 2025)})
    means = pd.DataFrame({"a": [(true[y - 1] + true[y]) / 2 for y in years]}, index=list(years))
    ends = year_ends(means, pd.Series({"a": true[2019]}), 2019)
    assert list(ends.index) == list(range(2011, 2022))
    np.testing.assert_allclose(ends["a"], true.loc[2011:2021])


def test_chain_stops_at_a_gap() -> None:
    means = pd.DataFrame({"a": [1.0, 1.0, 1.0]}, index=[2015, 2018, 2019])
    assert list(year_ends(means, pd.Series({"a": 1.0}), 2019).index) == [2017, 2018, 2019]


def test_published_rows_are_those_of_the_state(anchor: pa.Table) -> None:
    assert anchor.schema.equals(POPULATION.schema)
    assert anchor.num_rows == 53
    assert set(anchor["source"].to_pylist()) == {"GV-ISys 31.12.2019"}
    assert anchor["foreign_share"].null_count == 53


def test_order_of_imports_does_not_matter_and_repeating_changes_nothing(
    anchor: pa.Table, shares: pa.Table, means: pa.Table
) -> None:
    areas = registry()
    one = updated_population(means, updated_population(shares, anchor, areas), areas)
    other = updated_population(shares, updated_population(means, anchor, areas), areas)
    assert one.drop(["source"]).equals(other.drop(["source"]))
    assert updated_population(means, one, areas).equals(one)
    assert updated_population(shares, one, areas).equals(one)
    assert one.schema.equals(POPULATION.schema)


def test_foreign_population_is_derived_from_share_and_population(
    anchor: pa.Table, shares: pa.Table
) -> None:
    rows = updated_population(shares, anchor, registry()).to_pylist()
    koeln = next(r for r in rows if r["district"] == "05315" and r["reference_date"].year == 2019)
    assert koeln["population"] == 100_000
    assert koeln["foreign_share"] == 0.194
    assert koeln["foreign_population"] == 19_400
    assert koeln["source"] == "GV-ISys 31.12.2019; AI002-1"


def test_shares_alone_leave_population_of_the_new_base_missing(shares: pa.Table) -> None:
    rows = updated_population(shares, POPULATION.schema.empty_table(), registry()).to_pylist()
    later = [row for row in rows if row["reference_date"].year >= 2011]
    assert all(row["population"] is None and row["foreign_population"] is None for row in later)


def test_other_series_stay_as_they_are(anchor: pa.Table, shares: pa.Table) -> None:
    azr = anchor.slice(0, 1).to_pylist()[0] | {"series": "azr", "foreign_population": 7}
    current = pa.concat_tables([anchor, pa.Table.from_pylist([azr], schema=POPULATION.schema)])
    rows = updated_population(shares, current, registry()).to_pylist()
    assert [row for row in rows if row["series"] == "azr"] == [azr]


def test_means_without_a_year_end_are_refused(means: pa.Table) -> None:
    with pytest.raises(UnusableInputError, match="no_year_end"):
        updated_population(means, POPULATION.schema.empty_table(), registry())


def test_other_exports_are_refused(means: pa.Table, anchor: pa.Table) -> None:
    with pytest.raises(UnusableInputError, match="unknown_table"):
        updated_population(means.replace_schema_metadata(None), anchor, registry())
