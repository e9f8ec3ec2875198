"""The written rules: what a value allows, and that the strictest one decides."""

from math import inf, nan

import pytest

from analytics.domain.evaluation import Design
from analytics.domain.verdict import RULES, Assumption, Level, Rule, rules, strictest

P_RULE = Rule("wild", 0.05, 0.10, larger_is_better=False)
SIZE_RULE = Rule("breakdown", 1.0, None, larger_is_better=True)


@pytest.mark.parametrize(
    ("rule", "value", "level"),
    [
        (P_RULE, 0.05, Level.SHOWN),
        (P_RULE, 0.051, Level.COMPATIBLE),
        (P_RULE, 0.10, Level.COMPATIBLE),
        (P_RULE, 0.11, Level.NOT),
        (P_RULE, nan, Level.NOT),
        (SIZE_RULE, 1.0, Level.SHOWN),
        (SIZE_RULE, inf, Level.SHOWN),
        (SIZE_RULE, 0.0, Level.COMPATIBLE),
        (SIZE_RULE, nan, Level.COMPATIBLE),
    ],
)
def test_a_value_allows_what_its_limits_say(rule: Rule, value: float, level: Level) -> None:
    assert rule.level(value) is level


def test_the_strictest_level_decides() -> None:
    assert strictest((Level.SHOWN, Level.COMPATIBLE)) is Level.COMPATIBLE
    assert strictest((Level.NOT, Level.COMPATIBLE, Level.SHOWN)) is Level.NOT
    assert strictest((Level.SHOWN, Level.SHOWN)) is Level.SHOWN


@pytest.mark.parametrize("design", Design)
def test_chance_and_direction_are_never_left_open(design: Design) -> None:
    deciding = {rule.id: rule for rule in rules(design)}
    for name in ("placebo", "interval"):
        assert deciding[name].enough == deciding[name].compatible


def test_limits_are_in_order_and_ids_are_unique() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    for rule in RULES:
        if rule.compatible is None:
            continue
        softer = rule.compatible <= rule.enough
        assert softer if rule.larger_is_better else rule.compatible >= rule.enough


@pytest.mark.parametrize("design", Design)
def test_every_assumption_has_a_rule(design: Design) -> None:
    covered = {rule.assumption for rule in rules(design)}
    expected = set(Assumption) - (
        {Assumption.NEIGHBOURS} if design is Design.KIM_ROLLOUT else set()
    )
    assert covered - {None} == expected
