"""A district's own rows beside the released figures of all others.

If the state's figures were made anew with uploaded rows, two invented ones would be enough to
subtract what they stand in for. So uploaded rows are counted for the district alone, and whatever
else is asked is answered by the snapshot, as it is released.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pandas as pd

from analytics.domain.release import Release
from analytics.extracts.trial import Trial
from analytics.queries.editions import Told, told
from analytics.queries.store import ParquetStore

_AREA_KEYS: Final = ("district", "unit")


class OwnBesideReleased(ParquetStore):
    """A snapshot as it is released, but for one district, whose rows are those of its upload.

    These are the reader's own: their counts have no cell keys and stay as they are.
    """

    def __init__(self, folder: Path, trial: Trial, district: str) -> None:
        """Open the snapshot in ``folder`` twice; raises as ``ParquetStore`` does."""
        super().__init__(folder, trial)
        self._everybody = ParquetStore(folder, release=Release.RELEASED)
        self._district = district
        self.release = Release.RELEASED

    @property
    def everybody(self) -> ParquetStore:
        """Return the snapshot as it is released."""
        return self._everybody

    @property
    def own_district(self) -> str:
        """Return the AGS-5 of the district that has uploaded rows."""
        return self._district

    def fetch(self, query: str, params: Mapping[str, object] | None = None) -> pd.DataFrame:
        """Return the rows of a query, the district's from its upload, all others as released."""
        if told(query) is Told.NOT_PEOPLE:
            return super().fetch(query, params)
        released = self._everybody.fetch(query, params)
        asked = params or {}
        if _is_of(self._district, asked):
            return super().fetch(query, params)
        column = _area_column(released, asked)
        if column is None:
            return released
        own = super().fetch(query, params)
        is_own, was_own = (f[column].astype(str).str[:5] == self._district for f in (own, released))
        return pd.concat([own[is_own], released[~was_own]], ignore_index=True)

    def close(self) -> None:
        """Close both."""
        super().close()
        self._everybody.close()


def _is_of(district: str, params: Mapping[str, object]) -> bool:
    """Say whether a question is about the district alone."""
    chosen = params.get("chosen")
    codes = (
        dict(zip(chosen["key"], chosen["value"], strict=True)) if isinstance(chosen, dict) else {}
    )
    named = [code for field in _AREA_KEYS for code in codes.get(field, ())]
    return bool(named) and all(code[:5] == district for code in named)


def _area_column(rows: pd.DataFrame, params: Mapping[str, object]) -> str | None:
    if params.get("by") in _AREA_KEYS:
        return "key"
    return "district" if "by" not in params and "district" in rows else None
