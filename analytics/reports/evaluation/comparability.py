"""Which units of a panel report a break in comparability while it runs."""

import numpy as np
from numpy.typing import NDArray

from analytics.domain.areas import registry
from analytics.domain.periods import Period
from analytics.queries.store import ParquetStore
from analytics.reports.evaluation.panel import Panel


def is_broken(store: ParquetStore, panel: Panel, period: Period) -> NDArray[np.bool_]:
    """Return for each unit whether its district documents a break within ``period``, shape (U,)."""
    breaks = store.fetch("comparability_breaks")
    starts = breaks["valid_from"].dt.date
    ends = breaks["valid_to"].dt.date.fillna(store.manifest.as_of)
    within = breaks[(starts < period.end) & (ends >= period.start)]
    districts = {unit.code: unit.district for unit in registry().evaluation_units}
    own = [districts.get(unit, unit) for unit in panel.units]
    return np.isin(own, within["district"].unique())
