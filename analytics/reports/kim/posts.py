"""Posts funded and filled, quarter by quarter."""

from datetime import date

import pandas as pd

from analytics.domain.estimates import Status
from analytics.domain.vocabulary import Module
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Column, Exhibit, based_on
from analytics.reports.kim.units import module_name

FUNDED = "funded"
FILLED = "filled"


@figure("kim_posts", "kim-rollout", takes.SNAPSHOT, "plain_trend", each=Module)
def posts(store: ParquetStore, module: Module | None, w: Words) -> Exhibit:
    """Return full-time posts funded and filled by quarter, of one module or of all three.

    The table has one row per series (``funded``, ``filled``) and quarter: ``series, label,
    period`` (first day of the quarter), ``value`` (full-time equivalents), ``low, high`` (missing:
    a full count), ``n`` (units that reported), ``status, provisional``.
    """
    params = {"module": module and module.value, "as_of": store.manifest.as_of}
    counted = store.fetch("posts_by_quarter", params)
    return based_on(store, ("posts",), w).exhibit(
        f"kim_posts_{module.value if module else 'all'}",
        *_statements(counted, module, w),
        (
            Column("series", w("report_kim.series"), internal=True),
            Column("label", w("report_kim.series")),
            Column("period", w("report_kim.quarter"), "quarter"),
            Column("value", w("report_kim.posts_value"), "number", 1),
            Column("n", w("report_kim.units_reporting"), "number"),
            Column("status", w("indicator.status"), internal=True),
        ),
        _trend(counted, w),
        indicators=("posts_filled_share",),
        notes=(w("report_kim.note_posts"), w("report_kim.note_posts_no_total")),
        queries=(store.executed("posts_by_quarter", params),),
        choice=(("module", module.value),) if module else (),
        measure=w("report_kim.measure_posts"),
    )


def _trend(counted: pd.DataFrame, w: Words) -> pd.DataFrame:
    frame = counted.melt(
        id_vars=["quarter", "units"], value_vars=[FUNDED, FILLED], var_name="series"
    )
    labels = {FUNDED: w("report_kim.posts_funded"), FILLED: w("report_kim.posts_filled")}
    return pd.DataFrame(
        {
            "series": frame["series"],
            "label": frame["series"].map(labels),
            "period": pd.to_datetime(frame["quarter"]),
            "value": frame["value"].astype("float64"),
            "low": float("nan"),
            "high": float("nan"),
            "n": frame["units"].astype("int64"),
            "status": Status.SHOWN.value,
            "provisional": False,
        }
    )


def _statements(counted: pd.DataFrame, module: Module | None, w: Words) -> tuple[str, str]:
    subject = w("report_kim.posts_all") if module is None else module_name(module, w)
    last = None if counted.empty else counted.iloc[-1]
    if last is None or last["funded"] <= 0:
        return w("report_kim.posts_title_none", subject=subject), w("report_kim.posts_none")
    quarter: date = pd.Timestamp(last["quarter"]).date()
    title = w(
        "report_kim.posts_title",
        subject=subject,
        share=w.percent(last["filled"] / last["funded"]),
    )
    # Rounded first, so that the three numbers of the sentence add up.
    funded, filled = round(float(last["funded"]), 1), round(float(last["filled"]), 1)
    sentence = w(
        "report_kim.posts_sentence",
        quarter=w.quarter(quarter),
        funded=w.number(funded, 1),
        filled=w.number(filled, 1),
        open=w.number(funded - filled, 1),
        units=w.number(int(last["units"])),
    )
    return title, sentence
