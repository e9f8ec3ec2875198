"""Arrow columns from arrays of codes, days and masks."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analytics.extracts.demo.calendar import Days
from analytics.extracts.demo.people import Mask


def codes(
    names: Iterable[str], places: npt.NDArray[np.signedinteger], known: Mask | None = None
) -> pa.Array:
    """Return ``names`` at ``places`` as text, NULL where not ``known``."""
    mask = None if known is None else ~known
    index = pa.array(places.astype(np.int32), mask=mask)
    return pa.DictionaryArray.from_arrays(index, pa.array(list(names), pa.string())).cast(
        pa.string()
    )


def dates(days: Days, known: Mask | None = None) -> pa.Array:
    """Return days since 1970 as dates, NULL where not ``known``."""
    mask = None if known is None else ~known
    return pa.array(days.astype(np.int32), pa.int32(), mask=mask).cast(pa.date32())
