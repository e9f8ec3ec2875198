"""What runs between bodies equals a plain recalculation from the contract tables of version 2."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.domain.areas import registry
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import Dimension, catalogue
from analytics.domain.periods import Period
from analytics.i18n import words
from analytics.queries.store import ParquetStore
from analytics.reports.indicators.indicator_values import indicator_values
from analytics.stats.survival import cumulative_incidence, kaplan_meier
from reference.raw_rows import RawRows

PERIOD = Period.parse("2015-01", "2023-12")
PROCESSES = {name: one.process for name, one in catalogue().items() if one.process is not None}
TIMED = [name for name in PROCESSES if PROCESSES[name] not in ("kept", "returned")]
BREAKDOWNS: tuple[Dimension, ...] = ("state", "group", "district", "quarter")


@pytest.fixture(scope="module")
def store(raw: RawRows) -> Iterator[ParquetStore]:
    with ParquetStore(Path(raw.folder)) as opened:
        yield opened


def _of_cases(raw: RawRows, frame: pd.DataFrame) -> pd.DataFrame:
    return frame.merge(raw.cases[["district", "case_id", "group"]], on=["district", "case_id"])


def _of_areas(frame: pd.DataFrame, area: str) -> pd.DataFrame:
    """Return rows of no case with the group of their district; split ones belong to neither."""
    units = {unit.code: unit.group.value for unit in registry().evaluation_units}
    district = frame[area].str[:5]
    towns = frame[area].where(frame[area].isin(units), district)
    return frame.assign(district=district, group=towns.map(units).fillna("unassigned"))


def _handovers(raw: RawRows) -> pd.DataFrame:
    return _of_cases(raw, raw.table("handovers")).assign(began=lambda f: f["agreed_on"])


def _answers(raw: RawRows) -> pd.DataFrame:
    frame = _handovers(raw)
    return frame.assign(done=frame[["answered_on", "returned_on"]].min(axis=1))


def _changes(raw: RawRows) -> pd.DataFrame:
    frame = _of_cases(raw, raw.table("regime_changes"))
    return frame.assign(began=frame["changed_on"], done=frame["first_benefit_on"])


def _conferences(raw: RawRows) -> pd.DataFrame:
    """Case by case: the day of the third kind of body, and the first conference."""
    held = raw.table("conferences")
    needs = raw.table("referrals").dropna(subset=["referred_on", "receiving_body"])
    needs = needs[needs["district"].isin(held["district"])]
    first = needs.groupby(["district", "case_id", "receiving_body"], as_index=False)[
        "referred_on"
    ].min()
    third = first.sort_values("referred_on").groupby(["district", "case_id"])["referred_on"].nth(2)
    frame = first.loc[third.index, ["district", "case_id"]].assign(began=third)
    met = held.groupby(["district", "case_id"], as_index=False)["held_on"].min()
    frame = _of_cases(raw, frame.merge(met, on=["district", "case_id"], how="left"))
    early = frame["held_on"] < frame["began"]
    return frame.assign(done=frame["held_on"].mask(early, frame["began"]))


def _decisions(raw: RawRows) -> pd.DataFrame:
    frame = _of_areas(raw.table("structure"), "unit")
    return frame.assign(began=frame["found_on"], done=frame["decided_on"])


def _implementations(raw: RawRows) -> pd.DataFrame:
    frame = _of_areas(raw.table("structure"), "unit")
    frame = frame[frame["decision"] == "adopted"]
    return frame.assign(began=frame["decided_on"], done=frame["implemented_on"])


def _titles(kind: str) -> Callable[[RawRows], pd.DataFrame]:
    def of(raw: RawRows) -> pd.DataFrame:
        frame = _of_areas(raw.table("titles"), "district")
        frame = frame[frame["kind"] == kind]
        return frame.assign(
            began=frame["applied_on"],
            done=frame["decided_on"],
            withdrawn=frame["decision"] == "withdrawn",
        )

    return of


ROWS: dict[str, Callable[[RawRows], pd.DataFrame]] = {
    "answer": _answers,
    "regime_gap": _changes,
    "conference": _conferences,
    "decision": _decisions,
    "implementation": _implementations,
    "residence_title": _titles("residence_title"),
    "naturalisation": _titles("naturalisation"),
}


def _parts(frame: pd.DataFrame, by: Dimension) -> dict[str, pd.DataFrame]:
    # As of needs: beside the groups, what is of neither counts nowhere but in its district.
    if by == "group" or ("case_id" in frame and by != "district"):
        frame = frame[frame["group"] != "unassigned"]
    if by == "state":
        return {"": frame}
    if by == "quarter":
        starts = frame["began"].dt.to_period("Q").dt.start_time
        return {f"{day:%Y-%m-%d}": part for day, part in frame.groupby(starts)}
    return {str(key): part for key, part in frame.groupby(by)}


def _found(store: ParquetStore, name: str, by: Dimension) -> pd.DataFrame:
    frame = indicator_values(store, name, by, NeedFilter(PERIOD), words("de")).table.frame
    shown = frame[frame["status"] == "shown"].set_index("key")
    assert not shown.empty
    return shown


@pytest.mark.parametrize("by", BREAKDOWNS)
@pytest.mark.parametrize("name", TIMED)
def test_clocks(store: ParquetStore, raw: RawRows, name: str, by: Dimension) -> None:
    chosen = catalogue()[name]
    parts = _parts(ROWS[PROCESSES[name]](raw), by)
    found = _found(store, name, by)
    assert set(found.index) <= set(parts)
    for key, row in found.iterrows():
        part = parts[str(key)]
        days = (part["done"].fillna(raw.as_of) - part["began"]).dt.days.to_numpy()
        event = np.where(part["done"].isna(), 0, np.where(part.get("withdrawn", False), 2, 1))
        assert row["n"] == len(part)
        if chosen.method == "cumulative_incidence":
            expected = cumulative_incidence(days, event).at(chosen.day).estimate
        else:
            expected = kaplan_meier(days, event == 1).median().estimate
        assert row["value"] == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("by", BREAKDOWNS)
def test_appointments_kept(store: ParquetStore, raw: RawRows, by: Dimension) -> None:
    frame = _handovers(raw)
    known = frame[frame["appointment_agreed"].eq(True) & frame["appointment_kept"].notna()]
    _check_shares(store, "kept_appointment_share", known, known["appointment_kept"], by)


@pytest.mark.parametrize("by", BREAKDOWNS)
def test_hand_overs_returned(store: ParquetStore, raw: RawRows, by: Dimension) -> None:
    frame = _handovers(raw)
    limit = frame["agreed_on"] + pd.Timedelta(days=180)
    known = frame[limit <= raw.as_of]
    _check_shares(store, "returned_share", known, known["returned_on"] <= limit[known.index], by)


def _check_shares(
    store: ParquetStore, name: str, frame: pd.DataFrame, happened: "pd.Series", by: Dimension
) -> None:
    parts = _parts(frame.assign(happened=happened.astype(bool)), by)
    found = _found(store, name, by)
    for key, row in found.iterrows():
        part = parts[str(key)]
        assert row["n"] == len(part)
        assert row["value"] == pytest.approx(part["happened"].mean(), abs=1e-9)


def test_agreements_are_in_force_on_the_day_of_the_hand_over(
    store: ParquetStore, raw: RawRows
) -> None:
    """Pair by pair and in either order, from the day of signing to the last day of validity."""
    agreements = raw.table("agreements")
    needs = raw.needs[(raw.needs["event"] == 1) & (raw.needs["receiving_body"] != "unknown")]
    towns = raw.cases.set_index(["district", "case_id"])["municipality"]
    place = pd.MultiIndex.from_frame(needs[["district", "case_id"]])
    own = {unit.ags for unit in registry().kim_units if unit.ags != unit.district}
    town = towns.reindex(place).to_numpy()
    unit = np.where(pd.Series(town).isin(own), town, needs["district"])
    needs = needs.assign(kim_unit=unit)[np.isin(unit, agreements["unit"].unique())]
    numbered = needs.reset_index(names="row")
    covered: set[int] = set()
    for first, second in (("first_body", "second_body"), ("second_body", "first_body")):
        pairs = numbered.merge(
            agreements,
            left_on=["kim_unit", "provider", "receiving_body"],
            right_on=["unit", first, second],
        )
        begun = pairs["signed_on"] <= pairs["referred"]
        valid = pairs["valid_to"].isna() | (pairs["valid_to"] >= pairs["referred"])
        covered |= {*pairs.loc[begun & valid, "row"]}
    happened = needs.index.to_series().isin(covered)
    assert 0 < happened.mean() < 0.5
    for by in ("state", "group", "district", "offer_area"):
        keys = needs[by] if by != "state" else pd.Series("", needs.index)
        if by not in ("district",):
            keys = keys.mask(needs["group"] == "unassigned")
        expected = happened.groupby(keys).agg(["mean", "size"])
        found = _found(store, "agreement_share", by)
        assert (found["n"] == expected.loc[found.index, "size"]).all()
        np.testing.assert_allclose(found["value"], expected.loc[found.index, "mean"], atol=1e-9)
