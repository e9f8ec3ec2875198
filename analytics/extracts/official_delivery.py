"""Official statistics as a delivery: merged into the known figures, then checked like any other."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from analytics.domain.areas import REFERENCE, AreaRegistry
from analytics.extracts.contract import POPULATION
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.official import updated_population
from analytics.extracts.readers import LINE, Delivery

_HEADERS: Final[Mapping[str, str]] = {name: name for name in POPULATION.column_names}


def official_cells(
    delivery: Delivery, district: str | None, current: pa.Table | None, registry: AreaRegistry
) -> Delivery:
    """Return the delivery with the cells of the merged table ``population``.

    Args:
        delivery: An export that ``read`` recognised as official statistics.
        district: Must be None: an export covers all districts.
        current: The population rows in force; without them those of ``data/reference``.
        registry: Areas outside it are left out.

    Raises:
        UnusableInputError: If a district is given, or the export cannot be merged.
    """
    if district is not None:
        raise UnusableInputError("rule.official_district")
    if delivery.official is None:
        raise ValueError("the delivery holds no official statistics")
    known = current if current is not None and current.num_rows else _reference_population()
    rows = updated_population(delivery.official, known, registry)
    texts = [rows.column(name).cast(pa.string()) for name in POPULATION.column_names]
    lines = pa.array(np.arange(1, rows.num_rows + 1))
    cells = pa.table([lines, *texts], names=[LINE, *POPULATION.column_names])
    return replace(delivery, cells=cells, headers=_HEADERS, official=None)


@cache
def _reference_population() -> pa.Table:
    return pq.read_table(REFERENCE / "population.parquet").select(POPULATION.schema.names)
