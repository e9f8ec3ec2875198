"""The peer: the overview's numbers the usual way, pandas on rows and lifelines.

It computes both groups' shares and what ``reports.key_figures`` computes, for the same periods,
without suppression and without sentences. Shares come from Kaplan-Meier too: lifelines'
Aalen-Johansen needs minutes for some ten thousand rows, so the peer is spared it. lifelines is a
development dependency.
"""

import time
from pathlib import Path

import pandas as pd

from analytics.domain.areas import registry
from analytics.domain.periods import Period
from analytics.reports.basis.span import BEFORE_PROGRAMME, PROGRAMME


def peer_seconds(folder: Path, as_of: pd.Timestamp) -> float:
    """Return the seconds that the peer needs for the first page of the snapshot in ``folder``."""
    from lifelines import KaplanMeierFitter

    started = time.perf_counter()
    needs = _needs(folder, as_of)
    fitter = KaplanMeierFitter()
    for period in (PROGRAMME, BEFORE_PROGRAMME):
        rows = _within(needs, period)
        _ = fitter.fit(rows["days"], rows["event"] == 1).median_survival_time_
        _ = fitter.predict(90)
        _ = fitter.fit(rows["start_days"], rows["start_event"] == 1).predict(180)
        _ = rows.loc[rows["event"] == 1, "binding_handover"].mean()
    for _, rows in _within(needs, PROGRAMME).groupby("group"):
        _ = fitter.fit(rows["days"], rows["event"] == 1).predict(90)
    return time.perf_counter() - started


def _needs(folder: Path, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return the clocks of all needs, derived in pandas."""
    referrals = pd.read_parquet(folder / "referrals.parquet")
    cases = pd.read_parquet(
        folder / "cases.parquet", columns=["case_id", "district", "municipality"]
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
