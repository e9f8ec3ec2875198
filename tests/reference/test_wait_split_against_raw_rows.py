"""The difference of the wait until the start and its parts equal plain pandas on the raw rows."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from wait_store import CODES, UNITS, needs_of, publish, starts
from wait_worlds import LIMIT, QUARTERS, Change, plain_weights

from analytics.domain.evaluation import ModelChoice
from analytics.domain.release import Release
from analytics.i18n import words
from analytics.queries.store import ParquetStore
from analytics.reports.evaluation.wait_split import STEPS, wait_split
from analytics.reports.evaluation.wait_split_report import SECTIONS, wait_split_bars
from analytics.stats.imputation import NEVER

W = words("de")
WAYS = ("bound", "unbound", "unknown")
SIZE = 25


@pytest.fixture(scope="module")
def needs() -> pd.DataFrame:
    return needs_of(Change(faster=0.8, bound=0.35), 7, SIZE)


@pytest.fixture(scope="module")
def folder(needs: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(tmp_path_factory.mktemp("store"), needs)


@pytest.fixture(scope="module")
def store(folder: Path) -> Iterator[ParquetStore]:
    with ParquetStore(folder) as opened:
        yield opened


def classes(needs: pd.DataFrame) -> pd.DataFrame:
    """Return share and days of each class by unit and quarter, made need by need."""
    found = []
    for (unit, quarter), cell in needs.groupby(["unit", "quarter"]):
        weights = plain_weights(cell["days"].tolist(), cell["event"].tolist())
        for weight, need in zip(weights, cell.itertuples(), strict=True):
            begins = need.event == 1 and need.days <= LIMIT
            wait = min(need.days, LIMIT) if begins else LIMIT
            is_handed = need.referred <= LIMIT
            body = CODES[need.body] if is_handed else ""
            first = min(need.referred, need.days, LIMIT) if is_handed else wait
            way = WAYS[need.way] if is_handed else ""
            found.append(
                (unit, quarter, body, way, weight, weight * first, weight * (wait - first))
            )
    columns = ["unit", "quarter", "body", "way", "mass", "before", "after"]
    frame = pd.DataFrame(found, columns=columns)
    return frame.groupby(columns[:4])[columns[4:]].sum()


def difference(values: pd.DataFrame) -> float:
    """Return the mean change of the sites' quarters less that of all others in the same ones.

    Args:
        values: By unit (rows) and quarter (columns), none missing.
    """
    first = np.array(starts())
    level = values[first == NEVER].mean().to_numpy()
    gaps = []
    for unit, start in enumerate(first):
        if start == NEVER:
            continue
        apart = values.loc[unit].to_numpy() - level
        gaps += list(apart[start:] - apart[:start].mean())
    return float(np.mean(gaps))


def steps(found: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the panels of all steps, cell by cell in plain numbers."""
    first = np.array(starts())
    usual = int(first[first != NEVER].min())
    panels = {name: pd.DataFrame(0.0, range(len(UNITS)), range(QUARTERS)) for name in STEPS}
    for unit in range(len(UNITS)):
        start = usual if first[unit] == NEVER else first[unit]
        own = found.loc[unit]
        before = own[own.index.get_level_values("quarter") < start]
        reference = before.groupby(["body", "way"]).sum() / start
        for quarter in range(QUARTERS):
            for name, value in cell_steps(own.loc[quarter], reference).items():
                panels[name].loc[unit, quarter] = value
    return panels


def levels(side: pd.DataFrame) -> dict[tuple[str, ...], float]:
    """Return shares and mean days by their names; what nobody tells is missing."""
    mass = side["mass"].unstack(fill_value=0.0).reindex(index=CODES, columns=WAYS, fill_value=0.0)
    handed = mass.to_numpy().sum()
    found: dict[tuple[str, ...], float] = {("handed",): handed}
    for body, row in mass.iterrows():
        documented = row["bound"] + row["unbound"]
        found |= {("share", body): row.sum() / handed} if handed else {}
        found |= {("known", body): documented / row.sum()} if row.sum() else {}
        found |= {("bound", body): row["bound"] / documented} if documented else {}
        for way in WAYS:
            if row[way]:
                found["before", body, way] = side["before"][body, way] / row[way]
                found["after", body, way] = side["after"][body, way] / row[way]
    return found


def of_body(side: Mapping[tuple[str, ...], float], body: str) -> tuple[float, float]:
    """Return the mean days of a body's hand-overs, and of those that are documented."""
    days = {way: side["before", body, way] + side["after", body, way] for way in WAYS}
    share, known = side["bound", body], side["known", body]
    documented = share * days["bound"] + (1 - share) * days["unbound"]
    return known * documented + (1 - known) * days["unknown"], documented


