"""What can be chosen about an effect estimate, and when the model sites started."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from analytics.domain.areas import registry
from analytics.domain.filters import BREAKDOWNS, Chosen
from analytics.domain.periods import Month, Period
from analytics.domain.programme import facts


class Design(StrEnum):
    """The two questions of the evaluation."""

    MODEL_PROJECT = "model-project"
    KIM_ROLLOUT = "kim-rollout"


class EffectOutcome(StrEnum):
    """What a programme may have changed, by unit and quarter of need."""

    SHARE = "share_referred_90d"
    DAYS = "restricted_mean_days_180"
    HAZARD = "hazard_ratio"

    @property
    def horizon(self) -> int:
        """Return the days for which every need of a quarter must have been followed."""
        return SHARE_DAY if self is EffectOutcome.SHARE else DAY_LIMIT

    @property
    def needs_ends(self) -> bool:
        """Say whether it must be known which needs ended otherwise; a share by a day need not."""
        return self is not EffectOutcome.SHARE

    @property
    def faster_is(self) -> int:
        """Return 1 where a larger value means faster, else -1."""
        return -1 if self is EffectOutcome.DAYS else 1


SHARE_DAY: Final = 90
DAY_LIMIT: Final = 180


class Towns(StrEnum):
    """What becomes of the three model towns, which are parts of districts.

    ``UNIT``: town and rest of the district are two units. ``EXPOSURE``: the district is one unit,
    treated as far as its needs are the town's. ``DROP``: these districts are left out.
    """

    UNIT = "unit"
    EXPOSURE = "exposure"
    DROP = "drop"


class ComparisonGroup(StrEnum):
    """Which units the model sites are compared with: all others, or those most alike."""

    ALL = "all"
    MATCHED = "matched"


FIRST_YEARS: Final = (2015, 2016, 2017)
LAST_MONTHS: Final = (Month(2019, 12), Month(2020, 6))
KIM_FIRST: Final = Month(2018, 1)
"""Two and a half years before the first start of KIM: a base and quarters to check the trends."""

USUAL_DRAWS: Final = 1000
USUAL_SEED: Final = 2017
MOST_DRAWS: Final = 100_000

COMMON_START: Final = Month(2017, 4)
"""The quarter in which the programme is counted from where no source tells a site's own start: the
published starts of the selected sites lie in it."""


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """One way to estimate the effect of the model programme.

    ``chosen``: only needs with these codes; an estimate for some people is never the planned one.

    Raises:
        ValueError: If a value is not among those offered.
    """

    outcome: EffectOutcome = EffectOutcome.SHARE
    end: Month = LAST_MONTHS[0]
    towns: Towns = Towns.UNIT
    first_year: int = FIRST_YEARS[0]
    comparison: ComparisonGroup = ComparisonGroup.ALL
    draws: int = USUAL_DRAWS
    seed: int = USUAL_SEED
    chosen: Chosen = ()

    def __post_init__(self) -> None:
        _check_chosen(self.chosen)
        if self.end not in LAST_MONTHS or self.first_year not in FIRST_YEARS:
            raise ValueError(f"no such period: {self.first_year} to {self.end}")
        _check_draws(self.draws, self.seed)

    @property
    def period(self) -> Period:
        """Return the months of need that enter."""
        return Period(Month(self.first_year, 1), self.end)


@dataclass(frozen=True, slots=True)
class KimChoice:
    """One way to estimate the effect of KIM; ``chosen`` as for the model programme."""

    outcome: EffectOutcome = EffectOutcome.SHARE
    draws: int = USUAL_DRAWS
    seed: int = USUAL_SEED
    chosen: Chosen = ()

    def __post_init__(self) -> None:
        _check_chosen(self.chosen)
        _check_draws(self.draws, self.seed)


def _check_chosen(chosen: Chosen) -> None:
    """Refuse what would choose units or outcomes instead of people and needs."""
    if strange := {name for name, _ in chosen} - set(BREAKDOWNS):
        raise ValueError(f"an effect cannot be estimated for a choice of {sorted(strange)}")


def _check_draws(draws: int, seed: int) -> None:
    if not 1 <= draws <= MOST_DRAWS or seed < 0:
        raise ValueError(f"draws must lie in 1 to {MOST_DRAWS} and the seed must not be negative")


@cache
def model_starts() -> dict[str, Month]:
    """Return the first month that counts for each model unit: the published one where there is."""
    published = {site.ags: site.start for site in facts().sites if site.start is not None}
    return {
        unit.code: Month.of(published[unit.code].first_day)
        if unit.code in published
        else COMMON_START
        for unit in registry().model_units
    }
