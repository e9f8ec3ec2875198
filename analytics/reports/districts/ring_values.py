"""What districts are like in structure, in words: the values behind the distances of a ring."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from analytics.domain.areas import registry
from analytics.i18n import Words
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis.formatting import Format
from analytics.reports.districts.ring import latest_official, structure_now

_CHANGE: Final = Format("points", 1)


@dataclass(frozen=True, slots=True, eq=False)
class Structures:
    """The structure of all districts at the latest official date.

    Attributes:
        table: As ``reports.structure.structure``; one row a district, AGS-5 as index.
        latest: Official date of the values.
        earlier: Official date from which the change of the foreign share is counted.
        query: What was asked.
    """

    table: pd.DataFrame
    latest: date
    earlier: date
    query: ExecutedQuery


def structures(store: ParquetStore) -> Structures:
    """Return the structure that rings are made of, with its dates; possibly of no district."""
    table, query = structure_now(store)
    before = dict(query.params)["before"]
    known = store.fetch("district_structure", {"on": before, "before": before})["reference_date"]
    latest = latest_official(store) or store.manifest.as_of
    earlier = latest if known.empty else pd.Timestamp(known.max()).date()
    return Structures(table, latest, earlier, query)


def variable_name(variable: str, w: Words) -> str:
    """Return what people call a variable."""
    return w(f"report_ring.variable_{variable}")


def variable_label(variable: str, found: Structures, w: Words) -> str:
    """Return the name of a variable; that of a change with its dates."""
    name = variable_name(variable, w)
    if variable != "foreign_share_change":
        return name
    dates = {"earlier": w.date(found.earlier), "latest": w.date(found.latest)}
    return w("report_ring.dated", variable=name, **dates)


def value_text(found: Structures, district: str, variable: str, w: Words) -> str:
    """Return the value of a variable as it was before logarithms and codes."""
    value = float(found.table.loc[district, variable])  # type: ignore[arg-type]
    match variable:
        case "log_population":
            return w.number(float(np.exp(value)))
        case "log_density":
            return w("report_ring.per_km2", value=w.number(float(np.exp(value))))
        case "foreign_share":
            return w.percent(value, 1)
        case "foreign_share_change":
            return _CHANGE.text(value, w)
        case _:
            return w(f"report_map.kind_{registry().district(district).kind}")
