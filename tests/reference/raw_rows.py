"""The clocks and units once more, in plain pandas from the contract tables as delivered.

Written from the contract's words, not from the SQL, so that a mistake of either shows.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from analytics.domain.areas import registry
from analytics.extracts.manifest import read_manifest
from analytics.extracts.snapshots import SnapshotStore

ALL_QUARTERS = pd.Timestamp(2015, 1, 1)


@dataclass(frozen=True)
class RawRows:
    """The contract tables of one snapshot and what follows from them."""

    folder: Path

    @classmethod
    def of(cls, root: Path) -> "RawRows":
        folder = SnapshotStore(root).current()
        assert folder is not None
        return cls(folder)

    @cached_property
    def as_of(self) -> pd.Timestamp:
        return pd.Timestamp(read_manifest(self.folder).as_of)

    def table(self, name: str) -> pd.DataFrame:
        frame = pd.read_parquet(self.folder / f"{name}.parquet")
        for column in frame.columns:
            filled = frame[column].dropna()
            if len(filled) and isinstance(filled.iloc[0], date):
                frame[column] = pd.to_datetime(frame[column])
        return frame

    @cached_property
    def cases(self) -> pd.DataFrame:
        cases = self.table("cases")
        cases["unit"], cases["group"] = self._units(cases)
        return cases

    @cached_property
    def needs(self) -> pd.DataFrame:
        """One row a need, with both clocks: ``days, event`` and ``start_days, start_event``."""
        case = ["provider", "access_path", "legal_regime", "residence_status", "sex", "age_group"]
        known = ["district", "case_id", "unit", "group", *case]
        needs = self.table("referrals").merge(
            self.cases[[*known, "first_contact_on"]], on=["district", "case_id"], how="left"
        )
        properties = [*case, "receiving_body"]
        needs[properties] = needs[properties].fillna("unknown")
        needed, started = needs["need_recorded_on"], needs["started_on"]
        referred = needs["referred_on"].fillna(started)
        ended = needs["ended_on"].where(needs["outcome"] != "open")
        needs["referred"], needs["ended"] = referred, ended
        needs["days"] = (referred.fillna(ended).fillna(self.as_of) - needed).dt.days
        needs["event"] = np.where(referred.notna(), 1, np.where(ended.notna(), 2, 0))
        needs["start_days"] = (started.fillna(ended).fillna(self.as_of) - needed).dt.days
        needs["start_event"] = np.where(started.notna(), 1, np.where(ended.notna(), 2, 0))
        needs["state"] = ""
        needs["quarter"] = needed.dt.to_period("Q").dt.start_time.dt.strftime("%Y-%m-%d")
        return needs

    @cached_property
    def repeats(self) -> "pd.Series[bool]":
        """Whether each need was followed by another of its case and area within 180 days."""
        keys = ["district", "case_id", "offer_area"]
        numbered = self.needs.reset_index(names="row")
        pairs = numbered[["row", *keys, "referred"]].merge(
            numbered[[*keys, "need_recorded_on"]], on=keys
        )
        wait = pairs["need_recorded_on"] - pairs["referred"]
        again = pairs.loc[(wait > timedelta(0)) & (wait <= timedelta(180)), "row"]
        return self.needs.index.to_series().isin(again)

    def _units(self, cases: pd.DataFrame) -> tuple["pd.Series[str]", "pd.Series[str]"]:
        towns = {u.code: u for u in registry().evaluation_units if u.kind == "town"}
        split = {town.district for town in towns.values()}
        model = {unit.code for unit in registry().model_units}
        in_town = cases["municipality"].isin(towns)
        in_rest = cases["district"].isin(split) & cases["municipality"].notna() & ~in_town
        unit = cases["district"].where(~in_rest, cases["district"] + "R")
        unit = unit.where(~in_town, cases["municipality"])
        group = pd.Series(np.where(unit.isin(model), "model", "comparison"), cases.index)
        unresolved = cases["district"].isin(split) & cases["municipality"].isna()
        return unit, group.mask(unresolved, "unassigned")
