"""A filter is one value: equal choices are equal, and it is its own SQL parameters."""

from datetime import date

from analytics.domain.filters import NeedFilter
from analytics.domain.periods import Period

PERIOD = Period.parse("2017-01", "2019-12")


def test_the_order_of_choices_does_not_matter() -> None:
    one = NeedFilter(PERIOD, offer_areas=("language", "health"), districts=("05911", "05315"))
    other = NeedFilter(
        PERIOD, offer_areas=("health", "language", "health"), districts=("05315", "05911")
    )
    assert one == other
    assert hash(one) == hash(other)
    assert one.offer_areas == ("health", "language")


def test_no_choice_stands_for_all() -> None:
    params = NeedFilter(PERIOD).params()
    assert (params["start"], params["end"]) == (date(2017, 1, 1), date(2020, 1, 1))
    assert {name for name, value in params.items() if value is None} == {
        "offer_areas", "groups", "districts", "providers", "legal_regimes", "without_group"
    }  # fmt: skip


def test_choices_are_lists_for_duckdb() -> None:
    assert NeedFilter(PERIOD, providers=("job_centre",)).params()["providers"] == ["job_centre"]
