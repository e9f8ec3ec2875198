"""The analysis plan: which estimate counts as the answer, decided before real data arrive.

With three outcomes and all other choices there are more than a hundred ways to estimate one
effect. Whoever tells the best of them tells chance. So one is primary, two are secondary and
corrected for being two (Holm 1979, Scandinavian Journal of Statistics 6, 65-70), and all others
are exploratory.
"""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Final

from analytics.domain.evaluation import (
    ComparisonGroup,
    Design,
    EffectOutcome,
    KimChoice,
    ModelChoice,
    Towns,
)
from analytics.domain.periods import Month

LEVEL: Final = 0.05
"""Probability of taking chance for an effect: by the primary outcome, by all secondary ones."""


class Role(StrEnum):
    """What an estimate is in the plan."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    EXPLORATORY = "exploratory"


@dataclass(frozen=True, slots=True)
class AnalysisPlan:
    """One version of the plan.

    Attributes:
        number: Counted from 1.
        decided_on, decided_by, may_change, reason: When, by whom; who may decide otherwise; why it
            was changed. In German, as decided.
        model, kim: The primary choice of each programme; draws and seed are the usual ones.
        secondary: Outcomes that are told beside it, by programme.
        checksum: Of all this, as it was written down with it; one that does not fit is refused.
    """

    number: int
    decided_on: date
    decided_by: str
    may_change: str
    reason: str
    model: ModelChoice
    kim: KimChoice
    secondary: Mapping[Design, tuple[EffectOutcome, ...]]
    checksum: str

    def role(self, choice: ModelChoice | KimChoice) -> Role:
        """Return what an estimate is; how many random draws it uses does not matter."""
        is_model = isinstance(choice, ModelChoice)
        design = Design.MODEL_PROJECT if is_model else Design.KIM_ROLLOUT
        planned = self.model if is_model else self.kim
        if _alike(choice, planned):
            return Role.PRIMARY
        is_told = choice.outcome in self.secondary[design]
        return (
            Role.SECONDARY
            if is_told and _alike(choice, planned, but="outcome")
            else Role.EXPLORATORY
        )

    def choices(self, choice: ModelChoice | KimChoice) -> tuple[ModelChoice | KimChoice, ...]:
        """Return the secondary choices of the programme that ``choice`` is of."""
        is_model = isinstance(choice, ModelChoice)
        planned = self.model if is_model else self.kim
        design = Design.MODEL_PROJECT if is_model else Design.KIM_ROLLOUT
        return tuple(replace(planned, outcome=outcome) for outcome in self.secondary[design])


def _alike(
    first: ModelChoice | KimChoice, second: ModelChoice | KimChoice, *, but: str = ""
) -> bool:
    left, right = asdict(first), asdict(second)
    return all(left[name] == right[name] for name in left.keys() - {"draws", "seed", but})


@cache
def plans() -> tuple[AnalysisPlan, ...]:
    """Return all versions, the one in force last.

    Raises:
        ValueError: If the file does not hold what the plan needs, or a version was changed
            afterwards.
    """
    text = (files("analytics.domain") / "analysis_plan.toml").read_text("utf-8")
    return tuple(_read(plan) for plan in tomllib.loads(text)["plan"])


def plan_in_force() -> AnalysisPlan:
    """Return the newest version."""
    return plans()[-1]


def checksum(given: Mapping[str, Any]) -> str:
    """Return the SHA-256 digest of a version as written down, without its checksum."""
    content = {name: value for name, value in given.items() if name != "checksum"}
    text = json.dumps(content, default=str, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _read(given: Mapping[str, Any]) -> AnalysisPlan:
    if given["checksum"] != (computed := checksum(given)):
        raise ValueError(f"version {given['number']} of the plan has the checksum {computed}")
    model, kim = given[Design.MODEL_PROJECT], given[Design.KIM_ROLLOUT]
    return AnalysisPlan(
        number=given["number"],
        decided_on=given["decided_on"],
        decided_by=given["decided_by"],
        may_change=given["may_change"],
        reason=given["reason"],
        model=ModelChoice(
            outcome=EffectOutcome(model["primary"]),
            end=Month.parse(model["end"]),
            towns=Towns(model["towns"]),
            first_year=model["first_year"],
            comparison=ComparisonGroup(model["comparison"]),
        ),
        kim=KimChoice(outcome=EffectOutcome(kim["primary"])),
        secondary={
            Design.MODEL_PROJECT: tuple(map(EffectOutcome, model["secondary"])),
            Design.KIM_ROLLOUT: tuple(map(EffectOutcome, kim["secondary"])),
        },
        checksum=given["checksum"],
    )
