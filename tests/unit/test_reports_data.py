"""What the data and methods report says equals what was put into the snapshot."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from analytics.domain.areas import registry
from analytics.domain.indicators import catalogue
from analytics.domain.vocabulary import Provenance
from analytics.extracts.contract import TABLES
from analytics.extracts.findings_table import FINDINGS_SCHEMA
from analytics.extracts.manifest import Delivery
from analytics.extracts.snapshots import SnapshotStore
from analytics.i18n import LANGUAGES, Language, words
from analytics.queries.store import ParquetStore
from analytics.reports.data import data_and_methods as report
from analytics.settings import PROJECT

DE = words("de")
AS_OF = date(2023, 12, 31)
KÖLN, BONN, ESSEN = "05315", "05314", "05113"
SMALL = ("05114", "05116")


def _case(district: str, number: int, **fields: object) -> dict[str, object]:
    opened = date(2022, 1, 3)
    case: dict[str, object] = {
        "case_id": f"c{number}",
        "district": district,
        "opened_on": opened,
        "provider": "integration_centre",
        "legal_regime": "sgb2",
        "recorded_on": opened + timedelta(days=number % 60),
    }
    return case | fields


def _referral(district: str, number: int) -> dict[str, object]:
    return {
        "referral_id": f"r{number}",
        "case_id": f"c{number}",
        "district": district,
        "offer_area": "language",
        "need_recorded_on": date(2022, 2, 1),
        "referred_on": date(2022, 3, 1),
        "outcome": "referred",
        "recorded_on": date(2022, 2, 11),
    }


def _cases() -> list[dict[str, object]]:
    cases = [_case(KÖLN, n, municipality="05315000") for n in range(60)]
    cases += [_case(BONN, n, legal_regime="unknown") for n in range(60)]
    cases += [_case(ESSEN, n) for n in range(3)]
    # Small districts, so that hiding a complement does not take one of the large ones.
    cases += [_case(district, n) for district in SMALL for n in range(9)]
    # Too young to judge how late entries are.
    return cases + [_case(KÖLN, 100 + n, opened_on=date(2023, 12, 1)) for n in range(20)]


def _finding(rule: str, severity: str, line: int | None, count: int = 1) -> dict[str, object]:
    return {
        "table": "cases",
        "district": KÖLN,
        "rule": rule,
        "severity": severity,
        "line": line,
        "field": "closed_on",
        "value": "secret",
        "count": count,
        "file": "faelle.csv",
        "delivered_at": datetime(2024, 1, 5, 12, tzinfo=UTC).replace(tzinfo=None),
    }


def _findings() -> list[dict[str, object]]:
    rows = [_finding(RULES[0], "row", line) for line in range(2, 8)]
    rows += [_finding(RULES[1], "warning", 2), _finding(RULES[1], "warning", 9)]
    return rows


RULES = ("duplicate_key", "sudden_volume")
BREAK = {
    "district": BONN,
    "table": "referrals",
    "column": "referred_on",
    "valid_from": date(2021, 7, 1),
    "kind": "software",
    "note": "Neue Fachsoftware",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ParquetStore]:
    root: Path = tmp_path_factory.mktemp("store")
    rows = {
        "cases": _cases(),
        "referrals": [_referral(KÖLN, n) for n in range(30)],
        "comparability": [BREAK],
    }
    tables = {name: pa.Table.from_pylist(r, TABLES[name].schema) for name, r in rows.items()}
    delivered_at = datetime(2024, 1, 5, 12, tzinfo=UTC)
    delivery = Delivery(
        Provenance.DELIVERED, "faelle.csv", delivered_at, 80, confirmed=("none_open:closed_on",)
    )
    SnapshotStore(root).publish(
        {**tables, "findings": pa.Table.from_pylist(_findings(), FINDINGS_SCHEMA)},
        as_of=AS_OF,
        provenance=Provenance.SYNTHETIC,
        source="test",
        deliveries={"cases": {KÖLN: delivery}},
    )
    folder = SnapshotStore(root).current()
    assert folder is not None
    with ParquetStore(folder) as opened:
        yield opened


def test_completeness_counts_unknown_as_missing_and_expects_only_what_applies(
    store: ParquetStore,
) -> None:
    frame = report.completeness(store, DE).table.frame.set_index("key")
    # Of 9 fields expected of every case (no reason of closure without closure) Köln fills
    # municipality in 60 of 80 rows, provider, legal regime and date of entry in all.
    assert frame.loc[f"{KÖLN}:cases", "value"] == pytest.approx((60 + 3 * 80) / (9 * 80))
    assert frame.loc[f"{BONN}:cases", "value"] == pytest.approx(2 / 9)
    assert frame.loc["05112:cases", "status"] == "no_data"
    assert len(frame) == 2 * len(registry().districts)


def test_a_district_with_three_cases_is_protected_everywhere(store: ParquetStore) -> None:
    for exhibit in report.data_quality(store, DE):
        row = exhibit.table.frame.set_index("key").loc[f"{ESSEN}:cases"]
        assert np.isnan(row["value"])
        assert np.isnan(row["n"])


def test_timeliness_ignores_what_is_too_young_to_judge(store: ParquetStore) -> None:
    exhibit = report.timeliness(store, DE)
    frame = exhibit.table.frame.set_index("key")
    assert frame.loc[f"{KÖLN}:cases", "value"] == 29.5
    assert frame.loc[f"{KÖLN}:referrals", "value"] == 10
    assert "Vermittlungen 10\u00a0Tage" in exhibit.title


def test_promptness_is_the_share_within_thirty_days(store: ParquetStore) -> None:
    frame = report.promptness(store, DE).table.frame.set_index("key")
    assert frame.loc[f"{KÖLN}:cases", "value"] == pytest.approx(31 / 60)


def test_plausibility_counts_each_row_once_and_only_where_delivered(store: ParquetStore) -> None:
    frame = report.plausibility(store, DE).table.frame.set_index("key")
    # 80 taken and 6 in quarantine; 7 lines with findings, one of them with two.
    assert frame.loc[f"{KÖLN}:cases", "value"] == pytest.approx(1 - 7 / 86)
    assert frame.loc[f"{BONN}:cases", "status"] == "no_data"


def test_fields_are_judged_for_the_state_or_one_district(store: ParquetStore) -> None:
    state = report.field_completeness(store, DE).table.frame.set_index("key")
    assert state.loc["cases.municipality", "value"] == pytest.approx(60 / 161)
    assert state.loc["cases.closure_reason", "status"] == "no_data"
    small = report.field_completeness(store, DE, ESSEN).table.frame.set_index("key")
    assert small["value"].isna().all()
    assert small.loc["cases.provider", "status"] == "suppressed"


def test_findings_are_counted_without_values_or_lines(store: ParquetStore) -> None:
    exhibit = report.latest_findings(store, DE)
    frame = exhibit.table.frame.set_index("key")
    assert frame.loc[f"cases.{RULES[0]}.closed_on", "value"] == 6
    assert frame.loc[f"cases.{RULES[1]}.closed_on", "status"] == "suppressed"
    assert not {"line", "file"} & set(frame.columns)
    assert "secret" not in frame.to_csv()
    assert "Quarantäne blieben: 6" in exhibit.title


def test_overview_and_deliveries_follow_the_manifest(store: ParquetStore) -> None:
    overview = report.snapshot_overview(store, DE)
    frame = overview.table.frame.set_index("key")
    assert frame.loc["cases", "value"] == 161
    assert store.manifest.tables["cases"].sha256.startswith(frame.loc["cases", "sha256"])
    assert "Demonstrationsdaten" in overview.title
    delivered = report.deliveries(store, DE).table.frame
    assert list(delivered["label"]) == ["Köln"]
    assert list(delivered["value"]) == [80]
    assert list(delivered["told"]) == ["bestätigte Fragen: 1"]


def test_breaks_name_district_field_and_kind(store: ParquetStore) -> None:
    exhibit = report.comparability_breaks(store, DE)
    row = exhibit.table.frame.iloc[0]
    assert (row["label"], row["field"], row["kind"]) == (
        "Bonn",
        "Vermittelt am",
        "Neues Fachverfahren",
    )
    assert exhibit.title.endswith(": 1")


def test_catalogue_shows_every_indicator_with_all_its_fields() -> None:
    frame = report.indicator_catalogue(DE).table.frame
    assert list(frame["id"]) == list(catalogue())
    assert frame.ne("").all(axis=None)


def test_sources_name_licence_and_existing_files() -> None:
    frame = report.sources(DE).table.frame
    assert {"GeoNutzV", "dl-de/by-2-0"} <= set(frame["licence"])
    assert "© GeoBasis-DE / BKG 2016 (Daten verändert)" in set(frame["attribution"])
    for path in {path for paths in frame["files"] for path in paths.split(", ")}:
        assert (PROJECT / path).is_file(), path


@pytest.mark.parametrize("language", LANGUAGES)
def test_notes_point_to_existing_documents(language: Language) -> None:
    for note in report.method_notes(words(language)):
        assert note.document is not None
        assert (PROJECT / note.document).is_file()
        assert note.text.endswith(".")
    assert len(report.accessibility_statement(words(language))) == 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_exhibit_is_complete_in_both_languages(
    store: ParquetStore, language: Language
) -> None:
    w = words(language)
    exhibits = [*report.data_quality(store, w), report.indicator_catalogue(w), report.sources(w)]
    exhibits.append(report.programme_sources(w))
    for make in (report.snapshot_overview, report.deliveries, report.comparability_breaks,
                 report.latest_findings, report.field_completeness):  # fmt: skip
        exhibits.append(make(store, w))
    for exhibit in exhibits:
        texts = (exhibit.title, exhibit.sentence, exhibit.alt, exhibit.source.text)
        assert all(text and "{" not in text for text in texts)


def test_an_empty_snapshot_has_no_data_and_no_errors(tmp_path: Path) -> None:
    snapshots = SnapshotStore(tmp_path)
    snapshots.publish({}, as_of=AS_OF, provenance=Provenance.SYNTHETIC, source="test")
    folder = snapshots.current()
    assert folder is not None
    with ParquetStore(folder) as empty:
        for exhibit in report.data_quality(empty, DE):
            assert set(exhibit.table.frame["status"]) == {"no_data"}
        assert report.latest_findings(empty, DE).table.frame.empty
        assert report.deliveries(empty, DE).table.frame.empty
        assert report.comparability_breaks(empty, DE).table.frame.empty
        assert report.field_completeness(empty, DE).table.frame.empty
        overview = report.snapshot_overview(empty, DE).table.frame.set_index("key")
    # Seven of the thirteen tables are always there; of the six others none is delivered.
    is_optional = [TABLES[name].is_optional for name in overview.index]
    assert overview["value"].eq(0).tolist() == [not each for each in is_optional]
    assert overview.loc[is_optional, "status"].eq("no_data").all()


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_data_description_names_every_column(language: Language) -> None:
    frame = report.data_description(words(language)).table.frame
    named = set(zip(frame["table"], frame["name"], strict=True))
    w = words(language)
    assert named == {(w(t.label), c.name) for t in TABLES.values() for c in t.columns}
