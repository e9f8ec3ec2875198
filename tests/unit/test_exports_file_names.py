"""Names of files tell figure, period, selection and data cut apart."""

from dataclasses import replace

from chart_exhibits import mixed

from analytics.domain.areas import registry
from analytics.domain.filters import NeedFilter, only
from analytics.domain.periods import Period
from analytics.exports.file_names import file_stem
from analytics.reports.basis.exhibit import Exhibit

PERIOD = Period.parse("2017-01", "2019-12")


def asked(**codes: object) -> Exhibit:
    return replace(mixed(), needs=NeedFilter(PERIOD, only(**codes)))


def test_a_name_holds_figure_period_selection_and_data_cut() -> None:
    exhibit = asked(offer_area=("labour_market", "housing"), group=("model",))
    assert file_stem(exhibit) == "demo_2017-01_2019-12_model_housing+labour-market_2023-12-31"


def test_published_facts_have_neither_period_nor_cut() -> None:
    exhibit = mixed()
    published = replace(exhibit, source=replace(exhibit.source, as_of=None))
    assert file_stem(published) == "demo"


def test_a_district_and_a_month_are_named() -> None:
    choice = (("district", "05315"), ("month", "2021-02"))
    assert file_stem(replace(mixed(), choice=choice)) == "demo_05315_2021-02_2023-12-31"


def test_long_selections_stay_short_and_different() -> None:
    keys = [area.ags for area in registry().districts]
    names = {file_stem(asked(district=keys[start : start + 40])) for start in (0, 1)}
    assert len(names) == 2
    assert max(map(len, names)) < 120


def test_a_code_of_two_lists_is_named_with_its_list() -> None:
    names = {file_stem(asked(**{each: ["other"]})) for each in ("offer_area", "provider")}
    period = "2017-01_2019-12"
    assert names == {
        f"demo_{period}_other_2023-12-31", f"demo_{period}_provider-other_2023-12-31"
    }  # fmt: skip


def test_a_district_and_the_unit_of_the_same_key_have_two_names() -> None:
    assert file_stem(asked(district=["05170"])) != file_stem(asked(unit=["05170"]))


def test_nothing_is_said_twice() -> None:
    choice = (
        ("district", "05315"), ("indicator", "by_unit"), ("from", "2017-01"), ("to", "2019-12"),
        ("peers", "05111+05112"),
    )  # fmt: skip
    of_district = replace(mixed(), id="demo_by_unit_05315", choice=choice)
    assert file_stem(of_district) == "demo_by_unit_05315_2017-01_2019-12_05111+05112_2023-12-31"


def test_names_are_safe_on_every_disk() -> None:
    name = file_stem(replace(mixed(), choice=(("measure", "../\\:*?<>|ä"),)))
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789_+-")
