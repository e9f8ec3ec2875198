"""Gaps and ends equal lifelines and brute force on the raw rows of one snapshot."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from lifelines import AalenJohansenFitter, KaplanMeierFitter
from scipy import stats

from analytics.domain.filters import NeedFilter
from analytics.domain.periods import Period
from analytics.i18n import words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.opening import current_folder, open_snapshot
from analytics.reports.exploring.ends import ends_by_group, ends_by_reason
from analytics.reports.exploring.fairness import fairness_gaps
from analytics.stats.multiple import holm
from reference.raw_rows import RawRows

W = words("en")
NEEDS = NeedFilter(Period.parse("2017-01", "2019-12"))
FIELDS = ["offer_area", "legal_regime", "residence_status", "age_group", "sex", "access_path"]
LEAST = 10
REASONS = ["no_place", "not_entitled", "declined", "broken_off", "contact_lost", "moved_away"]


@pytest.fixture(scope="module")
def store(demo_store: Path) -> Iterator[ParquetStore]:
    folder = current_folder(demo_store)
    assert folder is not None
    with open_snapshot(folder) as opened:
        yield opened


@pytest.fixture(scope="module")
def chosen(raw: RawRows) -> pd.DataFrame:
    needs, on = raw.needs, raw.needs["need_recorded_on"]
    inside = (on >= "2017-01-01") & (on < "2020-01-01")
    return needs[inside & needs["group"].isin(["model", "comparison"])].reset_index(drop=True)


def weights(rows: pd.DataFrame, by: str, code: str) -> "pd.Series[float]":
    """Return how often each of the others counts: need by need of the group, its like sought."""
    fields = [name for name in FIELDS if name != by]
    own, others = rows[rows[by] == code], rows[rows[by] != code]
    weight = pd.Series(0.0, others.index)
    left = own
    for count in range(len(fields), -1, -1):
        if left.empty:
            break
        keys = fields[:count]
        if not keys:
            weight += len(left) / len(others)
            break
        alike = others.groupby(keys).size()
        wanted = left.groupby(keys).size()
        enough = alike[alike >= LEAST]
        factor = (wanted / enough).dropna()
        place = pd.MultiIndex.from_frame(others[keys]) if count > 1 else pd.Index(others[keys[0]])
        weight += factor.reindex(place).fillna(0).to_numpy()
        mine = pd.MultiIndex.from_frame(left[keys]) if count > 1 else pd.Index(left[keys[0]])
        left = left[~mine.isin(factor.index)]
    return weight


def mean_wait(rows: pd.DataFrame, weight: "pd.Series[float] | None" = None) -> float:
    """Return the area under lifelines' curve up to day 180; days are whole."""
    used = rows if weight is None else rows[weight.to_numpy() > 0]
    counts = None if weight is None else weight[weight > 0]
    fitted = KaplanMeierFitter().fit(used["days"], used["event"] == 1, weights=counts)
    return float(fitted.predict(np.arange(180)).sum())


def gap(rows: pd.DataFrame, by: str, code: str) -> tuple[float, float]:
    """Return the gap as recorded and the standardised one."""
    own, others = rows[rows[by] == code], rows[rows[by] != code]
    wait = mean_wait(own)
    return wait - mean_wait(others), wait - mean_wait(others, weights(rows, by, code))


@pytest.mark.filterwarnings("ignore:It looks like your weights are not integers")
@pytest.mark.parametrize("by", ["residence_status", "sex"])
def test_gaps_are_those_of_lifelines(store: ParquetStore, chosen: pd.DataFrame, by: str) -> None:
    table = fairness_gaps(store, NEEDS, by, "restricted_mean_days_180", W).table.frame
    shown = table[table["value"].notna()].set_index("key")
    assert len(shown) >= 2
    for code, row in shown.iterrows():
        raw, standardised = gap(chosen, by, str(code))
        assert row["raw"] == pytest.approx(raw, abs=1e-6)
        assert row["value"] == pytest.approx(standardised, abs=1e-6)
        assert row["n"] == (chosen[by] == code).sum()


@pytest.mark.filterwarnings("ignore:It looks like your weights are not integers")
def test_the_interval_leaves_each_district_out_of_both_sides(
    store: ParquetStore, chosen: pd.DataFrame
) -> None:
    table = fairness_gaps(store, NEEDS, "sex", "restricted_mean_days_180", W).table.frame
    found = table.set_index("key").loc["female"]
    places = chosen["district"].str[:5]
    left = np.array([gap(chosen[places != each], "sex", "female") for each in places.unique()])
    error = np.sqrt((len(left) - 1) / len(left) * ((left - left.mean(0)) ** 2).sum(0))

    def freedom(sizes: "pd.Series[float]") -> float:
        return float(sizes.sum() ** 2 / (sizes**2).sum() - 1)

    is_own = chosen["sex"] == "female"
    own = freedom(places[is_own].value_counts())
    others = freedom(places[~is_own].value_counts())
    alike = freedom(weights(chosen, "sex", "female").groupby(places[~is_own]).sum())
    for names, at, degrees in (
        (("raw", "raw_low", "raw_high"), 0, min(own, others)),
        (("value", "low", "high"), 1, min(own, alike)),
    ):
        value, low, high = found[list(names)]
        margin = stats.t.ppf(0.975, degrees) * error[at]
        assert [low, high] == pytest.approx([value - margin, value + margin], abs=1e-6)


