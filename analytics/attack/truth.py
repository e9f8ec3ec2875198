"""What attacks are judged by: the true counts, from the snapshot's table and not from reports."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.attack.claims import BETWEEN, LATE, NEEDS, PROCESS, PROMPT, REFERRED, WAYS, Cell
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
_PROCESSES: Final = ("need_on", "process", "days", "event", "happened", "record_key")
_AGREEMENT: Final = "agreement"
"""Hand-overs under an agreement are shares of needs: no process, but told beside processes."""

_Asked = tuple[str, Period, Chosen, str]


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """The needs of a snapshot, one row each, and what runs between bodies, one row each."""

    needs: pd.DataFrame
    processes: pd.DataFrame
    _counted: dict[_Asked, "pd.Series[int]"] = field(default_factory=dict)

    def count(self, cell: Cell) -> int:
        """Return how many needs a cell has, or rows of a process."""
        asked = (cell.by, cell.period, cell.chosen, cell.measure)
        if asked not in self._counted:
            rows = self._table(cell)[self._chosen(cell)]
            self._counted[asked] = rows[_COLUMNS.get(cell.by, cell.by)].value_counts()
        return int(self._counted[asked].get(cell.key, 0))

    def rows(self, cell: Cell) -> pd.DataFrame:
        """Return a cell's needs, or its rows of a process."""
        column, table = _COLUMNS.get(cell.by, cell.by), self._table(cell)
        return table[self._chosen(cell) & (table[column] == cell.key).to_numpy()]

    def figure(self, cell: Cell) -> int:
        """Return the count of a cell that the released edition would tell if it told it."""
        keys = self.rows(cell)["record_key"].to_numpy(np.uint64)
        return int(perturbed(np.array([keys.size]), np.array([keys.sum()]))[0])

    def is_referred(self, cell: Cell) -> bool:
        """Say whether the first need of a cell was referred within 90 days."""
        return bool(_measured(self.rows(cell), PROMPT)[0])

    def _table(self, cell: Cell) -> pd.DataFrame:
        return self.processes if cell.measure.startswith(PROCESS) else self.needs

    def _chosen(self, cell: Cell) -> NDArray[np.bool_]:
        table = self._table(cell)
        day = table["need_on"]
        kept = (day >= pd.Timestamp(cell.period.start)) & (day < pd.Timestamp(cell.period.end))
        for name, codes in cell.chosen:
            kept &= table[_COLUMNS.get(name, name)].isin(codes)
        measured = _measured if table is self.needs else _ran
        return np.asarray(kept.to_numpy() & measured(table, cell.measure))


def true_counts(folder: Path) -> Truth:
    """Return what the snapshot in ``folder`` has a clock of, or the outcome of a share.

    These are needs with a clock of referral, and rows of processes, to which those are added that
    are known to be under an agreement or not. Of all of them together ``state`` is the key.
    """
    columns = [_COLUMNS.get(name, name) for name in fields()]
    names = ", ".join([*columns, *_OTHERS])
    ran = ", ".join([*columns, *_PROCESSES])
    agreed = (
        f"'{_AGREEMENT}' AS process, is_under_agreement AS happened, NULL AS days, NULL AS event"
    )
    with duckdb.connect() as database:
        table, clock = (
            database.read_parquet(str(folder / f"{name}.parquet"))
            for name in ("referral_clock", "process_clock")
        )
        needs = table.filter("days_to_referral IS NOT NULL").project(names).df()
        under = table.filter("is_under_agreement IS NOT NULL").project(f"{agreed}, *").project(ran)
        known = clock.filter("days IS NOT NULL OR happened IS NOT NULL").project(ran)
        processes = known.union(under).df()
    for frame in (needs, processes):
        frame[columns] = frame[columns].fillna(UNKNOWN)
    return Truth(needs, processes.assign(state=""))


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


def _ran(processes: pd.DataFrame, measure: str) -> NDArray[np.bool_]:
    """Say which rows are of a process and have happened or not, of a clock up to a day."""
    _, process, part, *told = measure.split(":")
    is_of = (processes["process"] == process).to_numpy()
    if part == "all":
        return is_of
    happened = processes["happened"].fillna(value=False).to_numpy(np.bool_)
    if told:
        is_done = processes["event"].to_numpy(np.float64, na_value=np.nan) == _REFERRED
        happened = is_done & (
            processes["days"].to_numpy(np.float64, na_value=np.nan) <= int(told[0])
        )
    return np.asarray(is_of & (happened if part == "done" else ~happened))
