"""How gaps of groups are worded: compared, never as an effect, and never as a league."""

from typing import Any, Final

import pandas as pd

from analytics.disclosure import ColumnKind
from analytics.domain.estimates import Status
from analytics.domain.indicators import Indicator
from analytics.domain.release import Release
from analytics.i18n import Words
from analytics.reports.basis.formatting import Format, nothing_shown
from analytics.stats.standardised import LEAST

CERTAIN: Final = 0.05
"""Largest p, over all rows together, of a gap that is told to differ from none."""


def judged(row: "pd.Series[Any]", chosen: Indicator, w: Words) -> str:
    """Return whether a group fares better or worse than its like, for certain or not."""
    if pd.isna(row["value"]) or pd.isna(row["p"]):
        return w("fairness.judged_none")
    if row["p"] >= CERTAIN:
        return w("fairness.judged_unclear")
    return w(
        "fairness.judged_worse" if _harm(chosen) * row["value"] > 0 else "fairness.judged_better"
    )


def gaps_finding(frame: pd.DataFrame, chosen: Indicator, w: Words) -> tuple[str, str]:
    """Return title and sentence: who lies furthest behind its like for certain, else nobody."""
    if frame["own"].isna().all():
        return nothing_shown(chosen, frame["status"], w), w("fairness.sentence_none")
    known = frame[frame["value"].notna()]
    if known.empty:
        return w("fairness.title_incomparable"), w("fairness.sentence_incomparable")
    certain = known[known["p"] < CERTAIN]
    counts = {"certain": w.number(len(certain)), "all": w.number(len(known))}
    if certain.empty:
        named = known.iloc[int(known["p"].fillna(1).to_numpy().argmin())]
        title = w("fairness.title_none")
    else:
        named = certain.iloc[int((_harm(chosen) * certain["value"]).to_numpy().argmax())]
        title = w("fairness.title_gap", group=named["label"], gap=_short(named, chosen, w))
    sentence = w(
        "fairness.sentence",
        group=named["label"],
        raw=_text(named, ("raw", "raw_low", "raw_high"), chosen, w),
        gap=_text(named, ("value", "low", "high"), chosen, w),
        n=w.number(named["n"]),
    )
    turned = known[_is_clear(known, "raw_low", "raw_high") & (known["p"] < CERTAIN)]
    turned = turned[turned["raw"] * turned["value"] < 0]
    parts = [sentence, w("fairness.sentence_certain", **counts)]
    if len(turned):
        parts.append(w("fairness.sentence_turned", groups=w.join(turned["label"].tolist())))
    return title, " ".join(parts)


def course_finding(frame: pd.DataFrame, chosen: Indicator, w: Words) -> tuple[str, str]:
    """Return title and sentence: the gap of the group that lay furthest behind, at both ends."""
    known = frame[frame["value"].notna()]
    many = known.groupby("series").filter(lambda part: len(part) > 1)
    if many.empty:
        empty = frame["own"].isna().all()
        title = nothing_shown(chosen, frame["status"], w) if empty else w("fairness.course_empty")
        return title, w("fairness.sentence_incomparable")
    # By what is certain of it: of few people any year may lie far out.
    score = _harm(chosen) * many["value"] / (many["high"] - many["low"])
    code = score.fillna(0).groupby(many["series"]).mean().idxmax()
    part = many[many["series"] == code].sort_values("period")
    first, last = part.iloc[0], part.iloc[-1]
    years = {"first_year": str(first["period"].year), "last_year": str(last["period"].year)}
    title = w(
        "fairness.course_title",
        group=first["label"],
        first=_short(first, chosen, w),
        last=_short(last, chosen, w),
        **years,
    )
    bounds = ("value", "low", "high")
    sentence = w(
        "fairness.course_sentence",
        group=first["label"],
        first=_text(first, bounds, chosen, w),
        last=_text(last, bounds, chosen, w),
        **years,
    )
    return title, sentence


def notes_of(
    frame: pd.DataFrame, chosen: Indicator, mix: tuple[str, ...], release: Release, w: Words
) -> tuple[str, ...]:
    """Return what a reader must know: what is alike, what varies, what is left out."""
    fields = [w(f"dimension.{name}") for name in mix]
    notes = [
        w("fairness.note_mix", fields=w.join(fields), least=w.number(LEAST))
        if fields
        else w("fairness.note_no_mix")
    ]
    if release is Release.RELEASED:
        notes.append(w("fairness.note_released"))
    notes += [w("fairness.note_reading"), w("fairness.note_interval")]
    shown = frame[frame["own"].notna()]
    apart = shown.loc[~shown["is_comparable"].astype(bool), "label"].drop_duplicates().tolist()
    if apart:
        notes.append(w("fairness.note_incomparable", groups=w.join(apart)))
    if chosen.needs_ends:
        notes.append(w("fairness.note_ends"))
    if (frame["status"] == Status.SUPPRESSED).any():
        notes.append(w("indicator.note_suppressed"))
    return (*notes, chosen.caveats[w.language])


def _harm(chosen: Indicator) -> int:
    """Return the direction that is worse for people."""
    return 1 if chosen.better == "lower" else -1


def _is_clear(frame: pd.DataFrame, low: str, high: str) -> "pd.Series[bool]":
    return (frame[low] > 0) | (frame[high] < 0)


def _form(chosen: Indicator) -> Format:
    kind: ColumnKind = "days_change" if chosen.unit == "days" else "points"
    return Format(kind, 1)


def _short(row: "pd.Series[Any]", chosen: Indicator, w: Words) -> str:
    return _form(chosen).text(row["value"], w)


def _text(row: "pd.Series[Any]", names: tuple[str, str, str], chosen: Indicator, w: Words) -> str:
    """Return a gap with its interval, as far as there is one."""
    value, low, high = (row[name] for name in names)
    form = _form(chosen)
    if pd.isna(low) or pd.isna(high):
        return w("fairness.without_interval", gap=form.text(value, w))
    limits = w("estimate.interval", range=form.range(low, high, w))
    return f"{form.excluding(low, high, w).text(value, w)} ({limits})"
