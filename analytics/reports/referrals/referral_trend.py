"""How referral times change from quarter to quarter, and what of it is still provisional."""

from dataclasses import replace
from datetime import date
from itertools import product

import pandas as pd

from analytics.domain.estimates import Status
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import indicator
from analytics.domain.vocabulary import Group
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import dimensions, takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.formatting import estimate_text
from analytics.reports.basis.making import Column, Exhibit, Point, estimated, internal
from analytics.reports.basis.provisional import provisional_quarters
from analytics.reports.basis.span import data_period
from analytics.reports.indicators.assignment import assigned
from analytics.reports.indicators.clock import clock_counts
from analytics.reports.indicators.estimation import clock_estimates
from analytics.reports.indicators.group_comparison import units_column
from analytics.reports.indicators.indicator_estimates import row_estimate
from analytics.reports.referrals.referral_times import HEADLINE, based_on_assigned


@figure("referral_trend", "referral-times", takes.NEEDS_OF_ALL_MONTHS, "trend")
def trend(store: ParquetStore, need_filter: NeedFilter, w: Words) -> Exhibit:
    """Return the share referred within 90 days by quarter of need and group, all quarters.

    The filter's period does not apply: a trend shows what was before and after it.
    Rows ``series, label, period, value, low, high, n, units, status, provisional``.
    """
    chosen = indicator(HEADLINE)
    needs = assigned(replace(need_filter, period=data_period(store)))
    counts, query = clock_counts(
        store, "quarter", needs, across="group", split_by_unit=True, until=chosen.day
    )
    frame = _complete(clock_estimates(chosen, counts), needs, w)
    quarters = dimensions.quarters(needs.period)
    flags, delays = provisional_quarters(store, quarters)
    frame["provisional"] = frame["period"].map(dict(zip(quarters, flags, strict=True))).astype(bool)
    provisional = (w("indicator.note_provisional"),) if frame["provisional"].any() else ()
    title, sentence, points = _finding(frame, w)
    return based_on_assigned(store, needs, w).exhibit(
        "referral_trend",
        title,
        sentence,
        (
            Column("label", w("dimension.group")),
            Column("period", w("dimension.quarter"), "quarter"),
            *estimated(indicator(HEADLINE).name[w.language], "share", 1, w),
            Column("n", w("indicator.n"), "count"),
            units_column(w),
            Column("series", w("indicator.key"), internal=True),
            *internal(w, status="indicator.status", provisional="referral.provisional"),
        ),
        frame,
        indicators=(HEADLINE,),
        notes=(
            w("referral.note_groups"),
            w("referral.trend_note"),
            w("indicator.note_units"),
            chosen.caveats[w.language],
            *provisional,
        ),
        queries=(query, delays),
        points=points,
    )


def _complete(estimates: pd.DataFrame, needs: NeedFilter, w: Words) -> pd.DataFrame:
    """Return one row a group and quarter, without data where nothing was recorded."""
    chosen = needs["group"]
    groups = [g for g in (Group.MODEL, Group.COMPARISON) if not chosen or g in chosen]
    quarters = dimensions.keys("quarter", needs.period)
    index = pd.MultiIndex.from_product([groups, quarters], names=["series", "key"])
    frame = estimates.set_index(["series", "key"]).reindex(index).reset_index()
    return frame.assign(
        status=frame["status"].fillna(Status.NO_DATA),
        period=[date.fromisoformat(key) for key in frame["key"]],
        label=[w.label("group", code) for code in frame["series"]],
    )


def _finding(frame: pd.DataFrame, w: Words) -> tuple[str, str, tuple[Point, ...]]:
    """Compare the first and the last complete quarter that both groups have; name their lowest."""
    settled = frame[~frame["provisional"]]
    complete = settled[settled["status"] == Status.SHOWN]
    judged = settled if len(settled) else frame
    if (judged["status"] == Status.SUPPRESSED).any():
        # What is left leans to quarters in which nearly everybody or hardly anybody was referred.
        counts = {"shown": w.number(len(complete)), "all": w.number(len(judged))}
        title = w("referral.trend_title_protected")
        return title, w("referral.trend_sentence_protected", **counts), ()
    wide = complete.pivot_table(index="period", columns="series", values="value").dropna()
    if len(wide) < 2 or wide.shape[1] < 2:
        return w("referral.trend_title_empty"), w("referral.trend_sentence_empty"), ()
    ends = {"first": wide.index[0], "last": wide.index[-1]}
    rows = complete.set_index(["series", "period"])
    short, exact = {}, {end: w.quarter(quarter) for end, quarter in ends.items()}
    for group, (end, quarter) in product(wide.columns, ends.items()):
        row = rows.loc[(group, quarter)]
        short[f"{group}_{end}"] = w.percent(row["value"])
        exact[f"{group}_{end}"] = estimate_text(indicator(HEADLINE), row_estimate(row), w)
    title, sentence = w("referral.trend_title", **short), w("referral.trend_sentence", **exact)
    lowest = _lowest_of_both(wide, w)
    if lowest is None:
        return title, sentence, ()
    named = w("referral.trend_lowest_sentence", quarter=w.quarter(lowest.at))
    return title, f"{sentence} {named}", (lowest,)


def _lowest_of_both(wide: pd.DataFrame, w: Words) -> Point | None:
    """Return the quarter in which both groups had their lowest value, on the lower line.

    What befell both at once is worth a mark: chance rarely finds the same quarter twice. The
    highest has none, since the lines' names stand there and the title tells how they end.
    """
    quarters = set(wide.idxmin())
    if len(quarters) > 1:
        return None
    at = pd.Timestamp(quarters.pop()).date()
    text = w("referral.trend_lowest", quarter=w.quarter(at))
    return Point(str(wide.loc[at].idxmin()), at, text, is_high=False)
