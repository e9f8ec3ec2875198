"""Referral times: how long it takes until people are referred, by group and by offer area."""

from collections.abc import Sequence

import pandas as pd

from analytics.disclosure import release_durations
from analytics.domain.estimates import Status
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import Dimension, indicator
from analytics.domain.vocabulary import Group, OfferArea
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import dimensions, takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.formatting import format_of, nothing_shown
from analytics.reports.basis.making import (
    Basis,
    Column,
    Exhibit,
    based_on,
    estimated,
    internal,
    readable,
)
from analytics.reports.indicators.assignment import assigned, unassigned_note
from analytics.reports.indicators.clock import clock_counts
from analytics.reports.indicators.clock_parts import split
from analytics.reports.indicators.estimation import clock_estimates
from analytics.reports.indicators.group_comparison import compare_groups, units_column
from analytics.reports.indicators.indicator_values import refuse_hidden_areas
from analytics.reports.referrals.curve_table import curve_columns, curve_rows

HEADLINE = "share_referred_90d"
MEASURES = ("median_days_to_referral", "share_referred_30d", HEADLINE)

_TABLES = ("cases", "referrals")


@figure("referral_curve_by_group", "referral-times", takes.NEEDS, "curve")
def by_group(store: ParquetStore, need_filter: NeedFilter, w: Words) -> Exhibit:
    """Return the cumulative incidence of referral in the model and the comparison group.

    Bands are those between units, as is the interval of their difference.
    """
    needs = assigned(need_filter)
    counts, query = clock_counts(store, "group", needs, split_by_unit=True)
    return based_on_assigned(store, needs, w).exhibit(
        "referral_curve_by_group",
        *compare_groups(HEADLINE, clock_estimates(indicator(HEADLINE), counts), w),
        curve_columns(w),
        _curves(counts, (Group.MODEL, Group.COMPARISON), "group", w),
        indicators=(HEADLINE,),
        notes=(w("referral.note_groups"), _caveats(w), w("indicator.note_units")),
        queries=(query,),
        measure=w("referral.measure_curve"),
    )


@figure("referral_curve_by_offer_area", "referral-times", takes.NEEDS, "curve_panels")
def by_offer_area(store: ParquetStore, need_filter: NeedFilter, w: Words) -> Exhibit:
    """Return the cumulative incidence of referral in each offer area."""
    needs = assigned(need_filter)
    counts, query = clock_counts(store, "offer_area", needs)
    return based_on_assigned(store, needs, w).exhibit(
        "referral_curve_by_offer_area",
        *_slowest_and_fastest(clock_estimates(indicator(HEADLINE), counts), w),
        curve_columns(w),
        _curves(counts, tuple(OfferArea), "offer_area", w),
        indicators=(HEADLINE,),
        notes=(w("referral.note_areas"), _caveats(w), w("indicator.note_needs_alike")),
        queries=(query,),
        measure=w("referral.measure_curve"),
    )


@figure("referral_measures", "referral-times", takes.NEEDS, "dots")
def measures(store: ParquetStore, need_filter: NeedFilter, w: Words) -> Exhibit:
    """Return median days and shares within 30 and 90 days by group, with intervals.

    One row a measure and group; ``unit`` and ``digits`` say how the row's value is formatted.
    """
    needs = assigned(need_filter)
    parts, queries = [], []
    for measure in map(indicator, MEASURES):
        counts, query = clock_counts(
            store, "group", needs, split_by_unit=True, needs_ends=measure.needs_ends
        )
        queries += [query] if query not in queries else []
        frame = dimensions.in_order("group", clock_estimates(measure, counts))
        parts.append(
            frame.assign(
                section=measure.name[w.language],
                label=[w.label("group", key) for key in frame["key"]],
                unit=format_of(measure).kind,
                digits=measure.digits,
            )
        )
    columns = (
        *readable(w, section="referral.measure", label="dimension.group"),
        *estimated(w("referral.value"), "number", 1, w),
        Column("n", w("indicator.n"), "count"),
        units_column(w),
        Column("status", w("indicator.status"), internal=True),
    )
    caveats = indicator(MEASURES[0]).caveats[w.language]
    return based_on_assigned(store, needs, w).exhibit(
        "referral_measures",
        *compare_groups(MEASURES[0], parts[0], w),
        columns,
        pd.concat(parts, ignore_index=True),
        indicators=MEASURES,
        notes=(w("referral.note_groups"), _caveats(w), caveats, w("indicator.note_units")),
        queries=tuple(queries),
        measure=w("referral.measure_measures"),
    )


