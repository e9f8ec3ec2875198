"""Official statistics as a delivery: merged into the known figures, then checked like any other.

Exports of GENESIS cover all districts. Files of the flat format hold the population alone; the
share of foreigners of the same day stays as it is known.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from analytics.domain.areas import REFERENCE, AreaRegistry
from analytics.domain.vocabulary import Series
from analytics.extracts.contract import POPULATION
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.official import updated_population
from analytics.extracts.readers import LINE, Delivery
from analytics.extracts.readers.delivery import Aside

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
    rows = updated_population(delivery.official, _known(current), registry)
    texts = [rows.column(name).cast(pa.string()) for name in POPULATION.column_names]
    lines = pa.array(np.arange(1, rows.num_rows + 1))
    cells = pa.table([lines, *texts], names=[LINE, *POPULATION.column_names])
    return replace(delivery, cells=cells, headers=_HEADERS, official=None)


def population_cells(
    delivery: Delivery, district: str | None, current: pa.Table | None
) -> Delivery:
    """Return a delivery of the flat format for one district or all, with what else is known.

    Args:
        delivery: What was read of the file.
        district: The sender; other districts of the file are counted, they are no mistake.
        current: The population rows in force; without them those of ``data/reference``.
    """
    known = {
        (row["district"], row["reference_date"].isoformat()): row
        for row in _known(current).to_pylist()
        if row["series"] == Series.POPULATION_UPDATE
    }
    rows = delivery.cells.to_pylist()
    own = [row for row in rows if district in {None, row["district"]}]
    merged = [_merged(row, known.get((row["district"], row["reference_date"]))) for row in own]
    fields = [pa.field(LINE, pa.int64())]
    fields += [pa.field(name, pa.string()) for name in POPULATION.column_names]
    aside = Counter(dict(delivery.facts.aside)) + Counter({Aside.OTHER_AREA: len(rows) - len(own)})
    (block,) = delivery.facts.blocks
    facts = replace(
        delivery.facts, blocks=(replace(block, rows=len(own)),), aside=Aside.counted(aside)
    )
    cells = pa.Table.from_pylist(merged, pa.schema(fields))
    return replace(delivery, cells=cells, headers={**_HEADERS, **delivery.headers}, facts=facts)


def _merged(row: Mapping[str, object], known: Mapping[str, object] | None) -> dict[str, object]:
    """Return a row of the file, with the share of foreigners that is known for its day."""
    if known is None or known["foreign_share"] is None or row["population"] is None:
        return dict(row)
    share = str(known["foreign_share"])
    foreign = round(int(str(row["population"])) * float(share), -2)
    source = str(row["source"])
    sources = [each for each in str(known["source"] or "").split("; ") if each not in {"", source}]
    return {
        **row,
        "foreign_share": share,
        "foreign_population": str(int(foreign)),
        "source": "; ".join([*sources, source]),
    }


def _known(current: pa.Table | None) -> pa.Table:
    return current if current is not None and current.num_rows else _reference_population()


@cache
def _reference_population() -> pa.Table:
    return pq.read_table(REFERENCE / "population.parquet").select(POPULATION.schema.names)
