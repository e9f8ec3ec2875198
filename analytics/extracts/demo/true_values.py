"""The true effects and indicator values behind the demonstration data.

Nothing here is estimated from the data. The latent curve of each need is known, so its share
referred and its restricted mean are computed exactly, once with and once without a programme, for
the same needs. What remains is the mixture of needs in a unit and quarter; it is drawn in several
large worlds that share the seed's units, shocks and dates. Their spread is the Monte Carlo error.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from analytics.domain.evaluation import model_starts
from analytics.extracts.demo import handover_parameters, parameters
from analytics.extracts.demo.calendar import QUARTERS, month_index, year_and_quarter
from analytics.extracts.demo.calibration import COURSE_TIMES
from analytics.extracts.demo.cells import (
    DAY_LIMIT,
    SHARE_DAY,
    CellEffects,
    cell_effects,
    known_units,
)
from analytics.extracts.demo.clock import MEDIAN_DAYS, OTHER_END_RATE, SIGMA, WaitingTable
from analytics.extracts.demo.config import DemoConfig
from analytics.extracts.demo.group_truth import GROUPS, group_values
from analytics.extracts.demo.handover_truth import binding_effect, model_days_to_start
from analytics.extracts.demo.history import draw_history
from analytics.extracts.demo.process import Process, build_process

REPLICATES: Final = 8
CASES_PER_REPLICATE: Final = 100_000
LEAST_POOL: Final = 5
"""Units not yet treated that a group-time effect of design 2 needs."""

_HEADLINE: Final = {"model-project": "from_counted_start", "kim-rollout": "not_yet_treated_pool"}
_LAST_MODEL_QUARTER: Final = (2019 - 2015) * 4 + 3

Mask = npt.NDArray[np.bool_]
Progress = Callable[[str], None]


@dataclass(frozen=True)
class _World:
    """The effects in one replicate, the groups' values, and what appointments do."""

    model: CellEffects
    kim: CellEffects
    groups: Mapping[str, Mapping[str, float]]
    binding: Mapping[str, float]
    model_to_start: Mapping[str, float]


def truth(
    config: DemoConfig,
    progress: Progress | None = None,
    *,
    replicates: int = REPLICATES,
    cases: int = CASES_PER_REPLICATE,
) -> dict[str, Any]:
    """Return the contents of ``truth.json``.

    The truth does not depend on ``config.cases``: ``cases`` is the size of each of the
    ``replicates`` worlds.

    Raises:
        ValueError: If there are fewer than two replicates; the error could not be stated.
    """
    if replicates < 2:
        raise ValueError(f"the Monte Carlo error needs at least two replicates, not {replicates}")
    tell = progress or _silent
    process, table = build_process(config), WaitingTable.build()
    worlds = []
    for replicate in range(replicates):
        tell("truth")
        worlds.append(_world(process, table, cases, replicate))
    settings = {key: _plain(value) for key, value in asdict(config).items()}
    return {
        "config": settings,
        "parameters": _parameters(),
        "monte_carlo": {"replicates": replicates, "cases_per_replicate": cases},
        **_estimands(process, worlds),
        "effects": {
            "model-project": _cells(process, [w.model for w in worlds], _counted_model(process)),
            "kim-rollout": _cells(process, [w.kim for w in worlds], _treated_kim(process)),
        },
        "indicators": _whole_medians(_by_group([world.groups for world in worlds], _mean)),
        "indicators_error": _by_group([world.groups for world in worlds], _error),
        "handovers": _handovers(worlds, _mean),
        "handovers_error": _handovers(worlds, _error),
    }


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _estimands(process: Process, worlds: list[_World]) -> dict[str, Any]:
    """Return the headline estimands with their errors, and all variants."""
    selections = _selections(process)
    summaries = [_summary(world, selections) for world in worlds]
    headline = {
        design: [summary[design][name] for summary in summaries]
        for design, name in _HEADLINE.items()
    }
    return {
        "estimands": {design: _mean(rows) for design, rows in headline.items()},
        "estimands_error": {design: _error(rows) for design, rows in headline.items()},
        "variants": {
            design: {name: _mean([summary[design][name] for summary in summaries]) for name in of}
            for design, of in selections.items()
        },
    }


def _world(process: Process, table: WaitingTable, cases: int, replicate: int) -> _World:
    history = draw_history(process, cases, 1 + replicate)
    rows = known_units(process, history)
    return _World(
        model=cell_effects(process, table, history, rows, without="model"),
        kim=cell_effects(process, table, history, rows, without="kim"),
        groups=group_values(process, table, history, rows),
        binding=binding_effect(process, history, rows),
        model_to_start=model_days_to_start(
            process, history, rows, _selections(process)["model-project"]["from_counted_start"][0]
        ),
    )


def _handovers(
    worlds: Sequence[_World], summary: Callable[[Sequence[Mapping[str, float]]], dict[str, float]]
) -> dict[str, dict[str, float]]:
    """Return what an appointment does, and how much of the model programme it carries."""
    return {
        "with_minus_without_appointment": summary([world.binding for world in worlds]),
        "model_days_to_start": summary([world.model_to_start for world in worlds]),
    }


