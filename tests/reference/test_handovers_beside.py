"""Hand-overs side by side: the matrix's values, differences by hand, and nothing that is hidden."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import t

from analytics.domain.areas import registry
from analytics.domain.district_choice import DistrictChoice
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import indicator
from analytics.domain.release import Release
from analytics.i18n import LANGUAGES, words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.basis.span import BEFORE_PROGRAMME, PROGRAMME
from analytics.reports.cooperation.beside import COMPARED, groups_beside, years_beside
from analytics.reports.cooperation.handovers import BINDING, asked_pairs, pair_counts
from analytics.reports.cooperation.matrix import CLOCKS, handover_matrix
from analytics.reports.districts.beside_ring import AGAINST, district_beside
from analytics.reports.districts.ring import ring_of
from analytics.reports.indicators.indicator_values import hidden_areas
from analytics.stats.unit_table import freedom_of
from reference.raw_rows import RawRows

W = words("de")
NEEDS = NeedFilter(PROGRAMME)
DISTRICT = "05315"
TITLE_WORDS = 15


@pytest.fixture(scope="module")
def store(raw: RawRows) -> Iterator[ParquetStore]:
    with ParquetStore(Path(raw.folder)) as opened:
        yield opened


def sides(store: ParquetStore, against: str) -> tuple[NeedFilter, NeedFilter]:
    hidden = hidden_areas(store, indicator(BINDING), "district", NEEDS, W)
    members = ring_of(store, DistrictChoice(DISTRICT, PROGRAMME)).members
    ring = [ags for ags in members if ags not in hidden]
    own = NEEDS.but(district=(DISTRICT,))
    return {
        "group": (NEEDS.but(group=("model",)), NEEDS.but(group=("comparison",))),
        "years": (NEEDS, replace(NEEDS, period=BEFORE_PROGRAMME)),
        "ring": (own, NEEDS.but(district=ring)),
    }[against]


def made(store: ParquetStore, against: str, measure: str, language: str = "de") -> Exhibit:
    w = words(language)  # type: ignore[arg-type]
    if against in AGAINST:
        choice = DistrictChoice(DISTRICT, PROGRAMME)
        return district_beside(store, against, choice, w, measure=measure)
    report = groups_beside if against == "group" else years_beside
    return report(store, measure, NEEDS, w)


@pytest.mark.parametrize("against", ["group", "years", "ring"])
@pytest.mark.parametrize("measure", COMPARED)
def test_both_sides_are_those_of_the_matrix_and_shown_there(
    store: ParquetStore, against: str, measure: str
) -> None:
    rows = made(store, against, measure).table.frame
    assert len(rows) <= 12
    for prefix, needs in zip(("", "other_"), sides(store, against), strict=True):
        shown = handover_matrix(store, measure, needs, W).table.frame
        shown = shown.assign(pair=shown["key"] + "|" + shown["code"]).set_index("pair")
        assert (shown.loc[rows["key"], "status"] == "shown").all()
        for name in ("value", "low", "high", "n"):
            np.testing.assert_array_equal(rows[prefix + name], shown.loc[rows["key"], name])
    if len(rows):
        gaps = rows[rows["gap"].notna()]
        np.testing.assert_allclose(gaps["gap"], gaps["value"] - gaps["other_value"], atol=1e-12)
        # Of few people a median's interval may have no end, and so its difference none.
        assert len(gaps) == len(rows) or measure in CLOCKS
        # Only what its interval says is named.
        clear = (rows["gap_low"] > 0) | (rows["gap_high"] < 0)
        assert (clear == (rows["side"] != 0)).all()
        unclear = rows.loc[rows["side"] == 0, "told"]
        assert unclear.isin([W("beside.same"), W("beside.no_interval")]).all()


@pytest.mark.parametrize("against", ["group", "years"])
def test_a_difference_leaves_each_district_out_of_both_sides(
    store: ParquetStore, against: str
) -> None:
    rows = made(store, against, "bound").table.frame
    counts = [
        pair_counts(store, asked_pairs(store, needs, W), "bound")[0].assign(
            district=lambda frame: frame["unit"].str[:5]
        )
        for needs in sides(store, against)
    ]
    for row in rows.itertuples():
        parts = [
            frame[frame["key"] == row.key].groupby("district")[["events", "trials"]].sum()
            for frame in counts
        ]
        every = parts[0].index.union(parts[1].index)
        parts = [part.reindex(every, fill_value=0) for part in parts]
        without = np.array([
            [
                (part["events"].sum() - part.loc[one, "events"])
                / (part["trials"].sum() - part.loc[one, "trials"])
                for part in parts
            ]
            for one in every
        ])  # fmt: skip
        many = len(every)
        *alone, variance = (
            (many - 1) / many * ((values - values.mean()) ** 2).sum()
            for values in (without[:, 0], without[:, 1], without[:, 0] - without[:, 1])
        )
        sizes = [part["trials"].to_numpy(float) for part in parts]
        # Welch (1947): a side of few districts has few degrees of freedom, whatever the other has.
        welch = sum(alone) ** 2 / sum(
            own**2 / freedom_of(size) for own, size in zip(alone, sizes, strict=True)
        )
        freedom = min(freedom_of(sizes[0] + sizes[1]), welch)
        margin = t.ppf(1 - 0.025 / len(rows), freedom) * np.sqrt(variance)
        assert row.gap_high - row.gap == pytest.approx(margin, rel=1e-6)
        assert row.gap - row.gap_low == pytest.approx(margin, rel=1e-6)


def test_what_one_side_hides_is_not_there_at_all(store: ParquetStore) -> None:
    found = 0
    for measure in COMPARED:
        own, ring = (
            handover_matrix(store, measure, needs, W).table.frame for needs in sides(store, "ring")
        )
        hidden = {
            f"{row.key}|{row.code}"
            for frame in (own, ring)
            for row in frame.itertuples()
            if row.status != "shown"
        }
        found += len(hidden)
        assert not hidden & set(made(store, "ring", measure).table.frame["key"])
    assert found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("against", ["group", "years", *AGAINST])
@pytest.mark.parametrize("measure", COMPARED)
def test_titles_are_short_and_no_cause_is_named(
    store: ParquetStore, against: str, measure: str, language: str
) -> None:
    exhibit = made(store, against, measure, language)
    assert len(exhibit.title.split()) <= TITLE_WORDS, exhibit.title
    assert words(language)("cooperation.note_no_cause") in exhibit.notes  # type: ignore[arg-type]


def test_years_are_released_and_a_district_is_not(raw: RawRows) -> None:
    with ParquetStore(Path(raw.folder), release=Release.RELEASED) as released:
        assert len(years_beside(released, "bound", NEEDS, W).table.frame)
        with pytest.raises(RefusedError):
            district_beside(released, "ring", DistrictChoice(DISTRICT, PROGRAMME), W)


def test_other_districts_are_those_that_are_not_hidden(store: ParquetStore) -> None:
    shown = made(store, "state", "bound")
    hidden = hidden_areas(store, indicator(BINDING), "district", NEEDS, W)
    assert hidden, "the demonstration data are small: some district is protected"
    assert any(all(name in note for name in hidden.values()) for note in shown.notes)
    others = [area.ags for area in registry().districts if area.ags not in {DISTRICT, *hidden}]
    beside = handover_matrix(store, "bound", NEEDS.but(district=others), W).table.frame
    beside = beside.assign(pair=beside["key"] + "|" + beside["code"]).set_index("pair")
    rows = shown.table.frame
    np.testing.assert_array_equal(rows["other_n"], beside.loc[rows["key"], "n"])