def test_shares_of_proportions_are_weighted_means(
    store: ParquetStore, raw: RawRows, chosen: pd.DataFrame
) -> None:
    measure = "repeat_referral_share"
    table = fairness_gaps(store, NEEDS, "sex", measure, W).table.frame.set_index("key")
    known = chosen["referred"].notna() & (chosen["referred"] + pd.Timedelta(days=180) <= raw.as_of)
    again = raw.repeats.reindex(raw.needs.index).loc[_original(raw, chosen)].to_numpy()
    rows = chosen.assign(again=again)[known]
    for code in table.index[table["value"].notna()]:
        own, others = rows[rows["sex"] == code], rows[rows["sex"] != code]
        weight = weights(rows, "sex", str(code))
        expected = np.average(others["again"], weights=weight)
        assert table.loc[code, "value"] == pytest.approx(own["again"].mean() - expected)
    assert table["value"].notna().any() and ((table["p"] <= 1) | table["p"].isna()).all()
    assert holm([0.5, 0.01])[1] == pytest.approx(0.02)


def _original(raw: RawRows, chosen: pd.DataFrame) -> pd.Index:
    named = raw.needs.reset_index(names="row").set_index("referral_id")["row"]
    return pd.Index(named.loc[chosen["referral_id"]])


def _textbook(days: np.ndarray, codes: np.ndarray, day: int) -> float:
    staying, share = 1.0, 0.0
    for passed in np.unique(days[days <= day]):
        at_risk, today = (days >= passed).sum(), codes[days == passed]
        share += staying * (today == 1).sum() / at_risk
        staying *= 1 - (today > 0).sum() / at_risk
    return float(share)


def _codes(rows: pd.DataFrame, reason: str) -> np.ndarray:
    """Return 1 for a reason or the start, 2 for other ends, 0 for open."""
    is_start = rows["start_event"] == 1
    wanted = is_start if reason == "reached" else ~is_start & (rows["outcome"] == reason)
    return np.where(rows["start_event"] == 0, 0, np.where(wanted, 1, 2))


@pytest.mark.filterwarnings("ignore:Tied event times were detected")
@pytest.mark.parametrize("reason", ["reached", *REASONS])
def test_competing_causes_are_the_textbooks_and_lifelines(
    store: ParquetStore, chosen: pd.DataFrame, reason: str
) -> None:
    frame = ends_by_reason(store, NEEDS, "share_started_180d", W).table.frame
    own = frame[(frame["series"] == reason) & frame["estimate"].notna()]
    days, codes = chosen["start_days"].to_numpy(), _codes(chosen, reason)
    for row in own.iloc[[len(own) // 2, -1]].itertuples():
        assert row.estimate == pytest.approx(_textbook(days, codes, int(row.days)), abs=1e-9)
    fitted = AalenJohansenFitter(calculate_variance=False, seed=1).fit(days, codes, 1)
    ours, day = own["estimate"].iloc[-1], own["days"].iloc[-1]
    # lifelines parts ties by chance.
    theirs = fitted.cumulative_density_.loc[:day].iloc[-1, 0]
    assert ours == pytest.approx(theirs, abs=2e-3)


def test_reasons_by_group_are_the_textbooks(store: ParquetStore, chosen: pd.DataFrame) -> None:
    frame = ends_by_group(store, NEEDS, "legal_regime", "share_started_180d", W).table.frame
    shown = frame[frame["value"].notna()]
    assert len(shown) > 10
    for row in shown.itertuples():
        rows = chosen[chosen["legal_regime"] == row.key]
        days, codes = rows["start_days"].to_numpy(), _codes(rows, row.series)
        assert row.value == pytest.approx(_textbook(days, codes, 365), abs=1e-9)
        assert row.low <= row.value <= row.high or row.value == 0
        if not pd.isna(row.early):
            assert row.early == pytest.approx(_textbook(days, codes, 180), abs=1e-9)


def test_the_interval_of_a_reason_leaves_each_district_out(
    store: ParquetStore, chosen: pd.DataFrame
) -> None:
    frame = ends_by_group(store, NEEDS, "legal_regime", "share_started_180d", W).table.frame
    found = frame[(frame["series"] == "no_place") & frame["low"].notna()].iloc[0]
    rows = chosen[chosen["legal_regime"] == found["key"]]
    places = rows["district"].str[:5]
    left = np.array(
        [
            _textbook(part["start_days"].to_numpy(), _codes(part, "no_place"), 365)
            for part in (rows[places != each] for each in places.unique())
        ]
    )
    error = np.sqrt((len(left) - 1) / len(left) * ((left - left.mean()) ** 2).sum())
    sizes = places.value_counts()
    quantile = stats.t.ppf(0.975, sizes.sum() ** 2 / (sizes**2).sum() - 1)
    share = found["value"]
    spread = np.exp(quantile * error / (share * -np.log(share)))
    assert [found["low"], found["high"]] == pytest.approx([share**spread, share ** (1 / spread)])
