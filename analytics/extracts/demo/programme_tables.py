"""The tables of roll-out, posts, funding and comparability: synthetic, but for the state's budget.

Amounts per post follow the published ones; which unit gets which is drawn.
"""

from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa

from analytics.domain.programme import facts
from analytics.domain.programme_types import Programme
from analytics.domain.vocabulary import ComparabilityKind, FundingStatus, Milestone, Module
from analytics.extracts.contract import COMPARABILITY, FUNDING, POSTS, ROLLOUT, STATE, TableName
from analytics.extracts.demo.calendar import (
    FIRST_YEAR,
    MONTH_STARTS,
    MONTHS,
    QUARTERS,
    day_number,
)
from analytics.extracts.demo.clock import Floats
from analytics.extracts.demo.columns import codes, dates
from analytics.extracts.demo.module_plans import ModulePlan, plan_modules
from analytics.extracts.demo.process import Part, Process, generator
from analytics.extracts.demo.recording import SoftwareChanges

_BUDGET_YEARS: Final = (2020, 2021)
"""Later budgets are published for other purposes or years only."""

_CHANGE_NOTE: Final = (
    "Demonstrationsdaten: Wechsel des Fachverfahrens / Demonstration data: change of software"
)


class _Grant(NamedTuple):
    """Yearly amounts in euros: per full post, per coordinator's workplace, for an assistant."""

    post: float
    workplace: float = 0.0
    assistant: float = 0.0


# Sources 41 (coordination), 55 (case management 2022), 51 (2023), 56 (25,000 per half post).
_GRANTS: Final = {
    Module.COORDINATION: _Grant(57_000.0, 5_700.0, 22_500.0),
    Module.CASE_MANAGEMENT: _Grant(55_000.0),
    Module.AUTHORITIES: _Grant(50_000.0),
}
_CASE_MANAGEMENT_FROM_2023: Final = 57_000.0


class ProgrammeTables(NamedTuple):
    """Arrow tables as in the contract."""

    rollout: pa.Table
    posts: pa.Table
    funding: pa.Table


def programme_tables(process: Process) -> ProgrammeTables:
    """Return the tables of KIM's roll-out as known at the data cut."""
    random = generator(process.config.seed, Part.ROLLOUT, 1)
    plans = plan_modules(random, process)
    return ProgrammeTables(
        rollout=_rollout_table(process, plans),
        posts=_posts_table(process, plans),
        funding=_funding_table(process, plans),
    )


def comparability_table(process: Process, changes: SoftwareChanges) -> pa.Table:
    """Return the documented software changes, one row per affected column."""
    affected = ((TableName.CASES, "first_contact_on"), (TableName.REFERRALS, "recorded_on"))
    known = changes.starts <= day_number(process.config.as_of)
    district = np.repeat(changes.district[known], len(affected))
    size = len(district)
    which = np.tile(np.arange(len(affected)), size // len(affected))
    ends = np.repeat(changes.ends[known], len(affected)) - 1
    columns = [
        codes(process.places.districts, district),
        codes([table for table, _ in affected], which),
        codes([column for _, column in affected], which),
        dates(np.repeat(changes.starts[known], len(affected))),
        dates(ends, ends <= day_number(process.config.as_of)),
        pa.array([ComparabilityKind.SOFTWARE.value] * size, pa.string()),
        pa.array([_CHANGE_NOTE] * size, pa.string()),
    ]
    return pa.Table.from_arrays(columns, schema=COMPARABILITY.schema)


def population_table(process: Process) -> pa.Table:
    """Return the official population figures up to the data cut."""
    days = process.places.population["reference_date"].combine_chunks().cast(pa.int32())
    known = days.to_numpy() <= day_number(process.config.as_of)
    return process.places.population.filter(pa.array(known))


def _rollout_table(process: Process, plans: tuple[ModulePlan, ...]) -> pa.Table:
    cut = day_number(process.config.as_of)
    units, steps = len(process.places.kim_units), len(Milestone)
    planned = np.stack([plan.planned for plan in plans], axis=1).reshape(-1)
    reached = np.stack([plan.reached for plan in plans], axis=1).reshape(-1)
    cells = np.arange(units * len(plans) * steps)
    columns = [
        codes(process.places.kim_units, cells // (len(plans) * steps)),
        codes(Module, cells // steps % len(plans)),
        codes(Milestone, cells % steps),
        dates(planned),
        dates(reached, reached <= cut),
    ]
    # A plan that lies after the data cut is not in the extract yet.
    return pa.Table.from_arrays(columns, schema=ROLLOUT.schema).filter(pa.array(planned <= cut))


def _posts_table(process: Process, plans: tuple[ModulePlan, ...]) -> pa.Table:
    funded = np.stack([plan.funded for plan in plans], axis=1)
    filled = np.stack([plan.filled for plan in plans], axis=1)
    begins = MONTH_STARTS[0:MONTHS:3]
    is_known = (funded > 0) & (begins <= day_number(process.config.as_of))
    unit, module, quarter = np.nonzero(is_known)
    columns = [
        codes(process.places.kim_units, unit),
        codes(Module, module),
        dates(begins[quarter]),
        pa.array(funded[is_known]),
        pa.array(filled[is_known]),
    ]
    return pa.Table.from_arrays(columns, schema=POSTS.schema)


def _funding_table(process: Process, plans: tuple[ModulePlan, ...]) -> pa.Table:
    """Return the state's published budget and the synthetic grants per unit, year and module."""
    last = process.config.as_of.year
    grants = np.stack([_granted(plan) for plan in plans], axis=1)
    years = FIRST_YEAR + np.arange(grants.shape[2])
    is_granted = (grants > 0) & (years <= last)
    unit, module, year = np.nonzero(is_granted)
    budget = [(when, amount) for when, amount in _state_budget() if when <= last]
    units = [STATE] * len(budget) + [process.places.kim_units[index] for index in unit]
    modules = [None] * len(budget) + [list(Module)[index].value for index in module]
    status = [FundingStatus.BUDGETED.value] * len(budget) + [FundingStatus.GRANTED.value] * len(
        unit
    )
    columns = [
        pa.array(units, pa.string()),
        pa.array([when for when, _ in budget] + list(FIRST_YEAR + year), pa.int64()),
        pa.array(modules, pa.string()),
        pa.array([amount for _, amount in budget] + list(grants[is_granted]), pa.float64()),
        pa.array(status, pa.string()),
    ]
    return pa.Table.from_arrays(columns, schema=FUNDING.schema)


def _state_budget() -> list[tuple[int, float]]:
    published = facts().yearly_funding(Programme.KIM)
    return [(f.year, f.amount_eur) for f in published if f.year in _BUDGET_YEARS]


def _granted(plan: ModulePlan) -> Floats:
    """Return the euros granted per unit and year; a quarter of a year's amount per quarter."""
    grant = _GRANTS[plan.module]
    year = FIRST_YEAR + np.arange(QUARTERS) // 4
    post = np.full(QUARTERS, grant.post)
    if plan.module is Module.CASE_MANAGEMENT:
        post[year >= 2023] = _CASE_MANAGEMENT_FROM_2023
    per_quarter = plan.funded * (post + grant.workplace) + grant.assistant * (plan.funded > 0)
    yearly = per_quarter.reshape(len(plan.funded), -1, 4).sum(axis=2) / 4
    return np.asarray(np.round(yearly, -2), dtype=np.float64)
