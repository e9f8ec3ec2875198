"""How often intervals and placebo rank were right in the simulation, and how far off estimates."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd
from scipy import stats

from analytics.domain.estimates import Status
from analytics.domain.evaluation import Design, EffectOutcome
from analytics.i18n import Words
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Basis, Column, Exhibit, estimated, internal, readable
from analytics.reports.evaluation.scale import Scale
from analytics.reports.evaluation.simulated import DESIGN_NAMES, intervals
from analytics.stats.intervals import wilson

Told = Callable[[pd.DataFrame, EffectOutcome, Words], dict[str, Any]]

_LEVEL: Final = 0.05
_NORMAL: Final = float(stats.norm.ppf(0.975))


@figure("coverage", "data-methods/check", takes.PUBLISHED, "dots")
def coverage(w: Words) -> Exhibit:
    """Return per design and outcome how often the 95 % interval contains the true effect."""
    runs = intervals().of("effect")
    hit = (runs["low"] <= runs["truth"]) & (runs["truth"] <= runs["high"])
    return _shares("coverage", runs.assign(hit=hit), w)


@figure("rejections", "data-methods/check", takes.PUBLISHED, "dots")
def rejections(w: Words) -> Exhibit:
    """Return how often the placebo rank calls chance an effect (p at most 5 %)."""
    runs = intervals().of("null")
    return _shares("rejections", runs.assign(hit=runs["placebo_p"] <= _LEVEL), w)


@figure("bias", "data-methods/check", takes.PUBLISHED, "dots")
def bias(w: Words) -> Exhibit:
    """Return per design and outcome how far estimates lie from the truth on average.

    Relative to the true effect, with the simulation's own error; and by how much the estimates that
    pass the placebo test overstate it (Gelman & Carlin 2014, doi:10.1177/1745691614551642).
    """
    known = intervals()
    frame = _by_estimand(known.of("effect"), _bias, w)
    rows = frame.to_dict("records")
    furthest = max(rows, key=lambda row: abs(float(row["value"])))
    loudest = max(rows, key=lambda row: float(row["exaggeration"]))
    title = w(
        f"coverage.bias_title_{'small' if furthest['value'] < 0 else 'large'}",
        bias=w.percent(abs(furthest["value"])),
        where=furthest["section"],
    )
    sentence = w(
        "coverage.bias_sentence",
        worlds=w.number(int(frame["n"].min())),
        cases=w.number(known.cases),
        times=w.number(loudest["exaggeration"], 1),
        where=_where(loudest, w),
    )
    columns = (
        *readable(w, section="verdict.design", label="coverage.outcome"),
        *readable(w, truth="coverage.bias_truth", estimate="coverage.bias_estimate"),
        *estimated(w("coverage.bias_value"), "share", 1, w),
        Column("exaggeration", w("coverage.bias_exaggeration"), "number", 2),
        *readable(w, "number", significant="coverage.bias_significant", n="coverage.worlds"),
        *internal(w, key="indicator.key", status="indicator.status"),
    )
    return Basis(known.source(w), w).exhibit(
        "bias",
        title,
        sentence,
        columns,
        frame,
        notes=(
            w("coverage.bias_why"),
            w("coverage.bias_scale"),
            w("coverage.bias_cells"),
            w("coverage.bias_start"),
            w("coverage.bias_error"),
        ),
        measure=w("coverage.measure_bias"),
    )


def _bias(runs: pd.DataFrame, outcome: EffectOutcome, w: Words) -> dict[str, Any]:
    truth, off = float(runs["truth"].mean()), runs["estimate"] - runs["truth"]
    value = float(off.mean()) / truth
    margin = _NORMAL * float(off.std()) / np.sqrt(len(runs)) / abs(truth)
    found = runs[runs["placebo_p"] <= _LEVEL]
    scale = Scale(outcome)
    return {
        "truth": scale.difference_text(truth, w),
        "estimate": scale.difference_text(float(runs["estimate"].mean()), w),
        "value": value,
        "low": value - margin,
        "high": value + margin,
        "exaggeration": float(found["estimate"].abs().mean()) / abs(truth),
        "significant": len(found),
    }


def _where(row: Mapping[Hashable, Any], w: Words) -> str:
    return w("coverage.estimand", programme=row["section"], outcome=row["label"])


def _shares(name: str, runs: pd.DataFrame, w: Words) -> Exhibit:
    known = intervals()
    frame = _by_estimand(runs, _share, w)
    least, most = frame["value"].min(), frame["value"].max()
    texts = {"least": w.percent(least, 1), "most": w.percent(most, 1)}
    size = {"worlds": w.number(int(frame["n"].min())), "cases": w.number(known.cases)}
    title = w(f"coverage.{name}_title", **texts, **size)
    columns = (
        *readable(w, section="verdict.design", label="coverage.outcome"),
        *estimated(w(f"coverage.{name}_value"), "share", 1, w),
        Column("n", w("coverage.worlds"), "number"),
        *internal(w, key="indicator.key", status="indicator.status"),
    )
    return Basis(known.source(w), w).exhibit(
        name,
        title,
        w(f"coverage.{name}_sentence", **texts, **size),
        columns,
        frame,
        notes=(w("coverage.note_error"),),
        measure=w(f"coverage.measure_{name}"),
    )


def _share(runs: pd.DataFrame, _: EffectOutcome, __: Words) -> dict[str, Any]:
    hits, trials = int(runs["hit"].sum()), len(runs)
    interval = wilson(hits, trials)
    return {"value": hits / trials, "low": float(interval.low), "high": float(interval.high)}


def _by_estimand(runs: pd.DataFrame, told: Told, w: Words) -> pd.DataFrame:
    rows = []
    for design in Design:
        for outcome in EffectOutcome:
            chosen = runs[(runs["design"] == design) & (runs["outcome"] == outcome)]
            rows.append(
                {
                    "key": f"{design}/{outcome}",
                    "label": Scale(outcome).name(w),
                    "section": w(f"verdict.design_{DESIGN_NAMES[design]}"),
                    **told(chosen, outcome, w),
                    "n": len(chosen),
                    "status": Status.SHOWN.value,
                }
            )
    return pd.DataFrame(rows)
