"""A choice of areas tells nothing that the table of these areas hides."""

from collections.abc import Iterator

import pytest
from need_rows import COMPARISON, MODEL, SPLIT, Needs, publish

from analytics.cli import main
from analytics.domain.filters import NeedFilter, only
from analytics.domain.periods import Period
from analytics.i18n import words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.indicators.indicator_values import indicator_values
from analytics.reports.referrals import referral_times
from analytics.reports.referrals.referral_stages import stages
from analytics.reports.referrals.referral_trend import trend

YEARS = Period.parse("2015-01", "2023-12")
WITHIN = "share_referred_90d"
W = words("en")
GIVEN = (
    Needs(40, MODEL, referred=10),
    Needs(30, COMPARISON, referred=10),
    Needs(20, COMPARISON, referred=None),
    Needs(8, "05111", referred=10),
    Needs(7, "05111", referred=None),
    Needs(3, "05112", referred=10),
    Needs(12, SPLIT, referred=10),
)
"""In Duisburg (05112) there are three: another one of its group is hidden with it."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ParquetStore]:
    with publish(tmp_path_factory.mktemp("areas"), GIVEN) as opened:
        yield opened


def hidden(store: ParquetStore, by: str) -> list[str]:
    frame = indicator_values(store, WITHIN, by, NeedFilter(YEARS), W).table.frame
    return frame.loc[frame["status"] == "suppressed", "key"].tolist()


@pytest.mark.parametrize("by", ["district", "unit"])
def test_an_area_that_its_table_hides_is_refused_by_name(store: ParquetStore, by: str) -> None:
    keys = hidden(store, by)
    assert len(keys) >= 2
    for key in keys:
        needs = NeedFilter(YEARS, only(**{by: [key]}))
        for breakdown in ("state", "quarter", "sex", "group"):
            with pytest.raises(RefusedError, match="Too few"):
                indicator_values(store, WITHIN, breakdown, needs, W)
        for report in (referral_times.by_group, referral_times.measures, stages, trend):
            with pytest.raises(RefusedError, match="Too few"):
                report(store, needs, W)
        with pytest.raises(RefusedError):
            referral_times.by_field(store, needs, "sex", W)


def test_areas_that_are_shown_are_answered(store: ParquetStore) -> None:
    needs = NeedFilter(YEARS, only(district=[MODEL]))
    found = indicator_values(store, WITHIN, "state", needs, W).table.frame.iloc[0]
    assert (found["n"], found["status"]) == (40, "shown")
    assert referral_times.by_group(store, needs, W).needs is not None


def test_a_unit_beside_districts_leaves_only_its_own(store: ParquetStore) -> None:
    needs = NeedFilter(YEARS, only(unit=[MODEL]))
    assert indicator_values(store, WITHIN, "district", needs, W).table.frame["key"].tolist() == [
        MODEL
    ]


def test_the_command_says_why(store: ParquetStore, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["--within", "05112", "--store", str(store.folder.parent), "--lang", "en"]
    for command in (
        ["indicator", WITHIN, "--by", "state"],
        ["download", "referral_measures", "--format", "csv-en", "-o", "x.csv"],
        ["deck", "--story", "referral_times", "-o", "x.pptx"],
    ):
        assert main([*command, "--from", "2015-01", "--to", "2023-12", *where]) != 0
        assert "Too few needs are left" in capsys.readouterr().err
