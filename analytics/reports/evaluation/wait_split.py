"""The estimated change of the wait until the start, divided: stages, ways of hand-over, bodies.

The whole is the estimator of design 1 on the restricted mean days from need to start. Each part is
an outcome of its own by unit and quarter and goes through the same estimator, so parts add up to
the whole, and their intervals are made as its own is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from analytics.disclosure import MIN_DURATION_N
from analytics.domain.evaluation import DAY_LIMIT, Design, EffectOutcome, ModelChoice, Towns
from analytics.domain.filters import UNKNOWN, fields
from analytics.domain.verdict import Level, rules
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis.memo import once_per_snapshot
from analytics.reports.evaluation.designs import SiteEstimator
from analytics.reports.evaluation.few_units import refuse_few
from analytics.reports.evaluation.judging import Check, model_verdict
from analytics.reports.evaluation.model_effect import ModelPanel, model_panel
from analytics.reports.evaluation.panel import Cells, Panel, next_quarter, summed_keys
from analytics.reports.evaluation.rule_values import distance
from analytics.stats import did
from analytics.stats.class_waits import WaitCounts, class_waits
from analytics.stats.counts import Floats, Ints
from analytics.stats.halves import Change
from analytics.stats.imputation import NEVER
from analytics.stats.wait_parts import BOUND, UNBOUND, WAYS, Mask, WaitParts, kind_of, wait_parts
from analytics.stats.wait_parts import UNKNOWN as SILENT
from analytics.stats.wild import wild_bootstrap

TOTAL: Final = "total"
STAGES: Final = ("before", "after")
STEPS: Final = (
    "earlier", "handed", "bound_share", "after_bound", "after_unbound", "mix", "unknown",
)  # fmt: skip
"""Parts by what changed on the way; they sum to the whole, as the stages do."""

REST: Final = "rest"
_BETWEEN: Final = ("handed", "mix")
"""What lies between bodies and not within one."""

OTHER: Final = "other"
"""A body that is a rest itself."""

_BODY: Final = "receiving_body"
_NAMED: Final = 5
_WILD_DRAWS: Final = 1999


@dataclass(frozen=True, slots=True, eq=False)
class WaitSplit:
    """The whole, its parts, and what stands against telling them.

    Attributes:
        panel: The mean wait until the start, by unit and quarter.
        effect: The whole.
        parts: By section ``stage``, ``step`` and ``body``: each part by its key.
        against: Rules of the verdict that forbid the whole; none where it may be divided.
        queries: What was asked.
    """

    panel: Panel
    effect: did.Effect
    parts: Mapping[str, Mapping[str, Change]]
    against: tuple[Check, ...]
    queries: tuple[ExecutedQuery, ...]


@once_per_snapshot
def wait_split(store: ParquetStore, choice: ModelChoice) -> WaitSplit:
    """Return the whole and its parts; the outcome of the choice does not matter.

    Raises:
        NoPanelError: If no quarter can be estimated.
        NoComparisonError: If too few units are left.
        ClosedQueryError: Where figures are released and too few units stand behind it.
    """
    choice = replace(choice, outcome=EffectOutcome.DAYS)
    data = model_panel(store, replace(choice, draws=1, seed=0))
    panel, parts, bodies = _parts(store, data, choice)
    estimator = data.estimator(choice)
    effect = estimator.average(panel.values)
    if not effect.error > 0:
        raise did.NoSpreadError("the units do not vary: no error can be told")
    refuse_few(store, len(effect.units), effect.controls)
    found = {name: _change(estimator, getattr(parts, name)) for name in (*STAGES, *STEPS)}
    of_bodies = {
        code: _change(estimator, values) for code, values in zip(bodies, parts.bodies, strict=True)
    }
    return WaitSplit(
        panel,
        effect,
        {
            "stage": {name: found[name] for name in STAGES},
            "step": {name: found[name] for name in STEPS},
            "body": of_bodies | {name: found[name] for name in _BETWEEN},
        },
        _against(store, choice, estimator, effect, panel),
        (*panel.queries, *data.queries),
    )


def _parts(
    store: ParquetStore, data: ModelPanel, choice: ModelChoice
) -> tuple[Panel, WaitParts, tuple[str, ...]]:
    """Return the whole as a panel, its parts, and the codes of the bodies that are told apart."""
    units, quarters = data.panel.units, data.panel.quarters
    params = {
        "start": quarters[0],
        "end": next_quarter(quarters[-1]),
        "whole_districts": choice.towns is Towns.EXPOSURE,
        "chosen": data.panel.chosen,
        "limit": DAY_LIMIT,
    }
    rows = Cells.of(store.fetch("wait_classes", params), units, quarters)
    bodies = _bodies(rows.frame)
    counts = WaitCounts(
        cell=rows.cell,
        kind=_kinds(rows.frame, bodies),
        days=rows.column("days"),
        event=rows.column("event"),
        counts=rows.column("needs"),
        before=rows.column("before"),
        is_handed=rows.frame["is_handed"].to_numpy(dtype=bool),
    )
    waits = class_waits(counts, rows.cells, 1 + WAYS * len(bodies), DAY_LIMIT)
    parts = wait_parts(waits, _before(data.starts, len(quarters)), DAY_LIMIT)
    shape = (len(units), len(quarters))
    needs = rows.sums("needs").astype(np.int64).reshape(shape)
    query = store.executed("wait_classes", params)
    panel = Panel(
        units=units,
        quarters=quarters,
        values=np.where(needs >= MIN_DURATION_N, parts.total, np.nan),
        needs=needs,
        queries=(query,),
        keys=None if data.panel.keys is None else summed_keys(rows).reshape(shape),
    )
    return panel, _without_few(parts, needs), bodies


def _without_few(parts: WaitParts, needs: Ints) -> WaitParts:
    """Return the parts without cells of few needs, as the whole is."""
    few = np.where(needs >= MIN_DURATION_N, 0.0, np.nan)
    names = ("total", *STAGES, *STEPS, "bodies")
    return replace(parts, **{name: getattr(parts, name) + few for name in names})


def _before(starts: Ints, quarters: int) -> Mask:
    """Return the quarters before each unit's start, of the others before the first, (U, Q)."""
    known = starts[starts != NEVER]
    first = int(known.min()) if known.size else quarters
    return np.arange(quarters) < np.where(starts == NEVER, first, starts)[:, None]


