"""The funnel plot of an indicator with one district marked."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.domain.areas import registry
from analytics.domain.district_choice import DistrictChoice
from analytics.domain.indicators import Indicator, indicator
from analytics.domain.position import Reason
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.formatting import estimate_text, format_of
from analytics.reports.basis.making import Column, Exhibit, based_on
from analytics.reports.basis.selection import period_text
from analytics.reports.districts.funnel import Funnel, funnel_of
from analytics.reports.districts.position import Positions, positions
from analytics.reports.districts.position_words import (
    comparison_text,
    difference_text,
    position_clause,
    position_text,
    rest_text,
    spread_text,
)
from analytics.reports.districts.themes import FUNNELLED
from analytics.reports.districts.values import district_values, roles
from analytics.reports.referrals.referral_times import HEADLINE

_LIMITS: Final = ("chance_low", "chance_high", "usual_low", "usual_high")


@figure(
    "district_funnel",
    "district/profile",
    takes.DISTRICT_AND_INDICATOR,
    "funnel",
    indicators=FUNNELLED,
    usual=HEADLINE,
)
def funnel(store: ParquetStore, choice: DistrictChoice, indicator_id: str, w: Words) -> Exhibit:
    """Return every district's figure beside what chance and the usual spread explain.

    Rows ``key, label, role`` (own, peers, others), ``n`` (what chance depends on), ``value,
    baseline, chance_low, chance_high, usual_low, usual_high, comparison`` (a ``Comparison``),
    ``spread`` (a ``Spread``), ``comparison_text, difference_text, spread_text, position_text,
    status``, in the order of the official key.
    """
    chosen = indicator(indicator_id)
    found = funnel_of(store, indicator_id, choice.period)
    values = district_values(store, indicator_id, choice.period)
    placed = positions(store, indicator_id, choice.period)
    frame = _frame(store, choice, found, placed, w)
    return based_on(store, chosen.tables, w).exhibit(
        f"district_funnel_{indicator_id}_{choice.district}",
        *_finding(store, choice, found, placed, w, chosen),
        _columns(chosen, frame, w),
        frame,
        indicators=(indicator_id,),
        notes=_notes(chosen, found, placed, w),
        queries=(*values.queries, *placed.queries),
        choice=_choice(choice, indicator_id),
    )


def _choice(choice: DistrictChoice, indicator_id: str) -> tuple[tuple[str, str], ...]:
    return (
        ("district", choice.district),
        ("indicator", indicator_id),
        ("from", str(choice.period.first)),
        ("to", str(choice.period.last)),
    )


def _frame(
    store: ParquetStore, choice: DistrictChoice, found: Funnel | None, placed: Positions, w: Words
) -> pd.DataFrame:
    names = ("n", "value", "baseline", *_LIMITS)
    texts = ("comparison", "spread", "comparison_text", "difference_text", "spread_text")
    if found is None:
        heads = ["key", "label", "role", *names, *texts, "position_text", "status"]
        return pd.DataFrame(columns=heads)
    figures = pd.DataFrame(
        {
            "n": found.size,
            "value": found.value,
            "baseline": found.baseline,
            "chance_low": found.chance.low,
            "chance_high": found.chance.high,
            "usual_low": found.usual.low,
            "usual_high": found.usual.high,
        },
        index=list(found.keys),
    )
    all_roles = roles(store, choice)
    values = district_values(store, found.indicator, choice.period)
    frame = figures.reindex(list(all_roles)).rename_axis("key").reset_index()
    chosen, told = indicator(found.indicator), [placed.of(key) for key in frame["key"]]
    return frame.assign(
        label=[registry().district(key).name for key in frame["key"]],
        role=list(all_roles.values()),
        comparison=[each.comparison.value for each in told],
        spread=[each.spread.value for each in told],
        comparison_text=[comparison_text(each, w) for each in told],
        difference_text=[difference_text(chosen, each, w) for each in told],
        spread_text=[spread_text(each, w) for each in told],
        position_text=[position_text(each, w) for each in told],
        status=[values.of(key).status.value for key in frame["key"]],
    )


def _finding(
    store: ParquetStore,
    choice: DistrictChoice,
    found: Funnel | None,
    placed: Positions,
    w: Words,
    chosen: Indicator,
) -> tuple[str, str]:
    name = chosen.name[w.language]
    if found is None:
        return (
            w("report_district.funnel_title_none", name=name),
            w("report_district.funnel_sentence_none"),
        )
    area = registry().district(choice.district).full_name
    own = district_values(store, chosen.id, choice.period).of(choice.district)
    position = placed.of(choice.district)
    texts = {
        "period": period_text(choice.period, w),
        "district": area,
        "name": name,
        "value": estimate_text(chosen, own, w),
    }
    if position.reason is Reason.INVENTED:
        compared = f"{w('report_district.funnel_own', **texts)} {w('report_district.invented')}"
        return w("report_district.funnel_title_invented", **texts), compared
    if not position.is_judged:
        title = w("report_district.funnel_title_unshown", **texts)
        sentence = w("report_district.funnel_own", **texts)
    else:
        clause = position_clause(position, w)
        title = w("report_district.funnel_title", **texts, position=clause)
        sentence = w(
            "report_district.funnel_compared",
            **texts,
            rest=rest_text(chosen, position, w),
            difference=difference_text(chosen, position, w),
        )
    return title, sentence


def _others(found: Funnel, placed: Positions, w: Words) -> str:
    """Say how many districts differ from the rest of the state, and how many are unusual."""
    told = [placed.of(key) for key in found.keys]
    return w(
        "report_district.funnel_all",
        all=w.number(len(told)),
        different=w.number(sum(each.comparison.is_different for each in told)),
        unusual=w.number(sum(each.spread.is_unusual for each in told)),
    )


def _notes(chosen: Indicator, found: Funnel | None, placed: Positions, w: Words) -> tuple[str, ...]:
    notes = [
        w("report_district.note_no_funnel") if found is None else _others(found, placed, w),
        chosen.caveats[w.language],
        w("report_district.note_comparison"),
        w("report_district.note_spread"),
    ]
    if found is not None and found.factor > 1:
        wider = w.number(float(np.sqrt(found.factor)), 1)
        notes.append(w("report_district.note_wider", factor=wider))
    elif found is not None:
        notes.append(w("report_district.note_as_chance"))
    return tuple(notes)


def _columns(chosen: Indicator, frame: pd.DataFrame, w: Words) -> tuple[Column, ...]:
    form = format_of(chosen)
    pairs = zip(_LIMITS[::2], _LIMITS[1::2], strict=True)
    kind, digits = form.kind, max(form.outside(frame, *pair, w).digits for pair in pairs)
    size = "n_rate" if chosen.unit == "number" else "n"
    limits = [Column(name, w(f"report_district.{name}"), kind, max(digits, 1)) for name in _LIMITS]
    told = ("comparison_text", "difference_text", "spread_text")
    inner = ("position_text", "role", "comparison", "spread")
    return (
        Column("key", w("indicator.key"), internal=True),
        Column("label", w("dimension.district")),
        Column("n", w(f"report_district.{size}"), "number"),
        Column("value", chosen.name[w.language], kind, digits),
        *limits,
        *(Column(name, w(f"report_district.{name}")) for name in told),
        *(Column(name, w(f"report_district.{name}"), internal=True) for name in inner),
        Column("status", w("indicator.status"), internal=True),
    )
