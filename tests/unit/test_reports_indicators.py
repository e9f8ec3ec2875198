"""Any indicator by any dimension: keys, filters, refusals, protected and provisional values."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from need_rows import COMPARISON, MODEL, SPLIT, Needs, publish

from analytics.domain.areas import registry
from analytics.domain.estimates import Status
from analytics.domain.filters import BREAKDOWNS, NeedFilter, only
from analytics.domain.indicators import Dimension, catalogue
from analytics.domain.periods import Period
from analytics.i18n import Words, words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.basis.span import data_period
from analytics.reports.indicators.indicator_estimates import state_estimate
from analytics.reports.indicators.indicator_values import indicator_values
from analytics.reports.indicators.process import optional_table
from analytics.reports.referrals.referral_times import by_field

DE, EN = words("de"), words("en")
WITHIN_90 = "share_referred_90d"
YEARS = NeedFilter(Period.parse("2018-01", "2023-12"))
NEW = date(2023, 11, 15)

GIVEN = (
    Needs(20, MODEL, referred=30, recorded_after=3),
    Needs(10, MODEL, ended=100, recorded_after=40, area="health"),
    Needs(25, COMPARISON, referred=60, recorded_after=3, provider=None),
    Needs(15, COMPARISON, ended=100, area="health"),
    Needs(10, SPLIT, referred=5),
    Needs(10, SPLIT, ended=100),
    Needs(2, "05316", referred=5),
    Needs(12, COMPARISON, on=NEW),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ParquetStore]:
    with publish(tmp_path_factory.mktemp("store"), GIVEN) as opened:
        yield opened


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ParquetStore]:
    with publish(tmp_path_factory.mktemp("empty"), ()) as opened:
        yield opened


def values(
    store: ParquetStore, by: Dimension, name: str = WITHIN_90, chosen: NeedFilter = YEARS
) -> pd.DataFrame:
    return indicator_values(store, name, by, chosen, DE).table.frame.set_index("key")


def test_groups_are_shown_without_those_of_neither(store: ParquetStore) -> None:
    exhibit = indicator_values(store, WITHIN_90, "group", YEARS, DE)
    frame = exhibit.table.frame
    assert frame["key"].tolist() == ["model", "comparison"]
    unassigned = sum(needs.count for needs in GIVEN if needs.district == SPLIT)
    assert frame["n"].sum() == sum(needs.count for needs in GIVEN) - unassigned
    assert any(f"Nicht mitgezählt sind {unassigned} Bedarfe" in note for note in exhibit.notes)


@pytest.mark.parametrize("by", ["state", "quarter", "offer_area", "provider", "legal_regime"])
def test_what_stands_beside_the_groups_counts_what_they_count(
    store: ParquetStore, by: Dimension
) -> None:
    exhibit = indicator_values(store, WITHIN_90, by, YEARS, DE)
    of_groups = values(store, "group")["n"].sum()
    assert exhibit.table.frame["n"].sum() == of_groups
    assert any(note.startswith("Nicht mitgezählt sind 20 Bedarfe") for note in exhibit.notes)
    assert state_estimate(store, WITHIN_90, YEARS)[0].n == of_groups


@pytest.mark.parametrize("by", ["district", "unit"])
def test_areas_count_all_of_their_needs(store: ParquetStore, by: Dimension) -> None:
    exhibit = indicator_values(store, WITHIN_90, by, YEARS, DE)
    frame = exhibit.table.frame.set_index("key")
    assert frame.loc[SPLIT, "n"] == 20 or frame.loc[SPLIT, "status"] == Status.SUPPRESSED
    assert any(note.startswith("Gezählt sind alle Bedarfe") for note in exhibit.notes)
    every = NeedFilter(YEARS.period, assigned=False)
    assert values(store, "state", chosen=every).loc["", "n"] == sum(n.count for n in GIVEN)


@pytest.mark.parametrize("by", BREAKDOWNS)
def test_the_page_and_the_command_count_the_same_needs(store: ParquetStore, by: Dimension) -> None:
    on_page = by_field(store, YEARS, by, DE).table.frame
    for group, part in on_page.groupby("key"):
        needs = NeedFilter(YEARS.period, only(group=[group]))
        asked = indicator_values(store, WITHIN_90, by, needs, DE).table.frame.set_index("key")
        beside = part.set_index("code")
        # What is protected beside the other group may differ from what is alone.
        for name in ("value", "n"):
            both = pd.concat([beside[name], asked[name]], axis=1, keys=("page", "command")).dropna()
            assert both["page"].tolist() == both["command"].tolist()


def test_what_a_filter_leaves_out_is_not_missing_data(store: ParquetStore) -> None:
    model = NeedFilter(YEARS.period, only(group=("model",)))
    assert list(values(store, "group", chosen=model).index) == ["model"]
    here = NeedFilter(YEARS.period, only(district=(SPLIT,)))
    assert list(values(store, "unit", chosen=here).index) == ["05170", "05170024", "05170R"]


def test_needs_without_an_office_are_shown(store: ParquetStore) -> None:
    found = values(store, "provider")
    assert found.loc["unknown", ["label", "value", "n"]].tolist() == ["nicht angegeben", 1, 25]
    late = NeedFilter(Period.parse("2023-11", "2023-12"))
    assert "unknown" not in values(store, "provider", chosen=late).index


def test_every_district_has_a_row_and_says_why_it_has_no_value(store: ParquetStore) -> None:
    exhibit = indicator_values(store, WITHIN_90, "district", YEARS, DE)
    found = exhibit.table.frame.set_index("key")
    assert list(found.index) == [area.ags for area in registry().districts]
    assert found.loc["05316", "status"] == Status.SUPPRESSED
    assert pd.isna(found.loc["05316", "n"])
    assert found.loc["05315", "status"] == Status.NO_DATA
    assert found.loc[SPLIT, "section"] == "Düsseldorf"
    assert any(note.startswith("Geschützte Werte") for note in exhibit.notes)
    assert any(note.startswith("„Keine Daten“") for note in exhibit.notes)


def test_one_district_alone_is_as_protected_as_among_all(store: ParquetStore) -> None:
    everywhere = values(store, "district")
    hidden = everywhere.index[everywhere["status"] == Status.SUPPRESSED]
    assert len(hidden) > 1
    for ags in hidden:
        alone = values(store, "district", chosen=NeedFilter(YEARS.period, only(district=(ags,))))
        assert alone["status"].tolist() == [Status.SUPPRESSED]


def test_quarters_cover_the_period_and_the_newest_are_provisional(store: ParquetStore) -> None:
    exhibit = indicator_values(store, WITHIN_90, "quarter", YEARS, DE)
    found = exhibit.table.frame.set_index("key")
    assert len(found) == 24
    assert found.loc["2018-01-01", ["label", "period"]].tolist() == [
        "1. Quartal 2018", date(2018, 1, 1)
    ]  # fmt: skip
    assert found.loc["2018-04-01", "status"] == Status.NO_DATA
    # Entries take up to 40 days here, but only those of 2021 and 2022 would tell: none is known.
    assert found["provisional"].all()
    assert any("vorläufig" in note for note in exhibit.notes)
    names = ["clock_counts", "arrival_lags", "unassigned_needs"]
    assert [query.name for query in exhibit.queries] == names


def test_quarters_are_provisional_until_the_entries_have_arrived(tmp_path: Path) -> None:
    # Of the years that tell, 90 % are entered at once and 10 % after 80 days: the last quarter has
    # 80 days only for its first 12 of 92, so far less than 95 % of it can be there.
    given = [Needs(90, on=date(2021, 5, 1)), Needs(10, on=date(2021, 5, 1), recorded_after=80),
             Needs(30, on=date(2023, 8, 1)), Needs(30, on=NEW)]  # fmt: skip
    with publish(tmp_path, given) as store:
        found = values(store, "quarter", chosen=NeedFilter(Period.parse("2023-04", "2023-12")))
    assert found["provisional"].tolist() == [False, False, True]


def test_areas_and_periods_restrict(store: ParquetStore) -> None:
    health = NeedFilter(YEARS.period, only(offer_area=("health",)))
    assert values(store, "state", chosen=health)["n"].tolist() == [25]
    later = NeedFilter(Period.parse("2018-03", "2023-10"))
    assert values(store, "state", chosen=later)["status"].tolist() == [Status.NO_DATA]
    jobs = NeedFilter(YEARS.period, only(provider=("job_centre",)))
    assert values(store, "state", chosen=jobs)["n"].tolist() == [104 - 25 - 20]


@pytest.mark.parametrize("w", [DE, EN])
@pytest.mark.parametrize("by", ["group", "unit", "quarter", "offer_area"])
def test_ratios_refuse_dimensions_that_they_do_not_have(
    store: ParquetStore, by: Dimension, w: Words
) -> None:
    with pytest.raises(RefusedError) as refused:
        indicator_values(store, "cases_per_fte", by, YEARS, w)
    assert w("dimension.district") in str(refused.value)


@pytest.mark.parametrize(
    "chosen",
    [{"offer_area": ("health",)}, {"group": ("model",)}, {"provider": ("job_centre",)},
     {"legal_regime": ("sgb2",)}, {"sex": ("female",)}, {"unit": ("05315",)}],
)  # fmt: skip
def test_ratios_refuse_filters_of_needs(
    store: ParquetStore, chosen: dict[str, tuple[str, ...]]
) -> None:
    with pytest.raises(RefusedError, match="beruht auf Kreisdaten"):
        values(store, "district", "foreign_share", NeedFilter(YEARS.period, only(**chosen)))


def test_unknown_indicators_are_no_refusal(store: ParquetStore) -> None:
    with pytest.raises(KeyError):
        values(store, "state", "league_table")


def test_binding_handovers_count_only_where_documented(store: ParquetStore) -> None:
    found = values(store, "state", "binding_handover_share")
    assert found["status"].tolist() == [Status.NO_DATA]
    assert found["n"].tolist() == [0]


def test_still_open_is_known_only_after_the_180th_day(tmp_path: Path) -> None:
    # The data cut is 2023-12-31. On 2023-07-04 it was 180 days away, on 2023-07-03 181.
    given = [Needs(20, on=date(2023, 7, 4)), Needs(10, on=date(2023, 7, 3)),
             Needs(10, on=date(2023, 7, 3), referred=180)]  # fmt: skip
    with publish(tmp_path, given) as store:
        found = values(store, "state", "open_over_180d_share")
    assert found[["value", "n"]].to_numpy().tolist() == [[0.5, 20]]


def test_without_a_population_there_is_no_rate(store: ParquetStore) -> None:
    found = values(store, "district", "cases_per_1000_foreign")
    assert (found["status"] == Status.NO_DATA).all()
    assert found["n"].isna().all()


@pytest.mark.parametrize(
    ("name", "by"),
    [
        (name, by)
        for name, one in catalogue().items()
        for by in one.dimensions
        if optional_table(one) is None
    ],
)
def test_an_empty_snapshot_answers_every_question(
    empty: ParquetStore, name: str, by: Dimension
) -> None:
    exhibit = indicator_values(empty, name, by, YEARS, EN)
    assert (exhibit.table.frame["status"] == Status.NO_DATA).all()
    assert "no value" in exhibit.sentence
    assert exhibit.title and exhibit.alt and exhibit.source.text
    estimate, _ = state_estimate(empty, name, YEARS)
    assert (estimate.value, estimate.status) == (None, Status.NO_DATA)


@pytest.mark.parametrize("name", [n for n, one in catalogue().items() if optional_table(one)])
def test_what_nobody_delivers_is_refused_with_the_name_of_the_table(
    empty: ParquetStore, name: str
) -> None:
    for by in catalogue()[name].dimensions:
        with pytest.raises(RefusedError, match="that is not zero"):
            indicator_values(empty, name, by, YEARS, EN)


def test_the_period_of_an_empty_snapshot_is_the_month_of_its_cut(empty: ParquetStore) -> None:
    assert data_period(empty) == Period.parse("2023-12", "2023-12")


def test_the_period_of_the_data_runs_to_the_cut(store: ParquetStore) -> None:
    assert data_period(store) == Period.parse("2018-02", "2023-12")


def _texts(exhibit: Exhibit) -> str:
    return " ".join([exhibit.title, exhibit.sentence, exhibit.alt, *exhibit.notes])


@pytest.mark.parametrize("w", [DE, EN])
def test_title_and_sentence_name_the_same_numbers(store: ParquetStore, w: Words) -> None:
    one = indicator_values(store, WITHIN_90, "state", YEARS, w)
    assert w.percent(one.table.frame["value"].iloc[0], 1) in one.title
    assert "84" in one.sentence
    many = indicator_values(store, WITHIN_90, "group", YEARS, w)
    for end in (many.table.frame["value"].min(), many.table.frame["value"].max()):
        assert w.percent(end, 1) in many.title
        assert w.percent(end, 1) in many.sentence
    assert "{" not in _texts(one) + _texts(many)


def is_of_split(key: str) -> bool:
    return key[:5] in registry().split_districts


def test_neither_a_district_nor_a_unit_is_told_by_its_groups_total(tmp_path: Path) -> None:
    hamm, other = "05915", "05916"
    given = (
        Needs(3, hamm, referred=30),
        Needs(40, MODEL, referred=30),
        Needs(12, other, referred=30),
        Needs(50, COMPARISON, referred=30),
        Needs(30, SPLIT, referred=30),
    )
    with publish(tmp_path, given) as store:
        by_group, by_district, by_unit = (
            indicator_values(store, "median_days_to_referral", by, YEARS, DE).table.frame.set_index(
                "key"
            )
            for by in ("group", "district", "unit")
        )
    assert by_group.loc["model", "n"] == 43
    for frame in (by_district, by_unit):
        # Dortmund, not the smaller Herne, hides Hamm: both are in the model group.
        hidden = frame[frame["status"] == Status.SUPPRESSED]
        assert {key for key in hidden.index if not is_of_split(key)} == {hamm, MODEL}
        assert hidden[["value", "n"]].isna().all(axis=None)
        assert frame.loc[other, "n"] == 12


def test_a_single_district_of_a_group_hides_behind_the_split_districts(tmp_path: Path) -> None:
    given = (
        Needs(3, MODEL, referred=30),
        Needs(24, "05162", municipality="05162004", referred=30),
        Needs(40, COMPARISON, referred=30),
        Needs(60, "05916", referred=30),
    )
    with publish(tmp_path, given) as store:
        by_group, by_unit = (
            indicator_values(store, "median_days_to_referral", by, YEARS, DE).table.frame.set_index(
                "key"
            )
            for by in ("group", "unit")
        )
    assert by_group.loc["model", "n"] == 27
    assert by_unit.loc["05162004", "status"] == Status.SUPPRESSED
