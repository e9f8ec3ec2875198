"""The gate: what passes here may be shown to anyone who may open the dashboard.

Rules (design, section 5, and ``docs/methods/disclosure.md``): counts of 1 to 4 and what could
reveal them by subtraction are hidden; durations need 10 observations; curves end where fewer than
10 are at risk. Zero, no data and hidden stay three different things.
"""

from analytics.disclosure.cells import told_clock, told_counts, told_lags, told_panel, told_shares
from analytics.disclosure.curves import release_curve
from analytics.disclosure.limits import MIN_AT_RISK, MIN_COUNT, MIN_DURATION_N
from analytics.disclosure.margins import release_margins
from analytics.disclosure.nested import release_crossed, release_nested
from analytics.disclosure.released import OWN, Column, ColumnKind, ReleasedTable
from analytics.disclosure.small_counts import (
    Mask,
    release_counts,
    release_durations,
    release_shares,
)

__all__ = [
    "MIN_AT_RISK",
    "MIN_COUNT",
    "MIN_DURATION_N",
    "OWN",
    "Column",
    "ColumnKind",
    "Mask",
    "ReleasedTable",
    "release_counts",
    "release_crossed",
    "release_curve",
    "release_durations",
    "release_margins",
    "release_nested",
    "release_shares",
    "told_clock",
    "told_counts",
    "told_lags",
    "told_panel",
    "told_shares",
]
