"""The tables of cases and referrals as an extract holds them at the data cut."""

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
from analytics.extracts.demo.columns import codes, dates
from analytics.extracts.demo.endings import Endings
from analytics.extracts.demo.handovers import is_bound
from analytics.extracts.demo.history import History
from analytics.extracts.demo.people import Mask
from analytics.extracts.demo.process import Part, Process, generator
from analytics.extracts.demo.pseudonyms import pseudonyms
from analytics.extracts.demo.recording import Recording


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
    bound = is_bound(process, people, needs, history.handovers)
    knows_bound = endings.is_referred & _is_documented(process, len(needs))
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
        codes(ReceivingBody, history.handovers.body, endings.is_referred),
        pa.array(bound, mask=~knows_bound),
        dates(recording.need_on),
    ]
    table = pa.Table.from_arrays(columns, schema=REFERRALS.schema)
    return table.filter(pa.array(recording.need_on <= day_number(process.config.as_of)))


def _is_documented(process: Process, size: int) -> Mask:
    """Say for which needs it would be entered whether an appointment was agreed."""
    random = generator(process.config.seed, Part.RECORDING, 1)
    return np.asarray(random.random(size) >= p.MISSING_BINDING)
