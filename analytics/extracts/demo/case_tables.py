"""The tables of cases and referrals as an extract holds them at the data cut."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pyarrow as pa

from analytics.domain.vocabulary import (
    AccessPath,
    AgeGroup,
    ClosureReason,
    LegalRegime,
    OfferArea,
    Outcome,
    Provider,
    ReceivingBody,
    ResidenceStatus,
    Sex,
)
from analytics.extracts.contract import CASES, REFERRALS
from analytics.extracts.demo import parameters as p
from analytics.extracts.demo.calendar import day_number
from analytics.extracts.demo.clock import Floats
from analytics.extracts.demo.columns import codes, dates
from analytics.extracts.demo.endings import Endings
from analytics.extracts.demo.history import History
from analytics.extracts.demo.needs import binding_share
from analytics.extracts.demo.people import Mask, draw_codes
from analytics.extracts.demo.process import Part, Process, generator
from analytics.extracts.demo.pseudonyms import pseudonyms
from analytics.extracts.demo.recording import Recording

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


def cases_table(
    process: Process, history: History, endings: Endings, recording: Recording
) -> pa.Table:
    """Return the cases entered by the data cut, as in the contract."""
    people, where = history.people, process.places
    columns = [
        pseudonyms(np.arange(len(people)), "f"),
        codes(where.districts, where.district[people.municipality]),
        codes(where.municipalities, people.municipality, people.knows_municipality),
        codes(Provider, people.provider),
        codes(AccessPath, people.access_path),
        dates(recording.first_contact, recording.knows_contact),
        dates(people.opened),
        dates(endings.closed, endings.is_closed),
        codes(ClosureReason, endings.reason, endings.is_closed),
        codes(LegalRegime, people.regime),
        codes(ResidenceStatus, people.residence),
        codes(AgeGroup, people.age),
        codes(Sex, people.sex),
        dates(recording.case_on),
    ]
    table = pa.Table.from_arrays(columns, schema=CASES.schema)
    return table.filter(pa.array(recording.case_on <= day_number(process.config.as_of)))


def referrals_table(
    process: Process, history: History, endings: Endings, recording: Recording
) -> pa.Table:
    """Return the needs entered by the data cut, as in the contract."""
    people, needs, clocks, where = (
        history.people, history.needs, history.clocks, process.places,
    )  # fmt: skip
    random = generator(process.config.seed, Part.RECORDING, 1)
    agreed, knows_agreed = _bindings(random, process, history, endings.is_referred)
    body = draw_codes(random, _body_table(), needs.area)
    columns = [
        pseudonyms(np.arange(len(needs)), "b"),
        pseudonyms(needs.case.astype(np.int64), "f"),
        codes(where.districts, where.district[people.municipality[needs.case]]),
        codes(OfferArea, needs.area),
        dates(needs.day),
        dates(needs.day + clocks.referral, endings.is_referred),
        dates(needs.day + clocks.start, endings.is_started),
        dates(needs.day + clocks.other_end, endings.is_ended),
        codes(Outcome, endings.outcome),
        codes(ReceivingBody, body, endings.is_referred),
        pa.array(agreed, mask=~knows_agreed),
        dates(recording.need_on),
    ]
    table = pa.Table.from_arrays(columns, schema=REFERRALS.schema)
    return table.filter(pa.array(recording.need_on <= day_number(process.config.as_of)))


def _bindings(
    random: np.random.Generator, process: Process, history: History, is_referred: Mask
) -> tuple[Mask, Mask]:
    """Return whether an appointment was agreed, and whether that was entered."""
    share = binding_share(process, history.people, history.needs)
    agreed = random.random(len(share)) < share
    return agreed, is_referred & (random.random(len(share)) >= p.MISSING_BINDING)


def _body_table() -> Floats:
    return np.array(
        [[_BODIES[area].get(body, 0.0) for body in ReceivingBody] for area in OfferArea]
    )
