"""What districts on version 2 of the contract deliver of people: hand-overs, changes, conferences.

Made of the same history as cases and referrals: a hand-over is the referral of a need, with the
appointment that acts on its start. Which districts deliver version 2 is drawn; the others deliver
nothing of it, which is not the same as nothing happening there.
"""

from typing import Final

import numpy as np
import pyarrow as pa

from analytics.domain.vocabulary import Body, LegalRegime, Provider, ReceivingBody, ReturnReason
from analytics.extracts.demo import handover_parameters as h
from analytics.extracts.demo import parameters as p
from analytics.extracts.demo.calendar import Days, day_number, month_of
from analytics.extracts.demo.clock import Floats
from analytics.extracts.demo.columns import codes, dates
from analytics.extracts.demo.endings import Endings
from analytics.extracts.demo.handovers import is_bound
from analytics.extracts.demo.history import History
from analytics.extracts.demo.people import Mask, draw_codes
from analytics.extracts.demo.process import Part, Process, generator
from analytics.extracts.demo.pseudonyms import pseudonyms
from analytics.extracts.demo.recording import Recording
from analytics.extracts.optional_tables import CONFERENCES, HANDOVERS, REGIME_CHANGES

_BODIES: Final = list(Body)
_REASONS: Final = list(ReturnReason)
_ANSWER_DAYS: Final = 21.0
_ANSWER_SIGMA: Final = 0.8
_SOONER_ANSWER: Final = 0.5
_NEVER_ANSWERED: Final = (0.22, 0.07)
"""Share that is never answered, without and with an appointment."""
_KEPT: Final = (0.45, 0.88)
"""Share of appointments that are kept where the offer never starts, and where it starts."""
_RETURNED: Final = 0.55
"""Share of hand-overs without a place that are given back."""
_RETURN_DAYS: Final = (5, 70)
_RETURN_REASONS: Final = (0.20, 0.12, 0.55, 0.08, 0.05)

_CHANGES: Final = {LegalRegime.ASYLBLG: 0.40, LegalRegime.SGB2: 0.06}
_CHANGE_TO: Final = {LegalRegime.ASYLBLG: LegalRegime.SGB2, LegalRegime.SGB2: LegalRegime.SGB3}
_CHANGE_DAYS: Final = 210.0
_CHANGE_SIGMA: Final = 0.6
_GAP_DAYS: Final = 34.0
_GAP_SIGMA: Final = 0.7
_GAP_GAIN: Final = -0.35

_CONFERENCE_BODIES: Final = 3
_CONFERENCE_SHARE: Final = 0.22
_CONFERENCE_GAIN: Final = 0.35
_CONFERENCE_DAYS: Final = 30.0
_DONE_DAYS: Final = 55.0
_DONE_SHARE: Final = 0.8
_FAR: Final = 1_000_000
"""A day beyond every data cut."""


def delivers_version_2(process: Process) -> Mask:
    """Say which districts deliver the tables of version 2, shape ``(districts,)``."""
    random = generator(process.config.seed, Part.COOPERATION)
    return np.asarray(random.random(len(process.places.districts)) < h.VERSION_2_SHARE)


def handovers_table(
    process: Process, history: History, endings: Endings, recording: Recording
) -> pa.Table:
    """Return the hand-overs that districts on version 2 had entered by the data cut."""
    random = generator(process.config.seed, Part.COOPERATION, 1)
    people, needs, clocks = history.people, history.needs, history.clocks
    district = process.places.district[people.municipality[needs.case]]
    bound = is_bound(process, people, needs, history.handovers)
    answered = _later(random, _ANSWER_DAYS * np.exp(-_SOONER_ANSWER * bound), _ANSWER_SIGMA)
    never = random.random(len(needs)) < np.where(bound, _NEVER_ANSWERED[1], _NEVER_ANSWERED[0])
    back = random.integers(*_RETURN_DAYS, len(needs), dtype=np.int32)
    returned = clocks.is_without_place & (random.random(len(needs)) < _RETURNED)
    reasons = draw_codes(random, np.array([_RETURN_REASONS]), np.zeros(len(needs), np.int8))
    kept = random.random(len(needs)) < np.where(clocks.is_without_place, *_KEPT)
    documented = random.random(len(needs)) >= p.MISSING_BINDING
    agreed_on = needs.day + clocks.referral
    cut, ended = day_number(process.config.as_of), needs.day + clocks.other_end
    # Who gives a hand-over back has answered with it; both before the need ends otherwise.
    answered_on = agreed_on + np.where(returned, np.minimum(answered, back), answered)
    returned_on = agreed_on + back
    is_answered = ~never & (answered_on <= np.minimum(cut, ended))
    is_returned = returned & (returned_on <= np.minimum(cut, ended))
    sender, receiver = (
        _body_of(Provider)[people.provider[needs.case]],
        _body_of(ReceivingBody)[history.handovers.body],
    )
    # What a body does itself, it hands over to nobody.
    is_known = endings.is_referred & delivers_version_2(process)[district] & (sender != receiver)
    recorded_on = np.maximum(recording.need_on, agreed_on)
    rows = np.flatnonzero(is_known & (recorded_on <= cut))
    columns = [
        pseudonyms(np.arange(len(needs)), "h"),
        pseudonyms(needs.case.astype(np.int64), "f"),
        codes(process.places.districts, district),
        pseudonyms(np.arange(len(needs)), "b"),
        codes(Body, sender),
        codes(Body, receiver),
        dates(agreed_on),
        pa.array(bound, mask=~documented),
        pa.array(kept, mask=~(bound & documented & is_answered)),
        dates(answered_on, is_answered),
        dates(returned_on, is_returned),
        codes(ReturnReason, reasons, is_returned),
        dates(recorded_on),
    ]
    return pa.Table.from_arrays(columns, schema=HANDOVERS.schema).take(pa.array(rows))


