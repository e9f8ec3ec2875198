"""Taking deliveries: what is replaced, what is kept, what is remembered."""

import errno
import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from small_tables import (
    AACHEN_REGION,
    AACHEN_TOWN,
    AS_OF,
    KOELN,
    WESEL,
    case,
    referral,
    rows,
)

from analytics.cli import main
from analytics.domain.vocabulary import Provenance
from analytics.extracts.contract import TABLES
from analytics.extracts.ingest import PHASES, IngestReport, ingest
from analytics.extracts.manifest import read_manifest
from analytics.extracts.snapshot_errors import SnapshotError
from analytics.extracts.snapshots import SnapshotStore
from analytics.i18n import Language, words

OFFICIAL = Path(__file__).parents[1] / "fixtures" / "official"

Take = Callable[..., IngestReport]


@pytest.fixture
def store(tmp_path: Path) -> SnapshotStore:
    return SnapshotStore(tmp_path / "store")


@pytest.fixture
def demo(store: SnapshotStore) -> SnapshotStore:
    """A store with synthetic cases and referrals of two districts and a town apart."""
    cases = [
        case("k1"),
        case("k2"),
        case("w1", WESEL),
        case("a1", AACHEN_REGION),
        case("t1", AACHEN_REGION, municipality=AACHEN_TOWN),
    ]
    referrals = [
        referral("rk1", "k1"),
        referral("rw1", "w1", district=WESEL),
        referral("ra1", "a1", district=AACHEN_REGION),
        referral("rt1", "t1", district=AACHEN_REGION),
    ]
    store.publish(
        {"cases": rows("cases", *cases), "referrals": rows("referrals", *referrals)},
        as_of=AS_OF,
        provenance=Provenance.SYNTHETIC,
        source="synthetic",
    )
    return store


@pytest.fixture
def take(store: SnapshotStore, tmp_path: Path) -> Take:
    """Write CSV files from lines and ingest them."""

    def run(table: str, *texts: str, **options: object) -> IngestReport:
        files = []
        for number, text in enumerate(texts):
            file = tmp_path / f"{table}-{number}.csv"
            file.write_text(text, "utf-8")
            files.append(file)
        return ingest(files, TABLES[table], store=store, **options)

    return run


def cases_csv(*lines: str) -> str:
    return "\n".join(["case_id;district;municipality;opened_on", *lines, ""])


def referrals_csv(*lines: str) -> str:
    head = "referral_id;case_id;district;offer_area;need_recorded_on;outcome;referred_on"
    return "\n".join([head, *(f"{line};" for line in lines), ""])


def column(store: SnapshotStore, table: str, name: str) -> list[object]:
    folder = store.current()
    assert folder is not None
    return pq.read_table(folder / f"{table}.parquet")[name].to_pylist()


def test_a_delivery_replaces_the_rows_of_its_district(demo: SnapshotStore, take: Take) -> None:
    report = take("cases", cases_csv(f"n1;{KOELN};;2020-03-01", f"n2;{KOELN};;01.04.2020"))
    assert report.manifest is not None
    assert (report.rows, report.rows_taken, report.replaced) == (2, 2, 2)
    assert column(demo, "cases", "case_id") == [WESEL_CASE, "n1", "n2", "a1", "t1"]
    assert report.manifest.parent is not None
    assert demo.verify(report.manifest.snapshot_id) == ()


WESEL_CASE = "w1"


def test_provenance_stays_synthetic_until_the_last_synthetic_row_is_gone(
    demo: SnapshotStore, take: Take
) -> None:
    first = take("cases", cases_csv(f"n1;{KOELN};;2020-03-01")).manifest
    assert first is not None
    entry = first.tables["cases"]
    assert entry.provenance is Provenance.SYNTHETIC
    assert set(entry.deliveries) == {KOELN}
    assert entry.deliveries[KOELN].provenance is Provenance.DELIVERED
    assert (entry.deliveries[KOELN].rows, entry.deliveries[KOELN].file) == (1, "cases-0.csv")

    rest = cases_csv(
        f"n2;{WESEL};;2020-03-01",
        f"n3;{AACHEN_REGION};;2020-03-01",
        f"n4;{AACHEN_REGION};{AACHEN_TOWN};2020-03-01",
    )
    last = take("cases", rest).manifest
    assert last is not None
    entry = last.tables["cases"]
    assert entry.provenance is Provenance.DELIVERED
    assert set(entry.deliveries) == {KOELN, WESEL, AACHEN_REGION, AACHEN_TOWN}
    assert entry.source == ""


