"""The hand-over of each need: to whom, whether with an appointment, whether there is a place.

All is drawn for every need before anything happens, so that the same need can be followed with an
appointment and without: that is the truth about bindingness (``handover_truth.py``). The days to
referral and to another end are drawn elsewhere, and nothing here changes them.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.extracts.demo import handover_parameters as h
from analytics.extracts.demo.bodies import body_table
from analytics.extracts.demo.calendar import Days
from analytics.extracts.demo.clock import LONGEST_DAYS, Floats
from analytics.extracts.demo.needs import Needs, intensity
from analytics.extracts.demo.people import Codes, Mask, People, draw_codes
from analytics.extracts.demo.process import Process


@dataclass(frozen=True)
class Handovers:
    """What is drawn for each need, shape ``(n,)``; it counts once the need is referred.

    Attributes:
        body: Place of the receiving body in the vocabulary.
        agreement: With an appointment where this number lies below the need's share.
        place: Without a place where this number lies below the share of the body.
        pace: Multiplies the mean days from referral to start.
    """

    body: Codes
    agreement: Floats
    place: Floats
    pace: Floats

    def take(self, rows: npt.NDArray[np.int64]) -> "Handovers":
        """Return the hand-overs at ``rows``."""
        return Handovers(self.body[rows], self.agreement[rows], self.place[rows], self.pace[rows])


def draw_handovers(random: np.random.Generator, needs: Needs, pace: Floats) -> Handovers:
    """Draw body, agreement and place of each need; ``pace`` is drawn with its clocks."""
    return Handovers(
        body=draw_codes(random, body_table(), needs.area),
        agreement=random.random(len(needs)),
        place=random.random(len(needs)),
        pace=pace,
    )


def binding_share(
    process: Process, people: People, needs: Needs, body: Codes, *, model: bool = True
) -> Floats:
    """Return the probability of an appointment, with the model programme or without it."""
    unit = process.places.unit[people.municipality[needs.case]]
    gain = h.BINDING_GAIN * intensity(process, people, needs, model=model)
    return np.minimum(process.bodies.bindingness[unit, body] + gain, h.MOST_BINDING)


def is_bound(
    process: Process, people: People, needs: Needs, handovers: Handovers, *, model: bool = True
) -> Mask:
    """Say which needs are handed over with an appointment, if they are."""
    share = binding_share(process, people, needs, handovers.body, model=model)
    return np.asarray(handovers.agreement < share)


def start_days(
    process: Process, people: People, needs: Needs, handovers: Handovers, bound: Mask
) -> Days:
    """Return the whole days from referral to start, were these the needs with an appointment.

    Where there is no place it is ``LONGEST_DAYS``: the need waits until it ends otherwise, which
    comes as likely as for everybody.
    """
    unit = process.places.unit[people.municipality[needs.case]]
    sooner, fewer = process.config.binding_effect * np.array([h.BOUND_SOONER, h.BOUND_PLACES])
    # Published waits hold for the bindingness of a time without programmes.
    usual = 1 + h.BINDING_BASE * (np.exp(-sooner) - 1)
    mean = (
        process.start_mean[needs.area, needs.month // 3] * process.bodies.wait[unit, handovers.body]
    )
    days = mean * handovers.pace * np.where(bound, np.exp(-sooner), 1.0) / usual
    without = process.bodies.without_place[unit, handovers.body] * np.where(
        bound, np.exp(-fewer), 1.0
    )
    never = handovers.place < without
    return np.where(never, LONGEST_DAYS, np.minimum(days, LONGEST_DAYS)).astype(np.int32)
