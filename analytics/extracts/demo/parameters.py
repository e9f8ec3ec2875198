"""The assumptions behind the demonstration data, each in one place.

``docs/methods/demonstration-data.md`` explains them. What is published (course waiting times) is in
``calibration.py`` with its source; nothing below is a fact about the programme.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from analytics.domain.vocabulary import (
    AccessPath,
    AgeGroup,
    LegalRegime,
    OfferArea,
    Provider,
    ResidenceStatus,
    Sex,
)

# ------------------------------------------------------------------ volumes

QUARTERLY_INFLOW: Final = {
    2015: (1.7, 2.2, 3.4, 4.6),
    2016: (4.7, 4.2, 3.5, 3.0),
    2017: (2.8, 2.6, 2.5, 2.4),
    2018: (2.3, 2.2, 2.2, 2.1),
    2019: (2.1, 2.1, 2.1, 2.0),
    2020: (2.0, 1.3, 1.8, 1.9),
    2021: (1.9, 2.0, 2.1, 2.2),
    2022: (2.9, 5.0, 4.4, 3.8),
    2023: (3.6, 3.4, 3.3, 3.2),
}
"""Relative inflow per foreign resident and quarter: waves of 2015/16 and 2022."""

TOWN_WEIGHT: Final = 3.0
"""Weight of a town (Stadt) against 1.0 of another municipality of the same district."""

MUNICIPALITY_SHARES: Final = MappingProxyType(
    {"05170024": 0.24, "05566076": 0.20, "05162004": 0.15, "05334002": 0.55}
)
"""Share of its district's cases: the three model towns and Stadt Aachen."""

MISSING_MUNICIPALITY: Final = 0.08
MISSING_FIRST_CONTACT: Final = 0.08
MISSING_BINDING: Final = 0.10

# ------------------------------------------------------------------ people

RESIDENCE_BY_PERIOD: Final[Mapping[tuple[int, int], Mapping[ResidenceStatus, float]]] = {
    (2015, 2016): {
        ResidenceStatus.ASYLUM_PROCEDURE: 0.42,
        ResidenceStatus.TOLERATED: 0.06,
        ResidenceStatus.PROTECTION: 0.22,
        ResidenceStatus.EU_CITIZEN: 0.13,
        ResidenceStatus.OTHER_PERMIT: 0.10,
        ResidenceStatus.SETTLEMENT: 0.05,
        ResidenceStatus.UNKNOWN: 0.02,
    },
    (2017, 2021): {
        ResidenceStatus.ASYLUM_PROCEDURE: 0.18,
        ResidenceStatus.TOLERATED: 0.13,
        ResidenceStatus.PROTECTION: 0.34,
        ResidenceStatus.EU_CITIZEN: 0.15,
        ResidenceStatus.OTHER_PERMIT: 0.12,
        ResidenceStatus.SETTLEMENT: 0.06,
        ResidenceStatus.UNKNOWN: 0.02,
    },
    (2022, 2023): {
        ResidenceStatus.ASYLUM_PROCEDURE: 0.13,
        ResidenceStatus.TOLERATED: 0.09,
        ResidenceStatus.PROTECTION: 0.18,
        ResidenceStatus.TEMPORARY_PROTECTION: 0.36,
        ResidenceStatus.EU_CITIZEN: 0.10,
        ResidenceStatus.OTHER_PERMIT: 0.08,
        ResidenceStatus.SETTLEMENT: 0.04,
        ResidenceStatus.UNKNOWN: 0.02,
    },
}

_WORKING = {
    LegalRegime.SGB2: 0.62,
    LegalRegime.SGB3: 0.10,
    LegalRegime.SGB12: 0.03,
    LegalRegime.NONE: 0.22,
    LegalRegime.UNKNOWN: 0.03,
}
_ASYLUM = {LegalRegime.ASYLBLG: 0.90, LegalRegime.NONE: 0.07, LegalRegime.UNKNOWN: 0.03}
_OTHERS = {
    LegalRegime.SGB2: 0.30,
    LegalRegime.SGB3: 0.15,
    LegalRegime.SGB12: 0.05,
    LegalRegime.NONE: 0.46,
    LegalRegime.UNKNOWN: 0.04,
}
REGIME_BY_RESIDENCE: Final[Mapping[ResidenceStatus, Mapping[LegalRegime, float]]] = {
    ResidenceStatus.ASYLUM_PROCEDURE: _ASYLUM,
    ResidenceStatus.TOLERATED: _ASYLUM,
    ResidenceStatus.PROTECTION: _WORKING,
    ResidenceStatus.TEMPORARY_PROTECTION: _WORKING,
    ResidenceStatus.EU_CITIZEN: _OTHERS,
    ResidenceStatus.OTHER_PERMIT: _OTHERS,
    ResidenceStatus.SETTLEMENT: _OTHERS,
    ResidenceStatus.UNKNOWN: _OTHERS,
}