def test_synthetic_referrals_leave_with_the_synthetic_cases(
    demo: SnapshotStore, take: Take
) -> None:
    report = take("cases", cases_csv(f"n1;{KOELN};;2020-03-01"))
    assert (report.demonstration, report.orphans) == (1, 0)
    assert column(demo, "referrals", "referral_id") == ["rw1", "ra1", "rt1"]
    report = take("referrals", referrals_csv(f"r1;n1;{KOELN};language;2020-03-02;open"))
    assert report.rows_taken == 1
    # The next delivery of cases leaves real referrals alone, and says which lost their case.
    report = take("cases", cases_csv(f"n9;{KOELN};;2020-03-01"))
    assert (report.demonstration, report.orphans) == (0, 1)
    assert "r1" in column(demo, "referrals", "referral_id")


@pytest.mark.parametrize(
    ("line", "gone", "stays"),
    [
        (f"n1;{AACHEN_REGION};;2020-03-01", "a1", "t1"),
        (f"n1;{AACHEN_REGION};{AACHEN_TOWN};2020-03-01", "t1", "a1"),
        (f"n1;{AACHEN_TOWN};;2020-03-01", "t1", "a1"),
    ],
)
def test_a_town_apart_and_its_district_leave_each_other_alone(
    demo: SnapshotStore, take: Take, line: str, gone: str, stays: str
) -> None:
    take("cases", cases_csv(line))
    found = column(demo, "cases", "case_id")
    assert gone not in found
    assert {stays, "n1"} <= set(found)
    assert f"r{stays}" in column(demo, "referrals", "referral_id")
    assert f"r{gone}" not in column(demo, "referrals", "referral_id")


def test_rows_with_mistakes_go_to_quarantine(demo: SnapshotStore, take: Take) -> None:
    report = take(
        "cases", cases_csv(f"n1;{KOELN};;2020-03-01", f"n2;{KOELN};;2020-02-30"), district=KOELN
    )
    assert (report.rows, report.rows_taken) == (2, 1)
    assert report.quarantine is not None
    assert report.quarantine.parent == demo.root / "quarantine"
    assert report.quarantine.name.startswith(f"cases-{KOELN}-")
    assert stat.S_IMODE(report.quarantine.stat().st_mode) == 0o600
    assert stat.S_IMODE(report.quarantine.parent.stat().st_mode) == 0o700
    (kept,) = pq.read_table(report.quarantine).to_pylist()
    assert (kept["line"], kept["case_id"], kept["file"]) == (3, "n2", "cases-0.csv")


def test_a_case_with_an_unknown_residence_status_keeps_its_referrals(
    demo: SnapshotStore, take: Take
) -> None:
    head = "case_id;district;opened_on;residence_status"
    report = take("cases", f"{head}\nn1;{KOELN};2020-03-01;§ 99\nn2;{KOELN};2020-03-01;Duldung\n")
    assert (report.rows_taken, report.fields_emptied, report.quarantine) == (2, 1, None)
    status = dict(
        zip(
            column(demo, "cases", "case_id"), column(demo, "cases", "residence_status"), strict=True
        )
    )
    assert (status["n1"], status["n2"]) == (None, "tolerated")
    assert ("unknown_code", "warning", "§ 99") in zip(
        *(column(demo, "findings", name) for name in ("rule", "severity", "value")), strict=True
    )

    report = take("referrals", referrals_csv(f"r1;n1;{KOELN};language;2020-03-02;open"))

    assert report.rows_taken == 1
    assert "r1" in column(demo, "referrals", "referral_id")


def test_a_need_with_an_unreadable_date_never_becomes_an_open_need(
    demo: SnapshotStore, take: Take
) -> None:
    head = "referral_id;case_id;district;offer_area;need_recorded_on;referred_on"
    rest = f"k1;{KOELN};language;2020-03-02"
    report = take("referrals", f"{head}\nr1;{rest};30.02.2020\nr2;{rest};02.04.2020\n")
    assert report.rows_taken == 1
    assert "r1" not in column(demo, "referrals", "referral_id")


def test_findings_of_the_last_delivery_are_kept_per_table_and_district(
    demo: SnapshotStore, take: Take
) -> None:
    bad = cases_csv(f"n1;{KOELN};;2020-03-01", f"n2;{KOELN};;2020-02-30")
    take("cases", bad)
    take("cases", cases_csv(f"n3;{WESEL};;2020-03-01", f"n4;{WESEL};;2020-02-30"))
    assert sorted(set(column(demo, "findings", "district"))) == [WESEL, KOELN]
    take("cases", cases_csv(f"n1;{KOELN};;2020-03-01"))
    found = list(
        zip(column(demo, "findings", "district"), column(demo, "findings", "severity"), strict=True)
    )
    assert (WESEL, "row") in found
    assert (KOELN, "row") not in found


