"""Published course waiting times and the language needs that follow from them.

Zugangszeit runs from entitlement or obligation to the start of an integration course, Wartezeit
from registration to start (Germany; means, in weeks). The demonstration reads them as: need to
start, and referral to start. So the mean time from need to referral is their difference. Figures
without a source are interpolated and say so; ``docs/methods/demonstration-data.md`` prints the
table.
"""

from dataclasses import dataclass
from typing import Final

DAYS_PER_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class CourseTimes:
    """Mean weeks for needs from ``year`` and ``quarter`` on; ``assumed`` names unpublished ones."""

    year: int
    quarter: int
    access_weeks: float
    wait_weeks: float
    assumed: tuple[str, ...] = ()

    @property
    def days_to_referral(self) -> float:
        """Return the mean days from need to referral."""
        return (self.access_weeks - self.wait_weeks) * DAYS_PER_WEEK

    @property
    def days_to_start(self) -> float:
        """Return the mean days from referral to start."""
        return self.wait_weeks * DAYS_PER_WEEK


# Sources, by their numbers in data/reference/programme.toml: 2016 access 78; 2017 wait 80 (10.9 in
# January to 12.5 in November); 2018 and 2019 wait 83 (8 to 14, stable for years); 2019 and 2020
# access 78; 2022 both 84; first half of 2023 both 84; 2023 access just under 17: 85.
COURSE_TIMES: Final = (
    CourseTimes(2015, 1, 17.0, 11.0, ("access", "wait")),
    CourseTimes(2016, 1, 17.0, 11.0, ("wait",)),
    CourseTimes(2017, 1, 21.3, 11.7, ("access",)),
    CourseTimes(2018, 1, 25.7, 11.0, ("access",)),
    CourseTimes(2019, 1, 30.0, 11.0),
    CourseTimes(2020, 1, 34.0, 11.0, ("wait",)),
    CourseTimes(2021, 1, 21.4, 7.9, ("access", "wait")),
    CourseTimes(2022, 1, 8.7, 4.8),
    CourseTimes(2023, 1, 21.1, 12.5),
    CourseTimes(2023, 3, 12.9, 7.6, ("access", "wait")),
)


def course_times(year: int, quarter: int) -> CourseTimes:
    """Return the times that hold in a quarter.

    Raises:
        ValueError: If the quarter lies before the first figure.
    """
    held = [times for times in COURSE_TIMES if (times.year, times.quarter) <= (year, quarter)]
    if not held:
        raise ValueError(f"no course times for {year} quarter {quarter}")
    return held[-1]
