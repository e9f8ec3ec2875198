"""Parts of parts: towns in districts in the state, with every total shown."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.disclosure.small_counts import Mask, is_ambiguous

Release = Callable[..., Mask]
"""A rule such as ``release_counts``: arrays over the parts of one total in, a mask out."""


def release_nested(
    release: Release,
    wholes: ArrayLike,
    *counts: ArrayLike,
    group_of: Callable[[str], str] | None = None,
) -> Mask:
    """Return which parts may be shown where the totals of their wholes are shown as well.

    The wholes are decided first, as the parts of the total: exactly as in a table of the wholes
    alone, so that the two tables cannot be played off against each other. The parts of a hidden
    whole are hidden; those of a shown one are protected against its total.

    Args:
        release: The rule.
        wholes: Shape (k,), the whole of each part.
        *counts: Shape (k,) each, what the rule takes.
        group_of: The group of a whole, where sums of groups of wholes are shown as well.

    Returns:
        Shape (k,), True where the part may be shown.
    """
    names, index = np.unique(np.asarray(wholes), return_inverse=True)
    parts = [np.asarray(count, dtype=np.int64) for count in counts]
    totals = [np.bincount(index, weights=part).astype(np.int64) for part in parts]
    groups = None if group_of is None else [group_of(str(name)) for name in names]
    shown: NDArray[np.bool_] = release(*totals, groups=groups)[index]
    for whole in np.unique(index[shown]):
        members = np.flatnonzero(index == whole)
        if members.size > 1:
            shown[members] = release(*(part[members] for part in parts))
    return shown


def release_crossed(shown: Mask, alone: ArrayLike, groups: ArrayLike, *counts: ArrayLike) -> Mask:
    """Return which parts may still be shown where their groups' totals are shown as well.

    A part that is the whole of its own is shown elsewhere, so hiding it here would hide nothing:
    only the parts of split wholes can stand beside a hidden one. All of them are hidden where the
    hidden parts of any group could be told from its total.

    Args:
        shown: Shape (k,), what may be shown beside the wholes.
        alone: Shape (k,), whether the part is always the whole of its own, whatever is in the data.
        groups: Shape (k,), the group of each part, which crosses the wholes.
        *counts: Shape (k,) each, what must not be told.

    Returns:
        Shape (k,), True where the part may be shown.
    """
    parts = [np.asarray(count, dtype=np.int64) for count in counts]
    _, group = np.unique(np.asarray(groups), return_inverse=True)
    always_whole = np.asarray(alone, dtype=np.bool_)
    for member in range(group.max(initial=-1) + 1):
        hidden = (group == member) & ~shown
        for part in parts:
            concealed = part[hidden]
            if (concealed > 0).any() and not is_ambiguous(concealed):
                return shown & always_whole
    return shown
