"""Which three gaps in a district's data are most worth closing, by a written rule."""

from typing import Final

import pandas as pd

from analytics.disclosure import Column, ReleasedTable
from analytics.domain.areas import registry
from analytics.domain.estimates import Status
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.districts.quality_fields import fields
from analytics.reports.exhibit import Exhibit

MOST: Final = 3
"""Repairs named at most."""
MIN_GAIN: Final = 10
"""Rows that a repair must add."""
MIN_POINTS: Final = 0.01
"""Distance to the other districts' median that a repair must close."""

_CASE_MIX: Final = frozenset({"legal_regime", "residence_status", "age_group", "sex"})


def repairs(store: ParquetStore, district: str, w: Words) -> Exhibit:
    """Return the repairs that would add the most rows if the field were filled as elsewhere.

    Rows ``key, label`` (field), ``section`` (table), ``value`` (rows gained), ``own, others_mid``
    (shares), ``why, how, status``, by rows gained; none where nothing is worth a repair.

    Raises:
        UnknownAreaError: If there is no such district.
    """
    place = registry().district(district).full_name
    completeness = fields(store, district, w)
    frame = _texts(gains(completeness.table.frame), w)
    return Exhibit(
        id=f"district_quality_repairs_{district}",
        title=_title(frame, place, w),
        sentence=_sentence(frame, completeness.table.frame, w),
        table=ReleasedTable(_columns(w), frame),
        alt=w("report_data.table_alt"),
        source=completeness.source,
        notes=(w("report_quality.note_repairs"), *completeness.notes),
        queries=completeness.queries,
        choice=(("district", district),),
    )


def gains(filled: pd.DataFrame) -> pd.DataFrame:
    """Return the fields worth a repair, at most three, with ``gain`` in rows, largest first.

    Args:
        filled: Rows of ``quality_fields.fields``.
    """
    shown = filled[filled["status"] == Status.SHOWN].dropna(subset=["others_mid"])
    gap = (shown["others_mid"] - shown["value"]).clip(lower=0)
    gained = shown.assign(gain=(gap * shown["n"]).round())
    worth = gained[(gained["gain"] >= MIN_GAIN) & (gap >= MIN_POINTS)]
    return worth.sort_values(["gain", "key"], ascending=[False, True]).head(MOST)


def _texts(worth: pd.DataFrame, w: Words) -> pd.DataFrame:
    names = [str(key).partition(".")[2] for key in worth["key"]]
    names = ["case_mix" if name in _CASE_MIX else name for name in names]
    return pd.DataFrame(
        {
            "key": worth["key"],
            "label": worth["label"],
            "section": worth["section"],
            "value": worth["gain"],
            "own": worth["value"],
            "others_mid": worth["others_mid"],
            "why": [w(f"report_quality.why_{name}") for name in names],
            "how": [w(f"report_quality.how_{name}") for name in names],
            "status": worth["status"],
        }
    ).reset_index(drop=True)


def _title(frame: pd.DataFrame, place: str, w: Words) -> str:
    if frame.empty:
        return w("report_quality.repairs_title_none", place=place)
    named = w.join(
        [w("report_quality.quoted", name=name) for name in dict.fromkeys(frame["label"])]
    )
    return w("report_quality.repairs_title", place=place, fields=named)


def _sentence(frame: pd.DataFrame, filled: pd.DataFrame, w: Words) -> str:
    limits = {"rows": w.number(MIN_GAIN), "points": w.number(100 * MIN_POINTS)}
    if frame.empty:
        compared = int((filled["status"] == Status.SHOWN).sum())
        return w("report_quality.repairs_sentence_none", compared=w.number(compared), **limits)
    first = frame.iloc[0]
    return w(
        "report_quality.repairs_sentence",
        field=first["label"],
        table=first["section"],
        gain=w.number(first["value"]),
        own=w.percent(first["own"], 1),
        others=w.percent(first["others_mid"], 1),
    )


def _columns(w: Words) -> tuple[Column, ...]:
    return (
        Column("key", w("report_data.key"), internal=True),
        Column("label", w("report_data.field")),
        Column("section", w("report_data.table")),
        Column("value", w("report_quality.gain"), "count"),
        Column("own", w("report_quality.own_filled"), "share", 1),
        Column("others_mid", w("report_quality.others_mid"), "share", 1),
        Column("why", w("report_quality.why")),
        Column("how", w("report_quality.how")),
        Column("status", w("report_data.status"), internal=True),
    )
