"""Whatever the day and the form: it is read as that day, announced, or refused."""

import datetime as dt
from collections.abc import Callable
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.extracts.contract import CASES, POPULATION
from analytics.extracts.instructions import DateOrder
from analytics.extracts.reading import Note, Reading
from analytics.extracts.reading.date_orders import orders
from analytics.extracts.reading.dates import DateColumn

AS_OF = dt.date(2023, 12, 31)
MONTHS: Final = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
    "November", "Dezember",
)  # fmt: skip

FORMS: Final[tuple[Callable[[dt.date], str], ...]] = (
    lambda day: day.isoformat(),
    lambda day: f"{day:%d.%m.%Y}",
    lambda day: f"{day.day}.{day.month}.{day.year}",
    lambda day: f"{day:%d.%m.%y}",
    lambda day: f"{day:%d. %m. %Y}",
    lambda day: f"{day:%d %m %Y}",
    lambda day: f"{day:%Y.%m.%d}",
    lambda day: f"{day:%Y/%m/%d}",
    lambda day: f"{day:%Y%m%d}",
    lambda day: f"{day:%d%m%Y}",
    lambda day: f"{day.day}. {MONTHS[day.month - 1]} {day.year}",
    lambda day: f"{MONTHS[day.month - 1][:3]}. {day.day}, {day.year}",
    lambda day: f"{day.day:02}-{MONTHS[day.month - 1][:3]}-{day:%y}",
    lambda day: str((day - dt.date(1899, 12, 30)).days),
    lambda day: f"{(day - dt.date(1899, 12, 30)).days},4375",
    lambda day: f"{day.isoformat()}T10:00:00.000Z",
    lambda day: f"{day.isoformat()} 10:00:00+02:00",
    lambda day: f"{day:%d.%m.%Y}, 14:30 Uhr",
    lambda day: f"{day:%d.%m.%Y} (Brief)",
)
DAYS: Final = st.dates(dt.date(2010, 1, 1), AS_OF)


def read(texts: list[str], column: str = "opened_on", table=CASES) -> Reading:
    dates = DateColumn(table.column(column), texts, [1] * len(texts), AS_OF)
    return dates.read(orders({column: dates.parsed}, None))


@given(days=st.lists(DAYS, min_size=1, max_size=8), data=st.data())
def test_any_day_in_any_form_is_that_day(days: list[dt.date], data: st.DataObject) -> None:
    texts = [data.draw(st.sampled_from(FORMS))(day) for day in days]
    assert list(read(texts).values) == days


@given(
    days=st.lists(DAYS, min_size=1, max_size=20),
    order=st.sampled_from(DateOrder),
    mark=st.sampled_from("/-"),
)
def test_a_column_of_one_order_is_right_or_announced(
    days: list[dt.date], order: DateOrder, mark: str
) -> None:
    form = f"%d{mark}%m{mark}%Y" if order is DateOrder.DAY_FIRST else f"%m{mark}%d{mark}%Y"
    reading = read([f"{day:{form}}" for day in days])

    shows = any(day.day > 12 for day in days)
    if shows or order is DateOrder.DAY_FIRST:
        assert list(reading.values) == days
    for place, (day, value) in enumerate(zip(days, reading.values, strict=True)):
        assert value == day or Note.ORDER_ASSUMED in reading.notes[place]


@settings(max_examples=300, deadline=None)
@given(
    day=st.integers(0, 99),
    month=st.integers(0, 99),
    year=st.integers(0, 99),
    mark=st.sampled_from("./-"),
)
def test_no_year_of_two_digits_becomes_one_long_ago(
    day: int, month: int, year: int, mark: str
) -> None:
    (value,) = read(
        [f"{day:02}{mark}{month:02}{mark}{year:02}"], "reference_date", POPULATION
    ).values
    assert value is None or 1990 <= value.year <= AS_OF.year + 20


@settings(max_examples=300, deadline=None)
@given(texts=st.lists(st.text("0123456789./- :,TZJanuliMo()?KWQ", max_size=14), max_size=6))
def test_anything_is_a_plausible_day_or_none(texts: list[str]) -> None:
    for value in read(texts, "closed_on").values:
        assert value is None or 1900 <= value.year < 2090
