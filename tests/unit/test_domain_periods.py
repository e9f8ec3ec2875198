"""Months and periods: what they read, hold and refuse."""

from datetime import date

import pytest

from analytics.domain.periods import Month, Period


def test_a_month_reads_and_writes_itself() -> None:
    month = Month.parse("2019-07")
    assert (month.year, month.number, month.quarter) == (2019, 7, 3)
    assert str(month) == "2019-07"
    assert month.first_day == date(2019, 7, 1)
    assert Month.of(date(2019, 7, 31)) == month


@pytest.mark.parametrize(
    "text", ["", "2019", "2019-00", "2019-13", "2019-7", "19-07", "2019-07-01", "0000-01",
             "9999-12", " 2019-07", "٢٠١٩-٠٧"]
)  # fmt: skip
def test_anything_else_is_no_month(text: str) -> None:
    with pytest.raises(ValueError, match="YYYY-MM"):
        Month.parse(text)


@pytest.mark.parametrize(
    ("months", "expected"), [(0, "2019-12"), (1, "2020-01"), (-12, "2018-12"), (25, "2022-01")]
)
def test_months_are_counted_over_years(months: int, expected: str) -> None:
    assert str(Month(2019, 12).plus(months)) == expected


@pytest.mark.parametrize(
    ("number", "quarter"), [(1, 1), (3, 1), (4, 2), (6, 2), (7, 3), (9, 3), (10, 4), (12, 4)]
)
def test_quarters(number: int, quarter: int) -> None:
    assert Month(2020, number).quarter == quarter


def test_a_period_holds_its_last_month_whole() -> None:
    period = Period.parse("2019-11", "2020-02")
    assert (period.start, period.end) == (date(2019, 11, 1), date(2020, 3, 1))
    assert [str(month) for month in period.months()] == ["2019-11", "2019-12", "2020-01", "2020-02"]


def test_a_period_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        Period.parse("2020-02", "2020-01")


def test_the_part_of_a_period_inside_another() -> None:
    outer = Period.parse("2015-01", "2019-12")
    assert Period.parse("2019-06", "2021-03").within(outer) == Period.parse("2019-06", "2019-12")
    assert Period.parse("2016-01", "2016-01").within(outer) == Period.parse("2016-01", "2016-01")
    assert Period.parse("2020-01", "2020-02").within(outer) is None
