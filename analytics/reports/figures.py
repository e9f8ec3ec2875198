"""What a figure of the catalogue is, and what may be chosen about it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from dataclasses import fields as attributes

from analytics.domain.district_choice import DistrictChoice
from analytics.domain.evaluation import (
    ComparisonGroup,
    EffectOutcome,
    KimChoice,
    ModelChoice,
    Towns,
)
from analytics.domain.filters import Chosen, NeedFilter, fields
from analytics.domain.periods import Month, Period
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.exhibit import Exhibit
from analytics.reports.span import data_period, latest_years

Option = str
"""``period``, the option of a field of needs, or the name of another attribute of ``Asked``."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What someone chose about a figure; what is left open is as on the figure's page.

    Attributes:
        period: Months in which needs were recorded.
        chosen: Codes by field of needs; none stands for all.
        district: AGS-5.
        peer: AGS-5 of the comparison ring; none stands for the nearest.
        indicator: Id in the catalogue, for figures that can show several.
        field: Measure of the quality of data, for the figure that can show several.
        outcome: What a programme may have changed.
        towns, end, first_year, comparison: How the model programme's effect is estimated.
    """

    period: Period | None = None
    chosen: Chosen = ()
    district: str | None = None
    peer: tuple[str, ...] = ()
    indicator: str | None = None
    field: str | None = None
    outcome: EffectOutcome | None = None
    towns: Towns | None = None
    end: Month | None = None
    first_year: int | None = None
    comparison: ComparisonGroup | None = None

    def given(self) -> tuple[Option, ...]:
        """Return which options are not left open."""
        others = [each.name for each in attributes(self) if each.name != "chosen"]
        named = [fields()[name].option for name, _ in self.chosen]
        return (*named, *(name for name in others if getattr(self, name)))

    def needs(self, store: ParquetStore, usual: Period | None = None) -> NeedFilter:
        """Return the needs to count; the usual period as far as there are data, else all months."""
        covered = data_period(store)
        period = self.period or (usual and usual.within(covered)) or covered
        return NeedFilter(period, self.chosen)

    def of_district(self, store: ParquetStore) -> DistrictChoice:
        """Return the choice of a district's pages; raises ValueError without a district."""
        if self.district is None:
            raise ValueError("this figure is about one district")
        return DistrictChoice(self.district, self.period or latest_years(store), self.peer)

    def of_quality(self) -> str:
        """Return the district of the page on the quality of its data; raises ValueError without."""
        if self.district is None:
            raise ValueError("this figure is about one district")
        return self.district

    def of_effect(self) -> EffectOutcome:
        """Return the outcome, else the usual one."""
        return self.outcome or EffectOutcome.SHARE

    def of_model(self) -> ModelChoice:
        """Return the estimate for the model programme."""
        usual = ModelChoice()
        return ModelChoice(
            self.of_effect(),
            end=self.end or usual.end,
            towns=self.towns or usual.towns,
            first_year=self.first_year or usual.first_year,
            comparison=self.comparison or usual.comparison,
        )

    def of_kim(self) -> KimChoice:
        """Return the estimate for KIM."""
        return KimChoice(self.of_effect())


Make = Callable[[ParquetStore, Asked, Words], Exhibit]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the catalogue.

    Attributes:
        id: Stable; the id of its exhibit, or how that begins where it goes on with what was chosen.
        page: Address of the page that shows it.
        make: Returns the exhibit for what was asked.
        heeds: What can be chosen.
        required: What must be chosen.
        indicators: Ids to choose from, where it heeds ``indicator``.
        usual: The one that is shown at first.
    """

    id: str
    page: str
    make: Make = field(compare=False)
    heeds: tuple[Option, ...] = ()
    required: tuple[Option, ...] = ()
    indicators: tuple[str, ...] = ()
    usual: str | None = None
