"""The indicator catalogue as a table, with everything that its entries say."""

import pandas as pd

from analytics.domain.indicators import Indicator, catalogue
from analytics.extracts.contract import table
from analytics.i18n import Words
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Column, Exhibit, stated

_FIELDS = (
    "name",
    "definition",
    "numerator",
    "denominator",
    "unit",
    "better",
    "method",
    "dimensions",
    "minimum_n",
    "tables",
    "caveats",
    "source",
    "version",
)


@figure("indicator_catalogue", "data-methods/basis", takes.PUBLISHED)
def indicator_catalogue(w: Words) -> Exhibit:
    """Return one row per indicator in the order of the catalogue; all columns are text.

    Columns ``id, name, definition, numerator, denominator, unit, better, method, dimensions,
    minimum_n, tables, caveats, source, version``.
    """
    rows = [_row(entry, w) for entry in catalogue().values()]
    columns = (
        Column("id", w("report_data.indicator_id")),
        *(Column(name, w(f"report_data.indicator_{name}")) for name in _FIELDS),
    )
    count = w.number(len(rows))
    return stated(w("report_data.catalogue_source"), w).exhibit(
        "indicator_catalogue",
        w("report_data.catalogue_title", count=count),
        w("report_data.catalogue_sentence"),
        columns,
        pd.DataFrame(rows),
        indicators=tuple(catalogue()),
        notes=(w("report_data.note_catalogue"),),
    )


def _row(entry: Indicator, w: Words) -> dict[str, str]:
    texts = {
        name: getattr(entry, name)[w.language]
        for name in ("name", "definition", "numerator", "denominator", "caveats")
    }
    return {
        "id": entry.id,
        **texts,
        "unit": _unit(entry, w),
        "better": w(f"report_data.better_{entry.better}"),
        "method": _method(entry, w),
        "dimensions": w.join([w(f"dimension.{name}") for name in entry.dimensions]),
        "minimum_n": w.number(entry.minimum_n) if entry.minimum_n else w("report_data.no_minimum"),
        "tables": w.join([w(table(name).label) for name in entry.tables]),
        "source": _source(entry, w),
        "version": str(entry.version),
    }


def _unit(entry: Indicator, w: Words) -> str:
    unit = w(f"report_data.unit_{entry.unit}")
    if entry.per == 1:
        return unit
    return w("report_data.unit_per", unit=unit, per=w.number(entry.per))


def _method(entry: Indicator, w: Words) -> str:
    """Name the method, with its day where it has one, and how its interval is made."""
    method = w(f"report_data.method_{entry.method}", day=entry.parameter)
    interval = "none" if entry.is_complete else "given"
    return f"{method}. {w(f'report_data.interval_{interval}')}"


def _source(entry: Indicator, w: Words) -> str:
    return w("report_data.own_definition") if entry.source == "own definition" else entry.source
