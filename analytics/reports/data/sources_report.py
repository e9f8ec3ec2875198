"""The data sets and publications that the dashboard is built on, with their licences."""

import pandas as pd

from analytics.domain.datasets import datasets
from analytics.domain.programme import facts
from analytics.i18n import Words
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Column, Exhibit, readable, stated
from analytics.reports.basis.published import date_text

_FIELDS = ("dataset", "publisher", "dataset_state", "licence", "attribution", "used", "files")


@figure("data_sources", "data-methods/basis", takes.PUBLISHED)
def sources(w: Words) -> Exhibit:
    """Return one row per data set.

    Columns ``id, dataset, publisher, dataset_state, licence, attribution, used, files``.
    """
    rows = [
        {
            "id": entry.id,
            "dataset": entry.title[w.language],
            "publisher": entry.publisher,
            "dataset_state": entry.state,
            "licence": entry.licence,
            "attribution": entry.attribution,
            "used": entry.used[w.language],
            "files": ", ".join(entry.files),
        }
        for entry in datasets()
    ]
    columns = (
        Column("id", w("indicator.key"), internal=True),
        *(Column(name, w(f"report_data.{name}")) for name in _FIELDS),
    )
    return stated(w("report_data.sources_source"), w).exhibit(
        "data_sources",
        w("report_data.sources_title", count=w.number(len(rows))),
        w("report_data.sources_sentence"),
        columns,
        pd.DataFrame(rows),
        notes=(w("report_data.sources_licences"), w("report_data.sources_note")),
    )


@figure("programme_sources", "data-methods/basis", takes.PUBLISHED)
def programme_sources(w: Words) -> Exhibit:
    """Return one row per published source that a programme fact names: ``number, title, date``."""
    cited = {number for fact in facts().all() for number in fact.sources}
    rows = [
        {"number": f"[{number}]", "title": source.title, "date": date_text(source.date, w)}
        for number, source in sorted(facts().sources.items())
        if number in cited
    ]
    columns = (
        Column("number", w("report_data.citation_number")),
        *readable(w, title="report_data.citation", date="report_data.citation_date"),
    )
    return stated(w("report_data.citations_source"), w).exhibit(
        "programme_sources",
        w("report_data.citations_title", count=w.number(len(rows))),
        w("report_data.citations_sentence"),
        columns,
        pd.DataFrame(rows),
    )