@pytest.mark.parametrize(
    "text",
    [
        "nothing;of;this\n1;2;3\n",
        cases_csv(f"n1;{KOELN};;2020-02-30"),
    ],
)
def test_nothing_usable_changes_nothing(demo: SnapshotStore, take: Take, text: str) -> None:
    before = demo.current()
    report = take("cases", text)
    assert report.manifest is None
    assert report.rows_taken == 0
    assert report.findings
    assert demo.current() == before
    assert demo.leftovers() == ()


def test_one_unusable_file_stops_all(demo: SnapshotStore, take: Take) -> None:
    before = demo.current()
    report = take("cases", cases_csv(f"n1;{KOELN};;2020-03-01"), "a;b\n1;2\n")
    assert report.manifest is None
    assert demo.current() == before
    report = take("cases", cases_csv(f"n1;{KOELN};;2020-03-01"), "")
    assert report.manifest is None
    assert [result.is_usable for result in report.checks] == [True, False]
    assert report.findings[-1].file == "cases-1.csv"
    assert demo.current() == before


def test_several_files_are_one_delivery(demo: SnapshotStore, take: Take) -> None:
    take("cases", cases_csv(f"n1;{KOELN};;2020-03-01"), cases_csv(f"n2;{KOELN};;2020-03-01"))
    assert {"n1", "n2"} <= set(column(demo, "cases", "case_id"))


def test_keys_must_not_clash(demo: SnapshotStore, take: Take) -> None:
    before = demo.current()
    line = f"n1;{KOELN};;2020-03-01"
    with pytest.raises(SnapshotError, match=r"snapshot\.key_twice"):
        take("cases", cases_csv(line), cases_csv(line))
    with pytest.raises(SnapshotError, match=r"snapshot\.key_taken"):
        take("cases", cases_csv(f"t1;{AACHEN_REGION};;2020-03-01"))
    assert demo.current() == before


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "de",
            "In der Tabelle Fälle (cases) stehen Kennungen in mehreren Dateien (Zeilen: 1), "
            "zum Beispiel „05315 | n2“ in „cases-0.csv“ und „cases-2.csv“.",
        ),
        (
            "en",
            "In table Cases (cases) identifiers occur in several files (rows: 1), "
            "such as “05315 | n2” in “cases-0.csv” and “cases-2.csv”.",
        ),
    ],
)
def test_a_key_in_two_files_is_named_with_both(
    demo: SnapshotStore, take: Take, language: Language, said: str
) -> None:
    numbers = (("1", "2"), ("3",), ("2", "4"))
    files = [cases_csv(*(f"n{n};{KOELN};;2020-03-01" for n in each)) for each in numbers]

    with pytest.raises(SnapshotError) as caught:
        take("cases", *files)

    assert caught.value.problems[0].text(words(language)).startswith(said)