AGES: Final[Mapping[AgeGroup, float]] = {
    AgeGroup.UNDER_18: 0.08,
    AgeGroup.FROM_18_TO_24: 0.22,
    AgeGroup.FROM_25_TO_34: 0.30,
    AgeGroup.FROM_35_TO_54: 0.30,
    AgeGroup.FROM_55: 0.08,
    AgeGroup.UNKNOWN: 0.02,
}

SEXES: Final[Mapping[Sex, float]] = {
    Sex.FEMALE: 0.46,
    Sex.MALE: 0.52,
    Sex.DIVERSE: 0.003,
    Sex.UNKNOWN: 0.017,
}

PROVIDERS_BEFORE_KIM: Final[Mapping[Provider, float]] = {
    Provider.INTEGRATION_CENTRE: 0.12,
    Provider.IMMIGRATION_OFFICE: 0.12,
    Provider.NATURALISATION_OFFICE: 0.02,
    Provider.JOB_CENTRE: 0.17,
    Provider.EMPLOYMENT_AGENCY: 0.05,
    Provider.SOCIAL_WELFARE_OFFICE: 0.19,
    Provider.YOUTH_WELFARE_OFFICE: 0.05,
    Provider.SCHOOL_OFFICE: 0.03,
    Provider.WELFARE_ASSOCIATION: 0.23,
    Provider.OTHER: 0.02,
}
PROVIDERS_WITH_KIM: Final[Mapping[Provider, float]] = {
    Provider.INTEGRATION_CENTRE: 0.42,
    Provider.IMMIGRATION_OFFICE: 0.08,
    Provider.NATURALISATION_OFFICE: 0.03,
    Provider.JOB_CENTRE: 0.09,
    Provider.EMPLOYMENT_AGENCY: 0.03,
    Provider.SOCIAL_WELFARE_OFFICE: 0.10,
    Provider.YOUTH_WELFARE_OFFICE: 0.03,
    Provider.SCHOOL_OFFICE: 0.02,
    Provider.WELFARE_ASSOCIATION: 0.19,
    Provider.OTHER: 0.01,
}

ACCESS_PATHS: Final[Mapping[AccessPath, float]] = {
    AccessPath.SELF: 0.27,
    AccessPath.AUTHORITY: 0.20,
    AccessPath.JOB_CENTRE: 0.14,
    AccessPath.SCHOOL: 0.06,
    AccessPath.COUNSELLING_SERVICE: 0.14,
    AccessPath.VOLUNTEER: 0.10,
    AccessPath.OUTREACH: 0.06,
    AccessPath.OTHER: 0.03,
}

# ------------------------------------------------------------------ needs

AREA_SHARES: Final[Mapping[OfferArea, float]] = {
    OfferArea.LANGUAGE: 0.62,
    OfferArea.EDUCATION: 0.26,
    OfferArea.LABOUR_MARKET: 0.40,
    OfferArea.HOUSING: 0.28,
    OfferArea.HEALTH: 0.18,
    OfferArea.RESIDENCE_LAW: 0.26,
    OfferArea.FAMILY: 0.14,
    OfferArea.OTHER: 0.10,
}
"""Probability that a case has a need in the area; a case with none gets a language need."""

AREA_MEDIAN_DAYS: Final[Mapping[OfferArea, float]] = {
    OfferArea.EDUCATION: 52.0,
    OfferArea.LABOUR_MARKET: 58.0,
    OfferArea.HOUSING: 75.0,
    OfferArea.HEALTH: 26.0,
    OfferArea.RESIDENCE_LAW: 38.0,
    OfferArea.FAMILY: 33.0,
    OfferArea.OTHER: 30.0,
}
"""Median days to referral; ``language`` follows the published course waiting times instead."""

