"""What the verdict said in each simulated world, the worlds where it fails included."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from analytics.domain.estimates import Status
from analytics.domain.evaluation import Design
from analytics.i18n import Words
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Basis, Column, Exhibit, internal, readable
from analytics.reports.evaluation.promises import FULL_CASES, Outcome, Promise, outcomes
from analytics.reports.evaluation.simulated import DESIGN_NAMES, Kind, Tally, verdicts
from analytics.stats.intervals import wilson

_DEMONSTRATED: Final = 1.0
_NOTES: Final = ("promises", "separate", "rerun", "error")

_WHOLE_PERCENT: Final = 0.01


@figure("worlds_model", "data-methods/check", takes.PUBLISHED, "levels")
def model_worlds(w: Words) -> Exhibit:
    """Return per world and size how often each kind of sentence was allowed, model programme."""
    return _exhibit(Design.MODEL_PROJECT, w)


@figure("worlds_kim", "data-methods/check", takes.PUBLISHED, "levels")
def kim_worlds(w: Words) -> Exhibit:
    """Return the same for KIM."""
    return _exhibit(Design.KIM_ROLLOUT, w)


def _exhibit(design: Design, w: Words) -> Exhibit:
    known = verdicts()
    tallies = [tally for tally in known.tallies() if tally.design is design]
    title = _title(tallies, w)
    return Basis(known.source(w), w).exhibit(
        f"worlds_{DESIGN_NAMES[design]}",
        title,
        _sentence(tallies, w),
        (
            *readable(w, section="coverage.group", label="coverage.world"),
            *readable(w, meaning="coverage.meaning", violates="coverage.violates"),
            *readable(w, "number", cases="coverage.cases", n="coverage.worlds"),
            *readable(w, "share", value="verdict.level_shown", low="indicator.low"),
            *readable(w, "share", high="indicator.high", compatible="verdict.level_compatible"),
            Column("not", w("verdict.level_not"), "share"),
            Column("named", w("coverage.named"), "share"),
            Column("promise", w("coverage.promise")),
            *internal(
                w, key="indicator.key", missed="coverage.is_missed", status="indicator.status"
            ),
        ),
        pd.DataFrame([_row(tally, w) for tally in tallies]),
        notes=(*_size_and_power(tallies, w), *(w(f"coverage.note_{name}") for name in _NOTES)),
        measure=w("coverage.measure_worlds"),
    )


def world_name(tally: Tally, w: Words) -> str:
    """Return the world's name with the size of what it violates."""
    return w(f"coverage.world_{tally.world.name}")


def _row(tally: Tally, w: Words) -> dict[str, Any]:
    interval = wilson(tally.shown, tally.worlds)
    found = outcomes(tally)
    missed = [outcome for outcome in found if not outcome.is_kept]
    world = tally.world
    return {
        "key": f"{tally.design}/{world.name}/{tally.cases}",
        "section": w(f"coverage.kind_{world.kind}"),
        "label": world_name(tally, w),
        "violates": w(f"verdict.assumption_{world.violates}") if world.violates else "–",
        "meaning": w(f"coverage.meaning_{world.family}"),
        "cases": tally.cases,
        "n": tally.worlds,
        "value": tally.shown / tally.worlds,
        "low": float(interval.low),
        "high": float(interval.high),
        "compatible": tally.compatible / tally.worlds,
        "not": 1 - tally.said / tally.worlds,
        "named": _named(tally),
        "promise": _kept(found, missed, w),
        "missed": bool(missed),
        "status": Status.SHOWN.value,
    }


def _named(tally: Tally) -> float:
    if tally.world.violates is None or not tally.compatible:
        return np.nan
    return tally.named / tally.compatible


def _kept(found: Sequence[Outcome], missed: Sequence[Outcome], w: Words) -> str:
    if missed:
        return w("coverage.missed", what=w.join([_worded(o.promise, w) for o in missed]))
    return w("coverage.kept", what=w.join([_worded(o.promise, w) for o in found])) if found else "–"


def _worded(promise: Promise, w: Words) -> str:
    return w(f"coverage.promise_{promise.id}", limit=w.percent(promise.limit))


def _title(tallies: Sequence[Tally], w: Words) -> str:
    idle = _idle(tallies)
    worst = max(idle, key=lambda tally: tally.shown / tally.worlds)
    most = worst.shown / worst.worlds
    return w(
        f"coverage.worlds_title_{'some' if worst.shown else 'never'}",
        programme=w(f"verdict.design_{DESIGN_NAMES[worst.design]}"),
        worlds=w.number(sum(tally.worlds for tally in idle)),
        most=w.percent(most, 0 if most >= _WHOLE_PERCENT else 1),  # "0 %" would say never
        world=world_name(worst, w),
    )


def _sentence(tallies: Sequence[Tally], w: Words) -> str:
    loudest = max(_idle(tallies), key=lambda tally: tally.said / tally.worlds)
    missed = [tally for tally in tallies if _misses(tally)]
    return " ".join(
        [
            w(
                "coverage.worlds_sentence",
                said=w.percent(loudest.said / loudest.worlds),
                world=_where(loudest, w),
            ),
            *(_power(each, w) for each in tallies if _is_power(each) and _is_demonstrated(each)),
            w(
                f"coverage.missed_{'some' if missed else 'none'}",
                count=w.number(len(missed)),
                of=w.number(len(tallies)),
            ),
        ]
    )


def _size_and_power(tallies: Sequence[Tally], w: Words) -> list[str]:
    """Say how many worlds there are, and how often twice the effect is found in them."""
    sizes = sorted({tally.cases for tally in tallies})
    counts = sorted({tally.worlds for tally in tallies})
    size = w(
        "coverage.size",
        kinds=w.number(len({tally.world.name for tally in tallies})),
        worlds=w.number(counts[0])
        if len(counts) == 1
        else w("coverage.counts", low=w.number(counts[0]), high=w.number(counts[-1])),
        sizes=w.join([w.number(size) for size in sizes]),
    )
    powerful = [tally for tally in tallies if _is_power(tally)]
    basis = [w("coverage.power_basis", cases=w.number(each.cases)) for each in powerful[:1]]
    return [size, *basis, *(_power(each, w) for each in powerful if not _is_demonstrated(each))]


def _is_power(tally: Tally) -> bool:
    return tally.world.kind is Kind.EFFECT and tally.cases >= FULL_CASES


def _is_demonstrated(tally: Tally) -> bool:
    return tally.world.effect == _DEMONSTRATED


def _power(tally: Tally, w: Words) -> str:
    return w(
        "coverage.power" if _is_demonstrated(tally) else "coverage.power_double",
        shown=w.percent(tally.shown / tally.worlds),
        said=w.percent(tally.said / tally.worlds),
    )


def _where(tally: Tally, w: Words) -> str:
    return w("coverage.where", world=world_name(tally, w), cases=w.number(tally.cases))


def _idle(tallies: Sequence[Tally]) -> list[Tally]:
    return [tally for tally in tallies if tally.world.kind is not Kind.EFFECT]


def _misses(tally: Tally) -> bool:
    return any(not outcome.is_kept for outcome in outcomes(tally))
