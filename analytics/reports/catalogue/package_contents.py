"""What the data package holds: families of figures, each one table of what the gate released."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Final

import pandas as pd

from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import DIMENSIONS, Dimension, catalogue
from analytics.domain.periods import Period
from analytics.domain.release import Release
from analytics.domain.vocabulary import Module, Provenance
from analytics.extracts.contract import TABLES
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.figures import Asked
from analytics.reports.basis.making import Column, Exhibit, based_on, readable
from analytics.reports.basis.memo import once_per_snapshot
from analytics.reports.basis.span import PROGRAMME, data_period
from analytics.reports.catalogue.figures_catalogue import figure_exhibit
from analytics.reports.indicators.indicator_values import indicator_values
from analytics.reports.indicators.process import is_delivered

_BY: Final = "indicators_by_"

INDICATORS: Final = "indicators"
"""The family that the ``indicator`` of others refers to, by its ``id``."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One exhibit of a family, and what tells its rows from those of the others.

    Attributes:
        exhibit: Its table's rows.
        marks: Values by column, the same in every row: what was counted, and of which days.
    """

    exhibit: Exhibit
    marks: tuple[tuple[str, str | date], ...] = ()

    @property
    def provenances(self) -> tuple[Provenance, ...]:
        """Return each row's provenance: its own where the frame tells it, else the exhibit's."""
        frame = self.exhibit.table.frame
        if "provenance" in frame:
            return tuple(Provenance(str(origin)) for origin in frame["provenance"])
        return (self.exhibit.source.provenance,) * len(frame)


@dataclass(frozen=True, slots=True, eq=False)
class Family:
    """Figures that make one table: their columns agree.

    Attributes:
        name: Of the table, in lower case; by ``report_package.<name>`` its title.
        parts: At least one.
        key: Columns that tell all rows apart; empty where there are none.
    """

    name: str
    parts: tuple[Part, ...]
    key: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """Return how many rows the table has."""
        return sum(len(part.exhibit.table.frame) for part in self.parts)

    @property
    def provenances(self) -> tuple[Provenance, ...]:
        """Return where its rows come from, in the order of the first of each."""
        found = dict.fromkeys(origin for part in self.parts for origin in part.provenances)
        return tuple(found)


@dataclass(frozen=True, slots=True, eq=False)
class Package:
    """All families of one snapshot.

    Attributes:
        snapshot_id: The snapshot.
        as_of: Its data cut.
        is_synthetic: Whether any of its rows is made up.
        families: In the order shown.
    """

    snapshot_id: str
    as_of: date
    is_synthetic: bool
    families: tuple[Family, ...]


def family_names() -> tuple[str, ...]:
    """Return the names of all families in the order shown."""
    return tuple(_FAMILIES)


def family_title(name: str, w: Words) -> str:
    """Return what people call a family."""
    if name.startswith(_BY):
        return w("report_package.indicators_by", by=w(f"dimension.{name.removeprefix(_BY)}"))
    return w(f"report_package.{name}")


def family(store: ParquetStore, name: str, w: Words) -> Family:
    """Return a family; raises KeyError if there is none of this name.

    A package is made to be handed on, so it is made of released figures alone.

    Raises:
        ValueError: If the store's figures are confidential.
    """
    if store.release is not Release.RELEASED:
        raise ValueError("a data package is made of released figures")
    return _FAMILIES[name](store, name, w)


@once_per_snapshot
def package(store: ParquetStore, w: Words) -> Package:
    """Return the whole package."""
    return packed(store, tuple(family(store, name, w) for name in family_names()))


def packed(store: ParquetStore, families: tuple[Family, ...]) -> Package:
    """Return families with what the snapshot says of itself."""
    manifest = store.manifest
    return Package(manifest.snapshot_id, manifest.as_of, manifest.is_synthetic, families)


def contents(store: ParquetStore, w: Words) -> Exhibit:
    """Return one row a family: ``label, name, value`` (rows), ``origin``, ``licence``."""
    found = package(store, w).families
    frame = pd.DataFrame(
        {
            "name": [each.name for each in found],
            "label": [family_title(each.name, w) for each in found],
            "value": [float(each.rows) for each in found],
            "origin": [
                ", ".join(w.label("provenance", kind) for kind in each.provenances)
                for each in found
            ],
            "licence": [
                "; ".join(w(f"export.licence_{kind}") for kind in each.provenances)
                for each in found
            ],
        }
    )
    columns = (
        *readable(w, label="report_package.label", name="report_package.file"),
        Column("value", w("report_package.rows"), "number"),
        Column("origin", w("export.provenance")),
        Column("licence", w("export.licence"), internal=True),
    )
    numbers = {"tables": w.number(len(found)), "rows": w.number(frame["value"].sum())}
    return based_on(store, tuple(TABLES), w).exhibit(
        "package_contents",
        w("report_package.title", **numbers),
        w("report_package.sentence"),
        columns,
        frame,
        notes=_licences(found, w),
    )


def _licences(families: tuple[Family, ...], w: Words) -> tuple[str, ...]:
    """Return a line for each provenance that there is: under which licence its rows are."""
    kinds = dict.fromkeys(kind for each in families for kind in each.provenances)
    return tuple(f"{w.label('provenance', kind)}: {w(f'export.licence_{kind}')}" for kind in kinds)


Build = Callable[[ParquetStore, str, Words], Family]


def _indicators_by(by: Dimension, store: ParquetStore, name: str, w: Words) -> Family:
    """Return every indicator that there is by the dimension, over all months of the data."""
    months = data_period(store)
    parts = tuple(
        Part(
            indicator_values(store, chosen, by, NeedFilter(months), w),
            (("indicator", chosen), *_days(months, store)),
        )
        for chosen, entry in catalogue().items()
        if by in entry.dimensions and is_delivered(store, entry)
    )
    return Family(name, parts, ("indicator", "key"))


def _days(months: Period, store: ParquetStore) -> tuple[tuple[str, date], tuple[str, date]]:
    last = min(months.end - timedelta(days=1), store.manifest.as_of)
    return ("period_start", months.start), ("period_end", last)


@dataclass(frozen=True, slots=True)
class _Members:
    """A family of figures of the catalogue, as it is shown where nothing is chosen.

    Attributes:
        mark: Column that tells the members apart; none where there is one.
        figures: Id by what the mark says.
        key: As in ``Family``, without the mark.
        months: Whose figures count needs of some months, which are told beside them.
    """

    mark: str
    figures: Mapping[str, str]
    key: tuple[str, ...] = ()
    months: Callable[[ParquetStore], Period] | None = None

    def __call__(self, store: ParquetStore, name: str, w: Words) -> Family:
        days = _days(self.months(store), store) if self.months else ()
        parts = tuple(
            Part(figure_exhibit(store, figure, Asked(), w), (*self._mark(value), *days))
            for value, figure in self.figures.items()
        )
        mark = (self.mark,) if self.mark and self.key else ()
        return Family(name, parts, (*mark, *self.key))

    def _mark(self, value: str) -> tuple[tuple[str, str], ...]:
        return ((self.mark, value),) if self.mark else ()


def _one(figure: str, *key: str) -> _Members:
    return _Members("", {"": figure}, key)


def _by_module(family: str, *key: str) -> _Members:
    return _Members("module", {each.value: f"{family}_{each}" for each in Module}, key)


def _programme(store: ParquetStore) -> Period:
    return Asked().needs(store, PROGRAMME).period


_CURVES: Final = {by: f"referral_curve_by_{by}" for by in ("group", "offer_area")}
_FAMILIES: Final[Mapping[str, Build]] = {
    **{f"{_BY}{by}": partial(_indicators_by, by) for by in DIMENSIONS},
    "referral_curves": _Members("by", _CURVES, months=_programme),
    "kim_milestones_by_unit": _by_module("kim_state", "unit", "milestone"),
    "kim_progress": _by_module("kim_progress", "series", "month"),
    "kim_posts": _by_module("kim_posts", "series", "period"),
    "kim_funding": _one("kim_funding"),
    "data_comparability": _one("data_comparability"),
    INDICATORS: _one("indicator_catalogue", "id"),
    "sources": _one("data_sources", "id"),
}
