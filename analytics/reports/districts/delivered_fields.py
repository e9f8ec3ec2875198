"""How completely one district fills each optional field, beside the other districts."""

import pandas as pd

from analytics.domain.areas import registry
from analytics.domain.estimates import Status
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Column, Exhibit, based_on, readable
from analytics.reports.data.quality_fields import field_completeness, shown_by_field
from analytics.reports.data.quality_frames import PERSON_TABLES

_OTHERS = {"others_low": 0.25, "others_mid": 0.5, "others_high": 0.75}


@figure("district_quality_fields", "district/quality", takes.QUALITY, "quality_ranges")
def fields(store: ParquetStore, district: str, w: Words) -> Exhibit:
    """Return the share filled of each optional field beside the other districts' middle half.

    One row per field: ``key`` (table.field), ``label, section, value, low, high`` (missing: full
    counts), ``n, status, others_low, others_mid, others_high`` (quartiles over the districts whose
    share may be shown).

    Raises:
        UnknownAreaError: If there is no such district.
    """
    place = registry().district(district).full_name
    own = field_completeness(store, w, district)
    frame = own.table.frame.merge(_others(store, district), how="left", on="key")
    title = _title(frame, place, w)
    return based_on(store, PERSON_TABLES, w).exhibit(
        f"district_quality_fields_{district}",
        title,
        _sentence(frame, w),
        (
            Column("key", w("indicator.key"), internal=True),
            *readable(w, section="report_data.table", label="report_data.field"),
            Column("value", w("report_quality.own_filled"), "share", 1),
            Column("n", w("report_data.expected"), "count"),
            Column("others_low", w("report_quality.others_low"), "share", 1),
            Column("others_mid", w("report_quality.others_mid"), "share", 1),
            Column("others_high", w("report_quality.others_high"), "share", 1),
            Column("status", w("indicator.status"), internal=True),
        ),
        frame,
        notes=(*own.notes, w("report_quality.note_others")),
        queries=own.queries,
        choice=(("district", district),),
        alt=w("report_quality.fields_alt", title=title),
        measure=w("report_quality.measure_fields"),
    )


def _others(store: ParquetStore, district: str) -> pd.DataFrame:
    """Return the quartiles of the other districts' shares by field, of those that are shown."""
    counted = store.fetch("data_completeness")
    chosen = shown_by_field(counted) & (counted["district"] != district).to_numpy()
    shown = counted[chosen]
    keyed = pd.DataFrame(
        {
            "key": shown["contract_table"] + "." + shown["field"],
            "share": shown["filled"] / shown["expected"],
        }
    )
    shares = keyed.groupby("key")["share"]
    return pd.DataFrame({name: shares.quantile(q) for name, q in _OTHERS.items()}).reset_index()


def _title(frame: pd.DataFrame, place: str, w: Words) -> str:
    shown = frame[frame["status"] == Status.SHOWN]
    if shown.empty:
        return w("report_quality.fields_title_none", place=place)
    below = int((shown["value"] < shown["others_low"]).sum())
    message = "report_quality.fields_title" if below else "report_quality.fields_title_even"
    return w(message, place=place, below=w.number(below), all=w.number(len(shown)))


def _sentence(frame: pd.DataFrame, w: Words) -> str:
    shown = frame[frame["status"] == Status.SHOWN].dropna(subset=["others_mid"])
    gaps = shown["others_mid"] - shown["value"]
    if not (gaps > 0).any():
        return w("report_quality.fields_sentence_even", shown=w.number(len(shown)))
    widest = shown.iloc[int(gaps.argmax())]
    return w(
        "report_quality.fields_sentence",
        field=widest["label"],
        table=widest["section"],
        share=w.percent(widest["value"], 1),
        n=w.number(widest["n"]),
        middle=w.percent(widest["others_mid"], 1),
        low=w.percent(widest["others_low"], 1),
        high=w.percent(widest["others_high"], 1),
    )
