"""An analyst's questions are answered as an independent calculation on the raw rows answers them.

Nothing here uses the product's SQL or statistics: rows of the contract's tables, pandas, lifelines.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from lifelines import AalenJohansenFitter, KaplanMeierFitter

from analytics.cli import main
from analytics.domain.areas import registry
from analytics.domain.filters import NeedFilter, only
from analytics.domain.inquiry import Groups, ImpossibleInquiryError, Inquiry
from analytics.domain.periods import Period
from analytics.domain.release import Release
from analytics.i18n import words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.exploring.answers import answer
from analytics.reports.exploring.asking import ask
from analytics.reports.exploring.fairness import fairness_gaps

W = words("de")
BEFORE, DURING = Period.parse("2015-01", "2016-12"), Period.parse("2017-01", "2019-12")
Cell = tuple[str, str]


@dataclass(frozen=True)
class Asked:
    """A question in everyday words, and what gives its numbers."""

    text: str
    indicator: str
    rows: str = "state"
    columns: str = "state"
    period: Period = DURING
    against: Period | None = None
    compared: str | None = None
    codes: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def inquiry(self) -> Inquiry:
        groups = Groups.parse(self.compared) if self.compared else None
        needs = NeedFilter(self.period, only(**self.codes))
        return Inquiry(self.indicator, needs, self.rows, self.columns, self.against, groups)

    def arguments(self) -> list[str]:
        told = ["--rows", self.rows, "--columns", self.columns]
        told += ["--from", str(self.period.first), "--to", str(self.period.last)]
        if self.against:
            told += ["--against-from", str(self.against.first)]
            told += ["--against-to", str(self.against.last)]
        if self.compared:
            told += ["--compared", self.compared]
        for name, codes in self.codes.items():
            for code in codes:
                told += [f"--{name.replace('_', '-')}", code]
        return [self.indicator, *told]


QUESTIONS = (
    Asked("Which offer area improved most?", "share_referred_90d", "offer_area", against=BEFORE),
    Asked(
        "Which districts are slow for women in SGB II?", "median_days_to_referral", "district",
        codes={"sex": ("female",), "legal_regime": ("sgb2",)},
    ),
    Asked("What changed between 2015/16 and 2017/19?", "restricted_mean_days_180", against=BEFORE),
    Asked("Who waits longer, by status?", "median_days_to_referral", "residence_status"),
    Asked("Do women and men wait alike?", "share_referred_90d", compared="sex:female:male"),
    Asked("And in each area?", "share_referred_90d", "offer_area", compared="sex:female:male"),
    Asked("Areas and status together?", "share_referred_90d", "offer_area", "residence_status"),
    Asked("Which offices hand over bindingly?", "binding_handover_share", "provider"),
    Asked("To which bodies?", "binding_handover_share", "receiving_body", against=BEFORE),
    Asked("Where do needs come back?", "repeat_referral_share", "offer_area", "age_group"),
    Asked("Who started within half a year?", "share_started_180d", "age_group", "sex"),
    Asked("How long until the offer begins?", "median_days_to_start", "offer_area"),
    Asked("Who begins what they were referred to?", "start_rate_of_referred", "receiving_body"),
    Asked("How late are needs entered?", "reporting_lag_days", "provider"),
    Asked("What is open for more than 180 days?", "open_over_180d_share", "offer_area"),
    Asked("How did language go by quarter?", "share_referred_30d", "sex", "quarter",
          codes={"offer_area": ("language",)}),
)  # fmt: skip


@pytest.fixture(scope="module")
def store(demo_store: Path) -> Iterator[ParquetStore]:
    with ParquetStore(demo_store / (demo_store / "CURRENT").read_text().strip()) as opened:
        yield opened


@pytest.fixture(scope="module")
def raw(store: ParquetStore) -> pd.DataFrame:
    """One row a need with its case, and both clocks, by hand."""
    tables = {
        name: pd.read_parquet(store.folder / f"{name}.parquet") for name in ("cases", "referrals")
    }
    cases = tables["cases"].drop(columns=["recorded_on"])
    needs = tables["referrals"].merge(
        cases, on=["district", "case_id"], how="left", suffixes=("", "_of_case")
    )
    for name in needs:
        if name.endswith("_on"):
            needs[name] = pd.to_datetime(needs[name])
    cut = pd.Timestamp(store.manifest.as_of)
    referred = needs["referred_on"].fillna(needs["started_on"])
    ended = needs["ended_on"].where(needs["outcome"] != "open")
    start = needs["need_recorded_on"]
    needs["days"] = (referred.fillna(ended).fillna(cut) - start).dt.days
    needs["event"] = np.select([referred.notna(), ended.notna()], [1, 2], 0)
    needs["start_days"] = (needs["started_on"].fillna(ended).fillna(cut) - start).dt.days
    needs["start_event"] = np.select([needs["started_on"].notna(), ended.notna()], [1, 2], 0)
    needs["after_days"] = (needs["started_on"].fillna(ended).fillna(cut) - referred).dt.days
    needs["lag"] = (needs["recorded_on"] - start).dt.days.clip(lower=0)
    needs["referred"] = referred
    for name in ("legal_regime", "residence_status", "age_group", "sex", "provider",
                 "access_path", "receiving_body"):  # fmt: skip
        needs[name] = needs[name].fillna("unknown")
    split = registry().split_districts
    needs["is_assigned"] = ~needs["district"].isin(split) | needs["municipality"].notna()
    return needs


def share(days: str, event: str, by: int) -> Callable[[pd.DataFrame], float]:
    def of(part: pd.DataFrame) -> float:
        fitter = AalenJohansenFitter(calculate_variance=False, jitter_level=0)
        if (part[event] > 0).all() or not ((part[event] == 0) & (part[days] < by)).any():
            return float(((part[event] == 1) & (part[days] <= by)).mean())
        fitter.fit(part[days], part[event], event_of_interest=1)
        return float(fitter.predict(by).iloc[0])

    return of


def median(days: str, event: str) -> Callable[[pd.DataFrame], float]:
    def of(part: pd.DataFrame) -> float:
        curve = KaplanMeierFitter().fit(part[days], part[event] == 1).survival_function_.iloc[:, 0]
        # Products of fractions miss a half by a hair. Where the curve stays at one half, the median
        # is the middle of that time, as in R's survfit.
        reached, passed = (curve.index[curve <= 0.5 + sign * 1e-12] for sign in (1, -1))
        ends = [float(days[0]) for days in (reached, passed) if len(days)]
        return float(np.mean(ends)) if len(ends) == 2 else np.inf

    return of


def mean_180(part: pd.DataFrame) -> float:
    curve = KaplanMeierFitter().fit(part["days"], part["event"] == 1).survival_function_
    steps = curve.iloc[:, 0]
    inside = steps[steps.index < 180]
    widths = np.diff(np.append(inside.index.to_numpy(float), 180.0))
    return float((inside.to_numpy() * widths).sum())


def repeat(part: pd.DataFrame) -> float:
    return float(part["repeat"].dropna().mean())


def open_over(part: pd.DataFrame) -> float:
    known = part[part["is_old"]]
    return float((known["days"] > 180).mean())


METHODS: dict[str, Callable[[pd.DataFrame], float]] = {
    "share_referred_90d": share("days", "event", 90),
    "share_referred_30d": share("days", "event", 30),
    "share_started_180d": share("start_days", "start_event", 180),
    "median_days_to_referral": median("days", "event"),
    "median_days_to_start": median("start_days", "start_event"),
    "restricted_mean_days_180": mean_180,
    "binding_handover_share": lambda part: float(
        part.loc[part["event"] == 1, "binding_handover"].dropna().astype(float).mean()
    ),
    "repeat_referral_share": repeat,
    "start_rate_of_referred": lambda part: share("after_days", "start_event", 180)(
        part[part["referred"].notna()]
    ),
    "reporting_lag_days": lambda part: float(part["lag"].median()),
    "open_over_180d_share": open_over,
}


@pytest.fixture(scope="module")
def needs(raw: pd.DataFrame, store: ParquetStore) -> pd.DataFrame:
    cut = pd.Timestamp(store.manifest.as_of)
    rows = raw.reset_index(names="row")
    pairs = rows[["row", "district", "case_id", "offer_area", "referred"]].merge(
        rows[["district", "case_id", "offer_area", "need_recorded_on"]],
        on=["district", "case_id", "offer_area"],
    )
    gap = (pairs["need_recorded_on"] - pairs["referred"]).dt.days
    again = pairs[(gap > 0) & (gap <= 180)]["row"].unique()
    is_known = rows["referred"] + pd.Timedelta(days=180) <= cut
    rows["repeat"] = rows["row"].isin(again).astype(float).where(is_known)
    rows["is_old"] = rows["need_recorded_on"] < cut - pd.Timedelta(days=180)
    return rows


def by_hand(needs: pd.DataFrame, asked: Asked) -> dict[Cell, float]:
    def values(period: Period, codes: dict[str, tuple[str, ...]]) -> dict[Cell, float]:
        on = needs["need_recorded_on"]
        part = needs[(on >= str(period.start)) & (on < str(period.end))]
        if asked.rows not in ("district", "unit"):
            part = part[part["is_assigned"]]
        for name, wanted in codes.items():
            part = part[part[name].isin(wanted)]
        part = part.assign(
            state="",
            quarter=part["need_recorded_on"].dt.to_period("Q").dt.start_time.dt.date.astype(str),
        )
        method = METHODS[asked.indicator]
        return {
            (str(key), str(code)): method(cell)
            for (key, code), cell in part.groupby([part[asked.rows], part[asked.columns]])
            if asked.rows != asked.columns
        } or {("", ""): method(part)}

    now = values(asked.period, asked.codes)
    if asked.compared:
        name, first, second = asked.compared.split(":")
        now = values(asked.period, {**asked.codes, name: (first,)})
        other = values(asked.period, {**asked.codes, name: (second,)})
    elif asked.against:
        other = values(asked.against, asked.codes)
    else:
        return now
    return {cell: value - other[cell] for cell, value in now.items() if cell in other}


def told(frame: pd.DataFrame, asked: Asked) -> dict[Cell, float]:
    shown = frame[frame["status"] == "shown"]
    if "period" in shown and asked.columns == "quarter":
        pairs = zip(shown["key"], shown["period"].astype(str), strict=True)
    else:
        series = shown["series"] if asked.columns != "state" else [""] * len(shown)
        pairs = zip(shown["key"], series, strict=True)
    return dict(zip([(str(k), str(c)) for k, c in pairs], shown["value"], strict=True))


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.text)
def test_an_answer_is_what_the_raw_rows_say(
    store: ParquetStore, needs: pd.DataFrame, asked: Asked
) -> None:
    exhibit = answer(store, asked.inquiry(), W)
    found, expected = told(exhibit.table.frame, asked), by_hand(needs, asked)
    assert len(found) >= min(len(expected), 2) * 0.5
    for cell, value in found.items():
        assert value == pytest.approx(expected[cell], abs=1e-9), cell


@pytest.mark.parametrize("asked", QUESTIONS[:8], ids=lambda asked: asked.text)
def test_command_and_notebook_give_the_same_number(
    store: ParquetStore, asked: Asked, capsys: pytest.CaptureFixture[str]
) -> None:
    frame = answer(store, asked.inquiry(), W).table.frame
    groups = {"compared": asked.compared} if asked.compared else {}
    line = ask(
        store, asked.indicator, rows=asked.rows, columns=asked.columns, period=asked.period,
        against=asked.against, **groups, **asked.codes,
    )  # fmt: skip
    pd.testing.assert_frame_equal(line.table.frame, frame)
    root = store.folder.parent
    arguments = ["ask", *asked.arguments(), "--format", "json", "--store", str(root)]
    assert main([*arguments, "--release", "confidential"]) == 0
    values = pd.DataFrame(json.loads(capsys.readouterr().out)["values"])
    np.testing.assert_array_equal(
        values["value"].astype(float).to_numpy(), frame["value"].to_numpy(float)
    )


def test_at_least_sixteen_questions_of_different_kinds_are_held_against_the_raw_rows() -> None:
    assert len(QUESTIONS) >= 16
    assert len({asked.indicator for asked in QUESTIONS}) >= 10


@pytest.mark.parametrize(("rows", "columns", "more", "reason"), [
    ("sex", "sex", {}, "twice"),
    ("state", "district", {}, "areas"),
    ("quarter", "state", {"against": BEFORE}, "quarters"),
    ("sex", "state", {"groups": Groups("sex", "female", "male")}, "grouped"),
    ("state", "state", {"against": DURING}, "same"),
    ("state", "state", {"against": BEFORE, "groups": Groups("sex", "female", "male")}, "both"),
    ("receiving_body", "state", {}, "dimension"),
])  # fmt: skip
def test_a_question_without_meaning_is_refused(rows, columns, more, reason) -> None:
    with pytest.raises(ImpossibleInquiryError) as refused:
        Inquiry("share_referred_90d", NeedFilter(DURING), rows, columns, **more)
    assert refused.value.reason == reason
    assert W(f"explore.refused_{reason}")


@pytest.mark.parametrize("more", [{}, {"columns": "sex"}, {"compared": "sex:female:male"}])
def test_a_question_about_nobody_has_an_answer_without_data(
    store: ParquetStore, more: dict[str, Any]
) -> None:
    months = Period.parse("2001-01", "2001-12")
    found = ask(store, "share_referred_90d", rows="offer_area", period=months, **more).table.frame
    assert len(found)
    assert found["status"].eq("no_data").all()
    assert found["value"].isna().all()


def test_what_is_expected_is_what_the_fairness_view_says(store: ParquetStore) -> None:
    """Held against weighted raw rows in ``tests/reference/test_fairness_against_raw_rows.py``."""
    found = ask(store, "share_referred_90d", rows="sex", compared="alike", period=DURING)
    needs = NeedFilter(DURING)
    fairness = fairness_gaps(store, needs, "sex", "share_referred_90d", W)
    pd.testing.assert_frame_equal(found.table.frame, fairness.table.frame)
    gap = found.table.frame["own"] - found.table.frame["expected"]
    np.testing.assert_allclose(gap, found.table.frame["value"])


def test_a_ratio_is_not_compared() -> None:
    with pytest.raises(ImpossibleInquiryError) as refused:
        Inquiry("cases_per_fte", NeedFilter(DURING), "district", against=BEFORE)
    assert refused.value.reason == "compared"


def test_what_is_not_released_is_refused_with_the_nearest_question(store: ParquetStore) -> None:
    with ParquetStore(store.folder, release=Release.RELEASED) as released:
        codes = {"sex": ["female"], "legal_regime": ["sgb2"]}
        with pytest.raises(RefusedError):
            ask(released, "share_referred_90d", rows="district", period=DURING, **codes)
        with pytest.raises(RefusedError):
            ask(released, "share_referred_90d", rows="sex", columns="age_group", period=DURING,
                provider=["job_centre"])  # fmt: skip
        two = ask(released, "share_referred_90d", rows="sex", columns="age_group", period=DURING)
        assert (two.table.frame["status"] == "shown").any()
