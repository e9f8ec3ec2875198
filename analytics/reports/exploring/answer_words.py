"""What an answer says: its finding as a title, how much of it is beyond chance as a sentence."""

from typing import Any, Final

import pandas as pd

from analytics.domain.estimates import Status
from analytics.domain.indicators import Indicator, indicator
from analytics.domain.inquiry import AREAS, Inquiry, Measure
from analytics.domain.position import Comparison
from analytics.i18n import Words
from analytics.reports.basis.formatting import (
    Format,
    nothing_shown,
    value_text,
)
from analytics.reports.exploring.question_words import cell_label

__all__ = ["change_format", "notes_of", "sentence_of", "title_of"]

_APART: Final = tuple(each.value for each in Comparison if each.is_different)


def change_format(chosen: Indicator) -> Format:
    """Return how a difference of an indicator's values is written."""
    if chosen.unit == "share":
        return Format("points", chosen.digits)
    return Format("days_change" if chosen.unit == "days" else "change", chosen.digits)


def title_of(asked: Inquiry, frame: pd.DataFrame, w: Words) -> str:
    """Return the finding: the cell that lies furthest apart, or that none does.

    Args:
        asked: The question.
        frame: Its rows, judged.
        w: Language.
    """
    chosen = indicator(asked.indicator)
    if not (frame["status"] == Status.SHOWN).any():
        return nothing_shown(chosen, frame["status"], w)
    apart = frame[frame["finding"].isin(_APART)]
    if asked.measure is not Measure.VALUE:
        return _title_of_difference(asked, chosen, frame, apart, w)
    if apart.empty:
        return w("explore.title_alike", name=chosen.name[w.language])
    most = _furthest(apart, "gap")
    return w(
        "explore.title_apart",
        cell=cell_label(asked, str(most["key"]), str(most["series"]), w),
        value=value_text(chosen, most["value"], w),
        gap=_gap_text(chosen, most["gap"], most["gap_low"], most["gap_high"], w),
    )


def sentence_of(asked: Inquiry, frame: pd.DataFrame, w: Words) -> str:
    """Return how many cells lie apart on which side, and how sure that is."""
    chosen = indicator(asked.indicator)
    told = frame[frame["finding"] != ""]
    if told.empty:
        return w("explore.sentence_none")
    if len(frame) == 1:
        return _single(asked, chosen, frame.iloc[0], w)
    gaps = "gap" if asked.measure is Measure.VALUE else "value"
    apart = told[told["finding"].isin(_APART)]
    return w(
        f"explore.sentence_{asked.measure}",
        all=w.number(len(told)),
        above=w.number(int((apart[gaps] > 0).sum())),
        below=w.number(int((apart[gaps] < 0).sum())),
        alike=w.number(len(told) - len(apart)),
    )


def notes_of(asked: Inquiry, w: Words) -> tuple[str, ...]:
    """Return how what lies apart was told from chance."""
    varying = "explore.note_areas" if asked.rows in AREAS else "explore.note_districts"
    return w(varying), w("explore.note_false")


def _title_of_difference(
    asked: Inquiry, chosen: Indicator, frame: pd.DataFrame, apart: pd.DataFrame, w: Words
) -> str:
    name = chosen.name[w.language]
    if apart.empty:
        return w(f"explore.title_no_{asked.measure}", name=name)
    most = _furthest(apart, "value")
    text = _gap_text(chosen, most["value"], most["low"], most["high"], w)
    if len(frame) == 1:
        return w(f"explore.title_one_{asked.measure}", name=name, gap=text)
    label = cell_label(asked, str(most["key"]), str(most["series"]), w)
    others = int((apart["value"] * most["value"] < 0).sum())
    if not others:
        return w("explore.title_same", cell=label, gap=text)
    if asked.measure is Measure.GAP:
        return w("explore.title_other_way", cell=label, gap=text, count=w.number(others))
    way = "up" if most["value"] < 0 else "down"
    number = "one" if others == 1 else "many"
    return w(f"explore.title_{number}_{way}", cell=label, gap=text, count=w.number(others))


def _single(asked: Inquiry, chosen: Indicator, row: "pd.Series[Any]", w: Words) -> str:
    form = change_format(chosen)
    return w(
        "explore.sentence_single",
        first=value_text(chosen, row["first"], w),
        second=value_text(chosen, row["second"], w),
        gap=_gap_text(chosen, row["value"], row["low"], row["high"], w),
        range=form.range(row["low"], row["high"], w),
    )


def _furthest(apart: pd.DataFrame, name: str) -> "pd.Series[Any]":
    return apart.iloc[int(apart[name].abs().to_numpy().argmax())]


def _gap_text(chosen: Indicator, gap: float, low: float, high: float, w: Words) -> str:
    return change_format(chosen).excluding(low, high, w).text(gap, w)
