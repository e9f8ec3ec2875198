"""How complete, plausible and timely the data are, by district and table.

These figures describe the data that were delivered, all of them: they have no sampling error and
therefore no intervals.
"""

import pandas as pd

from analytics.disclosure import ColumnKind, Mask, release_counts, release_durations, release_shares
from analytics.domain.estimates import Status
from analytics.i18n import Words
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Exhibit, based_on
from analytics.reports.data.quality_fields import field_completeness
from analytics.reports.data.quality_frames import (
    PERSON_TABLES,
    by_district_and_table,
    quality_columns,
    table_labels,
    within_tables,
)
from analytics.reports.indicators.assignment import groups_of
from analytics.stats.intervals import median_of_counts

__all__ = [
    "completeness",
    "data_quality",
    "field_completeness",
    "plausibility",
    "promptness",
    "timeliness",
]

PROMPT_DAYS = 30
"""Rows entered within this many days count as prompt."""


def data_quality(store: ParquetStore, w: Words) -> tuple[Exhibit, ...]:
    """Return all measures of data quality, each by district and table.

    Each table has the columns of ``quality_frames.by_district_and_table``.
    """
    return (completeness(store, w), plausibility(store, w), timeliness(store, w),
            promptness(store, w))  # fmt: skip


@figure("data_completeness", "data-methods/basis", takes.SNAPSHOT)
def completeness(store: ParquetStore, w: Words) -> Exhibit:
    """Return the share of expected optional entries that are filled."""
    fields = store.fetch("data_completeness")
    sums = fields.groupby(["district", "contract_table"], as_index=False).agg(
        events=("filled", "sum"), trials=("expected", "sum"), n=("row_count", "max")
    )
    query = store.executed("data_completeness")
    return _share_exhibit("completeness", sums, (query,), store, w)


@figure("data_plausibility", "data-methods/basis", takes.SNAPSHOT)
def plausibility(store: ParquetStore, w: Words) -> Exhibit:
    """Return the share of rows of the last delivery that no rule objected to.

    Known only for districts that have delivered; all others have no data.
    """
    params = {"tables": [str(name) for name in PERSON_TABLES]}
    objections = store.fetch("delivery_findings", params)
    counted = _deliveries(store).merge(objections, "left", ["district", "contract_table"])
    counted = counted.fillna({"objected": 0, "quarantined": 0})
    counted["n"] = (counted["taken"] + counted["quarantined"]).astype("int64")
    counted["trials"] = counted["n"]
    counted["events"] = (counted["n"] - counted["objected"]).clip(lower=0).astype("int64")
    query = store.executed("delivery_findings", params)
    return _share_exhibit("plausibility", counted, (query,), store, w)


def promptness(store: ParquetStore, w: Words) -> Exhibit:
    """Return the share of rows that were entered within 30 days."""
    lags, query = _lags(store)
    lags["prompt"] = lags["row_count"].where(lags["days"] <= PROMPT_DAYS, 0)
    sums = lags.groupby(["district", "contract_table"], as_index=False).agg(
        events=("prompt", "sum"), trials=("row_count", "sum")
    )
    return _share_exhibit("promptness", sums.assign(n=sums["trials"]), (query,), store, w)


@figure("data_timeliness", "data-methods/basis", takes.SNAPSHOT)
def timeliness(store: ParquetStore, w: Words) -> Exhibit:
    """Return the median number of days between an event and its entry."""
    lags, query = _lags(store)
    medians = _medians(lags, ["district", "contract_table"])
    whole = _medians(lags, ["contract_table"])
    shown = within_tables(medians, _durations_shown)
    values = {
        str(name): w.days(value)
        for name, value, n in whole.itertuples(index=False)
        if release_durations([n])[0]
    }
    frame = by_district_and_table(medians, shown, w)
    return _exhibit("timeliness", frame, values, "days", (query,), store, w)


def _shares_shown(part: pd.DataFrame) -> Mask:
    groups = groups_of(part["district"])
    of_rows = release_shares(part["events"], part["trials"], groups=groups)
    return of_rows & release_counts(part["n"], groups=groups)


def _durations_shown(part: pd.DataFrame) -> Mask:
    return release_durations(part["n"], groups=groups_of(part["district"]))


def _share_exhibit(
    measure: str,
    counted: pd.DataFrame,
    queries: tuple[ExecutedQuery, ...],
    store: ParquetStore,
    w: Words,
) -> Exhibit:
    """Build the exhibit of a share from ``district, contract_table, events, trials, n``."""
    trials = counted["trials"].astype("float64")
    measured = counted.assign(value=counted["events"] / trials.where(trials > 0))
    shown = within_tables(measured, _shares_shown)
    whole = counted.groupby("contract_table")[["events", "trials"]].sum()
    values = {
        str(name): w.percent(events / trials, 1)
        for name, events, trials in whole.itertuples()
        if release_shares([events], [trials])[0]
    }
    frame = by_district_and_table(measured, shown, w)
    return _exhibit(measure, frame, values, "share", queries, store, w)


def _exhibit(
    measure: str,
    frame: pd.DataFrame,
    values: dict[str, str],
    kind: ColumnKind,
    queries: tuple[ExecutedQuery, ...],
    store: ParquetStore,
    w: Words,
) -> Exhibit:
    title = _title(measure, values, w)
    columns = quality_columns(w(f"report_data.{measure}"), kind, w, 1 if kind == "share" else 0)
    return based_on(store, PERSON_TABLES, w).exhibit(
        f"data_{measure}",
        title,
        _sentence(frame, w),
        columns,
        frame,
        notes=(w(f"report_data.note_{measure}"), w("report_data.note_full_count")),
        queries=queries,
    )


def _title(measure: str, values: dict[str, str], w: Words) -> str:
    labels = table_labels(PERSON_TABLES, w)
    parts = [f"{labels[name]} {value}" for name, value in values.items()]
    if not parts:
        return w("report_data.quality_title_none", measure=w(f"report_data.{measure}"))
    return w(f"report_data.title_{measure}", values=w.join(parts))


def _sentence(frame: pd.DataFrame, w: Words) -> str:
    """Say for how many pairs of district and table there is a value, and why not for the rest."""
    counts = frame["status"].value_counts()
    return w(
        "report_data.quality_sentence",
        shown=w.number(int(counts.get(Status.SHOWN, 0))),
        all=w.number(len(frame)),
        suppressed=w.number(int(counts.get(Status.SUPPRESSED, 0))),
        no_data=w.number(int(counts.get(Status.NO_DATA, 0))),
    )


def _lags(store: ParquetStore) -> tuple[pd.DataFrame, ExecutedQuery]:
    params = {"as_of": store.manifest.as_of}
    return store.fetch("data_timeliness", params), store.executed("data_timeliness", params)


def _medians(lags: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    rows = []
    for names, part in lags.groupby(keys, sort=True):
        median = median_of_counts(part["days"].to_numpy(), part["row_count"].to_numpy())
        rows.append((*names, median.estimate, median.n))
    return pd.DataFrame(rows, columns=[*keys, "value", "n"])


def _deliveries(store: ParquetStore) -> pd.DataFrame:
    """Return ``district, contract_table, taken``: rows taken from each district's last delivery."""
    rows = [
        (area[:5], str(name), delivery.rows)
        for name in PERSON_TABLES
        for area, delivery in store.manifest.tables[name].deliveries.items()
    ]
    frame = pd.DataFrame(rows, columns=["district", "contract_table", "taken"])
    return frame.groupby(["district", "contract_table"], as_index=False)[["taken"]].sum()
