"""Age groups of people whose year of birth was delivered, by the year in which they were seen."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analytics.extracts.ages import birth_year, group_of_birth_year

_YEARS = 10_000


def with_birth_years(groups: pa.Array, texts: pa.DictionaryArray, seen_on: pa.Array) -> pa.Array:
    """Return age groups, filled from years of birth where both possible ages are in one group.

    Args:
        groups: What was read so far.
        texts: The delivered texts.
        seen_on: The day of each row on which the age is to hold.
    """
    distinct = texts.dictionary.to_pylist()
    births = np.array([birth_year(text or "") or 0 for text in distinct], np.int64)
    if not births.any():
        return groups
    places = pc.fill_null(texts.indices, len(births)).to_numpy(zero_copy_only=False)
    born = np.append(births, 0)[places]
    seen = pc.fill_null(pc.year(seen_on), 0).to_numpy(zero_copy_only=False)
    pairs, rows = np.unique(born * _YEARS + seen, return_inverse=True)
    found = [
        group_of_birth_year(birth, year) if birth and year else None
        for birth, year in (divmod(int(pair), _YEARS) for pair in pairs)
    ]
    return pc.coalesce(groups.cast(pa.string()), pc.take(pa.array(found, pa.string()), rows))
