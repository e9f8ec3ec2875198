"""How ends are worded: what is most frequent, with its interval, and what else became of needs."""

from typing import Any

import numpy as np
import pandas as pd

from analytics.disclosure import release_shares
from analytics.domain.estimates import Status
from analytics.i18n import Words
from analytics.reports.basis.formatting import Format
from analytics.reports.exploring.end_causes import ANY, LAST, OPEN, REACHED, REASONS, Causes

_SHARE = Format("share", 1)


def cause_label(cause: str, clock: str, w: Words) -> str:
    """Return what a cause is called; what is waited for depends on the clock."""
    if cause == REACHED:
        return w("ends.reached_referral" if clock == "referral" else "ends.reached_start")
    return w("ends.unknown") if cause == "unknown" else w.label("outcome", cause)


def by_reason_finding(
    whole: Causes | None, frame: pd.DataFrame, clock: str, w: Words
) -> tuple[str, str]:
    """Return title and sentence on the reasons together and on the most frequent one."""
    shown = frame[(frame["status"] == Status.SHOWN) & frame["series"].isin(REASONS)]
    if whole is None or shown.empty:
        hidden = (frame["status"] == Status.SUPPRESSED).any()
        title = w("ends.title_protected" if hidden else "ends.title_empty")
        return title, w("ends.sentence_none")
    ends = shown.groupby("series", sort=False).tail(1)
    most = ends.iloc[int(ends["estimate"].to_numpy(float).argmax())]
    together = sum(whole.count(reason) for reason in REASONS)
    if not release_shares([together], [whole.n])[0]:
        return w("ends.title_one", reason=most["label"]), _one(most, w)
    share = whole.curve(ANY).at(LAST).estimate
    if share is None:  # not followed for a year
        return w("ends.title_one", reason=most["label"]), _one(most, w)
    low, high = whole.band(ANY, np.array([float(LAST)]), np.array([share]))
    kind = "referral" if clock == "referral" else "start"
    title = w(f"ends.title_{kind}", share=w.percent(share), reason=most["label"])
    sentence = w(
        f"ends.sentence_{kind}",
        reason=most["label"],
        value=_text(most["estimate"], most["low"], most["high"], w),
        share=_text(share, low[0], high[0], w),
        n=w.number(whole.n),
    )
    reached = whole.curve(REACHED).at(LAST).estimate
    counts = [whole.count(name) for name in (REACHED, OPEN)]
    if reached is None or not release_shares(counts, [whole.n] * 2).all():
        return title, sentence
    left = w(
        f"ends.sentence_left_{kind}",
        reached=w.percent(reached, 1),
        open=w.percent(max(1 - share - reached, 0.0), 1),
    )
    return title, f"{sentence} {left}"


def by_group_finding(frame: pd.DataFrame, w: Words) -> tuple[str, str]:
    """Return title and sentence on the reason whose share differs most between groups."""
    shown = frame[frame["status"] == Status.SHOWN]
    spread = shown.groupby("series", sort=False)["value"].agg(lambda each: each.max() - each.min())
    if spread.empty:
        hidden = (frame["status"] == Status.SUPPRESSED).any()
        title = w("ends.title_protected" if hidden else "ends.title_empty")
        return title, w("ends.sentence_none")
    part = shown[shown["series"] == spread.idxmax()].sort_values("value")
    low, high = part.iloc[0], part.iloc[-1]
    title = w(
        "ends.group_title",
        reason=high["section"],
        low=_SHARE.bare(low["value"], w),
        high=_SHARE.text(high["value"], w),
    )
    sentence = w(
        "ends.group_sentence",
        reason=high["section"],
        high=high["label"],
        high_value=_text(high["value"], high["low"], high["high"], w),
        low=low["label"],
        low_value=_text(low["value"], low["low"], low["high"], w),
    )
    return title, sentence


def _one(row: "pd.Series[Any]", w: Words) -> str:
    value = _text(row["estimate"], row["low"], row["high"], w)
    return w("ends.sentence_one", reason=row["label"], value=value, day=w.number(row["days"]))


def _text(value: float, low: float, high: float, w: Words) -> str:
    limits = _SHARE.range(low, high, w)
    text = _SHARE.text(value, w)
    return f"{text} ({w('estimate.interval', range=limits)})" if limits else text
