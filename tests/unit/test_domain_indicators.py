"""The catalogue is complete, agrees with the gate and claims no effects."""

import re
from typing import get_args

import pytest

from analytics.disclosure import MIN_COUNT, MIN_DURATION_N
from analytics.domain.indicators import DIMENSIONS, Indicator, Process, catalogue, indicator
from analytics.extracts.contract import TABLES
from analytics.i18n import LANGUAGES

FIRST_SET = {
    "median_days_to_referral", "share_referred_30d", "share_referred_90d",
    "restricted_mean_days_180", "restricted_mean_days_180_to_start",
    "restricted_mean_days_180_after_referral", "median_days_to_start", "share_started_180d",
    "start_rate_of_referred", "repeat_referral_share", "binding_handover_share",
    "open_over_180d_share", "cases_per_fte", "posts_filled_share", "modules_started",
    "funding_per_1000_foreign", "cases_per_1000_foreign", "foreign_share", "reporting_lag_days",
}  # fmt: skip
OF_COOPERATION = {
    "agreement_share", "kept_appointment_share", "answered_30d_share", "median_days_to_answer",
    "returned_share", "median_days_regime_gap", "conference_60d_share", "median_days_to_decision",
    "median_days_to_implementation", "median_days_to_residence_title",
    "median_days_to_naturalisation",
}  # fmt: skip
"""What version 2 of the contract added."""

PROCESSES_WITH_A_CLOCK = set(get_args(Process)) - {"kept", "returned"}
CLOCKED = {"survival_median", "cumulative_incidence", "restricted_mean"}

every_indicator = pytest.mark.parametrize("chosen", catalogue().values(), ids=lambda i: i.id)


def test_the_first_set_is_there_and_that_of_version_2() -> None:
    assert set(catalogue()) == FIRST_SET | OF_COOPERATION
    optional = {name for name, each in TABLES.items() if each.is_optional}
    assert {n for n, one in catalogue().items() if optional & {*one.tables}} == OF_COOPERATION
    assert indicator("foreign_share").id == "foreign_share"
    with pytest.raises(KeyError):
        indicator("league_table")


@every_indicator
def test_texts_are_in_both_languages(chosen: Indicator) -> None:
    for texts in (chosen.name, chosen.definition, chosen.numerator, chosen.denominator,
                  chosen.caveats):  # fmt: skip
        assert set(texts) == set(LANGUAGES)
        assert all(text.strip() == text and text for text in texts.values())
    assert all(
        text.endswith(".") for text in (*chosen.definition.values(), *chosen.caveats.values())
    )
    assert chosen.source


@every_indicator
def test_it_is_computed_from_tables_of_the_contract(chosen: Indicator) -> None:
    assert set(chosen.tables) <= set(TABLES)
    if chosen.counts_needs or chosen.process:
        assert chosen.fields, "name the columns it is counted from: a break of one concerns it"


@every_indicator
def test_it_is_broken_down_by_known_dimensions_from_the_state_on(chosen: Indicator) -> None:
    assert chosen.dimensions[0] == "state"
    assert set(chosen.dimensions) <= set(DIMENSIONS)


@every_indicator
def test_methods_have_what_they_need(chosen: Indicator) -> None:
    is_timed = chosen.clock is not None or chosen.process in PROCESSES_WITH_A_CLOCK
    assert is_timed == (chosen.method in CLOCKED)
    needs_day = chosen.method in {"cumulative_incidence", "restricted_mean"}
    assert (chosen.parameter is not None) == needs_day
    if chosen.method != "ratio":
        assert (chosen.interval, chosen.per) == ("none", 1)


@every_indicator
def test_the_stated_minimum_is_the_one_the_gate_applies(chosen: Indicator) -> None:
    if chosen.method == "ratio":
        expected = MIN_COUNT if chosen.interval == "poisson" else 0
    else:
        expected = MIN_DURATION_N if chosen.unit == "days" else MIN_COUNT
    assert chosen.minimum_n == expected


@every_indicator
def test_the_day_in_a_name_is_the_day_that_is_used(chosen: Indicator) -> None:
    day = re.search(r"_(\d+)(?:d(?=_|$)|$)", chosen.id)
    if day:
        assert chosen.parameter in (None, int(day[1]))
        assert all(day[1] in text for text in chosen.definition.values())


@every_indicator
def test_no_definition_claims_an_effect(chosen: Indicator) -> None:
    for texts in (chosen.name, chosen.definition):
        assert not re.search(r"wirk|effekt|effect|impact", " ".join(texts.values()), re.IGNORECASE)
