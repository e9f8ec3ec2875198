"""Needs of units by quarter with stages that can be changed one at a time at the sites."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.stats.class_waits import WaitCounts
from analytics.stats.imputation import NEVER
from analytics.stats.wait_parts import kind_of

LIMIT = 180
BODIES = 4
QUARTERS = 20
START = 8


@dataclass(frozen=True)
class Change:
    """What changes at the sites from the start on.

    Attributes:
        faster: Waits until the hand-over are multiplied by this.
        bound: Added to the share of bound hand-overs.
        mix: Of those who went to the slowest body, the share who go to the fastest.
        after_bound: Waits after bound hand-overs are multiplied by this.
        unknown: Added to the share not documented.
    """

    faster: float = 1.0
    bound: float = 0.0
    mix: float = 0.0
    after_bound: float = 1.0
    unknown: float = 0.0


def rows_of(
    change: Change,
    seed: int,
    *,
    starts: Sequence[int] = (START,) * 8 + (NEVER,) * 12,
    size: int = 80,
    other: float = 900,
) -> pd.DataFrame:
    """Return needs: ``unit, quarter, body, way, referred, days, event``.

    ``referred`` are the days until the hand-over, NaN without one; ``way`` 0 bound, 1 not, 2 not
    documented; ``days`` and ``event`` of the start clock, 2 being another end. A unit changes from
    its quarter of ``starts`` on.
    """
    random = np.random.default_rng(seed)
    units = len(starts)
    n = units * QUARTERS * size
    unit = np.repeat(np.arange(units), QUARTERS * size)
    quarter = np.tile(np.repeat(np.arange(QUARTERS), size), units)
    treated = quarter >= np.asarray(starts)[unit]
    level = random.normal(0, 0.15, units)[unit]
    body = random.integers(0, BODIES, n)
    moved = treated & (body == BODIES - 1) & (random.random(n) < change.mix)
    body[moved] = 0
    bound_share = 0.4 + 0.1 * np.sign(level) + change.bound * treated
    is_bound = random.random(n) < bound_share
    documented = random.random(n) >= 0.1 + change.unknown * treated
    referred = random.exponential(60, n) * np.exp(level) * np.where(treated, change.faster, 1.0)
    speed = np.where(is_bound, 30.0, 70.0) + 15.0 * body
    speed *= np.where(treated & is_bound, change.after_bound, 1.0)
    started = referred + random.exponential(speed)
    ended = random.exponential(other, n)
    days = np.minimum(np.minimum(started, ended), 4000)
    event = np.where(started <= ended, 1, 2)
    return pd.DataFrame(
        {
            "unit": unit,
            "quarter": quarter,
            "body": body,
            "way": np.where(documented, np.where(is_bound, 0, 1), 2),
            "referred": np.where(referred <= ended, np.floor(referred), np.nan),
            "days": np.floor(days),
            "event": event,
        }
    )


def counts_of(rows: pd.DataFrame) -> WaitCounts:
    """Return the rows as ``class_waits`` takes them, a row a need."""
    handed = (rows["referred"] <= LIMIT).to_numpy()
    kinds = kind_of(rows["body"].to_numpy(np.int64), rows["way"].to_numpy(np.int64))
    days = np.minimum(rows["days"], LIMIT).to_numpy(np.int64)
    before = np.where(handed, np.minimum(rows["referred"].fillna(0), days), days).astype(np.int64)
    return WaitCounts(
        cell=(rows["unit"] * QUARTERS + rows["quarter"]).to_numpy(np.int64),
        kind=np.where(handed, kinds, 0),
        days=days,
        event=np.where(rows["days"] <= LIMIT, rows["event"], 0).astype(np.int64),
        counts=np.ones(len(rows), np.int64),
        before=before,
        is_handed=handed,
    )


def plain_weights(days: Sequence[int], event: Sequence[int]) -> list[float]:
    """Return what each need of a cell counts: who is censored leaves it to those still waiting.

    Efron (1967): from day to day, events first; who is censored last keeps it.
    """
    weights = [1 / len(days)] * len(days)
    until = [min(day, LIMIT) for day in days]
    for day in sorted(set(until)):
        if day == LIMIT:
            break
        gone = [i for i, each in enumerate(until) if each == day and event[i] != 1]
        later = [i for i, each in enumerate(until) if each > day]
        if not later:
            break
        freed = sum(weights[i] for i in gone)
        for i in gone:
            weights[i] = 0.0
        # Those still waiting all count alike.
        for i in later:
            weights[i] += freed / len(later)
    return weights
