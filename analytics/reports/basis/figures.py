"""What a figure of the catalogue is, and what may be chosen about it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from dataclasses import fields as attributes
from typing import Final, TypeVar

from analytics.domain.district_choice import DistrictChoice
from analytics.domain.evaluation import (
    ComparisonGroup,
    EffectOutcome,
    ModelChoice,
    Towns,
)
from analytics.domain.filters import Chosen, NeedFilter, fields
from analytics.domain.periods import Month, Period
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.refusal import worded
from analytics.reports.basis.span import data_period, latest_years

Option = str
"""``period``, the option of a field of needs, or the name of another attribute of ``Asked``."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What someone chose about a figure; what is left open is as on the figure's page.

    Attributes:
        period: Months in which needs were recorded.
        chosen: Codes by field of needs; none stands for all.
        by: Field that needs are broken down by, for the figure that can show several.
        district: AGS-5.
        peer: AGS-5 of the comparison ring; none stands for the nearest.
        indicator: Id in the catalogue, for figures that can show several.
        second: Id of another indicator, for the figure that shows two against each other.
        column: Ids of indicators, for the figure that shows several side by side.
        order: Of districts: a code of ``domain/grid_choice.py`` or the id of an indicator.
        field: Measure of the quality of data, for the figure that can show several.
        outcome: What a programme may have changed.
        towns, end, first_year, comparison: How the model programme's effect is estimated.
    """

    period: Period | None = None
    chosen: Chosen = ()
    by: str | None = None
    district: str | None = None
    peer: tuple[str, ...] = ()
    indicator: str | None = None
    second: str | None = None
    column: tuple[str, ...] = ()
    order: str | None = None
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


Report = TypeVar("Report", bound=Callable[..., Exhibit])


@dataclass(frozen=True, slots=True)
class Takes:
    """What a report is called with, between the store and the words.

    Attributes:
        heeds: What can be chosen.
        read: Store and choices to the report's arguments.
        required: What must be chosen.
        from_snapshot: False for published facts; their reports get no store.
    """

    heeds: tuple[Option, ...]
    read: Callable[[ParquetStore, Asked], tuple[object, ...]]
    required: tuple[Option, ...] = ()
    from_snapshot: bool = True


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: registered where its report stands, and told nowhere else.

    Pages, the catalogue, downloads, slides and the screen of a presentation derive from it.

    Attributes:
        id: Stable; the id of its exhibit, or how that begins where it goes on with what was chosen.
        page: Address of the page that shows it, with the tab (``domain/pages.py``).
        report: Makes the exhibit.
        takes: What the report is called with.
        drawing: How it is drawn (``charts/drawings.py``); empty for a table.
        given: Arguments that are the figure's own, such as a module; before those that are chosen.
        indicators: Ids to choose from, where it heeds ``indicator``.
        usual: The one that is shown at first.
        name: Message with what people call it.
    """

    id: str
    page: str
    report: Callable[..., Exhibit] = field(compare=False)
    takes: Takes = field(compare=False)
    drawing: str = ""
    given: tuple[object, ...] = ()
    indicators: tuple[str, ...] = ()
    usual: str | None = None
    name: str = ""

    @property
    def heeds(self) -> tuple[Option, ...]:
        """Return what can be chosen."""
        return self.takes.heeds

    @property
    def required(self) -> tuple[Option, ...]:
        """Return what must be chosen."""
        return self.takes.required

    def make(self, store: ParquetStore, asked: Asked, w: Words) -> Exhibit:
        """Return the exhibit for what was asked.

        Raises:
            RefusedError: If there is none for it.
        """
        chosen = replace(asked, indicator=asked.indicator or self.usual)
        sources = (store,) if self.takes.from_snapshot else ()
        return self.report(*sources, *self.given, *self.takes.read(store, chosen), w)


_REGISTERED: Final[dict[str, Figure]] = {}
_OF_REPORT: Final[dict[Callable[..., Exhibit], Figure]] = {}


def figure(
    figure_id: str,
    page: str,
    takes: Takes,
    drawing: str = "",
    *,
    each: Iterable[str] = (),
    indicators: tuple[str, ...] = (),
    usual: str | None = None,
    name: str = "",
) -> Callable[[Report], Report]:
    """Register the report that follows as a figure.

    Args:
        figure_id: Of the figure; with ``each`` of the family.
        page: Address of the page that shows it.
        takes: What the report is called with.
        drawing: How it is drawn; empty for a table.
        each: First arguments of the members of a family, which are named ``<id>_<member>``.
        indicators: Ids to choose from.
        usual: The one that is shown at first.
        name: Message with what people call it; ``figure.<id>`` if not given.
    """

    def register(made: Report) -> Report:
        report = worded(made)
        found = Figure(figure_id, page, report, takes, drawing, (), indicators, usual, name)
        members = [replace(found, id=f"{figure_id}_{member}", given=(member,)) for member in each]
        for one in members or [found]:
            _REGISTERED[one.id] = one
        _OF_REPORT[report] = found
        return report

    return register


def figure_of(report: Callable[..., Exhibit]) -> Figure:
    """Return the figure that a report was registered as; raises KeyError if it was not."""
    return _OF_REPORT[report]


def registered() -> tuple[Figure, ...]:
    """Return the figures of all modules that have been imported."""
    return tuple(_REGISTERED.values())