@pytest.mark.parametrize("language", ["de", "en"])
def test_findings_of_several_files_stand_below_the_name_of_theirs(
    demo: SnapshotStore, tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    files = [tmp_path / "first.csv", tmp_path / "second.csv", tmp_path / "third.csv"]
    rows_of_one_day = [f"n{n};{KOELN};;2020-03-01" for n in range(30)]
    for file, text in zip(
        files,
        [cases_csv(*rows_of_one_day), "case_id;district\nm1;05315\n", cases_csv("o1;05111;;x")],
        strict=True,
    ):
        file.write_text(text, "utf-8")

    given = [*map(str, files), "--table", "cases", "--store", str(demo.root), "--lang", language]
    assert main(["ingest", *given]) == 2

    w = words(language)
    lines = capsys.readouterr().out.splitlines()
    heads = [w("cli_ingest.in_file", file=file.name) for file in files]
    heads.append(w("cli_ingest.in_delivery"))
    missing = w("rule.missing_column", field=w("column.label.opened_on"), value="opened_on")
    places = {head: place for place, head in enumerate(lines) if head in heads}
    assert list(places) == heads
    assert places[heads[1]] < lines.index(f"    {missing}") < places[heads[2]]
    asked = [place for place, line in enumerate(lines) if "--confirm same_day:opened_on" in line]
    assert asked and min(asked) > places[heads[3]]


def test_the_data_cut_is_that_of_the_snapshot_unless_stated(
    demo: SnapshotStore, take: Take
) -> None:
    text = cases_csv(f"n1;{KOELN};;2020-03-01", f"n2;{KOELN};;2024-01-05")
    first = take("cases", text)
    assert first.manifest is not None
    assert (first.manifest.as_of, first.rows_taken) == (AS_OF, 1)
    later = take("cases", text, as_of=date(2024, 1, 31))
    assert later.manifest is not None
    assert (later.manifest.as_of, later.rows_taken) == (date(2024, 1, 31), 2)
    with pytest.raises(SnapshotError, match="not_derivable"):
        take("cases", cases_csv(f"w2;{WESEL};;2020-03-01"), as_of=AS_OF)
    assert list((demo.root / "quarantine").glob(f"*{WESEL}*")) == []


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError(errno.ENOSPC, "x")])
@pytest.mark.parametrize(("step", "is_taken"), [("build", False), ("_LOG.info", True)])
def test_rows_kept_back_stay_only_if_the_delivery_is_in_force(
    demo: SnapshotStore,
    take: Take,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    step: str,
    is_taken: bool,
) -> None:
    before = demo.current()

    def stop(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(f"analytics.extracts.snapshots.{step}", stop)
    with pytest.raises((KeyboardInterrupt, SnapshotError)):
        take("cases", cases_csv(f"n1;{KOELN};;2020-03-01", f"n2;{KOELN};;2020-02-30"))
    assert (demo.current() != before) == is_taken
    assert len(list((demo.root / "quarantine").iterdir())) == is_taken
    assert demo.leftovers() == ()


def test_a_new_store_starts_with_the_official_population(store: SnapshotStore, take: Take) -> None:
    report = take("cases", cases_csv(f"n1;{KOELN};;2020-03-01"), as_of=AS_OF)
    manifest = report.manifest
    assert manifest is not None
    assert manifest.parent is None
    assert not manifest.is_synthetic
    assert manifest.tables["cases"].provenance is Provenance.DELIVERED
    assert manifest.tables["population"].provenance is Provenance.OFFICIAL
    assert manifest.tables["population"].rows > 0
    assert len(store.list()) == 1


def test_official_statistics_are_merged_one_after_the_other(store: SnapshotStore) -> None:
    files = [OFFICIAL / "AI002-1.csv", OFFICIAL / "12411-05-01-4.csv"]
    report = ingest(files, TABLES["population"], store=store, as_of=date(2026, 1, 1))
    manifest = report.manifest
    assert manifest is not None
    entry = manifest.tables["population"]
    assert entry.provenance is Provenance.OFFICIAL
    assert KOELN in entry.deliveries
    assert "Statistische Ämter" in entry.source


def test_population_rows_are_replaced_by_district_date_and_series(
    store: SnapshotStore, take: Take
) -> None:
    head = "district;reference_date;population;series\n"
    row = f"{KOELN};31.12.2019;1.087.863;azr\n"
    take("population", head + row, as_of=AS_OF)
    count = len(column(store, "population", "district"))
    second = take("population", head + f"{KOELN};31.12.2019;1.000.000;azr\n")
    assert len(column(store, "population", "district")) == count
    assert (second.replaced, second.rows_taken) == (1, 1)
    assert second.manifest is not None
    assert second.manifest.tables["population"].provenance is Provenance.DELIVERED


def test_units_deliver_their_roll_out(store: SnapshotStore, take: Take) -> None:
    head = "unit;module;milestone;planned_on;reached_on\n"
    report = take("rollout", f"{head}{AACHEN_TOWN};coordination;started;;2021-03-01\n", as_of=AS_OF)
    assert report.rows_taken == 1
    report = take("rollout", f"{head}{AACHEN_REGION};coordination;started;;2021-04-01\n")
    assert set(column(store, "rollout", "unit")) == {AACHEN_TOWN, AACHEN_REGION}


def test_progress_names_the_phases(demo: SnapshotStore, take: Take) -> None:
    told: list[str] = []
    take("cases", cases_csv(f"n1;{KOELN};;2020-03-01"), progress=told.append)
    assert told == list(PHASES)


def test_an_unknown_sender_is_refused(demo: SnapshotStore, take: Take) -> None:
    report = take("cases", cases_csv(f"n1;{KOELN};;2020-03-01"), district="99999")
    assert report.manifest is None
    assert not report.checks[0].is_usable


def test_the_manifest_on_disk_is_the_one_returned(demo: SnapshotStore, take: Take) -> None:
    manifest = take("cases", cases_csv(f"n1;{KOELN};;2020-03-01")).manifest
    folder = demo.current()
    assert folder is not None
    assert read_manifest(folder) == manifest
