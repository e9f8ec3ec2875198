"""Hand-overs with and without an appointment equal a plain recalculation from the raw rows."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t

from analytics.domain.filters import NeedFilter, only
from analytics.domain.periods import Period
from analytics.i18n import words
from analytics.queries.store import ParquetStore
from analytics.reports.cooperation.binding_report import handover_binding
from reference.raw_rows import RawRows

W = words("de")
PROGRAMME = Period.parse("2017-01", "2019-12")
LIMIT = 180
KIND = ["unit", "year", "offer_area", "receiving_body"]
FILTERS = [
    NeedFilter(PROGRAMME),
    NeedFilter(PROGRAMME, only(group=("model",), sex=("female",))),
    NeedFilter(Period.parse("2018-01", "2018-12"), only(offer_area=("language",))),
]


@pytest.fixture(scope="module")
def store(raw: RawRows) -> Iterator[ParquetStore]:
    with ParquetStore(Path(raw.folder)) as opened:
        yield opened


def handed(raw: RawRows, needs: NeedFilter) -> pd.DataFrame:
    """Return the hand-overs that count, with days and event from the hand-over on."""
    rows = raw.needs
    recorded = rows["need_recorded_on"]
    kept = recorded.between(
        pd.Timestamp(needs.period.start), pd.Timestamp(needs.period.end), inclusive="left"
    )
    kept &= rows["referred"].notna() & (rows["receiving_body"] != "unknown")
    kept &= rows["referred"] + pd.Timedelta(days=LIMIT) <= raw.as_of
    kept &= rows["binding_handover"].notna() & (rows["group"] != "unassigned")
    for name, codes in needs.chosen:
        kept &= rows[name].isin(codes)
    found = rows[kept].copy()
    stopped = found["started_on"].fillna(found["ended"]).fillna(raw.as_of)
    found["wait"] = (stopped - found["referred"]).dt.days
    found["began"] = found["started_on"].notna() & (found["wait"] <= LIMIT)
    found["year"] = found["need_recorded_on"].dt.year
    found["bound"] = found["binding_handover"].astype(bool)
    sizes = found.groupby([*KIND, "bound"])["bound"].transform("size")
    kinds = found.groupby(KIND)["bound"]
    found["weight"] = kinds.transform("size") / sizes
    return found[kinds.transform("nunique") == 2]


def differences(found: pd.DataFrame) -> tuple[float, float]:
    shares, means = [], []
    for is_bound in (True, False):
        part = found[found["bound"] == is_bound]
        weight = part["weight"].to_numpy()
        shares.append(weight[part["began"]].sum() / weight.sum())
        wait, began = part["wait"].to_numpy(), part["began"].to_numpy()
        is_over = wait.max() < LIMIT and not began[wait == wait.max()].all()
        at_risk = np.array([weight[wait >= day].sum() for day in range(LIMIT)])
        events = np.array([weight[began & (wait == day)].sum() for day in range(LIMIT)])
        waiting = np.cumprod(1 - events / np.maximum(at_risk, 1e-300))
        means.append(np.nan if is_over else waiting.sum())
    return shares[0] - shares[1], means[0] - means[1]


@pytest.mark.parametrize("needs", FILTERS, ids=str)
def test_differences_and_their_intervals(
    raw: RawRows, store: ParquetStore, needs: NeedFilter
) -> None:
    found = handed(raw, needs)
    values = differences(found)
    units = sorted(found["unit"].unique())
    without = np.array([differences(found[found["unit"] != unit]) for unit in units])
    errors = np.sqrt((len(units) - 1) / len(units) * ((without - without.mean(0)) ** 2).sum(0))
    sizes = found.groupby("unit").size()
    freedom = sizes.sum() ** 2 / (sizes**2).sum() - 1
    for place, measure in enumerate(("started", "days")):
        total = handover_binding(store, measure, needs, W).table.frame.iloc[0]
        assert total["n"] == len(found)
        assert total["value"] == pytest.approx(values[place], rel=1e-9)
        reach = t.ppf(0.975, freedom) * errors[place]
        assert total["high"] - total["value"] == pytest.approx(reach, rel=1e-6)
        assert total["value"] - total["low"] == pytest.approx(reach, rel=1e-6)


def test_areas_are_those_of_their_own_rows(raw: RawRows, store: ParquetStore) -> None:
    found = handed(raw, FILTERS[0])
    frame = handover_binding(store, "days", FILTERS[0], W).table.frame.set_index("key")
    for area, part in found.groupby("offer_area"):
        if frame.loc[str(area), "status"] == "suppressed":
            continue
        assert frame.loc[str(area), "value"] == pytest.approx(
            differences(part)[1], rel=1e-9, nan_ok=True
        )
        assert frame.loc[str(area), "n"] == len(part)
    assert frame["value"].notna().sum() > 2
