"""Names of files tell figure, period, selection and data cut apart."""

from dataclasses import replace
from datetime import date

from chart_exhibits import mixed

from analytics.domain.filters import NeedFilter
from analytics.domain.periods import Period
from analytics.exports.file_names import file_stem
from analytics.queries.store import ExecutedQuery
from analytics.reports.exhibit import Exhibit

PERIOD = Period.parse("2017-01", "2019-12")


def asked(**params: object) -> Exhibit:
    query = ExecutedQuery("counts", "SELECT 1", tuple(sorted(params.items())))
    return replace(mixed(), queries=(query,))


def test_a_name_holds_figure_period_selection_and_data_cut() -> None:
    needs = NeedFilter(PERIOD, offer_areas=("labour_market", "housing"), groups=("model",))
    exhibit = asked(by="group", **needs.params())
    assert file_stem(exhibit) == "demo_2017-01_2019-12_model_housing+labour-market_2023-12-31"


def test_published_facts_have_neither_period_nor_cut() -> None:
    exhibit = mixed()
    published = replace(exhibit, source=replace(exhibit.source, as_of=None))
    assert file_stem(published) == "demo"


def test_another_day_than_the_cut_is_named() -> None:
    assert file_stem(asked(as_of=date(2023, 12, 31))) == "demo_2023-12-31"
    assert file_stem(asked(as_of=date(2021, 2, 28))) == "demo_2021-02-28_2023-12-31"


def test_a_district_is_named() -> None:
    assert file_stem(asked(district="05315")) == "demo_05315_2023-12-31"


def test_long_selections_stay_short_and_different() -> None:
    keys = [f"05{n:03}" for n in range(100, 140)]
    first, second = (asked(districts=keys[i : i + 30]) for i in (0, 1))
    names = {file_stem(first), file_stem(second)}
    assert len(names) == 2
    assert max(map(len, names)) < 100


def test_a_code_of_two_lists_is_named_with_its_list() -> None:
    names = {file_stem(asked(**{each: ["other"]})) for each in ("offer_areas", "providers")}
    assert names == {"demo_other_2023-12-31", "demo_provider-other_2023-12-31"}


def test_nothing_is_said_twice() -> None:
    of_district = replace(
        asked(start=PERIOD.start, end=PERIOD.end),
        id="demo_by_unit_05315",
        choice=(("district", "05315"), ("indicator", "by_unit"), ("peers", "05111+05112")),
    )
    assert file_stem(of_district) == "demo_by_unit_05315_2017-01_2019-12_05111+05112_2023-12-31"


def test_names_are_safe_on_every_disk() -> None:
    name = file_stem(asked(districts=["../\\:*?<>|", "ä"]))
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789_+-")


def test_an_explicit_choice_stands_for_the_selection():
    exhibit = replace(asked(legal_regimes=["sgb_ii"]), choice=(("outcome", "hazard_ratio"),))
    assert file_stem(exhibit) == "demo_hazard-ratio_2023-12-31"
