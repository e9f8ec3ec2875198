"""The funnel plot of an indicator with one district marked."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.disclosure import Column, ReleasedTable
from analytics.domain.areas import registry
from analytics.domain.district_choice import DistrictChoice
from analytics.domain.estimates import Status
from analytics.domain.indicators import Indicator, indicator
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.districts.funnel import Funnel, Position, funnel_of
from analytics.reports.districts.values import district_values, roles
from analytics.reports.exhibit import Exhibit
from analytics.reports.formatting import estimate_text, format_of, value_text
from analytics.reports.origins import beside_invented
from analytics.reports.provenance import source_line
from analytics.reports.selection import period_text

_LIMITS: Final = ("low95", "high95", "low998", "high998")


def funnel(store: ParquetStore, choice: DistrictChoice, indicator_id: str, w: Words) -> Exhibit:
    """Return every district's figure beside the limits that chance keeps it within.

    Rows ``key, label, role`` (own, peers, others), ``n`` (what chance depends on), ``value,
    baseline, low95, high95, low998, high998, position`` (a ``Position``), ``position_text,
    status``, in the order of the official key.
    """
    chosen = indicator(indicator_id)
    found = funnel_of(store, indicator_id, choice.period)
    values = district_values(store, indicator_id, choice.period)
    frame = _frame(store, choice, found, w)
    title, sentence = _finding(store, choice, chosen, found, w)
    return Exhibit(
        id=f"district_funnel_{indicator_id}_{choice.district}",
        title=title,
        sentence=sentence,
        table=ReleasedTable(_columns(chosen, frame, w), frame),
        alt=w("report_district.funnel_alt", title=title, sentence=sentence),
        source=source_line(store, chosen.tables, w),
        indicators=(indicator_id,),
        notes=_notes(chosen, found, w),
        queries=values.queries,
        choice=_choice(choice, indicator_id),
    )


def position_text(position: Position, w: Words) -> str:
    """Return in a few words where a figure lies."""
    return w(f"report_district.position_{position}")


def _choice(choice: DistrictChoice, indicator_id: str) -> tuple[tuple[str, str], ...]:
    return (
        ("district", choice.district),
        ("indicator", indicator_id),
        ("from", str(choice.period.first)),
        ("to", str(choice.period.last)),
    )


def _frame(
    store: ParquetStore, choice: DistrictChoice, found: Funnel | None, w: Words
) -> pd.DataFrame:
    names = ("n", "value", "baseline", *_LIMITS, "position")
    if found is None:
        return pd.DataFrame(columns=["key", "label", "role", *names, "position_text", "status"])
    figures = pd.DataFrame(
        {
            "n": found.size,
            "value": found.value,
            "baseline": found.baseline,
            "low95": found.inner.low,
            "high95": found.inner.high,
            "low998": found.outer.low,
            "high998": found.outer.high,
            "position": [str(position) for position in found.positions],
        },
        index=list(found.keys),
    )
    all_roles = roles(store, choice)
    values = district_values(store, found.indicator, choice.period)
    frame = figures.reindex(list(all_roles)).rename_axis("key").reset_index()
    positions = frame["position"].fillna(Position.NONE.value)
    return frame.assign(
        label=[registry().district(key).name for key in frame["key"]],
        role=list(all_roles.values()),
        position=positions,
        position_text=[position_text(Position(each), w) for each in positions],
        status=[values.of(key).status.value for key in frame["key"]],
    )


def _finding(
    store: ParquetStore, choice: DistrictChoice, chosen: Indicator, found: Funnel | None, w: Words
) -> tuple[str, str]:
    name = chosen.name[w.language]
    if found is None:
        return (
            w("report_district.funnel_title_none", name=name),
            w("report_district.funnel_sentence_none"),
        )
    area = registry().district(choice.district).full_name
    position = found.position(choice.district)
    own = district_values(store, chosen.id, choice.period).of(choice.district)
    outside = sum(1 for each in found.positions if each.side)
    is_invented = beside_invented(store.manifest, chosen.tables, choice.district)
    finding = position if own.status is Status.SHOWN else "unshown"
    finding = "invented" if is_invented else finding
    title = w(f"report_district.funnel_title_{finding}", district=area, name=name)
    sentence = w(
        "report_district.funnel_sentence",
        period=period_text(choice.period, w),
        district=area,
        value=estimate_text(chosen, own, w),
        state=value_text(chosen, found.baseline, w),
        outside=w.number(outside),
        all=w.number(len(found.keys)),
    )
    return title, f"{sentence} {w('report_district.invented')}" if is_invented else sentence


def _notes(chosen: Indicator, found: Funnel | None, w: Words) -> tuple[str, ...]:
    notes = [chosen.caveats[w.language], w("report_district.note_funnel")]
    if found is not None and found.factor > 1:
        widened = w.number(float(np.sqrt(found.factor)), 1)
        notes.append(w("report_district.note_widened", factor=widened))
    return tuple(notes)


def _columns(chosen: Indicator, frame: pd.DataFrame, w: Words) -> tuple[Column, ...]:
    form = format_of(chosen)
    pairs = zip(_LIMITS[::2], _LIMITS[1::2], strict=True)
    kind, digits = form.kind, max(form.outside(frame, *pair, w).digits for pair in pairs)
    size = "n_rate" if chosen.unit == "number" else "n"
    limits = [Column(name, w(f"report_district.{name}"), kind, max(digits, 1)) for name in _LIMITS]
    return (
        Column("key", w("indicator.key"), internal=True),
        Column("label", w("dimension.district")),
        Column("n", w(f"report_district.{size}"), "number"),
        Column("value", chosen.name[w.language], kind, digits),
        *limits,
        Column("position_text", w("report_district.position")),
        Column("role", w("report_district.role"), internal=True),
        Column("position", w("report_district.position"), internal=True),
        Column("status", w("indicator.status"), internal=True),
    )
