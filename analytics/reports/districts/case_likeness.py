"""How alike the needs of one case are in an indicator, and what that costs each district."""

from dataclasses import dataclass

from analytics.domain.indicators import Indicator
from analytics.domain.periods import Period
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.stats.likeness import design_effects, intraclass_correlation

_MEDIANS = ("survival_median", "median")


@dataclass(frozen=True, slots=True, eq=False)
class CaseLikeness:
    """The design effects of an indicator.

    Attributes:
        by_district: By how much it multiplies the variance of a district's figure, by AGS-5.
        together: The same for all districts together.
        queries: What was asked.
    """

    by_district: dict[str, float]
    together: float
    queries: tuple[ExecutedQuery, ...]

    def of(self, district: str) -> float:
        """Return the design effect of a district; 1 where nothing is known of its needs."""
        return self.by_district.get(district, 1.0)


def case_likeness(
    store: ParquetStore, chosen: Indicator, period: Period, state: float
) -> CaseLikeness:
    """Return the design effects of an indicator; cases themselves are independent of each other.

    Args:
        store: The snapshot.
        chosen: The indicator.
        period: When the needs were recorded.
        state: The state's value: for a median the day by which likeness is told, as a median's
            precision is that of the share below it.
    """
    if chosen.method == "ratio":
        return CaseLikeness({}, 1.0, ())
    is_timed = chosen.clock is not None
    params = {
        "start": period.start,
        "end": period.end,
        "as_of": store.manifest.as_of,
        "indicator": chosen.id,
        "method": chosen.method,
        "clock": chosen.timed_by if is_timed else "referral",
        "is_timed": is_timed,
        "needs_ends": is_timed and chosen.needs_ends,
        "day": round(state) if chosen.method in _MEDIANS else chosen.parameter,
    }
    frame = store.fetch("case_likeness", params)
    alike = intraclass_correlation(
        frame["cases"],
        frame["needs"],
        frame["needs_squares"],
        frame["total"],
        frame["squares"],
        frame["between_squares"],
    )
    sums = frame[["counted", "counted_squares"]]
    effects = design_effects(alike, sums["counted"], sums["counted_squares"]).tolist()
    (together,) = design_effects(alike, *([each] for each in sums.sum())).tolist()
    by_district = dict(zip(frame["district"].astype(str), effects, strict=True))
    return CaseLikeness(by_district, together, (store.executed("case_likeness", params),))
