"""What districts are like before anything is compared: size, density, foreign population, form."""

from datetime import date

import numpy as np
import pandas as pd

from analytics.domain.area_types import DistrictKind
from analytics.domain.areas import registry
from analytics.queries.store import ExecutedQuery, ParquetStore


def structure(store: ParquetStore, *, on: date, before: date) -> tuple[pd.DataFrame, ExecutedQuery]:
    """Return one row per district: what it is like at the last official date until ``on``.

    Columns ``log_population``, ``log_density`` (per km²), ``foreign_share`` (0 to 1),
    ``foreign_share_change`` since the last official date until ``before``, ``independent_city``
    (1 or 0); index AGS-5. Districts without official figures are left out.
    """
    params = {"on": on, "before": before}
    known = store.fetch("district_structure", params).set_index("district")
    areas = registry().districts
    area = pd.Series({d.ags: d.area_km2 for d in areas})
    city = pd.Series({d.ags: float(d.kind is DistrictKind.INDEPENDENT_CITY) for d in areas})
    table = pd.DataFrame(
        {
            "log_population": np.log(known["population"].astype(float)),
            "log_density": np.log(known["population"].astype(float) / area),
            "foreign_share": known["foreign_share"].astype(float),
            "foreign_share_change": known["foreign_share"] - known["earlier_share"],
            "independent_city": city,
        }
    )
    return table.dropna(), store.executed("district_structure", params)
