"""The receiving bodies: who receives which need, how long it lets wait, how many places it has.

Waits and places are those of the body in its unit, whoever is handed over and however: they make
hand-overs of one pair unlike those of another, with and without an appointment.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from analytics.domain.vocabulary import OfferArea, ReceivingBody
from analytics.extracts.demo import handover_parameters as h
from analytics.extracts.demo.clock import Floats

_BODIES: Final[Mapping[OfferArea, Mapping[ReceivingBody, float]]] = {
    OfferArea.LANGUAGE: {
        ReceivingBody.INTEGRATION_COURSE: 0.78,
        ReceivingBody.VOCATIONAL_LANGUAGE_COURSE: 0.18,
        ReceivingBody.OTHER: 0.04,
    },
    OfferArea.EDUCATION: {
        ReceivingBody.SCHOOL: 0.48,
        ReceivingBody.VOCATIONAL_TRAINING: 0.30,
        ReceivingBody.HIGHER_EDUCATION: 0.09,
        ReceivingBody.RECOGNITION_OFFICE: 0.13,
    },
    OfferArea.LABOUR_MARKET: {
        ReceivingBody.JOB_CENTRE: 0.46,
        ReceivingBody.EMPLOYMENT_AGENCY: 0.20,
        ReceivingBody.EMPLOYER: 0.22,
        ReceivingBody.RECOGNITION_OFFICE: 0.12,
    },
    OfferArea.HOUSING: {ReceivingBody.AUTHORITY: 0.55, ReceivingBody.COUNSELLING_SERVICE: 0.45},
    OfferArea.HEALTH: {ReceivingBody.COUNSELLING_SERVICE: 0.6, ReceivingBody.OTHER: 0.4},
    OfferArea.RESIDENCE_LAW: {
        ReceivingBody.AUTHORITY: 0.62,
        ReceivingBody.COUNSELLING_SERVICE: 0.38,
    },
    OfferArea.FAMILY: {ReceivingBody.COUNSELLING_SERVICE: 0.56, ReceivingBody.AUTHORITY: 0.44},
    OfferArea.OTHER: {ReceivingBody.COUNSELLING_SERVICE: 0.5, ReceivingBody.OTHER: 0.5},
}


@dataclass(frozen=True)
class Bodies:
    """What the receiving bodies of each unit are like, all of shape ``(units, bodies)``.

    Attributes:
        wait: Multiplies the days from referral to start; the mean over units is that of the body.
        without_place: Share of hand-overs without an appointment that never start.
        bindingness: Share of hand-overs with an appointment where no programme acts.
    """

    wait: Floats
    without_place: Floats
    bindingness: Floats


def draw_bodies(random: np.random.Generator, units: int) -> Bodies:
    """Draw the bodies of each unit; where people wait long, fewer appointments are made."""
    size = (units, len(ReceivingBody))
    slowness = random.standard_normal(size)
    # The mean of the factor over the units is 1, so that the published waits of courses hold.
    factor = np.exp(h.BODY_SD * slowness)
    wait = factor / factor.mean(axis=0) * _of_bodies(h.BODY_WAITS)
    places = np.exp(h.PLACES_SD * random.standard_normal(size) - h.PLACES_SD**2 / 2)
    without_place = np.minimum(_of_bodies(h.WITHOUT_PLACE) * places, h.MOST_WITHOUT_PLACE)
    own = h.BINDING_SD * random.standard_normal(size) - h.BINDING_OF_SLOW * slowness
    bindingness = np.clip(h.BINDING_BASE + own, h.LEAST_BINDING, h.MOST_BINDING)
    return Bodies(wait, without_place, bindingness)


def body_table() -> Floats:
    """Return the probability of each receiving body, shape ``(areas, bodies)``."""
    return np.array(
        [[_BODIES[area].get(body, 0.0) for body in ReceivingBody] for area in OfferArea]
    )


def _of_bodies(values: Mapping[ReceivingBody, float]) -> Floats:
    return np.array([values[body] for body in ReceivingBody])
