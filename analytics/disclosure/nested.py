"""Parts of parts: towns in districts in the state, with every total shown."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.disclosure.small_counts import Mask

Release = Callable[..., Mask]
"""A rule such as ``release_counts``: arrays over the parts of one total in, a mask out."""


def release_nested(release: Release, groups: ArrayLike, *counts: ArrayLike) -> Mask:
    """Return which parts may be shown where the totals of their groups are shown as well.

    The groups are decided first, as the parts of the whole: exactly as in a table of the groups
    alone, so that the two tables cannot be played off against each other. The parts of a hidden
    group are hidden; those of a shown group are protected against its total.

    Args:
        release: The rule.
        groups: Shape (k,), the group of each part.
        *counts: Shape (k,) each, what the rule takes.

    Returns:
        Shape (k,), True where the part may be shown.
    """
    _, index = np.unique(np.asarray(groups), return_inverse=True)
    parts = [np.asarray(count, dtype=np.int64) for count in counts]
    totals = [np.bincount(index, weights=part).astype(np.int64) for part in parts]
    shown: NDArray[np.bool_] = release(*totals)[index]
    for group in np.unique(index[shown]):
        members = np.flatnonzero(index == group)
        if members.size > 1:
            shown[members] = release(*(part[members] for part in parts))
    return shown
