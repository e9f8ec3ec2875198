"""Two questions about people, asked as a command and a notebook ask, equal to the raw rows.

The pages show the same reports; ``tests/pages/test_filters.py`` clicks them.
"""

import io
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from analytics.cli import main
from analytics.domain.filters import BREAKDOWNS, NeedFilter, as_map, fields, only
from analytics.domain.periods import Period
from analytics.extracts.contract import CASES
from analytics.i18n import words
from analytics.queries.store import ParquetStore
from analytics.reports.districts.indicator_map import map_view
from analytics.reports.referrals.referral_times import by_field
from reference.raw_rows import RawRows

YEARS = Period.parse("2017-01", "2019-12")
WOMEN = only(sex=["female"], legal_regime=["sgb2"], offer_area=["labour_market"])


@pytest.fixture(scope="module")
def store(raw: RawRows) -> Iterator[ParquetStore]:
    with ParquetStore(Path(raw.folder)) as opened:
        yield opened


def _of_these_years(raw: RawRows) -> pd.DataFrame:
    day = raw.needs["need_recorded_on"]
    return raw.needs[(day >= pd.Timestamp(YEARS.start)) & (day < pd.Timestamp(YEARS.end))]


def _command(raw: RawRows, target: Path, *arguments: str) -> pd.DataFrame:
    months = ["--from", str(YEARS.first), "--to", str(YEARS.last)]
    where = ["--store", str(Path(raw.folder).parent), "-o", str(target), "--format", "csv-en"]
    assert main(["download", *arguments, *months, *where]) == 0
    return pd.read_csv(io.BytesIO(target.read_bytes()), dtype={"Key": str})


def test_labour_market_needs_of_women_in_sgb_ii_by_district(
    raw: RawRows, store: ParquetStore, tmp_path: Path
) -> None:
    needs = _of_these_years(raw)
    hers = needs[
        (needs["sex"] == "female")
        & (needs["legal_regime"] == "sgb2")
        & (needs["offer_area"] == "labour_market")
    ]
    expected = hers.groupby("district").size()
    in_notebook = map_view(store, "share_referred_90d", NeedFilter(YEARS, WOMEN), words("en"))
    shown = in_notebook.table.frame.set_index("key")["n"].dropna()
    assert len(shown) > 0 and (shown == expected.loc[shown.index]).all()
    assert not set(expected[expected < 5].index) & set(shown.index)
    chosen = ["--sex", "female", "--legal-regime", "sgb2", "--offer-area", "labour_market"]
    by_command = _command(raw, tmp_path / "a.csv", "share_referred_90d_by_district", *chosen)
    assert by_command["Count (n)"].dropna().tolist() == shown.tolist()


def test_share_within_90_days_by_residence_status_model_and_comparison(
    raw: RawRows, store: ParquetStore, tmp_path: Path
) -> None:
    needs = _of_these_years(raw)
    # All were followed for 90 days, so the share is a plain one wherever nothing is censored.
    done = (needs["event"] == 1) & (needs["days"] <= 90)
    expected = done.groupby([needs["residence_status"], needs["group"]]).mean()
    frame = by_field(store, NeedFilter(YEARS), "residence_status", words("en")).table.frame
    shown = frame[frame["status"] == "shown"].set_index(["code", "key"])["value"]
    assert len(shown) > 4
    assert shown.to_numpy() == pytest.approx(expected.loc[shown.index].to_numpy(), abs=1e-9)
    asked = ["referral_by_field", "--by", "residence_status"]
    by_command = _command(raw, tmp_path / "b.csv", *asked)["Share referred within 90 days"]
    assert by_command.dropna().tolist() == pytest.approx(shown.tolist(), abs=1e-9)


@pytest.mark.parametrize("name", [name for name in BREAKDOWNS if name in CASES.column_names])
def test_the_records_of_an_estimate_count_the_cases_of_the_same_people(
    raw: RawRows, store: ParquetStore, name: str
) -> None:
    codes = fields()[name].all_codes()[:2]
    window = {"start": YEARS.start, "end": YEARS.end, "whole_districts": False}
    chosen = as_map(only(**{name: codes}))
    counted = store.fetch("reach_counts", {**window, "reach_days": 120, "chosen": chosen})
    cases = raw.cases
    opened = cases["opened_on"].between(
        pd.Timestamp(YEARS.start), pd.Timestamp(YEARS.end), inclusive="left"
    )
    theirs = cases[name].fillna("unknown").isin(codes) & (cases["group"] != "unassigned")
    assert counted["cases"].sum() == (opened & theirs).sum() > 0
