"""Any indicator, broken down by any dimension that it has: the one way to a value."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from analytics.domain.areas import registry
from analytics.domain.estimates import Status
from analytics.domain.filters import NeedFilter, fields
from analytics.domain.indicators import Dimension, Indicator, indicator
from analytics.domain.vocabulary import Provenance
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import dimensions
from analytics.reports.basis.formatting import estimate_text, format_of, nothing_shown, value_text
from analytics.reports.basis.making import Basis, Column, Exhibit, Point, estimated
from analytics.reports.basis.origins import counted_districts
from analytics.reports.basis.provenance import area_origins, source_line
from analytics.reports.basis.provisional import provisional_quarters
from analytics.reports.basis.refusal import RefusedError, worded
from analytics.reports.indicators.assignment import as_counted, unassigned_note
from analytics.reports.indicators.extremes import extremes, in_words
from analytics.reports.indicators.group_comparison import units_column
from analytics.reports.indicators.indicator_estimates import estimates, row_estimate
from analytics.reports.indicators.process import delivery_note
from analytics.reports.indicators.ratios import has_mixed


@worded
def indicator_values(
    store: ParquetStore, indicator_id: str, by: Dimension, need_filter: NeedFilter, w: Words
) -> Exhibit:
    """Return an indicator by a dimension.

    The table has one row a key, absent ones as ``no_data``, with ``key, label, section, value,
    low, high, n, status``; by group also ``units``, between which bounds are; by district also
    ``district``; by quarter also ``series``, ``period`` (first day) and ``provisional``.

    Raises:
        RefusedError: If the indicator has no meaning for this dimension or filter, or if areas are
            chosen whose own figures are hidden.
        KeyError: If there is no such indicator.
    """
    chosen = indicator(indicator_id)
    refuse_impossible(chosen, by, need_filter, w)
    delivery, asked_who = delivery_note(store, chosen, w)
    need_filter = as_counted(chosen, need_filter, by)
    # Areas are protected as parts of the state, whichever of them are asked for.
    parts = {"district": ("district",), "unit": ("district", "unit")}.get(by, ())
    asked = need_filter.but(**dict.fromkeys(parts, ()))
    refuse_hidden_areas(store, chosen, asked, w)
    frame, queries = estimates(store, chosen, by, asked)
    frame = _complete(frame, by, need_filter, w)
    if by == "quarter":
        frame["provisional"], delays = provisional_quarters(store, list(frame["period"]))
        queries = (*queries, delays)
    if chosen.process is not None and by == "group":
        delivery = (*delivery, w("indicator.note_split_districts"))
    notes, queries = (*delivery, *_notes(chosen, by, frame, w)), (*queries, *asked_who)
    if chosen.method == "ratio" and has_mixed(store, chosen):
        notes = (*notes, w("indicator.note_mixed_origin"))
    if chosen.counts_needs and need_filter.assigned:
        left_out, count = unassigned_note(store, need_filter, w)
        notes, queries = (*notes, left_out), (*queries, count)
    elif chosen.counts_needs:
        notes = (*notes, w("indicator.unassigned_counted"))
    source = source_line(store, chosen.tables, w, districts=counted_districts(need_filter))
    columns = value_columns(chosen, w, label=w(f"dimension.{by}"))
    if by == "group":
        columns = (*columns, units_column(w))
    if by in ("district", "unit") and source.provenance is Provenance.MIXED:
        frame["provenance"] = area_origins(store, chosen.tables, frame["key"])
        frame["origin"] = [w.label("provenance", origin) for origin in frame["provenance"]]
        columns = (*columns, Column("origin", w("indicator.origin")))
    title, sentence, points = _finding(chosen, by, frame, need_filter, w)
    return Basis(source, w, needs=need_filter).exhibit(
        f"{indicator_id}_by_{by}",
        title,
        sentence,
        columns,
        frame,
        indicators=(indicator_id,),
        notes=notes,
        queries=queries,
        points=points,
    )


def refuse_hidden_areas(
    store: ParquetStore, chosen: Indicator, need_filter: NeedFilter, w: Words
) -> None:
    """Refuse a choice that holds an area whose own figure is hidden.

    Whoever chooses one district gets a row of the table by district under another name. It may be
    hidden there because another one's could be told from it.

    Raises:
        RefusedError: It names these areas, which their table shows as protected.
    """
    for by in ("district", "unit"):
        if named := need_filter[by]:
            hidden = hidden_areas(store, chosen, by, need_filter, w)
            areas = [label for key, label in hidden.items() if key in named]
            if areas:
                raise RefusedError(w("indicator.hidden_areas", areas=w.join(areas)))


def hidden_areas(
    store: ParquetStore, chosen: Indicator, by: Dimension, need_filter: NeedFilter, w: Words
) -> dict[str, str]:
    """Return the names by code of the areas whose own figure is hidden, whichever are chosen."""
    everywhere = replace(need_filter.but(district=(), unit=()), assigned=None)
    frame = indicator_values(store, chosen.id, by, everywhere, w).table.frame
    untold = (frame["status"] != Status.NO_DATA) & frame["n"].isna() & chosen.counts_needs
    hidden = frame[untold | (frame["status"] == Status.SUPPRESSED)]
    return dict(zip(hidden["key"], hidden["label"], strict=True))


def value_columns(chosen: Indicator, w: Words, *, label: str) -> tuple[Column, ...]:
    """Return the columns of a table of one indicator's values."""
    kind = format_of(chosen).kind
    return (
        Column("key", w("indicator.key"), internal=True),
        Column("label", label),
        *estimated(chosen.name[w.language], kind, chosen.digits, w),
        Column("n", w("indicator.n"), "count"),
        Column("status", w("indicator.status"), internal=True),
    )


