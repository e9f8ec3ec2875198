"""What pairs are called and what is said of them; never why they differ."""

from typing import Any, Final

import numpy as np
import pandas as pd

from analytics.domain.estimates import Status
from analytics.domain.filters import UNKNOWN, fields
from analytics.i18n import Words
from analytics.reports.basis.dimensions import label
from analytics.reports.basis.formatting import Format
from analytics.reports.cooperation.handovers import APART, BODY, OFFICE

_FORMS: Final = {
    "needs": Format("count"),
    "to_referral": Format("days"),
    "to_start": Format("days"),
}


def form_of(measure: str) -> Format:
    """Return how the values of a measure are written."""
    return _FORMS.get(measure, Format("share"))


def labelled(frame: pd.DataFrame, w: Words) -> pd.DataFrame:
    """Return the frame with ``key`` and ``code`` of each pair and their names, in their order."""
    parts = frame["key"].str.split(APART).str
    frame = frame.assign(key=parts[0], code=parts[-1])
    places = [
        frame[side].map({code: place for place, code in enumerate(fields()[name].all_codes())})
        for side, name in (("key", OFFICE), ("code", BODY))
    ]
    order = np.lexsort([each.to_numpy(np.int64) for each in reversed(places)])
    frame = frame.iloc[order].reset_index(drop=True)
    return frame.assign(
        office=[label(OFFICE, code, w) for code in frame["key"]],
        body=[label(BODY, code, w) for code in frame["code"]],
    )


def pair_name(office: str, body: str, w: Words) -> str:
    """Return ``Jobcenter → Integrationskurs``."""
    return w("cooperation.pair", office=label(OFFICE, office, w), body=label(BODY, body, w))


def row_text(row: "pd.Series[Any]", measure: str, w: Words) -> str:
    """Return a value with its interval and n: ``52 % (95-%-Intervall 48 bis 56 %; n = 812)``."""
    form = form_of(measure)
    value = form.text(row["value"], w)
    if measure == "needs":
        return value
    limits = form.range(row["low"], row["high"], w)
    parts = [w("estimate.interval", range=limits)] if limits else []
    if not pd.isna(row["n"]):
        parts.append(w("estimate.n", n=w.number(row["n"])))
    return f"{value} ({'; '.join(parts)})" if parts else value


def finding(frame: pd.DataFrame, measure: str, w: Words) -> tuple[str, str]:
    """Return title and sentence on the pairs with the lowest and the highest value.

    Args:
        frame: From ``labelled``.
        measure: Of ``matrix.MEASURES``.
        w: Language.
    """
    name, form = w(f"cooperation.name_{measure}"), form_of(measure)
    named = frame[(frame["key"] != UNKNOWN) & (frame["code"] != UNKNOWN)]
    shown = named[named["status"] == Status.SHOWN]
    longer = named[named["status"] == Status.NOT_REACHED]
    open_ones = w("cooperation.not_reached", count=w.number(len(longer))) if len(longer) else ""
    if shown.empty:
        none = w("cooperation.title_none", name=name)
        return none, open_ones or w("cooperation.sentence_none")
    low, high = (shown.iloc[int(find())] for find in (shown["value"].argmin, shown["value"].argmax))
    texts = {
        "name": name,
        "low": form.bare(low["value"], w),
        "high": _highest(high["value"], longer, form, w),
        "shown": w.number(len(shown)),
        "all": w.number(len(named)),
        "low_pair": pair_name(low["key"], low["code"], w),
        "high_pair": pair_name(high["key"], high["code"], w),
        "low_text": row_text(low, measure, w),
        "high_text": row_text(high, measure, w),
    }
    if len(shown) == 1:
        title, sentence = "cooperation.title_one", "cooperation.sentence_one"
    elif texts["low"] == form.bare(high["value"], w) and longer.empty:
        title, sentence = "cooperation.title_one", "cooperation.sentence_alike"
    else:
        title, sentence = "cooperation.title_range", "cooperation.sentence_range"
    return w(title, **texts), " ".join(filter(None, (w(sentence, **texts), open_ones)))


def _highest(value: float, longer: pd.DataFrame, form: Format, w: Words) -> str:
    """Return the highest value; a median that is not reached by a later day lies beyond it."""
    beyond = float(longer["low"].max()) if len(longer) else np.nan
    if beyond >= value:
        return w("estimate.over", bound=form.text(beyond, w))
    return form.text(value, w)
