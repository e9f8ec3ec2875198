"""Both versions of the data contract in one store: what version 1 wrote is still valid."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from resealing import reseal
from small_tables import AACHEN_REGION, AACHEN_TOWN, AS_OF, KOELN, WESEL, case, referral, rows

from analytics.cli import main
from analytics.domain.vocabulary import Provenance
from analytics.extracts import soundness
from analytics.extracts.contract import (
    CONTRACT_VERSION,
    HANDOVERS,
    TABLES,
    TITLES,
    TableName,
    table,
)
from analytics.extracts.ingest import IngestReport, ingest
from analytics.extracts.instructions import NOTHING_TOLD, Instructions
from analytics.extracts.manifest import read_manifest
from analytics.extracts.readers import Source
from analytics.extracts.rules import Severity
from analytics.extracts.snapshots import SnapshotStore
from analytics.extracts.verification import OPTIONAL_TABLES
from analytics.i18n import LANGUAGES, words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.delivered import delivered, executed, recording
from analytics.reports.basis.opening import open_snapshot
from analytics.reports.data.snapshot_report import deliveries, snapshot_overview
from analytics.reports.districts.upload import OwnFile, tables_of, try_out

Take = Callable[..., IngestReport]
HANDED = "Übergabe-ID;Fall-ID;Kreis;Abgebende Stelle;Aufnehmende Stelle;Übergabe am;Rückmeldung am"
SIGNED = "Kreis;Erste Stelle;Zweite Stelle;Unterzeichnet am"
DE = words("de")


def handover(handover_id: str, case_id: str, district: str = KOELN) -> dict[str, object]:
    day = date(2020, 3, 1)
    return {"handover_id": handover_id, "case_id": case_id, "district": district, "agreed_on": day}


@pytest.fixture
def store(tmp_path: Path) -> SnapshotStore:
    store = SnapshotStore(tmp_path / "store")
    publish(store)
    return store


def publish(store: SnapshotStore, **further: pa.Table) -> None:
    """Publish synthetic cases and needs of three districts and a town apart, and further tables."""
    cases = [
        case("k1"),
        case("w1", WESEL),
        case("a1", AACHEN_REGION),
        case("t1", AACHEN_REGION, municipality=AACHEN_TOWN),
    ]
    needs = [referral("rk1", "k1"), referral("rw1", "w1", district=WESEL)]
    tables = {"cases": rows("cases", *cases), "referrals": rows("referrals", *needs), **further}
    store.publish(tables, as_of=AS_OF, provenance=Provenance.SYNTHETIC, source="synthetic")


@pytest.fixture
def first(store: SnapshotStore) -> Path:
    """Return the current snapshot as version 1 of the contract wrote it: it had the same files."""
    folder = store.current()
    assert folder is not None
    assert not {each.stem for each in folder.glob("*.parquet")} & set(OPTIONAL_TABLES)
    soundness._watches.clear()
    return reseal(folder, lambda content: content.update(contract_version=1))


@pytest.fixture
def take(store: SnapshotStore, tmp_path: Path) -> Take:
    def run(
        name: str, *lines: str, told: Instructions = NOTHING_TOLD, **further: object
    ) -> IngestReport:
        file = tmp_path / f"{name}.csv"
        file.write_text("\n".join([*lines, ""]), "utf-8")
        return ingest([file], table(name), store=store, told=told, **further)

    return run


def cases_of(*lines: str) -> tuple[str, ...]:
    return ("Fall-ID;Kreis;Gemeinde;Fallbeginn", *lines)


def column(store: SnapshotStore, name: str, field: str) -> list[object]:
    folder = store.current()
    assert folder is not None
    return pq.read_table(folder / f"{name}.parquet")[field].to_pylist()


def opened(store: SnapshotStore) -> ParquetStore:
    folder = store.current()
    assert folder is not None
    return open_snapshot(folder)


def test_the_contract_says_which_tables_may_be_left_out() -> None:
    # Thirteen: the seven of version 1, and six that nobody has to deliver.
    assert (CONTRACT_VERSION, len(TABLES)) == (2, 13)
    assert len(OPTIONAL_TABLES) == 6
    assert all(TABLES[name].is_optional for name in OPTIONAL_TABLES)
    assert "case_id" not in TITLES.column_names


def test_a_snapshot_of_version_1_opens_and_answers(store: SnapshotStore, first: Path) -> None:
    assert read_manifest(first).contract_version == 1
    assert store.verify(first.name) == ()
    with opened(store) as old:
        for name in OPTIONAL_TABLES:
            assert delivered(old, TableName(name)) == frozenset()
        overview = snapshot_overview(old, DE).table.frame.set_index("key")
        assert set(overview.index) == set(TABLES)
        assert (overview.loc[list(OPTIONAL_TABLES), "status"] == "no_data").all()
        assert "Titel" not in snapshot_overview(old, DE).source.text
        deliveries(old, DE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_takes_a_snapshot_of_version_1(
    store: SnapshotStore, first: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (["snapshots", "list"], ["snapshots", "verify"], ["doctor"]):
        assert main([*command, "--store", str(store.root), "--lang", language]) == 0
    assert first.name in capsys.readouterr().out


def test_a_snapshot_of_version_1_is_put_in_force_again(store: SnapshotStore, first: Path) -> None:
    publish(store)
    assert store.current() != first
    store.activate(first.name)
    assert store.current() == first
    assert store.rebuild(first.name).contract_version == 2


def test_a_delivery_of_version_1_into_a_snapshot_of_version_1(
    store: SnapshotStore, first: Path, take: Take
) -> None:
    report = take("cases", *cases_of(f"n1;{KOELN};;01.03.2020"))
    assert report.manifest is not None
    assert (report.manifest.parent, report.manifest.contract_version) == (first.name, 2)
    assert not set(report.manifest.tables) & set(OPTIONAL_TABLES)
    assert store.verify(report.manifest.snapshot_id) == ()
    assert (report.orphans, report.other_orphans) == (0, {})


def test_a_delivery_of_version_2_into_a_snapshot_of_version_1(
    store: SnapshotStore, first: Path, take: Take
) -> None:
    report = take("handovers", HANDED, f"h1;k1;{KOELN};KI;Jobcenter;01.03.2020;15.03.2020")
    assert report.manifest is not None
    entry = report.manifest.tables["handovers"]
    assert (entry.provenance, entry.rows) == (Provenance.DELIVERED, 1)
    assert store.verify(report.manifest.snapshot_id) == ()
    with opened(store) as mixed:
        assert delivered(mixed, TableName.HANDOVERS) == {KOELN}
        assert delivered(mixed, TableName.TITLES) == frozenset()
        assert "handovers" in executed(mixed).sql
        frame = snapshot_overview(mixed, DE).table.frame.set_index("key")
        # One row is one person: its number is protected as that of cases is.
        assert frame.loc["handovers", "status"] == "suppressed"
        told = deliveries(mixed, DE).table.frame
        assert told["table"].tolist() == ["handovers"]
        assert told["value"].isna().all()


def test_deliveries_of_both_versions_beside_each_other(store: SnapshotStore, take: Take) -> None:
    take("handovers", HANDED, f"h1;k1;{KOELN};KI;Jobcenter;01.03.2020;15.03.2020")
    take("agreements", SIGNED, f"{KOELN};KI;Jobcenter;01.02.2020", f"{WESEL};KI;ABH;01.02.2020")
    take("titles", "Antrags-ID;Kreis;Antragsart;Antrag vom", f"A;{WESEL};Einbürgerung;1.2.2020")
    report = take("cases", *cases_of(f"w9;{WESEL};;01.03.2020"))

    assert report.manifest is not None
    assert set(report.manifest.tables) & set(OPTIONAL_TABLES) == {
        "handovers",
        "agreements",
        "titles",
    }
    with opened(store) as mixed:
        assert delivered(mixed, TableName.HANDOVERS) == {KOELN}
        assert delivered(mixed, TableName.AGREEMENTS) == {KOELN, WESEL}
        assert delivered(mixed, TableName.TITLES) == {WESEL}
        with pytest.raises(ValueError, match="not optional"):
            delivered(mixed, TableName.CASES)


def test_a_delivery_replaces_the_handovers_of_its_district(
    store: SnapshotStore, take: Take
) -> None:
    line = f"h1;k1;{KOELN};KI;Jobcenter;01.03.2020;15.03.2020"
    take("handovers", HANDED, line, f"h2;w1;{WESEL};KI;ABH;01.03.2020;")
    take("handovers", HANDED, line.replace("h1", "h9"))
    assert sorted(map(str, column(store, "handovers", "handover_id"))) == ["h2", "h9"]


def test_a_town_that_delivers_for_itself_has_its_own_handovers(
    store: SnapshotStore, take: Take
) -> None:
    lines = (f"{h};{c};{AACHEN_REGION};KI;ABH;01.03.2020;" for h, c in (("h1", "a1"), ("h2", "t1")))
    manifest = take("handovers", HANDED, *lines).manifest
    assert manifest is not None
    assert set(manifest.tables["handovers"].deliveries) == {AACHEN_REGION, AACHEN_TOWN}


def test_what_is_not_recorded_is_known_of_each_district(store: SnapshotStore, take: Take) -> None:
    without = HANDED.removesuffix(";Rückmeldung am")
    take("handovers", HANDED, f"h2;w1;{WESEL};KI;ABH;01.03.2020;")
    take("handovers", without, f"h1;k1;{KOELN};KI;Jobcenter;01.03.2020")
    with opened(store) as found:
        assert delivered(found, TableName.HANDOVERS) == {KOELN, WESEL}
        assert recording(found, TableName.HANDOVERS, "agreed_on") == {KOELN, WESEL}
        assert recording(found, TableName.HANDOVERS, "answered_on") == {WESEL}
        assert recording(found, TableName.TITLES, "decided_on") == frozenset()


def test_invented_handovers_leave_with_the_invented_cases(store: SnapshotStore, take: Take) -> None:
    publish(store, handovers=rows("handovers", handover("h1", "k1"), handover("h2", "w1", WESEL)))
    report = take("cases", *cases_of(f"n1;{KOELN};;01.03.2020"))
    assert report.demonstration == 2  # a referral and a handover
    assert column(store, "handovers", "handover_id") == ["h2"]
    assert report.manifest is not None
    assert report.manifest.tables["handovers"].provenance is Provenance.SYNTHETIC

    report = take("cases", *cases_of(f"n2;{WESEL};;01.03.2020"))
    assert report.manifest is not None
    # Nobody's handovers are left, which is the same as if there had never been any.
    assert "handovers" not in report.manifest.tables


def test_handovers_that_have_lost_their_case_are_named(
    store: SnapshotStore, take: Take, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    take("cases", *cases_of(f"n1;{KOELN};;01.03.2020"))
    take("handovers", HANDED, f"h1;n1;{KOELN};KI;Jobcenter;01.03.2020;")
    file = tmp_path / "cases.csv"
    file.write_text("\n".join(cases_of(f"n9;{KOELN};;01.03.2020", "")), "utf-8")
    capsys.readouterr()
    main(["ingest", str(file), "--table", "cases", "--store", str(store.root), "--lang", "de"])
    said = "".join(capsys.readouterr())
    label = DE(HANDOVERS.label)
    assert DE("cli_ingest.other_orphans", table=label, name="handovers", count="1") in said
    assert column(store, "handovers", "handover_id") == ["h1"]


def test_a_handover_without_a_case_is_set_aside(store: SnapshotStore, take: Take) -> None:
    report = take("handovers", HANDED, f"h1;nobody;{KOELN};KI;Jobcenter;01.03.2020;")
    assert {f.rule for f in report.findings if f.severity is Severity.ROW} == {"missing_case"}
    assert report.manifest is None


@pytest.mark.parametrize("version", [1, 2])
def test_own_files_are_tried_out_on_either_version(
    store: SnapshotStore, first: Path, version: int
) -> None:
    if version == 2:
        publish(
            store, handovers=rows("handovers", handover("h0", "k1"), handover("h", "w1", WESEL))
        )
    files = {
        "cases": cases_of(f"n1;{KOELN};;01.03.2020"),
        "handovers": (HANDED, f"h1;n1;{KOELN};KI;Jobcenter;01.03.2020;"),
        "agreements": (SIGNED, f"{KOELN};KI;Jobcenter;01.02.2020"),
    }
    sent = [Source(f"{name}.csv", content="\n".join(f).encode()) for name, f in files.items()]
    assert [tables_of(each) for each in sent] == [(name,) for name in files]
    own = [OwnFile(each, table(name)) for each, name in zip(sent, files, strict=True)]
    folder = store.current()
    assert folder is not None

    upload = try_out(folder, own, KOELN)

    assert upload.store is not None, [str(f) for each in upload.checks for f in each.findings]
    with upload.store as tried:
        assert delivered(tried, TableName.AGREEMENTS) == {KOELN}
        others = {WESEL} if version == 2 else set()
        assert delivered(tried, TableName.HANDOVERS) == {KOELN, *others}
        assert tried.manifest.tables["handovers"].rows == 1 + len(others)
    assert ("handovers" in read_manifest(folder).tables) == (version == 2)


def test_invented_handovers_leave_when_cases_are_tried_out(store: SnapshotStore) -> None:
    publish(store, handovers=rows("handovers", handover("h0", "k1"), handover("h", "w1", WESEL)))
    folder = store.current()
    assert folder is not None
    content = "\n".join(cases_of(f"n1;{KOELN};;01.03.2020")).encode()
    upload = try_out(folder, [OwnFile(Source("a.csv", content=content), table("cases"))], KOELN)
    assert upload.store is not None
    with upload.store as tried:
        assert delivered(tried, TableName.HANDOVERS) == {WESEL}
        assert not tried.manifest.tables["handovers"].deliveries


def test_damage_to_an_optional_table_is_noticed(store: SnapshotStore, take: Take) -> None:
    take("agreements", SIGNED, f"{KOELN};KI;Jobcenter;01.02.2020")
    folder = store.current()
    assert folder is not None
    (folder / "agreements.parquet").unlink()
    assert [each.kind for each in store.verify(folder.name)] == ["file_unreadable"]


def test_a_file_that_the_manifest_does_not_name_is_not_read(store: SnapshotStore) -> None:
    folder = store.current()
    assert folder is not None
    pq.write_table(rows("handovers", handover("h1", "k1")), folder / "handovers.parquet")
    soundness._watches.clear()
    with opened(store) as found:
        assert delivered(found, TableName.HANDOVERS) == frozenset()
