"""Which questions the released edition answers, and which nearest one it offers instead."""

import pytest

from analytics.domain.filters import NeedFilter, only
from analytics.domain.periods import Period
from analytics.domain.release import grid, unreleased

COVERED = Period.parse("2015-01", "2023-12")


def needs(first: str = "2017-01", last: str = "2019-12", **codes: tuple[str, ...]) -> NeedFilter:
    return NeedFilter(Period.parse(first, last), only(**codes))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2018-01", "2018-12"),
        ("2018-04", "2018-06"),
        ("2015-01", "2016-12"),
        ("2017-01", "2019-12"),
        ("2021-01", "2023-12"),
        ("2015-01", "2023-12"),
        ("2000-01", "2099-12"),  # all that there is
        ("2031-01", "2031-12"),  # nothing, which may be said
    ],
)
def test_whole_quarters_years_and_the_periods_of_the_evaluation_are_released(first, last):
    assert unreleased(needs(first, last), "state", COVERED) is None


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [
        (("2015-01", "2015-04"), ("2015-01", "2015-03")),
        (("2017-01", "2017-11"), ("2017-01", "2017-12")),
        (("2018-03", "2018-03"), ("2018-01", "2018-03")),
        (("2016-01", "2019-12"), ("2017-01", "2019-12")),
    ],
)
def test_other_months_are_not_and_the_nearest_period_is_offered(asked, nearest):
    found = unreleased(needs(*asked), "district", COVERED)

    assert found is not None and found.reason == "period"
    assert found.nearest.period == Period.parse(*nearest)
    assert unreleased(found.nearest, "district", COVERED) is None


def test_one_code_of_a_field_is_released_and_several_together_are_not():
    assert unreleased(needs(offer_area=("language",)), "state", COVERED) is None
    found = unreleased(needs(offer_area=("language", "housing")), "state", COVERED)

    assert found is not None and found.reason == "codes"
    assert len(found.nearest["offer_area"]) == 1


def test_areas_are_told_by_one_field_and_the_state_by_two():
    one, two = {"sex": ("female",)}, {"sex": ("female",), "age_group": ("18_24",)}

    assert unreleased(needs(**one), "district", COVERED) is None
    assert unreleased(needs(**two), "state", COVERED) is None
    assert unreleased(needs(**two), "sex", COVERED) is None  # the same two fields
    for by, codes in (
        ("district", two),
        ("unit", two),
        ("sex", one | {"district": ("05315",), "age_group": ("18_24",)}),
        ("residence_status", two),
        ("state", two | {"provider": ("job_centre",)}),
    ):
        found = unreleased(needs(**codes), by, COVERED)
        assert found is not None and found.reason == "depth", (by, codes)
        assert unreleased(found.nearest, by, COVERED) is None


def test_a_month_lies_in_few_periods_of_the_grid():
    periods = set(grid(COVERED))
    for month in COVERED.months():
        within = [each for each in periods if each.first <= month <= each.last]
        assert 3 <= len(within) <= 4, month


def test_the_grid_of_young_data_ends_where_they_end():
    covered = Period.parse("2022-05", "2023-02")

    assert all(covered.first <= p.first and p.last <= covered.last for p in grid(covered))
    assert covered in set(grid(covered))
