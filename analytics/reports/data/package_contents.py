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
from analytics.domain.vocabulary import Module, Provenance
from analytics.extracts.contract import TABLES
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.making import Column, Exhibit, based_on, readable
from analytics.reports.basis.memo import once_per_snapshot
from analytics.reports.basis.span import PROGRAMME, data_period
from analytics.reports.data import data_and_methods
from analytics.reports.data.package_groups import values_by
from analytics.reports.kim import rollout as kim_rollout
from analytics.reports.referrals import referral_times

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
    """Return a family; raises KeyError if there is none of this name."""
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
            values_by(store, chosen, by, NeedFilter(months), w),
            (("indicator", chosen), *_days(months, store)),
        )
        for chosen, entry in catalogue().items()
        if by in entry.dimensions
    )
    return Family(name, parts, ("indicator", "key"))


def _days(months: Period, store: ParquetStore) -> tuple[tuple[str, date], tuple[str, date]]:
    last = min(months.end - timedelta(days=1), store.manifest.as_of)
    return ("period_start", months.start), ("period_end", last)


def _curves(store: ParquetStore, name: str, w: Words) -> Family:
    months = PROGRAMME.within(data_period(store)) or data_period(store)
    reports = {"group": referral_times.by_group, "offer_area": referral_times.by_offer_area}
    parts = tuple(
        Part(report(store, NeedFilter(months), w), (("by", by), *_days(months, store)))
        for by, report in reports.items()
    )
    return Family(name, parts)


def _by_module(
    report: Callable[[ParquetStore, Module, Words], Exhibit],
    key: tuple[str, ...],
    store: ParquetStore,
    name: str,
    w: Words,
) -> Family:
    parts = tuple(Part(report(store, each, w), (("module", each.value),)) for each in Module)
    return Family(name, parts, ("module", *key))


def _one(report: Callable[[ParquetStore, Words], Exhibit], *key: str) -> Build:
    return lambda store, name, w: Family(name, (Part(report(store, w)),), key)


def _quality(store: ParquetStore, name: str, w: Words) -> Family:
    reports = {
        "completeness": data_and_methods.completeness,
        "plausibility": data_and_methods.plausibility,
        "timeliness": data_and_methods.timeliness,
    }
    parts = tuple(
        Part(report(store, w), (("measure", measure),)) for measure, report in reports.items()
    )
    return Family(name, parts, ("measure", "key"))


_FAMILIES: Final[Mapping[str, Build]] = {
    **{f"{_BY}{by}": partial(_indicators_by, by) for by in DIMENSIONS},
    "referral_curves": _curves,
    "kim_milestones_by_unit": partial(_by_module, kim_rollout.rollout_state, ("unit", "milestone")),
    "kim_progress": partial(_by_module, kim_rollout.progress, ("series", "month")),
    "kim_posts": partial(_by_module, kim_rollout.posts, ("series", "period")),
    "kim_funding": _one(kim_rollout.funding),
    "data_quality": _quality,
    "data_fields": _one(data_and_methods.field_completeness, "key"),
    "data_comparability": _one(data_and_methods.comparability_breaks),
    INDICATORS: _one(lambda _store, w: data_and_methods.indicator_catalogue(w), "id"),
    "sources": _one(lambda _store, w: data_and_methods.sources(w), "id"),
}
