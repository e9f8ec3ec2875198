"""What units and districts on version 2 deliver of their structures: agreements, themes, titles."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analytics.domain.vocabulary import (
    Body,
    Decision,
    OfferArea,
    Provider,
    ReceivingBody,
    TitleDecision,
    TitleKind,
)
from analytics.extracts.demo import parameters as p
from analytics.extracts.demo.calendar import MONTH_STARTS, Days, day_number, month_index, month_of
from analytics.extracts.demo.columns import codes, dates
from analytics.extracts.demo.handover_tables import delivers_version_2
from analytics.extracts.demo.people import draw_codes
from analytics.extracts.demo.process import Part, Process, generator
from analytics.extracts.demo.pseudonyms import pseudonyms
from analytics.extracts.optional_tables import AGREEMENTS, STRUCTURE, TITLES

_SIGNERS: Final = (Provider.INTEGRATION_CENTRE, Provider.SOCIAL_WELFARE_OFFICE)
_PARTNERS: Final[dict[ReceivingBody, float]] = {
    ReceivingBody.INTEGRATION_COURSE: 0.75,
    ReceivingBody.JOB_CENTRE: 0.80,
    ReceivingBody.EMPLOYMENT_AGENCY: 0.55,
    ReceivingBody.VOCATIONAL_LANGUAGE_COURSE: 0.40,
    ReceivingBody.SCHOOL: 0.45,
    ReceivingBody.AUTHORITY: 0.50,
    ReceivingBody.COUNSELLING_SERVICE: 0.60,
    ReceivingBody.VOCATIONAL_TRAINING: 0.25,
}
_LATER_HALF: Final = 0.6
"""The second signer agrees with this share of the partners of the first."""
_SIGNED_MONTHS: Final = (2, 20)
_YEARS_VALID: Final = 3
_LIMITED: Final = 0.3
_DAYS_A_YEAR: Final = 365

_THEMES_A_YEAR: Final = 10.0
_STEPS: Final = ((0.72, 75.0), (0.80, 60.0), (0.70, 190.0))
"""Share and median days from found to raised, raised to decided, adopted to implemented."""
_SIGMA: Final = 0.7
_DECISIONS: Final = (0.72, 0.16, 0.12)

_TITLES_PER_FOREIGN: Final = 0.0035
"""Applications of the demonstration a foreign resident: a sample, as the cases are."""
_TITLE_KINDS: Final = (0.6, 0.4)
_TITLE_DAYS: Final = (150.0, 330.0)
_TITLE_GAIN: Final = -0.25
_TITLE_DECISIONS: Final = (0.80, 0.13, 0.07)
_FIRST_TITLE: Final = month_index(2017, 1)


def agreements_table(process: Process) -> pa.Table:
    """Return the agreements between bodies that units on version 2 had signed by the data cut."""
    random = generator(process.config.seed, Part.COOPERATION, 4)
    units, pairs = len(process.places.kim_units), len(_SIGNERS) * len(_PARTNERS)
    share = np.concatenate([list(_PARTNERS.values())] * len(_SIGNERS))
    share[len(_PARTNERS) :] *= _LATER_HALF
    month = _starts(process)[:, None] + random.integers(*_SIGNED_MONTHS, (units, pairs))
    signed_on = _first_days(month) + random.integers(0, 28, (units, pairs))
    ends = signed_on + _YEARS_VALID * _DAYS_A_YEAR
    is_limited = random.random((units, pairs)) < _LIMITED
    signs = random.random((units, pairs)) < share
    signs &= (signed_on <= day_number(process.config.as_of)) & _of_units(process)[:, None]
    unit, pair = np.nonzero(signs)
    bodies = list(Body)
    first = np.array([bodies.index(Body(each.value)) for each in _SIGNERS])
    second = np.array([bodies.index(Body(each.value)) for each in _PARTNERS])
    columns = [
        codes(process.places.kim_units, unit),
        codes(Body, first[pair // len(_PARTNERS)]),
        codes(Body, second[pair % len(_PARTNERS)]),
        dates(signed_on[signs]),
        dates(ends[signs], is_limited[signs]),
    ]
    return pa.Table.from_arrays(columns, schema=AGREEMENTS.schema)


def structure_table(process: Process) -> pa.Table:
    """Return the themes that cases showed, and how far the steering groups have come with them."""
    random = generator(process.config.seed, Part.COOPERATION, 5)
    cut = day_number(process.config.as_of)
    start = _first_days(_starts(process))
    years = np.maximum(cut - start, 0) / _DAYS_A_YEAR
    counts = random.poisson(_THEMES_A_YEAR * years) * _of_units(process)
    unit = np.repeat(np.arange(len(counts)), counts)
    size = len(unit)
    found = start[unit] + (random.random(size) * (cut - start[unit])).astype(np.int32)
    decision = draw_codes(random, np.array([_DECISIONS]), np.zeros(size, np.int8))
    days, reached = [found], [np.ones(size, dtype=np.bool_)]
    for share, median in _STEPS:
        noise = np.exp(_SIGMA * random.standard_normal(size))
        days.append(days[-1] + (median * noise).astype(np.int32))
        reached.append(reached[-1] & (random.random(size) < share) & (days[-1] <= cut))
    implemented = reached[3] & (decision == list(Decision).index(Decision.ADOPTED))
    columns = [
        codes(process.places.kim_units, unit),
        pseudonyms(np.arange(size), "t"),
        codes(OfferArea, random.integers(0, len(OfferArea), size)),
        dates(found),
        dates(days[1], reached[1]),
        dates(days[2], reached[2]),
        codes(Decision, decision, reached[2]),
        dates(days[3], implemented),
    ]
    return pa.Table.from_arrays(columns, schema=STRUCTURE.schema)


def titles_table(process: Process) -> pa.Table:
    """Return applications for residence titles and naturalisation, without the people's cases."""
    random = generator(process.config.seed, Part.COOPERATION, 6)
    cut = day_number(process.config.as_of)
    expected = _TITLES_PER_FOREIGN * process.places.foreign[:, -1]
    counts = random.poisson(expected) * delivers_version_2(process)
    district = np.repeat(np.arange(len(counts)), counts)
    size = len(district)
    first = MONTH_STARTS[_FIRST_TITLE]
    applied = first + (random.random(size) * (MONTH_STARTS[-1] - first)).astype(np.int32)
    known = applied <= cut
    kind = draw_codes(random, np.array([_TITLE_KINDS]), np.zeros(size, np.int8))
    month = month_of(np.minimum(applied, cut))
    gain = np.exp(_TITLE_GAIN * _kim_growth(process)[district, month])
    noise = np.exp(_SIGMA * random.standard_normal(size))
    decided = applied + (np.array(_TITLE_DAYS)[kind] * gain * noise).astype(np.int32)
    decision = draw_codes(random, np.array([_TITLE_DECISIONS]), np.zeros(size, np.int8))
    lag = random.exponential(5.0, size).astype(np.int32)
    columns = [
        pseudonyms(np.arange(size), "a"),
        codes(process.places.districts, district),
        codes(TitleKind, kind),
        dates(applied),
        dates(decided, decided <= cut),
        codes(TitleDecision, decision, decided <= cut),
        dates(applied + lag),
    ]
    table = pa.Table.from_arrays(columns, schema=TITLES.schema)
    return table.filter(pa.array(known & (applied + lag <= cut)))


def _of_units(process: Process) -> np.ndarray:
    """Say which KIM units lie in a district on version 2."""
    delivers = dict(
        zip(process.places.districts, delivers_version_2(process).tolist(), strict=True)
    )
    return np.array([delivers[unit[:5]] for unit in process.places.kim_units])


def _starts(process: Process) -> npt.NDArray[np.int64]:
    """Return the month from which on each KIM unit has a steering group: a model site's earlier."""
    where, start = process.places, process.rollout.kim_start.copy()
    for unit, month in zip(where.units, process.rollout.model_start.tolist(), strict=True):
        if month >= 0 and unit[:5] in where.kim_units:
            place = where.kim_units.index(unit[:5])
            start[place] = min(start[place], month)
    return start


def _kim_growth(process: Process) -> np.ndarray:
    """Return how strongly KIM acts in each district, that of its first unit, and month."""
    units = process.places.kim_units
    of = [units.index(ags) for ags in process.places.districts]
    return process.kim[of] / p.KIM_LOG_HAZARD


def _first_days(months: np.ndarray) -> Days:
    last = len(MONTH_STARTS) - 1
    return np.asarray(MONTH_STARTS[np.clip(months, 0, last)], dtype=np.int32)