def _bodies(frame: pd.DataFrame) -> tuple[str, ...]:
    """Return the known bodies with the most hand-overs in their usual order, then the rest."""
    handed = frame.groupby(_BODY)["needs"].sum().drop([UNKNOWN, OTHER], errors="ignore")
    most = set(handed.sort_values(ascending=False, kind="stable").index[:_NAMED])
    named = [code for code in fields()[_BODY].all_codes() if code in most]
    return (*named, REST)


def _kinds(frame: pd.DataFrame, bodies: tuple[str, ...]) -> Ints:
    """Return the class of each row, as ``wait_parts.kind_of`` numbers them."""
    place = pd.Index(bodies).get_indexer(pd.Index(frame[_BODY].fillna("")))
    body = np.where(place < 0, len(bodies) - 1, place)
    # Where nobody documents appointments, the column's type has no room for numbers.
    bound = frame["is_bound"].astype(object).map({True: BOUND, False: UNBOUND}).fillna(SILENT)
    kinds = kind_of(body.astype(np.int64), np.asarray(bound, dtype=np.int64))
    handed = frame["is_handed"].to_numpy(dtype=bool)
    return np.where(handed, kinds, 0)


def _change(estimator: SiteEstimator, values: Floats) -> Change:
    effect = estimator.average(values)
    if not effect.error > 0:  # nothing of the kind happens anywhere
        return Change(effect.estimate, effect.estimate, effect.estimate)
    return Change(effect.estimate, effect.low, effect.high)


def _against(
    store: ParquetStore,
    choice: ModelChoice,
    estimator: SiteEstimator,
    effect: did.Effect,
    whole: Panel,
) -> tuple[Check, ...]:
    """Return the rules that forbid to tell of the whole as of a difference of the programme.

    Rules on chance and size are asked of this outcome itself; those on trends and records of the
    wait until the referral, which the plan names: a fault of the records is one fault.
    """
    return (
        *_of_chance(choice, estimator, effect, whole),
        *(
            check
            for check in model_verdict(store, choice).limited_by(Level.NOT)
            if check.rule.assumption is not None
        ),
    )


def _of_chance(
    choice: ModelChoice, estimator: SiteEstimator, effect: did.Effect, whole: Panel
) -> Iterator[Check]:
    used = np.isfinite(effect.without)
    is_treated = estimator.drifting
    wild = wild_bootstrap(
        effect.influence[used],
        is_treated[used].astype(np.int64),
        effect.statistic,
        draws=_WILD_DRAWS,
        seed=choice.seed,
    )
    values = {
        "placebo": estimator.placebo(whole.values).p,
        "interval": distance(effect.low, effect.high, effect.error),
        "wild": wild.p,
        "units": float(len(effect.units)),
        "missing": float(np.isnan(np.compress(is_treated, whole.values, axis=0)).mean()),
    }
    for rule in rules(Design.MODEL_PROJECT):
        if rule.id in values and rule.level(values[rule.id]) is Level.NOT:
            yield Check(rule, values[rule.id], Level.NOT)