def regime_changes_table(
    process: Process, history: History, endings: Endings, recording: Recording
) -> pa.Table:
    """Return the changes of regime of cases that were still open, one a case at most."""
    random = generator(process.config.seed, Part.COOPERATION, 2)
    people, size = history.people, len(history.people)
    regimes = list(LegalRegime)
    share = np.array([_CHANGES.get(regime, 0.0) for regime in regimes])[people.regime]
    new = np.array([regimes.index(_CHANGE_TO.get(regime, regime)) for regime in regimes])
    changed_on = people.opened + _later(random, np.full(size, _CHANGE_DAYS), _CHANGE_SIGMA)
    changes = random.random(size) < share
    cut = day_number(process.config.as_of)
    changes &= changed_on <= np.minimum(cut, endings.closed)
    pace = np.exp(_GAP_GAIN * _growth(process, history, np.minimum(changed_on, cut)))
    benefit_on = changed_on + _later(random, _GAP_DAYS * pace, _GAP_SIGMA)
    district = process.places.district[people.municipality]
    recorded_on = np.maximum(recording.case_on, changed_on)
    known = delivers_version_2(process)[district] & (recorded_on <= cut)
    columns = [
        pseudonyms(np.arange(size), "f"),
        codes(process.places.districts, district),
        dates(changed_on),
        codes(LegalRegime, people.regime),
        codes(LegalRegime, new[people.regime]),
        dates(benefit_on, benefit_on <= cut),
        dates(recorded_on),
    ]
    table = pa.Table.from_arrays(columns, schema=REGIME_CHANGES.schema)
    return table.filter(pa.array(changes & known))


def conferences_table(
    process: Process, history: History, endings: Endings, recording: Recording
) -> pa.Table:
    """Return the case conferences that were held once three bodies were involved."""
    random = generator(process.config.seed, Part.COOPERATION, 3)
    people, size = history.people, len(history.people)
    cut = day_number(process.config.as_of)
    third_on, bodies = third_body(history, endings)
    growth = _growth(process, history, np.minimum(third_on, cut))
    holds = random.random(size) < _CONFERENCE_SHARE + _CONFERENCE_GAIN * np.minimum(growth, 1.0)
    held_on = third_on + _later(random, np.full(size, _CONFERENCE_DAYS), _ANSWER_SIGMA)
    done_on = held_on + _later(random, np.full(size, _DONE_DAYS), _ANSWER_SIGMA)
    is_done = (random.random(size) < _DONE_SHARE) & (done_on <= cut)
    decisions = 1 + random.poisson(1.2, size)
    district = process.places.district[people.municipality]
    recorded_on = np.maximum(recording.case_on, held_on)
    # A conference that would come after the case was closed is not held.
    known = delivers_version_2(process)[district] & (recorded_on <= cut)
    known &= held_on <= endings.closed
    columns = [
        pseudonyms(np.arange(size), "f"),
        codes(process.places.districts, district),
        dates(held_on),
        pa.array(bodies + 1, pa.int64()),
        pa.array(decisions, pa.int64()),
        dates(done_on, is_done),
        dates(recorded_on),
    ]
    table = pa.Table.from_arrays(columns, schema=CONFERENCES.schema)
    return table.filter(pa.array(holds & (bodies >= _CONFERENCE_BODIES) & known))


def third_body(history: History, endings: Endings) -> tuple[Days, np.ndarray]:
    """Return on which day a third kind of body received each case, and how many did at all.

    The day is far ahead where there was none.
    """
    needs, clocks = history.needs, history.clocks
    rows = np.flatnonzero(endings.is_referred)
    handed_on = (needs.day + clocks.referral)[rows]
    key = needs.case[rows].astype(np.int64) * len(ReceivingBody) + history.handovers.body[rows]
    order = np.lexsort((handed_on, key))
    first = order[np.unique(key[order], return_index=True)[1]]
    case, day = needs.case[rows][first], handed_on[first]
    order = np.lexsort((day, case))
    case, day = case[order], day[order]
    bodies = np.bincount(case, minlength=len(history.people))
    begins = np.searchsorted(case, np.arange(len(bodies)))
    is_third = np.arange(len(case)) - begins[case] == _CONFERENCE_BODIES - 1
    third = np.full(len(bodies), _FAR, dtype=np.int32)
    third[case[is_third]] = day[is_third]
    return third, bodies


def _later(random: np.random.Generator, median: Floats, sigma: float) -> Days:
    """Draw whole log-normal days with these medians."""
    return (median * np.exp(sigma * random.standard_normal(len(median)))).astype(np.int32)


def _growth(process: Process, history: History, day: Days) -> Floats:
    """Return how strongly the programmes act on each case on a day, 1.0 at full effect."""
    town, month = history.people.municipality, month_of(day)
    model = process.model[process.places.unit[town], month] / p.MODEL_LOG_HAZARD
    kim = process.kim[process.places.kim_unit[town], month] / p.KIM_LOG_HAZARD
    return np.asarray(model + kim, dtype=np.float64)


def _body_of(codes_of: type[Provider] | type[ReceivingBody]) -> np.ndarray:
    """Return the place of each code among all bodies."""
    return np.array([_BODIES.index(Body(code.value)) for code in codes_of])