AREA_START_MEAN_DAYS: Final[Mapping[OfferArea, float]] = {
    OfferArea.EDUCATION: 60.0,
    OfferArea.LABOUR_MARKET: 55.0,
    OfferArea.HOUSING: 70.0,
    OfferArea.HEALTH: 18.0,
    OfferArea.RESIDENCE_LAW: 21.0,
    OfferArea.FAMILY: 30.0,
    OfferArea.OTHER: 25.0,
}
"""Mean days from referral to start; ``language`` follows the published Wartezeit instead."""

START_SIGMA: Final = 1.0

REGIME_EFFECTS: Final[Mapping[LegalRegime, float]] = {
    LegalRegime.ASYLBLG: -0.20,
    LegalRegime.SGB2: 0.10,
    LegalRegime.SGB3: 0.15,
    LegalRegime.SGB12: -0.05,
    LegalRegime.NONE: 0.0,
    LegalRegime.UNKNOWN: 0.0,
}
RESIDENCE_EFFECTS: Final[Mapping[ResidenceStatus, float]] = {
    ResidenceStatus.ASYLUM_PROCEDURE: -0.05,
    ResidenceStatus.TOLERATED: -0.20,
    ResidenceStatus.PROTECTION: 0.05,
    ResidenceStatus.TEMPORARY_PROTECTION: 0.10,
    ResidenceStatus.EU_CITIZEN: 0.05,
    ResidenceStatus.OTHER_PERMIT: 0.0,
    ResidenceStatus.SETTLEMENT: 0.10,
    ResidenceStatus.UNKNOWN: 0.0,
}
AGE_EFFECTS: Final[Mapping[AgeGroup, float]] = {
    AgeGroup.UNDER_18: 0.05,
    AgeGroup.FROM_18_TO_24: 0.08,
    AgeGroup.FROM_25_TO_34: 0.03,
    AgeGroup.FROM_35_TO_54: 0.0,
    AgeGroup.FROM_55: -0.15,
    AgeGroup.UNKNOWN: 0.0,
}
"""The three above: added to the log hazard of referral."""

# ------------------------------------------------------------------ units and time

UNIT_SD: Final = 0.15
"""Standard deviation of the units' own level on the log hazard."""

SHOCK_SD: Final = 0.06
SHOCK_PERSISTENCE: Final = 0.5
"""Shocks per unit and quarter: stationary AR(1) on the log hazard."""

YEARLY_TREND: Final = 0.015
SUMMER: Final = -0.05
QUARTER_EFFECTS: Final = MappingProxyType(
    {
        (2015, 4): -0.08,
        (2016, 1): -0.12,
        (2016, 2): -0.12,
        (2016, 3): -0.08,
        (2020, 1): -0.10,
        (2020, 2): -0.45,
        (2020, 3): -0.15,
        (2020, 4): -0.12,
        (2022, 2): -0.10,
        (2022, 3): -0.10,
    }
)
"""Common to all units: crowded offices in the waves, the slow spring of 2020."""

# ------------------------------------------------------------------ programme effects

MODEL_LOG_HAZARD: Final = 0.25
MODEL_RAMP_MONTHS: Final = 15
KIM_LOG_HAZARD: Final = 0.20
KIM_RAMP_MONTHS: Final = 9
"""Effect on the log hazard when fully grown; KIM's is multiplied by the share of posts filled."""

REPEAT_LOGIT: Final = -1.65
REPEAT_GAIN: Final = -0.45
"""Log odds of a second referral in the same area (the first did not fit), and the change."""

REPEAT_GAP_DAYS: Final = (7, 180)

CHAIN_SHARE: Final = 0.10
CHAIN_GAP_DAYS: Final = (14, 150)
"""Probability that an offer which has begun leads to a need in the next area; days until then."""

NEXT_AREA: Final[Mapping[OfferArea, OfferArea]] = {
    OfferArea.LANGUAGE: OfferArea.LABOUR_MARKET,
    OfferArea.EDUCATION: OfferArea.LABOUR_MARKET,
    OfferArea.LABOUR_MARKET: OfferArea.EDUCATION,
    OfferArea.HOUSING: OfferArea.FAMILY,
    OfferArea.HEALTH: OfferArea.LABOUR_MARKET,
    OfferArea.RESIDENCE_LAW: OfferArea.LABOUR_MARKET,
    OfferArea.FAMILY: OfferArea.EDUCATION,
    OfferArea.OTHER: OfferArea.HEALTH,
}
