"""Which three repairs of a district's data are worth most, by a written rule."""

from typing import Final

import pandas as pd

from analytics.disclosure import release_shares
from analytics.domain.areas import registry
from analytics.domain.estimates import Status
from analytics.extracts.contract import TableName
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Basis, Column, Exhibit, readable
from analytics.reports.data.quality_frames import PERSON_TABLES, table_labels
from analytics.reports.districts.delivered_fields import fields
from analytics.reports.districts.quality_course import PARAMS, PROMPT, QUERY
from analytics.reports.indicators.assignment import groups_of

MOST: Final = 3
"""Repairs named at most."""
MIN_GAIN: Final = 10
"""Rows that a repair must add."""
MIN_POINTS: Final = 0.01
"""Distance to the other districts' median that a repair must close."""

_CASE_MIX: Final = frozenset({"legal_regime", "residence_status", "age_group", "sex"})
_PLACE: Final = f"{TableName.CASES}.municipality"


@figure("district_quality_repairs", "district/quality", takes.QUALITY)
def repairs(store: ParquetStore, district: str, w: Words) -> Exhibit:
    """Return the repairs that would add the most rows if the field were filled as elsewhere.

    Rows ``key, label`` (field), ``section`` (table), ``value`` (rows gained), ``own, others_mid``
    (shares), ``why, how, status``, by rows gained; none where nothing is worth a repair.

    Raises:
        UnknownAreaError: If there is no such district.
    """
    place = registry().district(district).full_name
    completeness = fields(store, district, w)
    compared = _comparable(completeness.table.frame, district)
    compared = pd.concat([compared, _late_entry(store, district, w)], ignore_index=True)
    frame = _texts(gains(compared), w)
    return Basis(completeness.source, w).exhibit(
        f"district_quality_repairs_{district}",
        _title(frame, place, w),
        _sentence(frame, compared, w),
        (
            Column("key", w("indicator.key"), internal=True),
            *readable(w, label="report_data.field", section="report_data.table"),
            Column("value", w("report_quality.gain"), "count"),
            Column("own", w("report_quality.own_filled"), "share", 1),
            Column("others_mid", w("report_quality.others_mid"), "share", 1),
            *readable(w, why="report_quality.why", how="report_quality.how"),
            Column("status", w("indicator.status"), internal=True),
        ),
        frame,
        notes=(w("report_quality.note_repairs"), *completeness.notes),
        queries=(*completeness.queries, store.executed(QUERY, PARAMS)),
        choice=(("district", district),),
    )


def gains(filled: pd.DataFrame) -> pd.DataFrame:
    """Return the fields worth a repair, at most three, with ``gain`` in rows, largest first.

    Args:
        filled: ``key, value, n, others_mid, status`` as in ``quality_fields.fields``.
    """
    shown = filled[filled["status"] == Status.SHOWN].dropna(subset=["others_mid"])
    gap = (shown["others_mid"] - shown["value"]).clip(lower=0)
    gained = shown.assign(gain=(gap * shown["n"]).round())
    worth = gained[(gained["gain"] >= MIN_GAIN) & (gap >= MIN_POINTS)]
    return worth.sort_values(["gain", "key"], ascending=[False, True]).head(MOST)


def _comparable(filled: pd.DataFrame, district: str) -> pd.DataFrame:
    """Leave the municipality out where no figure needs it: outside districts with a model town."""
    is_split = district in registry().split_districts
    return filled if is_split else filled[filled["key"] != _PLACE]


def _late_entry(store: ParquetStore, district: str, w: Words) -> pd.DataFrame:
    """Return one row as of a field: needs entered soon, beside the other districts' median.

    ``n`` are the needs of an average quarter: a late entry is not lost, it is missing from the
    newest quarter only, while an empty field stays empty.
    """
    counted = store.fetch(QUERY, PARAMS)
    counted = counted[counted["measure"] == PROMPT]
    sums = counted.groupby("district")[["filled", "expected"]].sum()
    sums = sums[release_shares(sums["filled"], sums["expected"], groups=groups_of(sums.index))]
    shares = sums["filled"] / sums["expected"]
    quarters = counted["quarter"].nunique()
    own = [district] if district in shares.index else []
    return pd.DataFrame(
        {
            "key": f"{TableName.REFERRALS}.{PROMPT}",
            "label": w("report_quality.prompt_entry"),
            "section": table_labels(PERSON_TABLES, w)[TableName.REFERRALS],
            "value": shares[own].to_numpy(),
            "n": sums.loc[own, "expected"].to_numpy(dtype="float64") / quarters,
            "others_mid": shares.drop(own).median(),
            "status": Status.SHOWN.value,
        }
    )


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


def _sentence(frame: pd.DataFrame, compared: pd.DataFrame, w: Words) -> str:
    """Say for each repair what it brings and how it is done: on a phone the table is cut off."""
    if frame.empty:
        shown = int((compared["status"] == Status.SHOWN).sum())
        limits = {"rows": w.number(MIN_GAIN), "points": w.number(100 * MIN_POINTS)}
        return w("report_quality.repairs_sentence_none", compared=w.number(shown), **limits)
    sentences = [
        w(
            "report_quality.repairs_sentence",
            field=row["label"],
            table=row["section"],
            gain=w.number(row["value"]),
            own=w.percent(row["own"], 1),
            others=w.percent(row["others_mid"], 1),
            why=row["why"],
            how=row["how"],
        )
        for row in frame.to_dict("records")
    ]
    return " ".join(sentences)