def refuse_impossible(chosen: Indicator, by: Dimension, need_filter: NeedFilter, w: Words) -> None:
    """Refuse a breakdown or a filter for which the indicator has no meaning.

    Raises:
        RefusedError: It says why.
    """
    name = chosen.name[w.language]
    if by not in chosen.dimensions:
        possible = w.join([w(f"dimension.{d}") for d in chosen.dimensions])
        raise RefusedError(w("indicator.no_dimension", name=name, possible=possible))
    if not chosen.counts_needs and need_filter.is_narrowed:
        raise RefusedError(w("indicator.no_filter", name=name))
    if need_filter.is_of_referred and not chosen.is_of_referred:
        raise RefusedError(w("indicator.only_of_referred", name=name))


def _complete(
    frame: pd.DataFrame, by: Dimension, need_filter: NeedFilter, w: Words
) -> pd.DataFrame:
    """Add the keys without data, the labels and the columns that the dimension's charts need."""
    wanted = wanted_keys(by, need_filter, set(frame["key"]))
    full = frame.set_index("key").reindex(wanted).rename_axis("key").reset_index()
    absent = full["status"].isna()
    full["status"] = full["status"].fillna(Status.NO_DATA)
    if by == "unit" and (full["status"] == Status.SUPPRESSED).any():
        # That a town has no needs at all would tell a hidden unit from its group's total.
        of_split = full["key"].str[:5].isin(registry().split_districts)
        full.loc[absent & of_split, "status"] = Status.SUPPRESSED
    full["series"] = full["series"].fillna("")
    full["label"] = [dimensions.label(by, key, w) for key in wanted]
    full["section"] = [dimensions.section(by, key) for key in wanted]
    if by == "district":
        full["district"] = full["key"]
    if by == "quarter":
        full["period"] = [date.fromisoformat(key) for key in wanted]
    return full


def wanted_keys(by: Dimension, need_filter: NeedFilter, found: Collection[str]) -> list[str]:
    """Return the keys that the filter leaves; what it leaves out is not missing data.

    Args:
        by: The dimension.
        need_filter: Which needs count.
        found: Keys that there are needs of.
    """
    chosen, districts = need_filter[by], need_filter["district"]
    units = {unit[:5] for unit in need_filter["unit"]}
    absent = dimensions.remainder(by) - set(found)
    return [
        key
        for key in dimensions.keys(by, need_filter.period)
        if key not in absent
        and (not chosen or key in chosen)
        and (by != "unit" or not districts or key[:5] in districts)
        and (by != "district" or not units or key in units)
    ]


def _finding(
    chosen: Indicator, by: Dimension, frame: pd.DataFrame, need_filter: NeedFilter, w: Words
) -> tuple[str, str, tuple[Point, ...]]:
    """Return title, sentence and the quarters that it names, from the same rows."""
    name = chosen.name[w.language]
    shown = frame[frame["status"] == Status.SHOWN]
    span = w(
        "indicator.period",
        first=w.month(need_filter.period.start),
        last=w.month(need_filter.period.last.first_day),
    )
    if shown.empty:
        protected = (frame["status"] == Status.SUPPRESSED).any()
        sentence = "indicator.sentence_protected" if protected else "indicator.sentence_empty"
        return nothing_shown(chosen, frame["status"], w), w(sentence, name=name, period=span), ()
    if len(frame) == 1:
        estimate = row_estimate(shown.iloc[0])
        return (
            w("indicator.title_one", name=name, value=value_text(chosen, estimate.value, w)),
            w(
                "indicator.sentence_one",
                name=name,
                period=span,
                value=estimate_text(chosen, estimate, w),
            ),
            (),
        )
    if len(shown) == 1:
        estimate = row_estimate(shown.iloc[0])
        return (
            w("indicator.title_one", name=name, value=value_text(chosen, estimate.value, w)),
            w(
                "indicator.sentence_single",
                all=w.number(len(frame)),
                keys=w(f"dimension.{by}_many"),
                period=span,
                label=shown["label"].iloc[0],
                value=estimate_text(chosen, estimate, w),
            ),
            (),
        )
    values = shown["value"].to_numpy(dtype=np.float64)
    texts = {
        "low": format_of(chosen).bare(float(values.min()), w),
        "high": value_text(chosen, float(values.max()), w),
        "shown": w.number(len(shown)),
        "all": w.number(len(frame)),
        "keys": w(f"dimension.{by}_many"),
        "period": span,
        "name": name,
    }
    sentence = (
        "indicator.sentence_range_complete" if chosen.is_complete else "indicator.sentence_range"
    )
    points = extremes(chosen, shown, w) if by == "quarter" else ()
    named = in_words(points, w)
    return w("indicator.title_range", **texts), f"{w(sentence, **texts)}{named}", points


def _notes(chosen: Indicator, by: Dimension, frame: pd.DataFrame, w: Words) -> tuple[str, ...]:
    notes = [chosen.caveats[w.language]]
    if by == "group":
        notes.append(w("indicator.note_units"))
    elif by in fields() and not fields()[by].is_area:
        notes.append(w("indicator.note_needs_alike"))
    if (frame["status"] == Status.SUPPRESSED).any():
        notes.append(w("indicator.note_suppressed"))
    if (frame["status"] == Status.NO_DATA).any():
        notes.append(w("indicator.note_no_data"))
    if "provisional" in frame and frame["provisional"].any():
        notes.append(w("indicator.note_provisional"))
    return tuple(notes)
