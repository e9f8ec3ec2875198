"""The analysis plan: which estimate counts as the answer, decided before real data arrive.

With three outcomes and all other choices there are more than a hundred ways to estimate one effect.
Whoever tells the best of them tells chance. So one is primary, two are secondary and corrected for
being two (Holm 1979, Scandinavian Journal of Statistics 6, 65-70), and all others are exploratory.
"""

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import pairwise
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
from analytics.domain.programme_types import Text

_FILE: Final = "analysis_plan.toml"
_OF_KIM: Final = frozenset({"primary", "secondary"})
_OF_MODEL: Final = _OF_KIM | {"end", "towns", "first_year", "comparison"}
_KEYS: Final = frozenset(
    {"number", "dated", "decided_by", "may_change", "reason", "level", "checksum", *Design}
)


class PlanError(ValueError):
    """The file does not hold what the plan needs."""


class ChangedPlanError(PlanError):
    """A version does not fit its checksum: it is new without one, or was changed afterwards."""

    def __init__(self, number: int, computed: str) -> None:
        super().__init__(f"version {number} of the plan has the checksum {computed}")
        self.number = number
        self.computed = computed


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
        dated: When it was written down.
        decided_by, may_change, reason: Who decided it, or that nobody has; who may decide
            otherwise; why it was written.
        level: Probability of taking chance for an effect, of each programme: for the primary
            outcome, and for all secondary ones together.
        model, kim: The primary choice of each programme; draws and seed are the usual ones.
        secondary: Outcomes that are told beside it, by programme, corrected by Holm's procedure.
        checksum: Of all this, as it was written down with it; one that does not fit is refused.
    """

    number: int
    dated: date
    decided_by: Text
    may_change: Text
    reason: Text
    level: float
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

    @property
    def commitment(self) -> tuple[object, ...]:
        """Return all that decides what an estimate is; who decided it and why is left out."""
        return self.model, self.kim, dict(self.secondary), self.level

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
    """Return all versions, the one in force last; raises as ``read_plans`` does."""
    return read_plans((files("analytics.domain") / _FILE).read_text("utf-8"))


def read_plans(text: str) -> tuple[AnalysisPlan, ...]:
    """Return the versions that a TOML text holds, the one in force last.

    Raises:
        ChangedPlanError: If a version does not fit its checksum.
        PlanError: If the text does not hold what the plan needs.
    """
    try:
        found = tuple(_read(plan) for plan in tomllib.loads(text)["plan"])
    except PlanError:
        raise
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise PlanError(f"{type(error).__name__}: {error}") from error
    if [plan.number for plan in found] != list(range(1, len(found) + 1)) or not found:
        raise PlanError("the versions of the plan are not numbered from 1, one after the other")
    if any(later.dated < earlier.dated for earlier, later in pairwise(found)):
        raise PlanError("a version of the plan is older than the one before it")
    return found


def fixed_since(versions: Sequence[AnalysisPlan]) -> date:
    """Return since when the choices of the newest version stand: texts may change, choices not."""
    since = versions[-1].dated
    for later, earlier in pairwise(reversed(versions)):
        if later.commitment != earlier.commitment:
            break
        since = earlier.dated
    return since


def plan_in_force() -> AnalysisPlan:
    """Return the newest version."""
    return plans()[-1]


def checksum(given: Mapping[str, Any]) -> str:
    """Return the SHA-256 digest, in hexadecimal, of all that a version holds but its checksum."""
    content = {name: value for name, value in given.items() if name != "checksum"}
    text = json.dumps(content, default=str, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _read(given: Mapping[str, Any]) -> AnalysisPlan:
    if given["checksum"] != (computed := checksum(given)):
        raise ChangedPlanError(given["number"], computed)
    model, kim = given[Design.MODEL_PROJECT], given[Design.KIM_ROLLOUT]
    _refuse_others(given, _KEYS)
    _refuse_others(model, _OF_MODEL)
    _refuse_others(kim, _OF_KIM)
    if not isinstance(given["dated"], date) or not 0 < given["level"] < 1:
        raise PlanError(f"version {given['number']} has no date, or no level from 0 to 1")
    for programme in (model, kim):
        told = [programme["primary"], *programme["secondary"]]
        if len(set(told)) < len(told):
            raise PlanError(f"version {given['number']} names an outcome twice")
    return AnalysisPlan(
        number=given["number"],
        dated=given["dated"],
        decided_by=Text(**given["decided_by"]),
        may_change=Text(**given["may_change"]),
        reason=Text(**given["reason"]),
        level=given["level"],
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


def _refuse_others(given: Mapping[str, Any], known: frozenset[str]) -> None:
    """Refuse what nothing reads: it would look decided and decide nothing."""
    if others := given.keys() - known:
        raise PlanError(f"nothing reads {', '.join(sorted(others))}")
