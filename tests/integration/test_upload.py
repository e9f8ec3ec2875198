"""A district's own files tried out: what publishing would show, for one session, off the disk."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from broken_inputs import UNUSABLE
from own_files import csv_of, current, own_file, rows_of
from small_tables import AACHEN_REGION, AACHEN_TOWN

from analytics.domain.filters import NeedFilter
from analytics.domain.release import Release
from analytics.domain.vocabulary import Provenance
from analytics.extracts.contract import CASES, REFERRALS
from analytics.extracts.ingest import ingest
from analytics.extracts.instructions import Instructions
from analytics.extracts.readers import Source
from analytics.extracts.snapshots import SnapshotStore
from analytics.extracts.trial import MARK
from analytics.i18n import LANGUAGES, words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.origins import table_origin
from analytics.reports.basis.span import data_period
from analytics.reports.districts.upload import OwnFile, Upload, tables_of, try_out
from analytics.reports.districts.upload_report import (
    stops,
    upload_findings,
    upload_overview,
    upload_rules,
)
from analytics.reports.indicators.indicator_values import indicator_values
from analytics.settings import settings

KOELN = "05315"
SHARE = "share_referred_90d"
CLOCKS = ("case_clock", "referral_clock")
EN = words("en")

TryOut = Callable[..., Upload]


@pytest.fixture
def tried(demo_store: Path) -> Iterator[TryOut]:
    """Try files out on the demonstration snapshot; the stores are closed afterwards."""
    uploads: list[Upload] = []

    def run(*files: OwnFile, district: str = KOELN) -> Upload:
        uploads.append(try_out(current(demo_store), files, district))
        return uploads[-1]

    yield run
    for upload in uploads:
        if upload.store:
            upload.store.close()


# ``later`` leaves no start and no end, which is asked about.
SO_IT_IS = Instructions(confirmed=("none_filled:started_on", "none_filled:ended_on"))


def later(rows: pa.Table) -> pa.Table:
    """Return two thirds of the referrals, referred a month later."""
    place = rows.column_names.index("referred_on")
    days = pc.add(rows["referred_on"], pa.scalar(timedelta(days=30)))
    is_late = pc.greater(pc.cast(days, pa.date32()), pa.scalar(rows_end(rows)))
    moved = pc.if_else(is_late, rows["referred_on"], pc.cast(days, pa.date32()))
    kept = rows.set_column(place, "referred_on", moved)
    starts = kept.column_names.index("started_on")
    none = pa.nulls(kept.num_rows, pa.date32())
    open_end = kept.set_column(starts, "started_on", none)
    for name in ("ended_on", "outcome"):
        position = open_end.column_names.index(name)
        kind = open_end.schema.field(name).type
        open_end = open_end.set_column(position, name, pa.nulls(open_end.num_rows, kind))
    return open_end.slice(0, open_end.num_rows * 2 // 3)


def rows_end(rows: pa.Table) -> object:
    return pc.max(rows["recorded_on"]).as_py()


def cells(store: ParquetStore, table: str) -> list[tuple[object, ...]]:
    with store._database.cursor() as cursor:
        rows = cursor.table(table)
        found = rows.select(*map(duckdb.ColumnExpression, sorted(rows.columns))).fetchall()
    return sorted(found, key=repr)


def shares(store: ParquetStore) -> dict[str, tuple[float, int]]:
    needs = NeedFilter(data_period(store))
    frame = indicator_values(store, SHARE, "district", needs, EN).table.frame
    return {row.key: (round(row.value, 12), row.n) for row in frame.itertuples()}


def test_the_session_sees_what_publishing_would_show(demo_store: Path, tmp_path: Path, tried):
    files = [
        own_file(demo_store, "cases", KOELN),
        replace(own_file(demo_store, "referrals", KOELN, later), told=SO_IT_IS),
    ]
    root = tmp_path / "store"
    shutil.copytree(demo_store, root)
    for file in files:
        path = tmp_path / file.source.name
        path.write_bytes(file.source.content)
        taken = ingest(
            [path], file.table, store=SnapshotStore(root), district=KOELN, told=file.told
        )
        assert taken.manifest

    upload = tried(*reversed(files))

    assert upload.store is not None
    with ParquetStore(current(root)) as published, ParquetStore(current(demo_store)) as before:
        for table in ("cases", "referrals", *CLOCKS):
            assert cells(upload.store, table) == cells(published, table)
            entries = [s.manifest.tables[table] for s in (upload.store, published)]
            assert len({(e.rows, e.provenance, e.source) for e in entries}) == 1
        assert repr(shares(upload.store)[KOELN]) == repr(shares(published)[KOELN])
        assert shares(before)[KOELN] != shares(upload.store)[KOELN]
    with ParquetStore(current(demo_store), release=Release.RELEASED) as released:
        others = set(shares(released)) - {KOELN}
        told = shares(released), shares(upload.store)
        assert all(repr(told[0][key]) == repr(told[1][key]) for key in others)


def test_the_manifest_says_that_the_district_has_delivered(demo_store: Path, tried):
    upload = tried(own_file(demo_store, "cases", KOELN), own_file(demo_store, "referrals", KOELN))

    manifest = upload.store.manifest
    assert manifest.snapshot_id.endswith(MARK)
    assert manifest.tables["referrals"].deliveries[KOELN].file == "referrals.csv"
    for table in ("cases", "referrals"):
        assert table_origin(manifest, table, (KOELN,)) is Provenance.DELIVERED
        assert table_origin(manifest, table, ("05314",)) is Provenance.SYNTHETIC


@pytest.mark.parametrize("table", ["cases", "referrals"])
def test_synthetic_rows_do_not_run_beside_delivered_ones(demo_store: Path, tried, table: str):
    other = {"cases": "referrals", "referrals": "cases"}[table]

    upload = tried(own_file(demo_store, table, KOELN))

    assert upload.is_usable
    own = [row for row in cells(upload.store, other) if KOELN in row]
    assert own == []
    assert table_origin(upload.store.manifest, other, (KOELN,)) is Provenance.DELIVERED


def test_delivered_rows_of_the_other_table_stay(demo_store: Path, tmp_path: Path):
    root = tmp_path / "store"
    shutil.copytree(demo_store, root)
    for table in (CASES, REFERRALS):
        path = tmp_path / f"{table.name}.csv"
        path.write_bytes(csv_of(rows_of(demo_store, table.name, KOELN)))
        ingest([path], table, store=SnapshotStore(root), district=KOELN)
    fewer = own_file(root, "referrals", KOELN, lambda rows: rows.slice(0, 50))
    told = Instructions(confirmed=("rows_lost:district",))
    assert try_out(current(root), [fewer], KOELN).store is None

    upload = try_out(current(root), [replace(fewer, told=told)], KOELN)

    assert upload.store is not None
    with upload.store as store, ParquetStore(current(root)) as published:
        assert cells(store, "cases") == cells(published, "cases")
        assert sum(KOELN in row for row in cells(store, "referrals")) == 50
        assert "missing_case" not in upload.checks[0].skipped


def test_a_town_that_delivers_for_itself_keeps_its_rows(demo_store: Path, tried):
    cases = rows_of(demo_store, "cases", AACHEN_REGION)
    is_town = pc.fill_null(pc.equal(cases["municipality"], AACHEN_TOWN), False)
    rest = cases.filter(pc.invert(is_town)).slice(0, 5)
    file = OwnFile(Source("kreis.csv", content=csv_of(rest)), CASES)

    upload = tried(file, district=AACHEN_REGION)

    kept = [row for row in cells(upload.store, "cases") if AACHEN_REGION in row]
    assert len(kept) == 5 + pc.sum(is_town).as_py()


def test_rollout_and_posts_are_tried_out_too(demo_store: Path, tried):
    fewer = own_file(demo_store, "posts", KOELN, lambda rows: rows.slice(0, 3))

    upload = tried(fewer, own_file(demo_store, "rollout", KOELN))

    assert sum(KOELN in row for row in cells(upload.store, "posts")) == 3
    with ParquetStore(current(demo_store)) as before:
        assert cells(upload.store, "rollout") == cells(before, "rollout")
        assert cells(upload.store, "referral_clock") == cells(before, "referral_clock")


def test_two_sessions_see_only_their_own(demo_store: Path, tried):
    one = tried(own_file(demo_store, "cases", KOELN, lambda rows: rows.slice(0, 60)))
    two = tried(
        own_file(demo_store, "cases", "05314", lambda rows: rows.slice(0, 9)), district="05314"
    )

    counts = [
        {d: sum(d in row for row in cells(u.store, "cases")) for d in (KOELN, "05314")}
        for u in (one, two)
    ]
    assert counts[0][KOELN] == 60 and counts[1]["05314"] == 9
    assert counts[0]["05314"] == rows_of(demo_store, "cases", "05314").num_rows
    assert counts[1][KOELN] == rows_of(demo_store, "cases", KOELN).num_rows


def test_the_session_store_can_reach_nothing_else(demo_store: Path, tried, tmp_path: Path):
    store = tried(own_file(demo_store, "cases", KOELN)).store
    (tmp_path / "x.csv").write_text("a\n1\n")
    for statement in (
        f"FROM read_csv('{tmp_path}/x.csv')",
        f"COPY cases TO '{tmp_path}/y.csv'",
        "SET temp_directory = '/tmp'",
        "SET enable_external_access = true",
    ):
        with pytest.raises(duckdb.Error), store._database.cursor() as cursor:
            cursor.execute(statement)
    with store._database.cursor() as cursor:
        assert cursor.execute("SELECT current_setting('temp_directory')").fetchone() == ("",)


@pytest.mark.parametrize("table", ["cases", "referrals", "rollout", "posts"])
def test_the_table_of_a_file_is_guessed(demo_store: Path, table: str):
    assert tables_of(own_file(demo_store, table, KOELN).source) == (table,)


@pytest.mark.parametrize("name", ["binary", "zip bomb", "Parquet cut off", "blank", "empty"])
def test_what_cannot_be_read_is_guessed_without_failing(name: str, tmp_path: Path):
    path = UNUSABLE[name][0](tmp_path)
    assert tables_of(Source(path.name, content=path.read_bytes())) == ("cases",)


def test_a_broken_file_stops_everything_and_says_why(demo_store: Path, tried):
    broken = OwnFile(Source("kaputt.csv", content=b"%PDF-1.7"), CASES)

    upload = tried(broken, own_file(demo_store, "referrals", KOELN))

    assert not upload.is_usable
    for language in LANGUAGES:
        (text,) = stops(upload, words(language))
        assert "kaputt.csv" in text and "{" not in text
        assert len(upload_overview(upload, words(language)).table.frame) == 2


def test_a_key_that_two_files_hold_is_told(demo_store: Path, tried):
    twice = [own_file(demo_store, "cases", KOELN) for _ in range(2)]

    upload = tried(*twice)

    assert upload.problem is not None
    assert stops(upload, EN) == (EN(upload.problem.message, **upload.problem.values),)


def test_no_row_that_can_be_taken_is_told(demo_store: Path, tried):
    upload = tried(own_file(demo_store, "cases", "05314"))

    assert stops(upload, EN) == (EN("report_upload.no_row"),)


def test_what_does_not_fit_into_memory_is_told(demo_store: Path, use_store):
    use_store.setenv("EWG_MEMORY_LIMIT", "12MB")
    settings.cache_clear()
    cases = rows_of(demo_store, "cases", KOELN)
    many = pa.concat_tables([cases] * 400)
    names = pa.array([f"case {number}" for number in range(many.num_rows)])
    large = many.set_column(many.column_names.index("case_id"), "case_id", names)

    upload = try_out(
        current(demo_store), [OwnFile(Source("gross.csv", content=csv_of(large)), CASES)], KOELN
    )

    assert not upload.is_usable
    assert EN("report_upload.out_of_memory") in stops(upload, EN)[0]


def test_findings_are_grouped_by_weight_and_listed(demo_store: Path, tried):
    def spoil(rows: pa.Table) -> pa.Table:
        access = ["irgendwas"] * 7 + rows["access_path"].to_pylist()[7:]
        other = ["05314"] * 3 + rows["district"].to_pylist()[3:]
        return rows.set_column(
            rows.column_names.index("access_path"), "access_path", pa.array(access)
        ).set_column(rows.column_names.index("district"), "district", pa.array(other))

    upload = tried(own_file(demo_store, "cases", KOELN, spoil))

    grouped = upload_rules(upload, EN).table.frame
    listed = upload_findings(upload, EN).table.frame
    assert grouped["severity"].iloc[0] == EN("rule.severity_row")
    assert grouped["severity"].iloc[-1] == EN("rule.severity_warning")
    assert grouped["number"].sum() == len(listed)
    assert {"irgendwas"} <= set(listed["value"])
    assert (listed["mend"] != "–").all()
    overview = upload_overview(upload, EN).table.frame.iloc[0]
    assert overview["quarantined"] == 3 and overview["emptied"] == 4


_WITHOUT_DISK = """
import json, resource, signal, sys

