"""Days, months and quarters as numbers: days since 1970, months and quarters since 2015."""

from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from analytics.extracts.demo.config import FIRST_START, LAST_DATA_CUT

Days = npt.NDArray[np.int32]

FIRST_YEAR: Final = FIRST_START.year
MONTHS: Final = (LAST_DATA_CUT.year - FIRST_YEAR + 1) * 12
QUARTERS: Final = MONTHS // 3

_ORIGIN: Final = np.datetime64("1970-01-01", "D")
_FIRST_MONTH: Final = np.datetime64(FIRST_START, "M")
MONTH_STARTS: Final[Days] = (
    (_FIRST_MONTH + np.arange(MONTHS + 1)).astype("datetime64[D]") - _ORIGIN
).astype(np.int32)
"""First day of each month, and of the month after the last, shape ``(MONTHS + 1,)``."""

MONTH_OF_DAY: Final[npt.NDArray[np.int16]] = np.repeat(
    np.arange(MONTHS, dtype=np.int16), np.diff(MONTH_STARTS)
)


def day_number(day: date) -> int:
    """Return the days from 1970-01-01 to ``day``."""
    return int((np.datetime64(day, "D") - _ORIGIN).astype(np.int64))


def month_of(days: Days) -> npt.NDArray[np.int16]:
    """Return the month index of days between the first start and the last data cut."""
    return np.asarray(MONTH_OF_DAY[days - MONTH_STARTS[0]], dtype=np.int16)


def month_index(year: int, month: int) -> int:
    """Return the index of a calendar month; negative before the first."""
    return (year - FIRST_YEAR) * 12 + month - 1


def year_and_quarter(quarter: int) -> tuple[int, int]:
    """Return the calendar year and quarter (1 to 4) of a quarter index."""
    return FIRST_YEAR + quarter // 4, quarter % 4 + 1
