"""A filter is one value: equal choices are equal, and it is its own SQL parameters."""

from datetime import date
from pathlib import Path

import pytest

from analytics.domain.filters import FIELDS, UNKNOWN, NeedFilter, only
from analytics.domain.indicators import catalogue
from analytics.domain.periods import Period
from analytics.i18n import LANGUAGES, words

PERIOD = Period.parse("2017-01", "2019-12")


def test_the_order_of_choices_does_not_matter() -> None:
    one = only(offer_area=("language", "health"), district=("05911", "05315"))
    other = only(district=["05315", "05911"], offer_area=("health", "language", "health"))
    assert one == other and hash(NeedFilter(PERIOD, one)) == hash(NeedFilter(PERIOD, other))
    assert NeedFilter(PERIOD, one)["offer_area"] == ("health", "language")


def test_no_choice_stands_for_all() -> None:
    assert only(sex=()) == ()
    params = NeedFilter(PERIOD).params()
    assert (params["start"], params["end"]) == (date(2017, 1, 1), date(2020, 1, 1))
    assert params["chosen"] == {"key": [], "value": []} and params["without_group"] is None
    assert not NeedFilter(PERIOD).is_narrowed
    assert not NeedFilter(PERIOD, only(district=["05315"])).is_narrowed


def test_some_codes_can_be_changed_and_the_others_stay() -> None:
    needs = NeedFilter(PERIOD, only(sex=["female"], provider=["job_centre"]), assigned=True)
    assert needs.but(sex=()) == NeedFilter(PERIOD, only(provider=["job_centre"]), assigned=True)
    assert needs.but(group=["model"]).chosen[0] == ("group", ("model",))


def test_what_is_known_of_referred_needs_alone_says_so() -> None:
    assert NeedFilter(PERIOD, only(receiving_body=["school"])).is_of_referred
    of_referred = {e.id for e in catalogue().values() if "receiving_body" in e.dimensions}
    assert of_referred == {
        "start_rate_of_referred", "restricted_mean_days_180_after_referral",
        "repeat_referral_share", "binding_handover_share", "agreement_share",
    }  # fmt: skip


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_field_has_codes_and_only_those_with_gaps_have_a_word_for_them(field) -> None:
    codes = field.all_codes()
    assert len(set(codes)) == len(codes) > 1
    assert not field.has_gaps or codes[-1] == UNKNOWN


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_code_has_a_label_and_every_option_is_documented(field) -> None:
    if not field.is_area:
        ids = {f"code.{field.name}.{code}" for code in field.codes()}
        assert not [each for w in map(words, LANGUAGES) for each in ids - set(w.messages)]
    guide = Path(__file__).parents[2] / "docs" / "methods" / "filters.md"
    assert f"`--{field.option.replace('_', '-')}`" in guide.read_text("utf-8")
