"""The analysis plan: one choice is the answer, few stand beside it, and no version is rewritten."""

from collections import Counter
from datetime import date
from itertools import product

import pytest
from plan_versions import sealed, toml_of

from analytics.domain.analysis_plan import (
    ChangedPlanError,
    PlanError,
    Role,
    checksum,
    fixed_since,
    plan_in_force,
    plans,
    read_plans,
)
from analytics.domain.evaluation import (
    FIRST_YEARS,
    LAST_MONTHS,
    ComparisonGroup,
    Design,
    EffectOutcome,
    KimChoice,
    ModelChoice,
    Towns,
)
from analytics.domain.periods import Month
from analytics.domain.verdict import rules

PINNED = ("a54ef8036651e06042442c42c6ba0f56c3450aaeab092aff17da6b10117a4325",)
"""Of all versions. One that was ever in force stays as it is, here and in the file; a new one is
added at the end."""

SHARE, DAYS, HAZARD = EffectOutcome
EVERY_CHOICE = [
    ModelChoice(outcome, end=end, towns=towns, first_year=year, comparison=group)
    for outcome, end, towns, year, group in product(
        EffectOutcome, LAST_MONTHS, Towns, FIRST_YEARS, ComparisonGroup
    )
]


def test_no_version_was_rewritten():
    assert tuple(plan.checksum for plan in plans()) == PINNED


def test_nobody_is_said_to_have_decided_the_first_version():
    decided = plans()[0].decided_by
    assert "Vorschlag" in decided.de and "noch nicht" in decided.de
    assert "Proposal" in decided.en and "not yet" in decided.en


def test_of_all_choices_one_is_the_answer_and_two_stand_beside_it():
    roles = Counter(plan_in_force().role(choice) for choice in EVERY_CHOICE)
    assert roles == {Role.PRIMARY: 1, Role.SECONDARY: 2, Role.EXPLORATORY: 105}


@pytest.mark.parametrize("outcome", EffectOutcome)
def test_only_the_outcome_may_differ_from_the_answer(outcome: EffectOutcome):
    plan, told = (
        plan_in_force(),
        {SHARE: Role.PRIMARY, DAYS: Role.SECONDARY, HAZARD: Role.SECONDARY},
    )
    for choice in EVERY_CHOICE:
        if choice.outcome is not outcome:
            continue
        is_usual = choice == ModelChoice(outcome)
        assert plan.role(choice) is (told[outcome] if is_usual else Role.EXPLORATORY)
    assert plan.role(KimChoice(outcome)) is told[outcome]


@pytest.mark.parametrize("choice", [ModelChoice, KimChoice])
def test_how_many_draws_are_made_does_not_change_what_an_estimate_is(choice):
    plan = plan_in_force()
    for outcome in EffectOutcome:
        assert plan.role(choice(outcome, draws=7, seed=1)) is plan.role(choice(outcome))


def test_the_plan_decides_and_not_what_the_pages_show_first():
    own = read_plans(
        toml_of(sealed(model_project={"primary": "hazard_ratio", "secondary": [], "towns": "drop"}))
    )[-1]
    roles = {choice: own.role(choice) for choice in EVERY_CHOICE}
    assert [choice for choice, role in roles.items() if role is Role.PRIMARY] == [
        ModelChoice(HAZARD, towns=Towns.DROP)
    ]
    assert Role.SECONDARY not in roles.values()
    assert own.choices(ModelChoice()) == ()
    assert own.choices(KimChoice()) == (KimChoice(DAYS), KimChoice(HAZARD))


def test_the_family_of_secondary_choices_is_the_same_whichever_asks():
    plan = plan_in_force()
    for outcome in EffectOutcome:
        assert plan.choices(ModelChoice(outcome)) == (ModelChoice(DAYS), ModelChoice(HAZARD))
        assert plan.choices(KimChoice(outcome)) == (KimChoice(DAYS), KimChoice(HAZARD))


@pytest.mark.parametrize("design", Design)
def test_the_rule_against_chance_keeps_the_level_of_the_plan(design: Design):
    (placebo,) = [rule for rule in rules(design) if rule.id == "placebo"]
    assert placebo.enough == plan_in_force().level


CHANGES = [
    {"dated": date(2026, 11, 27)},
    {"reason": {"de": "Andere Fassung"}},
    {"decided_by": {"en": "The ministry"}},
    {"level": 0.1},
    {"model_project": {"end": "2020-06"}},
    {"model_project": {"secondary": ["hazard_ratio", "restricted_mean_days_180"]}},
    {"kim_rollout": {"primary": "hazard_ratio", "secondary": []}},
]


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_a_version_that_was_changed_is_refused_and_the_checksum_told(change):
    original, changed = sealed(), sealed(**change)
    assert changed["checksum"] != original["checksum"]
    with pytest.raises(ChangedPlanError) as refused:
        read_plans(toml_of({**changed, "checksum": original["checksum"]}, sealed(number=2)))
    assert (refused.value.number, refused.value.computed) == (1, changed["checksum"])
    assert read_plans(toml_of(changed))[-1].checksum == changed["checksum"]


def test_how_the_file_is_laid_out_does_not_change_the_checksum():
    given = sealed()
    assert checksum(dict(reversed(given.items()))) == given["checksum"]


BROKEN = {
    "an outcome twice": sealed(kim_rollout={"secondary": ["hazard_ratio", "hazard_ratio"]}),
    "primary and secondary": sealed(model_project={"secondary": ["share_referred_90d"]}),
    "a word that nothing reads": sealed(kim_rollout={"towns": "unit"}),
    "an outcome that there is not": sealed(kim_rollout={"primary": "satisfaction"}),
    "a month that is not offered": sealed(model_project={"end": "2021-12"}),
    "a date in words": sealed(dated="heute"),
    "a level above all": sealed(level=1.5),
    "numbered wrongly": sealed(number=2),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_would_decide_nothing_or_twice_is_refused(name: str):
    with pytest.raises(PlanError):
        read_plans(toml_of(BROKEN[name]))


def test_versions_follow_one_another():
    with pytest.raises(PlanError):
        read_plans("plan = []")
    with pytest.raises(PlanError):
        read_plans(toml_of(sealed(), sealed(number=2, dated=date(2026, 11, 27))))
    with pytest.raises(PlanError):
        read_plans(toml_of(sealed(), sealed(number=3)))
    one, two = read_plans(toml_of(sealed(), sealed(number=2)))
    assert (one.number, two.number) == (1, 2)


def test_a_decision_without_another_choice_does_not_make_the_plan_younger():
    decided = {"de": "Fachreferat", "en": "Division"}
    given = [
        sealed(),
        sealed(number=2, dated=date(2027, 1, 15), decided_by=decided),
        sealed(number=3, dated=date(2027, 2, 1), model_project={"first_year": 2016}),
        sealed(
            number=4, dated=date(2027, 3, 1), model_project={"first_year": 2016}, decided_by=decided
        ),
        sealed(number=5, dated=date(2027, 4, 1)),
    ]
    since = [fixed_since(read_plans(toml_of(*given[: n + 1]))) for n in range(len(given))]
    first, third, fifth = (given[n]["dated"] for n in (0, 2, 4))
    assert since == [first, first, third, third, fifth]


def test_the_end_of_the_plan_is_read_as_a_month():
    assert plan_in_force().model.end == Month(2019, 12)
