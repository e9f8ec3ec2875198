"""Where a figure's rows come from: delivered, synthetic, or some of each."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import cast

import pytest
from small_tables import AACHEN_REGION, AACHEN_TOWN, KOELN, MOERS, WESEL

from analytics.domain.filters import NeedFilter, only
from analytics.domain.periods import Period
from analytics.domain.release import Release
from analytics.domain.vocabulary import Provenance
from analytics.extracts.manifest import Delivery, Manifest, TableEntry
from analytics.i18n import LANGUAGES, Language, words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.origins import counted_districts, table_origin, together
from analytics.reports.basis.provenance import area_origins, source_line

DE = words("de")
PERIOD = Period.parse("2018-01", "2019-12")
OFFICIAL, DELIVERED, SYNTHETIC, MIXED = (
    Provenance.OFFICIAL,
    Provenance.DELIVERED,
    Provenance.SYNTHETIC,
    Provenance.MIXED,
)


def _entry(provenance: Provenance, *senders: str) -> TableEntry:
    delivery = Delivery(DELIVERED, "file.csv", datetime(2024, 1, 31, tzinfo=UTC), 10)
    source = "Amt" if provenance is OFFICIAL else ""
    return TableEntry(100, "", provenance, source, dict.fromkeys(senders, delivery))


def _manifest(**entries: TableEntry) -> Manifest:
    day = date(2023, 12, 31)
    return Manifest("2023-1", 1, datetime(2024, 1, 31, tzinfo=UTC), day, None, entries)


def _store(**entries: TableEntry) -> ParquetStore:
    return cast(
        ParquetStore, SimpleNamespace(manifest=_manifest(**entries), release=Release.CONFIDENTIAL)
    )


@pytest.mark.parametrize(
    ("entry", "districts", "origin"),
    [
        (_entry(SYNTHETIC), (), SYNTHETIC),
        (_entry(SYNTHETIC), (KOELN,), SYNTHETIC),
        (_entry(SYNTHETIC, KOELN), (), MIXED),
        (_entry(SYNTHETIC, KOELN), (KOELN,), DELIVERED),
        (_entry(SYNTHETIC, KOELN), (WESEL,), SYNTHETIC),
        (_entry(SYNTHETIC, KOELN), (KOELN, WESEL), MIXED),
        (_entry(SYNTHETIC, KOELN, WESEL), (KOELN, WESEL), DELIVERED),
        # A town that delivers for itself is only a part of its district.
        (_entry(SYNTHETIC, AACHEN_REGION), (AACHEN_REGION,), MIXED),
        (_entry(SYNTHETIC, AACHEN_TOWN), (AACHEN_REGION,), MIXED),
        (_entry(SYNTHETIC, AACHEN_REGION, AACHEN_TOWN), (AACHEN_REGION,), DELIVERED),
        (_entry(SYNTHETIC, MOERS), (WESEL,), MIXED),
        (_entry(DELIVERED, KOELN), (), DELIVERED),
        (_entry(OFFICIAL), (KOELN,), OFFICIAL),
    ],
)
def test_a_table_is_delivered_only_where_every_row_counted_is(
    entry: TableEntry, districts: tuple[str, ...], origin: Provenance
) -> None:
    assert table_origin(_manifest(cases=entry), "cases", districts) is origin


def test_districts_deliver_notes_and_population_as_a_whole() -> None:
    manifest = _manifest(
        comparability=_entry(SYNTHETIC, AACHEN_REGION), population=_entry(SYNTHETIC, AACHEN_REGION)
    )
    assert table_origin(manifest, "comparability", (AACHEN_REGION,)) is DELIVERED
    assert table_origin(manifest, "population", (AACHEN_REGION,)) is MIXED


def test_synthetic_referrals_have_left_with_the_cases() -> None:
    manifest = _manifest(cases=_entry(SYNTHETIC, KOELN), referrals=_entry(SYNTHETIC))
    assert table_origin(manifest, "referrals", (KOELN,)) is DELIVERED
    assert table_origin(manifest, "referrals", (WESEL,)) is SYNTHETIC


@pytest.mark.parametrize(
    ("origins", "whole"),
    [
        ((), SYNTHETIC),
        ((DELIVERED,), DELIVERED),
        ((DELIVERED, SYNTHETIC), MIXED),
        ((OFFICIAL, SYNTHETIC), SYNTHETIC),
        ((OFFICIAL, DELIVERED), DELIVERED),
        ((OFFICIAL, MIXED), MIXED),
    ],
)
def test_a_figure_is_as_good_as_all_its_tables(
    origins: tuple[Provenance, ...], whole: Provenance
) -> None:
    assert together(origins) is whole


def test_a_group_counts_its_districts_only() -> None:
    def districts(*groups: str, of: tuple[str, ...] = ()) -> tuple[str, ...]:
        return counted_districts(NeedFilter(PERIOD, only(group=groups, district=of)))

    assert districts() == ()
    assert districts(of=(WESEL,)) == (WESEL,)
    assert KOELN in districts("model")
    assert KOELN not in districts("comparison")
    # Wesel is split: Moers belongs to one group, the rest to the other, some to neither.
    assert all(WESEL in districts(group) for group in ("model", "comparison", "unassigned"))
    assert districts("model", of=(KOELN, "05111")) == (KOELN,)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mixed_line_names_who_delivered(language: Language) -> None:
    w = words(language)
    store = _store(cases=_entry(SYNTHETIC, KOELN), referrals=_entry(SYNTHETIC, KOELN))

    whole = source_line(store, ("referral_clock",), w)
    own = source_line(store, ("referral_clock",), w, districts=(KOELN,))
    other = source_line(store, ("referral_clock",), w, districts=(WESEL,))

    assert whole.provenance is MIXED
    assert w.label("provenance", MIXED) in whole.text
    assert "Köln" in whole.text
    assert (own.provenance, other.provenance) == (DELIVERED, SYNTHETIC)
    assert w.label("provenance", SYNTHETIC) not in own.text
    assert w.label("provenance", DELIVERED) not in other.text


def test_many_deliverers_are_counted() -> None:
    senders = ("05111", "05112", "05113", "05114")
    line = source_line(_store(cases=_entry(SYNTHETIC, *senders)), ("cases",), DE)
    assert "geliefert: 4 Gebiete" in line.text


def test_each_table_tells_its_own_origin() -> None:
    store = _store(cases=_entry(SYNTHETIC, KOELN), population=_entry(OFFICIAL))
    line = source_line(store, ("cases", "population"), DE, districts=(KOELN,))
    assert line.provenance is DELIVERED
    assert "Fälle: Gelieferte Daten; Bevölkerung: Amtliche Statistik (Amt)" in line.text


def test_each_area_tells_its_own_origin() -> None:
    store = _store(cases=_entry(SYNTHETIC, KOELN, WESEL))
    origins = area_origins(store, ("cases",), [KOELN, "05111", MOERS, "05170R"])
    assert origins == [DELIVERED, SYNTHETIC, DELIVERED, DELIVERED]