def cell_steps(now: pd.DataFrame, then: pd.DataFrame) -> dict[str, float]:
    one, other = levels(now), levels(then)
    sides = [defaultdict(float, {**other, **one}), defaultdict(float, {**one, **other})]

    def change(*name: str) -> float:
        return sides[0][name] - sides[1][name]

    def mean(*name: str) -> float:
        return (sides[0][name] + sides[1][name]) / 2

    def usual(values: list[float]) -> float:
        return sum(values) / 2

    parts = dict.fromkeys(STEPS, 0.0)
    of_all = [sum(side["share", body] * of_body(side, body)[0] for body in CODES) for side in sides]
    parts["handed"] = change("handed") * (usual(of_all) - LIMIT)
    for body in CODES:
        whole, documented = zip(*(of_body(side, body) for side in sides), strict=True)
        days = {way: mean("before", body, way) + mean("after", body, way) for way in WAYS}
        reach = mean("handed") * mean("share", body)
        known, bound = mean("known", body), mean("bound", body)
        weights = dict(zip(WAYS, (known * bound, known * (1 - bound), 1 - known), strict=True))
        parts["mix"] += mean("handed") * change("share", body) * usual(list(whole))
        for way in WAYS:
            parts["earlier"] += reach * weights[way] * change("before", body, way)
            step = "unknown" if way == "unknown" else f"after_{way}"
            parts[step] += reach * weights[way] * change("after", body, way)
        apart = days["bound"] - days["unbound"]
        parts["bound_share"] += reach * known * change("bound", body) * apart
        silent = usual(list(documented)) - days["unknown"]
        parts["unknown"] += reach * change("known", body) * silent
    return parts


def test_the_whole_and_its_parts(needs: pd.DataFrame, store: ParquetStore) -> None:
    # The panel holds the quarters until 2019 that have needs: those of the world.
    found = wait_split(store, ModelChoice())
    assert found.panel.needs[:, :QUARTERS].sum() == len(needs)
    by_class = classes(needs)
    days = by_class["before"] + by_class["after"]
    total = days.groupby(["unit", "quarter"]).sum().unstack()
    assert found.effect.estimate == pytest.approx(difference(total), abs=1e-9)
    for name in ("before", "after"):
        stage = by_class[name].groupby(["unit", "quarter"]).sum().unstack()
        assert found.parts["stage"][name].estimate == pytest.approx(difference(stage), abs=1e-9)
    for name, panel in steps(by_class).items():
        assert found.parts["step"][name].estimate == pytest.approx(difference(panel), abs=1e-9)


def test_every_section_sums_to_the_whole(store: ParquetStore) -> None:
    shown = wait_split_bars(store, ModelChoice(), W)
    frame = shown.table.frame.set_index("key")
    for section in SECTIONS:
        part = frame[frame.index.str.startswith(f"{section}.")]
        assert part["value"].sum() == pytest.approx(frame.loc["total", "value"], abs=1e-9)
    assert (frame["low"] <= frame["value"]).all() and (frame["value"] <= frame["high"]).all()


def test_the_planted_share_is_named_and_nothing_is_called_an_effect(store: ParquetStore) -> None:
    found = wait_split(store, ModelChoice())
    assert not found.against
    share = found.parts["step"]["bound_share"]
    assert share.high < 0
    shown = wait_split_bars(store, ModelChoice(), W)
    assert "rechnerisch entfallen" in shown.title and len(shown.title.split()) <= 15
    text = f"{shown.title} {shown.sentence}"
    assert not any(word in text for word in ("Wirkung", "bewirk", "wegen", "durch "))
    assert W("wait_split.note_plan") in shown.notes


def test_where_nobody_documents_appointments_all_lies_in_that(
    needs: pd.DataFrame, tmp_path: Path
) -> None:
    silent = 2
    with ParquetStore(publish(tmp_path, needs.assign(way=silent))) as store:
        found = wait_split(store, ModelChoice())
        assert wait_split_bars(store, ModelChoice(), W).title
    parts = found.parts["step"]
    assert parts["bound_share"].estimate == 0 and parts["unknown"].estimate != 0


def test_what_may_not_be_told_of_is_not_divided(tmp_path: Path) -> None:
    folder = publish(tmp_path, needs_of(Change(), 4, 12))
    with ParquetStore(folder) as store:
        found = wait_split(store, ModelChoice())
        assert found.effect.low < 0 < found.effect.high and found.against
        for language in ("de", "en"):
            w = words(language)  # type: ignore[arg-type]
            shown = wait_split_bars(store, ModelChoice(), w)
            assert shown.table.frame["key"].tolist() == ["total"]
            assert w("verdict.rule_interval_reason") in shown.sentence
            assert W("wait_split.part_bound_share") not in shown.sentence


def test_the_released_edition_tells_it_as_it_is_worded(folder: Path, store: ParquetStore) -> None:
    exact = wait_split_bars(store, ModelChoice(), W).table.frame
    with ParquetStore(folder, release=Release.RELEASED) as released:
        told = wait_split_bars(released, ModelChoice(), W).table.frame
    assert told["value"].tolist() == exact["value"].round(1).tolist()
    assert abs(told["n"] - exact["n"]).max() <= 3
