"""The assumptions about hand-overs: appointments, and what receiving bodies are like."""

from collections.abc import Mapping
from typing import Final

from analytics.domain.vocabulary import ReceivingBody

BINDING_BASE: Final = 0.34
BINDING_GAIN: Final = 0.24
LEAST_BINDING: Final = 0.03
MOST_BINDING: Final = 0.95
"""Share of referrals with an agreed appointment, and its gain at full effect of a programme."""

BOUND_SOONER: Final = 0.22
BOUND_PLACES: Final = 0.90
"""With an appointment, days from referral to start and the share without a place are multiplied by
``exp`` of minus this."""

BODY_SD: Final = 0.25
BODY_WAITS: Final[Mapping[ReceivingBody, float]] = {
    ReceivingBody.INTEGRATION_COURSE: 1.0,
    ReceivingBody.VOCATIONAL_LANGUAGE_COURSE: 1.05,
    ReceivingBody.SCHOOL: 0.75,
    ReceivingBody.VOCATIONAL_TRAINING: 1.25,
    ReceivingBody.HIGHER_EDUCATION: 1.5,
    ReceivingBody.JOB_CENTRE: 0.8,
    ReceivingBody.EMPLOYMENT_AGENCY: 0.9,
    ReceivingBody.EMPLOYER: 1.2,
    ReceivingBody.RECOGNITION_OFFICE: 1.6,
    ReceivingBody.COUNSELLING_SERVICE: 0.85,
    ReceivingBody.AUTHORITY: 1.15,
    ReceivingBody.OTHER: 1.0,
}
"""Days from referral to start, against the mean of the offer area; spread between units (log)."""

WITHOUT_PLACE: Final[Mapping[ReceivingBody, float]] = {
    ReceivingBody.INTEGRATION_COURSE: 0.04,
    ReceivingBody.VOCATIONAL_LANGUAGE_COURSE: 0.06,
    ReceivingBody.SCHOOL: 0.06,
    ReceivingBody.VOCATIONAL_TRAINING: 0.16,
    ReceivingBody.HIGHER_EDUCATION: 0.12,
    ReceivingBody.JOB_CENTRE: 0.06,
    ReceivingBody.EMPLOYMENT_AGENCY: 0.08,
    ReceivingBody.EMPLOYER: 0.20,
    ReceivingBody.RECOGNITION_OFFICE: 0.10,
    ReceivingBody.COUNSELLING_SERVICE: 0.08,
    ReceivingBody.AUTHORITY: 0.12,
    ReceivingBody.OTHER: 0.08,
}
PLACES_SD: Final = 0.4
MOST_WITHOUT_PLACE: Final = 0.6
"""Share of hand-overs without an appointment that never start; spread between units (log)."""

BINDING_SD: Final = 0.06
BINDING_OF_SLOW: Final = 0.04
"""Spread of the share with an appointment between bodies and units, and how much lower it is where
the wait is one standard deviation longer: who compares plainly takes slow bodies for unbound."""

VERSION_2_SHARE: Final = 0.6
"""Probability that a district delivers the tables of version 2 of the contract."""
