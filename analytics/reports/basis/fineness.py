"""How finely released estimates are told: no finer than they are worded.

Effects rest on true counts. At full digits a mean of few units could be taken apart into counts.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from analytics.disclosure import Column, ColumnKind

_FIGURES: Final = (
    "value", "low", "high", "estimate", "estimate_low", "estimate_high", "bound", "unbound", "raw",
    "raw_low", "raw_high",
)  # fmt: skip
_PERCENT: Final = ("share", "points")
"""Told in hundredths, whose digits are counted as those of the percentage."""


def decimals(kind: ColumnKind, digits: int) -> int:
    """Return to how many decimals a figure is told."""
    return digits + 2 if kind in _PERCENT else digits


def as_worded(columns: Sequence[Column], frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with estimates rounded as they are worded; rows may have their own unit."""
    told = frame.copy()
    for column in columns:
        if column.name in _FIGURES and column.name in told:
            kinds = told["unit"] if "unit" in told else [column.kind] * len(told)
            digits = told["digits"] if "digits" in told else [column.digits] * len(told)
            places = [decimals(*each) for each in zip(kinds, digits, strict=True)]
            figures = zip(told[column.name].astype(float), places, strict=True)
            # Adding zero leaves no negative zero.
            told[column.name] = [np.round(value, place) + 0.0 for value, place in figures]
    return told