@figure("referral_by_field", "referral-times", takes.NEEDS_BY_FIELD, "dots")
def by_field(store: ParquetStore, need_filter: NeedFilter, by: Dimension, w: Words) -> Exhibit:
    """Return the share referred within 90 days by a field of needs, in each of both groups.

    One row a code (``section``) and group (``key``); bounds are those between units.

    Raises:
        KeyError: If there is no such field.
    """
    chosen, needs = indicator(HEADLINE), assigned(need_filter)
    counts, query = clock_counts(
        store, by, needs, across="group", split_by_unit=True, until=chosen.day
    )
    frame = _in_both_groups(clock_estimates(chosen, counts), by, needs, w)
    columns = (
        *readable(w, section=f"dimension.{by}", label="dimension.group"),
        *estimated(chosen.name[w.language], "share", chosen.digits, w),
        Column("n", w("indicator.n"), "count"),
        units_column(w),
        *internal(w, code="indicator.key", status="indicator.status"),
    )
    return based_on_assigned(store, needs, w).exhibit(
        "referral_by_field",
        *_by_field_finding(frame, by, w),
        columns,
        frame,
        indicators=(HEADLINE,),
        notes=(w("referral.note_groups"), _caveats(w), w("indicator.note_units")),
        queries=(query,),
        choice=(("by", by),),
    )


def based_on_assigned(store: ParquetStore, needs: NeedFilter, w: Words) -> Basis:
    """Return the basis of figures of both groups, with the note on needs that belong to neither.

    Raises:
        RefusedError: If areas are chosen whose own figures are hidden.
    """
    for measure in MEASURES:
        refuse_hidden_areas(store, indicator(measure), needs, w)
    left_out, query = unassigned_note(store, needs, w)
    return based_on(store, _TABLES, w, needs=needs, notes=(left_out,), queries=(query,))


def _in_both_groups(
    estimates: pd.DataFrame, by: Dimension, needs: NeedFilter, w: Words
) -> pd.DataFrame:
    """Return one row a code that there is and group, without data where nothing was recorded."""
    chosen = needs["group"] or (Group.MODEL, Group.COMPARISON)
    groups = [str(group) for group in (Group.MODEL, Group.COMPARISON) if group in chosen]
    found = set(estimates["key"])
    codes = [key for key in dimensions.keys(by, needs.period) if key in found]
    index = pd.MultiIndex.from_product([codes, groups], names=["key", "series"])
    frame = estimates.set_index(["key", "series"]).reindex(index).reset_index()
    return frame.rename(columns={"key": "code"}).assign(
        key=frame["series"],
        section=[dimensions.label(by, code, w) for code in frame["key"]],
        label=[w.label("group", group) for group in frame["series"]],
        status=frame["status"].fillna(Status.NO_DATA),
    )


def _by_field_finding(frame: pd.DataFrame, by: Dimension, w: Words) -> tuple[str, str]:
    shown = frame[frame["status"] == Status.SHOWN]
    if shown.empty:
        name = nothing_shown(indicator(HEADLINE), frame["status"], w)
        return name, w("referral.areas_incomparable")
    parts = [
        w(
            "referral.by_field_part",
            group=w(f"referral.group_{key}"),
            low=w.percent(part["value"].min()),
            high=w.percent(part["value"].max()),
        )
        for key, part in shown.groupby("key", sort=False)
    ]
    counts = {"shown": w.number(len(shown)), "all": w.number(len(frame))}
    texts = {"field": w(f"dimension.{by}"), "parts": w.join(parts)}
    return w("referral.by_field_title", **texts), w("referral.by_field_sentence", **counts, **texts)


def _caveats(w: Words) -> str:
    return indicator(HEADLINE).caveats[w.language]


def _curves(counts: pd.DataFrame, keys: Sequence[str], by: Dimension, w: Words) -> pd.DataFrame:
    found = {key: part for key, _, part in split(counts)}
    # A curve states its n, so a curve too many would give away one that is missing.
    shown = dict(zip(found, release_durations([part.n for part in found.values()]), strict=True))
    parts = [
        curve_rows(found.get(key), is_shown=shown.get(key, False)).assign(
            series=str(key), label=dimensions.label(by, key, w)
        )
        for key in keys
    ]
    return pd.concat(parts, ignore_index=True)


def _slowest_and_fastest(frame: pd.DataFrame, w: Words) -> tuple[str, str]:
    shown = frame[frame["status"] == Status.SHOWN].sort_values("value")
    if len(shown) < 2:
        title = nothing_shown(indicator(HEADLINE), frame["status"], w)
        return title, w("referral.areas_incomparable")
    slow, fast = shown.iloc[0], shown.iloc[-1]
    words = {
        "fast": w.label("offer_area", fast["key"]),
        "slow": w.label("offer_area", slow["key"]),
        "fast_share": w.percent(fast["value"]),
        "slow_share": w.percent(slow["value"]),
        "shown": w.number(len(shown)),
        "all": w.number(len(OfferArea)),
    }
    return w("referral.areas_title", **words), w("referral.areas_sentence", **words)
