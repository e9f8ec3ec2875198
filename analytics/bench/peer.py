"""The peer: numbers of the overview and of questions the usual way, pandas on rows and lifelines.

It computes both groups' shares and what ``reports.key_figures`` computes, for the same periods,
without suppression and without sentences. Shares come from Kaplan-Meier too: lifelines'
Aalen-Johansen needs minutes for some ten thousand rows, so the peer is spared it. lifelines is a
development dependency. Questions are answered likewise: each cell and all cells but it, a curve
each, without what varies between districts, which lifelines does not tell.
"""

import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from analytics.domain.areas import registry
from analytics.domain.periods import Period
from analytics.reports.basis.span import BEFORE_PROGRAMME, PROGRAMME


def peer_seconds(folder: Path, as_of: pd.Timestamp) -> dict[str, float]:
    """Return the seconds that the peer needs by page, for the overview and for the questions.

    Reading the rows and deriving their clocks is part of each, as it is of a page newly opened.
    """
    started = time.perf_counter()
    needs = _needs(folder, as_of)
    reading = time.perf_counter() - started
    asked = {
        "overview": lambda: _overview(needs),
        "one-way": lambda: _cells(_within(needs, PROGRAMME), ["offer_area"]),
        "two-way": lambda: _cells(_within(needs, PROGRAMME), ["offer_area", "residence_status"]),
        "change": lambda: _change(needs),
    }
    return {name: reading + _seconds(work) for name, work in asked.items()}


def _seconds(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _overview(needs: pd.DataFrame) -> None:
    from lifelines import KaplanMeierFitter

    fitter = KaplanMeierFitter()
    for period in (PROGRAMME, BEFORE_PROGRAMME):
        rows = _within(needs, period)
        _ = fitter.fit(rows["days"], rows["event"] == 1).median_survival_time_
        _ = fitter.predict(90)
        _ = fitter.fit(rows["start_days"], rows["start_event"] == 1).predict(180)
        _ = rows.loc[rows["event"] == 1, "binding_handover"].mean()
    for _, rows in _within(needs, PROGRAMME).groupby("group"):
        _ = fitter.fit(rows["days"], rows["event"] == 1).predict(90)


def _cells(needs: pd.DataFrame, by: list[str]) -> None:
    """Estimate each cell, and all cells but it."""
    codes = needs.groupby(by, observed=True).ngroup()
    for code in codes.unique():
        for rows in (needs[codes == code], needs[codes != code]):
            _share(rows)


def _change(needs: pd.DataFrame) -> None:
    for period in (PROGRAMME, BEFORE_PROGRAMME):
        for _, rows in _within(needs, period).groupby("offer_area"):
            _share(rows)


def _share(rows: pd.DataFrame) -> None:
    from lifelines import KaplanMeierFitter

    _ = KaplanMeierFitter().fit(rows["days"], rows["event"] == 1).predict(90)


def _needs(folder: Path, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return the clocks of all needs, derived in pandas."""
    referrals = pd.read_parquet(folder / "referrals.parquet")
    cases = pd.read_parquet(
        folder / "cases.parquet",
        columns=["case_id", "district", "municipality", "residence_status"],
    )
    needs = referrals.merge(cases, on=["case_id", "district"], how="left")
    model = {unit.code for unit in registry().model_units}
    split = set(registry().split_districts)
    is_model = needs["district"].isin(model) | needs["municipality"].isin(model)
    unknown = needs["district"].isin(split) & needs["municipality"].isna()
    needs["group"] = is_model.map({True: "model", False: "comparison"}).mask(unknown, "unassigned")
    for column in ("need_recorded_on", "referred_on", "started_on", "ended_on"):
        needs[column] = pd.to_datetime(needs[column])
    for name, done, event in (
        ("days", "referred_on", "event"),
        ("start_days", "started_on", "start_event"),
    ):
        until = needs[done].fillna(needs["ended_on"]).fillna(as_of)
        needs[name] = (until - needs["need_recorded_on"]).dt.days
        needs[event] = needs[done].notna().astype(int)
        needs.loc[needs[done].isna() & needs["ended_on"].notna(), event] = 2
    return needs


def _within(needs: pd.DataFrame, period: Period) -> pd.DataFrame:
    day = needs["need_recorded_on"]
    return needs[(day >= pd.Timestamp(period.start)) & (day < pd.Timestamp(period.end))]