written = []
watching = False

def hook(event, args):
    if watching and event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+"):
        written.append(str(args[0]))

sys.addaudithook(hook)
sys.path.insert(0, {support!r})
from pathlib import Path
from own_files import current, own_file
from analytics.domain.district_choice import DistrictChoice
from analytics.exports.findings_xlsx import findings_bytes
from analytics.i18n import words
from analytics.reports.districts.curve_report import curve
from analytics.reports.districts.scorecard import scorecard
from analytics.reports.districts.upload import try_out
from analytics.reports.districts.upload_report import upload_findings
from analytics.reports.basis.span import latest_years

root, w = Path({root!r}), words("de")
fewer = own_file(root, "cases", "05315", lambda rows: rows.slice(9))
files = [own_file(root, "referrals", "05315"), fewer]
# From here on, nothing can grow a file, not even what Python does not see.
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
watching = True
upload = try_out(current(root), files, "05315")
choice = DistrictChoice("05315", latest_years(upload.store))
titles = [report(upload.store, choice, w).title for report in (curve, scorecard)]
findings = len(upload_findings(upload, w).table.frame)
size = len(findings_bytes(upload.checks, w))
upload.store.close()
watching = False
print(json.dumps({{"written": written, "titles": titles, "findings": findings, "size": size}}))
"""


def test_nothing_reaches_the_disk(demo_store: Path, tmp_path: Path):
    support = Path(__file__).parents[1] / "support"
    script = _WITHOUT_DISK.format(support=str(support), root=str(demo_store))
    done = subprocess.run(
        [sys.executable, "-B", "-c", script],
        cwd=Path(__file__).parents[2],
        env={"TMPDIR": str(tmp_path), "PATH": "", "EWG_LOG_LEVEL": "error"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["written"] == []
    assert found["findings"] > 0 and found["size"] > 5_000
    assert all(found["titles"])
    assert list(tmp_path.iterdir()) == []