def _selections(process: Process) -> dict[str, dict[str, tuple[Mask, bool]]]:
    """Return the treated cells of each design and variant, and whether needs are the weights."""
    quarter = np.arange(QUARTERS)[None, :]
    counted = _counted_model(process)
    model = counted & (quarter <= _LAST_MODEL_QUARTER)
    own = _treated_model(process) & (quarter <= _LAST_MODEL_QUARTER)
    kim = _treated_kim(process)
    pool = (~kim).sum(axis=0)[None, :] >= LEAST_POOL
    return {
        "model-project": {
            "from_counted_start": (model, False),
            "from_counted_start_weighted_by_needs": (model, True),
            "from_counted_start_to_2020q2": (
                counted & (quarter <= _LAST_MODEL_QUARTER + 2),
                False,
            ),
            "from_own_start": (own, False),
        },
        "kim-rollout": {
            "not_yet_treated_pool": (kim & pool, False),
            "not_yet_treated_pool_weighted_by_needs": (kim & pool, True),
            "to_the_data_cut": (kim, False),
        },
    }


def _counted_model(process: Process) -> Mask:
    """Say which quarters of the sites an estimate counts as treated.

    Their own starts are not published for most, so some begin a quarter later than they count from.
    """
    first = np.full(len(process.places.units), QUARTERS)
    for place, unit in enumerate(process.places.units):
        if unit in model_starts():
            month = model_starts()[unit]
            first[place] = month_index(month.year, month.number) // 3
    return np.asarray(np.arange(QUARTERS)[None, :] >= first[:, None])


def _treated_model(process: Process) -> Mask:
    start = process.rollout.model_start[:, None]
    return np.asarray((start >= 0) & (np.arange(QUARTERS)[None, :] >= start // 3))


def _treated_kim(process: Process) -> Mask:
    """Say in which quarters case management runs in a unit's district."""
    first = np.full(len(process.places.units), QUARTERS)
    np.minimum.at(
        first, process.places.unit, process.rollout.kim_start[process.places.kim_unit] // 3
    )
    return np.asarray(np.arange(QUARTERS)[None, :] >= first[:, None])


def _summary(
    world: _World, selections: Mapping[str, Mapping[str, tuple[Mask, bool]]]
) -> dict[str, dict[str, dict[str, float]]]:
    effects = {"model-project": world.model, "kim-rollout": world.kim}
    return {
        design: {
            name: effects[design].average(mask, by_needs=by_needs)
            for name, (mask, by_needs) in variants.items()
        }
        for design, variants in selections.items()
    }


def _cells(process: Process, worlds: list[CellEffects], treated: Mask) -> dict[str, list[Any]]:
    """Return the effect in each treated unit and quarter as columns, over all worlds."""
    pooled = CellEffects.pooled(worlds)
    unit, quarter = np.nonzero(treated & (pooled.needs > 0))
    whens = [year_and_quarter(int(index)) for index in quarter]
    means = pooled.means()
    columns: dict[str, list[Any]] = {
        "unit": [process.places.units[index] for index in unit],
        "quarter": [f"{year}-{3 * number - 2:02d}-01" for year, number in whens],
        "needs": pooled.needs[unit, quarter].tolist(),
    }
    return columns | {name: mean[unit, quarter].tolist() for name, mean in means.items()}


def _by_group(
    worlds: Sequence[Mapping[str, Mapping[str, float]]],
    summary: Callable[[Sequence[Mapping[str, float]]], dict[str, float]],
) -> dict[str, dict[str, dict[str, float]]]:
    return {
        indicator: {"group": summary([world[indicator] for world in worlds])}
        for indicator in worlds[0]
    }


def _whole_medians(
    values: dict[str, dict[str, dict[str, float]]],
) -> dict[str, dict[str, dict[str, float]]]:
    """Round medians up to the first whole day with at most half still waiting."""
    return {
        indicator: {
            by: {key: float(np.ceil(value)) for key, value in groups.items()}
            if indicator.startswith("median_")
            else groups
            for by, groups in of.items()
        }
        for indicator, of in values.items()
    }


def _mean(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {key: float(np.mean([row[key] for row in rows])) for key in rows[0]}


def _error(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return the standard error of the mean over the worlds."""
    scale = len(rows) ** 0.5
    return {key: float(np.std([row[key] for row in rows], ddof=1)) / scale for key in rows[0]}


def _parameters() -> dict[str, Any]:
    return {
        "baseline_median_days": MEDIAN_DAYS,
        "baseline_sigma": SIGMA,
        "other_end_rate_per_day": OTHER_END_RATE,
        "model_log_hazard": parameters.MODEL_LOG_HAZARD,
        "model_ramp_months": parameters.MODEL_RAMP_MONTHS,
        "kim_log_hazard": parameters.KIM_LOG_HAZARD,
        "kim_ramp_months": parameters.KIM_RAMP_MONTHS,
        "binding_gain": handover_parameters.BINDING_GAIN,
        "bound_sooner": handover_parameters.BOUND_SOONER,
        "bound_places": handover_parameters.BOUND_PLACES,
        "unit_sd": parameters.UNIT_SD,
        "shock_sd": parameters.SHOCK_SD,
        "shock_persistence": parameters.SHOCK_PERSISTENCE,
        "share_day": SHARE_DAY,
        "restricted_mean_limit": DAY_LIMIT,
        "groups": list(GROUPS),
        "course_times": [asdict(times) for times in COURSE_TIMES],
    }


def _silent(_: str) -> None:
    """Take no notice of progress."""
