"""What attacks are judged by: the true counts, from the snapshot's table and not from reports."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.attack.claims import BETWEEN, LATE, NEEDS, PROMPT, REFERRED, WAYS, Cell
from analytics.disclosure.perturbation import perturbed
from analytics.domain.filters import UNKNOWN, Chosen, fields
from analytics.domain.periods import Period

_REFERRED: Final = 1
_SOON: Final = 30
_LATEST: Final = 90
_COLUMNS: Final = {"group": "unit_group"}
_OTHERS: Final = (
    "need_on", "days_to_referral", "referral_event", "end_reason", "is_end_recorded",
    "if(way_bodies > 5, 5, way_bodies)::VARCHAR AS way_bodies", "record_key",
)  # fmt: skip

_Asked = tuple[str, Period, Chosen, str]


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """The needs of a snapshot, one row each."""

    needs: pd.DataFrame
    _counted: dict[_Asked, "pd.Series[int]"] = field(default_factory=dict)

    def count(self, cell: Cell) -> int:
        """Return how many needs a cell has."""
        asked = (cell.by, cell.period, cell.chosen, cell.measure)
        if asked not in self._counted:
            rows = self.needs[self._chosen(cell)]
            self._counted[asked] = rows[_COLUMNS.get(cell.by, cell.by)].value_counts()
        return int(self._counted[asked].get(cell.key, 0))

    def rows(self, cell: Cell) -> pd.DataFrame:
        """Return a cell's needs."""
        column = _COLUMNS.get(cell.by, cell.by)
        return self.needs[self._chosen(cell) & (self.needs[column] == cell.key).to_numpy()]

    def figure(self, cell: Cell) -> int:
        """Return the count of a cell that the released edition would tell if it told it."""
        keys = self.rows(cell)["record_key"].to_numpy(np.uint64)
        return int(perturbed(np.array([keys.size]), np.array([keys.sum()]))[0])

    def is_referred(self, cell: Cell) -> bool:
        """Say whether the first need of a cell was referred within 90 days."""
        return bool(_measured(self.rows(cell), PROMPT)[0])

    def _chosen(self, cell: Cell) -> NDArray[np.bool_]:
        day = self.needs["need_on"]
        kept = (day >= pd.Timestamp(cell.period.start)) & (day < pd.Timestamp(cell.period.end))
        for name, codes in cell.chosen:
            kept &= self.needs[_COLUMNS.get(name, name)].isin(codes)
        return np.asarray(kept.to_numpy() & _measured(self.needs, cell.measure))


def true_counts(folder: Path) -> Truth:
    """Return the needs of the snapshot in ``folder`` that have a clock of referral."""
    columns = [_COLUMNS.get(name, name) for name in fields()]
    names = ", ".join([*columns, *_OTHERS])
    with duckdb.connect() as database:
        table = database.read_parquet(str(folder / "referral_clock.parquet"))
        frame = table.filter("days_to_referral IS NOT NULL").project(names).df()
    frame[columns] = frame[columns].fillna(UNKNOWN)
    return Truth(frame)


def _measured(needs: pd.DataFrame, measure: str) -> NDArray[np.bool_]:
    if measure == NEEDS:
        return np.ones(len(needs), dtype=np.bool_)
    days = needs["days_to_referral"].to_numpy()
    happened = needs["referral_event"].to_numpy() == _REFERRED
    prompt = happened & (days <= _LATEST)
    if measure == PROMPT:
        return np.asarray(prompt)
    if measure == LATE:
        return np.asarray(~prompt)
    if measure == REFERRED:
        return np.asarray(happened)
    if measure == WAYS:
        return needs["way_bodies"].notna().to_numpy()
    kind, *told = measure.split(":")
    if kind == "ended":
        # Needs that ended otherwise, of those whose ends the sender records.
        ended = ~happened & needs["is_end_recorded"] & (needs["end_reason"] == told.pop(0))
        happened = ended.to_numpy()
    after, upto = (_SOON, _LATEST) if measure == BETWEEN else map(int, told)
    return np.asarray(happened & (days > after) & (days <= upto))
