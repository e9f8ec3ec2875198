"""How many people must stand behind a figure."""

from typing import Final

MIN_COUNT: Final = 5
"""Counts of 1 to 4 are hidden."""

MIN_DURATION_N: Final = 10
"""Medians, restricted means and other durations need this many observations."""

MIN_AT_RISK: Final = 10
"""A curve ends before the first day with fewer at risk."""
