"""The columns of a delivery as texts and as typed values: what ``staged`` is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from analytics.domain.areas import AreaRegistry
from analytics.extracts.birth_years import with_birth_years
from analytics.extracts.columns import Empty
from analytics.extracts.contract import REFERRALS, Kind, Table
from analytics.extracts.data_cut import at_cut
from analytics.extracts.instructions import DateOrder, Instructions
from analytics.extracts.outcomes import without_stale_outcomes
from analytics.extracts.readers import Delivery
from analytics.extracts.reading import Note
from analytics.extracts.reading.areas import AreaNames, area_names, town_part
from analytics.extracts.reading.date_orders import ReadOrder, announced, orders
from analytics.extracts.values import Cells, by_day, by_text, date_column, renamed, tidy, typed

KEYS: Final = frozenset({"case_id", "referral_id", "handover_id", "theme_id", "application_id"})
"""The columns that hold keys of rows."""

_DISTRICT: Final = "district"
_MUNICIPALITY: Final = "municipality"
_UNIT: Final = "unit"
_AGE: Final = "age_group"
_SEEN: Final = "opened_on"


@dataclass(frozen=True, slots=True, eq=False)
class StagedColumns:
    """Texts and typed cells by column, and the order in which ambiguous dates were read."""

    texts: Mapping[str, pa.Array]
    cells: Mapping[str, Cells]
    date_orders: Mapping[str, ReadOrder]

    def said(self) -> Mapping[str, frozenset[str]]:
        """Return which notes there are in each column."""
        return {
            name: frozenset(
                note
                for notes in pc.unique(cells.notes).to_pylist()
                for note in (notes or "").split()
            )
            for name, cells in self.cells.items()
            if cells.notes is not None
        }

    def empty(self) -> frozenset[str]:
        """Return the columns in which no cell says anything, such as those not delivered."""
        return frozenset(
            name
            for name, cells in self.cells.items()
            if cells.values.null_count == self.texts[name].null_count == len(self.texts[name])
        )


def staged_columns(
    delivery: Delivery,
    registry: AreaRegistry,
    *,
    as_of: date,
    district: str | None,
    unit: str | None,
) -> StagedColumns:
    """Return the columns of a delivery's table, as they stood at the data cut.

    Args:
        delivery: What a reader returned.
        registry: Districts, municipalities and units.
        as_of: The data cut.
        district: The sender's district, for rows that name none.
        unit: The sender's key as it was given, for files without a column of units.
    """
    table, told = delivery.table, delivery.told
    texts = {column.name: _tidied(column.name, delivery) for column in table.columns}
    filled = None
    if district is not None and table.area == _DISTRICT:
        texts[_DISTRICT], filled = _with_district(texts[_DISTRICT], district)
    if unit is not None and _UNIT in texts and _UNIT not in delivery.headers:
        texts[_UNIT], _ = _with_district(texts[_UNIT], unit)
    dates, read = _dates(table, texts, as_of, told.date_order)
    cells = {**dates, **_areas(texts, registry, filled), **_others(table, texts, told)}
    if _AGE in cells:
        groups = with_birth_years(cells[_AGE].values, texts[_AGE], cells[_SEEN].values)
        cells[_AGE] = Cells(groups, cells[_AGE].notes)
    stood = at_cut(table, cells, as_of)
    if table.name == REFERRALS.name:
        stood = without_stale_outcomes(stood)
    return StagedColumns(texts, stood, read)


def _tidied(name: str, delivery: Delivery) -> pa.DictionaryArray:
    """Return a column's tidy text, NULL where it was not delivered."""
    if name not in delivery.cells.column_names:
        return tidy(pa.chunked_array([pa.nulls(delivery.cells.num_rows, pa.string())]))
    column = delivery.table.column(name)
    return tidy(
        delivery.cells.column(name),
        [code.value for code in column.codes or ()],
        is_key=name in KEYS,
        keeps_unknown=column.kind is Kind.DATE and column.empty is Empty.NOT_YET,
    )


def _with_district(
    texts: pa.DictionaryArray, district: str
) -> tuple[pa.DictionaryArray, pa.Array | None]:
    """Return texts with the sender's key where there is none, and notes where others have one."""
    is_missing = pc.is_null(texts)
    if not texts.null_count:
        return texts, None
    filled = pc.fill_null(texts.cast(pa.string()), district).dictionary_encode()
    if texts.null_count == len(texts):
        return filled, None
    return filled, pc.if_else(is_missing, pa.scalar(Note.DISTRICT_FILLED.value), None)


def _dates(
    table: Table, texts: Mapping[str, pa.DictionaryArray], as_of: date, told: DateOrder | None
) -> tuple[dict[str, Cells], Mapping[str, ReadOrder]]:
    days = {column.name: by_day(texts[column.name]) for column in table.of_kind(Kind.DATE)}
    columns = {
        column.name: date_column(column, days[column.name], as_of)
        for column in table.of_kind(Kind.DATE)
    }
    read = orders({name: column.parsed for name, column in columns.items()}, told)
    cells = {
        name: by_text(days[name], column.read(read), column.column.arrow)
        for name, column in columns.items()
    }
    return cells, announced(read)


def _others(
    table: Table, texts: Mapping[str, pa.DictionaryArray], told: Instructions
) -> dict[str, Cells]:
    areas = {_DISTRICT, _MUNICIPALITY, _UNIT}
    return {
        column.name: typed(column, texts[column.name], told)
        for column in table.columns
        if column.kind is not Kind.DATE and column.name not in areas
    }


def _areas(
    texts: Mapping[str, pa.DictionaryArray], registry: AreaRegistry, filled: pa.Array | None
) -> dict[str, Cells]:
    """Return keys of areas; that of a district may stand for it and its municipality."""
    names = area_names(registry)
    cells: dict[str, Cells] = {}
    if _UNIT in texts:
        cells[_UNIT] = Cells(renamed(texts[_UNIT], names.unit))
    if _DISTRICT in texts:
        districts = _stand_ins(registry)
        delivered = renamed(texts[_DISTRICT], names.district)
        own = renamed(delivered, lambda key: districts.get(key, key))
        cells[_DISTRICT] = Cells(own, filled)
        if _MUNICIPALITY in texts:
            implied = renamed(delivered, lambda key: key if key in districts else None)
            towns = _towns(texts[_MUNICIPALITY], own, names)
            cells[_MUNICIPALITY] = Cells(pc.coalesce(towns, implied.cast(pa.string())))
    return cells


def _towns(texts: pa.DictionaryArray, districts: pa.DictionaryArray, names: AreaNames) -> pa.Array:
    """Return keys of municipalities; three digits are those within the row's district."""
    keys = renamed(texts, names.municipality).cast(pa.string())
    part = renamed(texts, town_part).cast(pa.string())
    if part.null_count == len(part):
        return keys
    return pc.coalesce(pc.binary_join_element_wise(districts.cast(pa.string()), part, ""), keys)


def _stand_ins(registry: AreaRegistry) -> Mapping[str, str]:
    """Return the districts of keys that are delivered as a district's.

    An additional KIM unit delivers under its own key, and an independent city may do so under
    that of its only municipality.
    """
    towns = {unit.ags: unit.district for unit in registry.kim_units if unit.ags != unit.district}
    for area in registry.districts:
        inside = registry.municipalities_of(area.ags)
        if len(inside) == 1:
            towns[inside[0].ags] = area.ags
    return towns
