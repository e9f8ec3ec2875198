"""How many days one district takes to enter its needs, quarter by quarter."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.disclosure import release_durations
from analytics.domain.areas import registry
from analytics.domain.estimates import Status
from analytics.extracts.contract import TableName
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Column, Exhibit, based_on, internal
from analytics.reports.basis.provisional import provisional_quarters
from analytics.reports.districts.quality_protection import durations_shown
from analytics.reports.indicators.assignment import groups_of

_QUERY: Final = "lag_by_quarter"


@figure("district_quality_lag", "district/quality", takes.QUALITY, "trend")
def lag(store: ParquetStore, district: str, w: Words) -> Exhibit:
    """Return the median days from need to entry by quarter, in the district and in all districts.

    TREND rows ``series`` (``own``, ``all``), ``label, period, value, low, high`` (missing: full
    counts), ``n, status, provisional``.

    Raises:
        UnknownAreaError: If there is no such district.
    """
    place = registry().district(district).full_name
    counted = store.fetch(_QUERY)
    frame = _frame(counted, district, w)
    days = [pd.Timestamp(day).date() for day in frame["period"]]
    frame["provisional"], delays = provisional_quarters(store, days)
    title = _title(counted, district, place, w)
    return based_on(store, (TableName.REFERRALS,), w).exhibit(
        f"district_quality_lag_{district}",
        title,
        _sentence(frame, w),
        (
            Column("series", w("indicator.key"), internal=True),
            Column("label", w("report_quality.series")),
            Column("period", w("report_quality.quarter"), "quarter"),
            Column("value", w("report_quality.lag"), "days"),
            Column("n", w("report_quality.lag_needs"), "count"),
            *internal(w, provisional="report_quality.provisional", status="indicator.status"),
        ),
        frame,
        notes=(
            w("report_quality.note_lag"),
            w("report_quality.note_course"),
            w("report_data.note_full_count"),
        ),
        queries=(store.executed(_QUERY), delays),
        choice=(("district", district),),
        measure=w("report_quality.measure_lag"),
    )


def _frame(counted: pd.DataFrame, district: str, w: Words) -> pd.DataFrame:
    quarterly = counted[counted["quarter"].notna()]
    parts = quarterly[quarterly["district"].notna()].reset_index(drop=True)
    parts["shown"] = durations_shown(parts, parts["needs"])
    whole = quarterly[quarterly["district"].isna()]
    whole = whole.assign(shown=release_durations(whole["needs"]))
    quarters = pd.Index(sorted(quarterly["quarter"].unique()), name="period")
    series = (("own", parts[parts["district"] == district]), ("all", whole))
    return pd.concat(
        [_series(part.set_index("quarter").reindex(quarters), name, w) for name, part in series],
        ignore_index=True,
    )


def _series(part: pd.DataFrame, series: str, w: Words) -> pd.DataFrame:
    needs = part["needs"].fillna(0).astype("float64")
    shown = part["shown"].eq(True).to_numpy(dtype=bool)
    hidden = np.where(needs == 0, Status.NO_DATA.value, Status.SUPPRESSED.value)
    return pd.DataFrame(
        {
            "series": series,
            "label": w(f"report_quality.{series}"),
            "period": part.index,
            "value": part["days"].astype("float64").where(shown).to_numpy(),
            "low": np.nan,
            "high": np.nan,
            "n": needs.where(shown | (needs == 0)).to_numpy(),
            "status": np.where(shown, Status.SHOWN.value, hidden),
        }
    )


def _title(counted: pd.DataFrame, district: str, place: str, w: Words) -> str:
    """State the medians over the whole time, each where enough needs stand behind it."""
    sums = counted[counted["quarter"].isna()]
    districts, whole = sums[sums["district"].notna()], sums[sums["district"].isna()]
    shown = release_durations(districts["needs"], groups=groups_of(districts["district"]))
    own = districts[(districts["district"] == district) & shown]
    if own.empty or not release_durations(whole["needs"]).all():
        return w("report_quality.lag_title_none", place=place)
    return w(
        "report_quality.lag_title",
        place=place,
        own=w.days(own["days"].iloc[0]),
        whole=w.days(whole["days"].iloc[0]),
    )


def _sentence(frame: pd.DataFrame, w: Words) -> str:
    own = frame[frame["series"] == "own"]
    shown = own[own["status"] == Status.SHOWN]
    if shown.empty:
        return w("report_quality.lag_sentence_none", all=w.number(len(own)))
    low, high = (w.days(each) for each in (shown["value"].min(), shown["value"].max()))
    return w(
        "report_quality.lag_sentence" if low != high else "report_quality.lag_sentence_even",
        shown=w.number(len(shown)),
        all=w.number(len(own)),
        n=w.number(shown["n"].sum()),
        low=low,
        high=high,
    )
