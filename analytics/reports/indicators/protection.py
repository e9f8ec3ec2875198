"""What of estimates may be shown: the gate by keys and series, and how finely figures are told."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analytics.disclosure import (
    OWN,
    Mask,
    release_counts,
    release_crossed,
    release_margins,
    release_nested,
)
from analytics.domain.areas import registry
from analytics.domain.estimates import Status
from analytics.stats.counts import Floats

_AREA: Final = re.compile(r"\d{5}")
_DISTRICT_LENGTH: Final = 5
_FEW: Final = 100
"""Of fewer, a released percentage is told in whole points."""


@dataclass(frozen=True, slots=True)
class Estimated:
    """Unprotected estimates, one a key and series: shape (k,) each, NaN where there is none.

    Plain arrays: a page makes dozens of these tables, and frames cost more than the estimates.
    """

    keys: list[str]
    series: list[str]
    value: Floats
    low: Floats
    high: Floats
    n: Floats
    reached: Mask
    units: Floats | None = None
    """Of groups of units: how many, their degrees of freedom, errors of shares; shape (k, 3)."""
    noise: Floats | None = None
    """Variance that protection has added to each count, shape (k,); None where none to any."""
    is_share: bool = False
    is_own: bool = False
    """Whether the rows are the reader's own: nothing is hidden from it."""
    is_rate: bool = False
    """Whether values are counts by a full count, and as fine as the count itself."""

    @classmethod
    def of_keys(
        cls, parts: pd.DataFrame, value: Floats, low: Floats, high: Floats, n: ArrayLike
    ) -> Self:
        """Return estimates of ``key`` and perhaps ``series`` of parts, all of them reached."""
        reached = np.ones(len(parts), dtype=np.bool_)
        count = np.asarray(n, dtype=np.float64)
        series = parts["series"].tolist() if "series" in parts else [""] * len(parts)
        return cls(parts["key"].tolist(), series, value, low, high, count, reached)


def _rounded(estimated: Estimated, figures: Floats) -> Floats:
    """Return figures as finely as noise leaves them a meaning: whole days, points of few needs."""
    if estimated.noise is None or estimated.is_rate:
        return figures
    is_coarse = estimated.noise > 0
    if estimated.is_share:
        return np.where(is_coarse & (estimated.n < _FEW), np.round(figures, 2), figures)
    return np.where(is_coarse, np.round(figures), figures)


def released(estimated: Estimated, release: Callable[..., Mask], *counts: ArrayLike) -> Mask:
    """Apply a rule to the parts of each total: the keys of one series, the series of one key.

    Units are parts of districts and of groups, districts of groups, all of which are shown
    elsewhere with the same filter. One's own rows are shown, however few they are.
    """
    if estimated.is_own:
        return np.ones(len(estimated.keys), dtype=np.bool_)
    parts = [np.asarray(count).astype(np.int64) for count in counts]
    wholes = np.array([_whole(key) for key in estimated.keys])
    shown = np.ones(len(wholes), dtype=np.bool_)
    for alike in _alike(estimated.series):
        kept = [part[alike] for part in parts]
        shown[alike] &= release_nested(release, wholes[alike], *kept, group_of=_group)
        if any(map(_is_part, estimated.keys)):
            units = [estimated.keys[place] for place in alike]
            groups = [registry().group_of(unit) for unit in units]
            alone = [_whole(unit) not in registry().split_districts for unit in units]
            told = [*kept, kept[1] - kept[0]] if len(kept) > 1 else kept
            shown[alike] = release_crossed(shown[alike], alone, groups, *told)
    rows = [alike for alike in _alike(estimated.keys) if len(alike) > 1]
    for alike in rows:
        shown[alike] &= release(*(part[alike] for part in parts))
    if not rows:
        return shown
    told = [*parts, parts[1] - parts[0]] if len(parts) > 1 else parts
    return release_margins(estimated.keys, estimated.series, *told, hidden=~shown)


def _alike(names: Sequence[str]) -> list[list[int]]:
    """Return the positions of each distinct name."""
    positions: dict[str, list[int]] = {}
    for position, name in enumerate(names):
        positions.setdefault(name, []).append(position)
    return list(positions.values())


def _whole(key: str) -> str:
    """Return the district of an area's key, and any other key as it is."""
    return key[:5] if _AREA.match(key) else key


def _group(whole: str) -> str:
    """Return the group whose sum a district is a part of; all other keys have none."""
    return registry().group_of(whole) if _AREA.match(whole) else ""


def _is_part(key: str) -> bool:
    """Say whether a key is that of a town or the rest of a district, as only units have."""
    return bool(_AREA.match(key)) and len(key) > _DISTRICT_LENGTH


def protected(estimated: Estimated, shown: Mask) -> pd.DataFrame:
    """Blank what may not or cannot be shown and say why."""
    n, known = estimated.n, ~np.isnan(estimated.value)
    status = np.select(
        [~shown & (known | (n > 0)), ~estimated.reached, ~known],
        [Status.SUPPRESSED, Status.NOT_REACHED, Status.NO_DATA],
        default=Status.SHOWN,
    )
    hidden = np.isin(status, [Status.SUPPRESSED, Status.NO_DATA])
    told = released(estimated, release_counts, np.nan_to_num(n)) & ~np.isnan(n)
    if estimated.noise is not None:
        # What is hidden is hidden as a whole: a number beside it would say that few of so many had
        # an outcome. Who is bound by confidentiality may know that.
        told &= (status != Status.SUPPRESSED) | (estimated.noise == 0)
    # Without a value and with a hidden number: "no data" would say that nobody is there.
    status = np.where((status == Status.NO_DATA) & ~told & (n > 0), Status.SUPPRESSED, status)
    more = {OWN: True} if estimated.is_own else {}
    of_units = {}
    if estimated.units is not None:
        known_units = np.where(told[:, None], estimated.units, np.nan)
        of_units = dict(zip(("units", "freedom", "error"), known_units.T, strict=True))
    return pd.DataFrame(
        {
            "key": pd.array(estimated.keys, dtype="str"),
            "series": pd.array(estimated.series, dtype="str"),
            "value": np.where(hidden, np.nan, _rounded(estimated, estimated.value)),
            "low": np.where(hidden, np.nan, _rounded(estimated, estimated.low)),
            "high": np.where(hidden, np.nan, _rounded(estimated, estimated.high)),
            "n": np.where(told, n, np.nan),
            "status": pd.array(status, dtype="str"),
            **of_units,
            **more,
        }
    )
