"""Each indicator has a value by each breakdown that it claims, and nothing else has an answer."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import get_args

import duckdb
import pytest

from analytics.domain.estimates import Status
from analytics.domain.filters import NeedFilter, only
from analytics.domain.indicators import DIMENSIONS, Clock, Dimension, Indicator, catalogue
from analytics.domain.periods import Period
from analytics.i18n import words
from analytics.queries.store import ParquetStore
from analytics.reports.indicators.clock import clock_counts
from analytics.reports.indicators.indicator_estimates import estimates, state_estimate
from analytics.reports.indicators.indicator_values import indicator_values
from reference.raw_rows import RawRows

NEEDS = NeedFilter(Period.parse("2015-01", "2023-12"))
CLAIMED = [(name, by) for name, one in catalogue().items() for by in one.dimensions]


@pytest.fixture(scope="module")
def store(raw: RawRows) -> Iterator[ParquetStore]:
    with ParquetStore(Path(raw.folder)) as opened:
        yield opened


@pytest.mark.parametrize(("name", "by"), CLAIMED)
def test_each_has_a_value(store: ParquetStore, name: str, by: Dimension) -> None:
    frame = indicator_values(store, name, by, NEEDS, words("de")).table.frame
    shown = frame[frame["status"] == Status.SHOWN]
    assert len(shown) > 0
    assert shown["value"].notna().all()


@pytest.mark.parametrize("name", catalogue())
def test_a_breakdown_is_not_the_whole_under_another_name(store: ParquetStore, name: str) -> None:
    for by in set(catalogue()[name].dimensions) - {"state"}:
        frame = indicator_values(store, name, by, NEEDS, words("de")).table.frame
        assert frame["key"].is_unique and "" not in set(frame["key"])
        assert len(frame) > 1


@pytest.mark.parametrize("by", ["shoe_size", "", "Sex", "Quarter", None])
def test_an_unknown_breakdown_is_an_error(store: ParquetStore, by: Dimension) -> None:
    for clock in get_args(Clock):
        with pytest.raises(duckdb.Error, match="unknown dimension"):
            clock_counts(store, by, NEEDS, clock)
    for name in ("share_referred_90d", "repeat_referral_share", "modules_started"):
        with pytest.raises(ValueError, match="not broken down by"):
            estimates(store, catalogue()[name], by, NEEDS)
    params = NEEDS.params() | {"by": by, "across": "state", "split_by_unit": False}
    for query, more in (
        ("lag_counts", {}),
        ("proportion_counts", {"indicator": "repeat_referral_share", "as_of": date(2023, 12, 31)}),
    ):
        with pytest.raises(duckdb.Error, match="unknown dimension"):
            store.fetch(query, params | more)


@pytest.mark.parametrize("clock", ["sex", "", "Referral", None])
def test_an_unknown_clock_is_an_error(store: ParquetStore, clock: str) -> None:
    with pytest.raises(duckdb.Error, match="unknown clock"):
        clock_counts(store, "state", NEEDS, clock)


@pytest.mark.parametrize("name", ["league_table", "", "share_referred_90d", None])
def test_an_indicator_without_its_arm_is_an_error(store: ParquetStore, name: str) -> None:
    params = NEEDS.params() | {"by": "state", "across": "state", "split_by_unit": False}
    params |= {"indicator": name, "as_of": store.manifest.as_of}
    with pytest.raises(duckdb.Error, match="indicator without an arm"):
        store.fetch("proportion_counts", params)
    chosen = {"start": NEEDS.period.start, "end": NEEDS.period.end, "districts": None}
    with pytest.raises(duckdb.Error, match="indicator without an arm"):
        store.fetch("district_ratios", chosen | {"indicator": name})


@pytest.mark.parametrize("name", [n for n, one in catalogue().items() if one.method == "ratio"])
@pytest.mark.parametrize(
    "chosen",
    [{"group": ("model",)}, {"offer_area": ("health",)}, {"provider": ("job_centre",)},
     {"legal_regime": ("sgb2",)}, {"sex": ("female",)}, {"unit": ("05315",)}],
)  # fmt: skip
def test_a_filter_that_would_be_ignored_is_an_error(
    store: ParquetStore, name: str, chosen: dict[str, tuple[str, ...]]
) -> None:
    with pytest.raises(ValueError, match="does not count needs"):
        state_estimate(store, name, NeedFilter(NEEDS.period, only(**chosen)))


@pytest.mark.parametrize(
    "chosen",
    [{"offer_area": ("sprache",)}, {"group": ("kim",)}, {"district": ("unknown",)},
     {"legal_regime": ("SGB2",)}, {"offer_area": ("language", "")}, {"shoe_size": ("42",)}],
)  # fmt: skip
def test_a_code_that_there_is_not_is_an_error(chosen: dict[str, tuple[str, ...]]) -> None:
    with pytest.raises(ValueError, match="unknown"):
        only(**chosen)


@pytest.mark.parametrize(
    ("field", "value"),
    [("method", "guess"), ("method", "proportion"), ("unit", "apples"), ("clock", None),
     ("clock", "contact"), ("parameter", None), ("dimensions", ("state", "shoe_size")),
     ("better", "more"), ("interval", "wald")],
)  # fmt: skip
def test_a_definition_that_nothing_answers_is_an_error(field: str, value: object) -> None:
    whole = catalogue()["share_referred_90d"]
    given = {name: getattr(whole, name) for name in Indicator.__dataclass_fields__}
    with pytest.raises(ValueError, match="cannot be"):
        Indicator(**given | {field: value})


def test_every_breakdown_is_claimed_by_some_indicator() -> None:
    assert {by for _, by in CLAIMED} == set(DIMENSIONS)
