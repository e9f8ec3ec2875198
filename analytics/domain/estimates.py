"""A figure with its uncertainty, and the three ways in which there can be none."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Whether a figure may and can be shown. Zero is a shown figure, not a status."""

    SHOWN = "shown"
    SUPPRESSED = "suppressed"
    """Protected: too few people behind it, or it would reveal such a figure by subtraction."""
    NO_DATA = "no_data"
    NOT_REACHED = "not_reached"
    """A median beyond the end of the observed curve; never extrapolated."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its 95 % interval and the number of observations behind it.

    ``value``, ``low`` and ``high`` are None unless ``status`` is shown; a single bound of a shown
    value may be None when the data do not limit it on that side. ``units`` is how many districts or
    towns there are observations of, where the interval is that between them: a single one has none;
    ``freedom`` are then the interval's degrees of freedom, and ``error`` is the standard error of a
    share between 0 and 1.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int | None
    status: Status = Status.SHOWN
    units: int | None = None
    freedom: float | None = None
    error: float | None = None
