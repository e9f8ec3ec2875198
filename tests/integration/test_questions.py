"""What is asked before a delivery is taken, and what becomes of the answers."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from own_files import current
from small_tables import AS_OF, KOELN, WESEL, case, referral, rows

from analytics.cli import main
from analytics.domain.areas import registry
from analytics.domain.vocabulary import Provenance
from analytics.extracts.check import CheckResult, check
from analytics.extracts.contract import CASES, TABLES
from analytics.extracts.findings import Finding
from analytics.extracts.ingest import IngestReport, ingest
from analytics.extracts.instructions import NOTHING_TOLD, Instructions
from analytics.extracts.manifest import read_manifest
from analytics.extracts.questions import Earlier, ask
from analytics.extracts.readers import read
from analytics.extracts.snapshots import SnapshotStore
from analytics.i18n import words

Change = Callable[[int], dict[str, object]]


def day(number: int) -> dt.date:
    return dt.date(2021, 1, 4) + dt.timedelta(days=number)


def needs(count: int, change: Change = lambda _: {}, district: str = KOELN) -> pa.Table:
    """Return needs that nothing is odd about, until they are changed."""

    def need(number: int) -> dict[str, object]:
        begun = day(7 * number)
        course: dict[str, object] = {"need_recorded_on": begun}
        if number % 4:
            course |= {"referred_on": begun + dt.timedelta(days=20 + number % 9)}
        if number % 4 > 1:
            course |= {"started_on": begun + dt.timedelta(days=40 + number % 9)}
        if number % 8 == 0:
            course |= {"ended_on": begun + dt.timedelta(days=60), "outcome": "no_place"}
        course |= {"binding_handover": bool(number % 3), **change(number)}
        return referral(f"r{number}", f"c{number}", district=district, **course)

    return rows("referrals", *(need(number) for number in range(count)))


def openings(count: int, change: Change = lambda _: {}) -> pa.Table:
    def one(number: int) -> dict[str, object]:
        begun = day(7 * number)
        closed = begun + dt.timedelta(days=200 + number) if number % 3 else None
        course = {"opened_on": begun, "closed_on": closed, **change(number)}
        return case(f"c{number}", KOELN, **course)

    return rows("cases", *(one(number) for number in range(count)))


def result_of(table: str, accepted: pa.Table, **values: object) -> CheckResult:
    nothing = accepted.slice(0, 0)
    names = {name: name for name in accepted.column_names}
    given = {"quarantined": nothing, "concerned": nothing, "findings": (), "headers": names}
    return CheckResult(table, "f.csv", accepted.num_rows, accepted, **(given | values))


def asked(
    table: str, accepted: pa.Table, previous: pa.Table | None = None, **values: object
) -> list[str | None]:
    told = values.pop("told", NOTHING_TOLD)
    earlier = None if previous is None else Earlier(previous, values.pop("history", previous))
    (result,) = ask([result_of(table, accepted, **values)], as_of=AS_OF, earlier=earlier, told=told)
    return [finding.question for finding in result.open_questions]


ODD_NEEDS: tuple[tuple[str, Change, list[str]], ...] = (
    ("nobody is referred", lambda _: {"referred_on": None, "started_on": None},
     ["none_filled:referred_on"]),
    ("nothing happens at all",
     lambda _: {"referred_on": None, "started_on": None, "ended_on": None, "outcome": None},
     ["none_filled:ended_on", "none_filled:referred_on"]),
    ("all are referred", lambda n: {"referred_on": day(7 * n + 9), "ended_on": None,
                                    "outcome": None}, ["none_open:referred_on"]),
    ("nobody starts", lambda _: {"started_on": None}, ["none_filled:started_on"]),
    ("all needs are of one day", lambda _: {"need_recorded_on": day(0)},
     ["same_day:need_recorded_on"]),
    ("all are referred on one day",
     lambda n: {"referred_on": day(900) if n % 4 else None, "started_on": None},
     ["none_filled:started_on", "same_day:referred_on"]),
    ("only the year is known",
     lambda n: {"need_recorded_on": dt.date(2020 + n % 3, 1, 1)}, ["same_day:need_recorded_on"]),
    ("yes is marked, no is blank", lambda n: {"binding_handover": None if n % 3 else True},
     ["only_yes:binding_handover"]),
)  # fmt: skip

ODD_CASES: tuple[tuple[str, Change, list[str]], ...] = (
    ("no case is closed", lambda _: {"closed_on": None}, ["none_filled:closed_on"]),
    ("no new case is open",
     lambda n: {"opened_on": AS_OF - dt.timedelta(days=n), "closed_on": AS_OF},
     ["none_open:closed_on", "same_day:closed_on"]),
    ("all open on one day", lambda _: {"opened_on": day(0)}, ["same_day:opened_on"]),
    ("all close on one day", lambda n: {"closed_on": day(1000) if n % 3 else None},
     ["same_day:closed_on"]),
)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "ids"), [c[1:] for c in ODD_NEEDS], ids=[c[0] for c in ODD_NEEDS]
)
def test_needs_of_one_kind_are_asked_about(change: Change, ids: list[str]) -> None:
    assert sorted(asked("referrals", needs(80, change))) == ids
    assert asked("referrals", needs(80)) == []


@pytest.mark.parametrize(
    ("change", "ids"), [c[1:] for c in ODD_CASES], ids=[c[0] for c in ODD_CASES]
)
def test_cases_of_one_kind_are_asked_about(change: Change, ids: list[str]) -> None:
    assert sorted(asked("cases", openings(80, change))) == ids
    assert asked("cases", openings(80)) == []


def test_only_finished_needs_are_asked_about_where_new_ones_should_be_open() -> None:
    # Of needs of three months ago some are always open; of older ones often none.
    def finished(number: int) -> dict[str, object]:
        begun = AS_OF - dt.timedelta(days=number)
        ended = {"ended_on": begun + dt.timedelta(days=1), "outcome": "no_place"}
        return {"need_recorded_on": begun, "referred_on": begun if number % 4 else None,
                "started_on": begun if number % 4 > 1 else None} | (
                    {"ended_on": None, "outcome": None} if number % 4 else ended)  # fmt: skip

    assert asked("referrals", needs(60, finished)) == ["none_open:referred_on"]


def test_a_few_rows_ask_nothing() -> None:
    for change in (lambda _: {"referred_on": None, "started_on": None}, lambda _: {}):
        assert asked("referrals", needs(19, change)) == []


def test_a_part_in_place_of_the_whole_is_asked_about() -> None:
    whole = needs(120)

    part = whole.filter(pc.equal(pc.year(whole["need_recorded_on"]), 2022))

    ids = asked("referrals", part.slice(0, 40), whole)
    assert set(ids) == {"one_year:need_recorded_on", "rows_lost:district"}
    assert asked("referrals", whole.slice(0, 100), whole) == []
    assert asked("referrals", needs(40, district=WESEL), whole) == []


def test_parts_are_judged_together() -> None:
    # One file a year is a whole delivery, if all years are there.
    whole = needs(120)
    parts = [
        whole.filter(pc.equal(pc.year(whole["need_recorded_on"]), y)) for y in (2021, 2022, 2023)
    ]

    results = ask(
        [result_of("referrals", part) for part in parts],
        as_of=AS_OF,
        earlier=Earlier(whole, whole),
    )

    assert [result.open_questions for result in results] == [(), (), ()]


def part(of_ten: int) -> Change:
    """Leave so many of ten needs as they are; the others are not referred."""
    return lambda n: {} if n % 10 < of_ten else {"referred_on": None, "started_on": None}


def test_a_share_that_moves_far_is_asked_about() -> None:
    before, short = needs(150), needs(30)

    assert asked("referrals", needs(150, part(8)), before, history=short) == []
    ids = asked("referrals", needs(150, part(5)), before, history=short)
    assert "share_moved:referred_on" in ids


def test_far_is_what_no_district_has_moved_by() -> None:
    def last_year(change: Change) -> pa.Table:
        moved = needs(150, lambda n: change(n) if n >= 52 else {}, district=WESEL)
        return moved.filter(pc.less(moved["need_recorded_on"], dt.date(2023, 1, 1)))

    before, after = needs(150), needs(150, part(7))

    calm, restless = last_year(part(10)), last_year(part(5))
    assert "share_moved:referred_on" in asked("referrals", after, before, history=calm)
    assert asked("referrals", after, before, history=restless) == []


def optional(name: str, count: int, change: Change = lambda _: {}) -> pa.Table:
    """Return rows of an optional table that nothing is odd about, until they are changed."""
    of_case = lambda n: {"case_id": f"c{n}", "district": KOELN}  # noqa: E731
    later = lambda n, days: day(7 * n + days) if n % 2 else None  # noqa: E731
    whole: dict[str, Change] = {
        "handovers": lambda n: of_case(n) | {
            "handover_id": f"h{n}", "agreed_on": day(7 * n), "appointment_agreed": True,
            "appointment_kept": bool(n % 2), "answered_on": later(n, 9),
            "returned_on": None if n % 6 else day(7 * n + 8)},
        "regime_changes": lambda n: of_case(n) | {
            "changed_on": day(7 * n), "first_benefit_on": later(n, 30)},
        "conferences": lambda n: of_case(n) | {
            "held_on": day(7 * n), "decisions": 2, "done_on": later(n, 60)},
        "agreements": lambda n: {
            "unit": KOELN, "first_body": "job_centre", "second_body": "school",
            "signed_on": day(n)},
        "structure": lambda n: {
            "unit": KOELN, "theme_id": f"t{n}", "found_on": day(7 * n),
            "raised_on": day(7 * n + 20), "decided_on": later(n, 40),
            "decision": "adopted" if n % 2 else None,
            "implemented_on": None if n % 3 else later(n, 90)},
        "titles": lambda n: {
            "application_id": f"a{n}", "district": KOELN, "kind": "naturalisation",
            "applied_on": day(7 * n), "decided_on": later(n, 200),
            "decision": "granted" if n % 2 else None},
    }  # fmt: skip
    return rows(name, *(whole[name](number) | change(number) for number in range(count)))


@pytest.mark.parametrize(
    ("name", "empty"),
    [
        ("handovers", ["answered_on", "returned_on"]),
        ("regime_changes", ["first_benefit_on"]),
        ("conferences", ["done_on"]),
        ("structure", ["raised_on", "decided_on"]),
        ("structure", ["implemented_on"]),
        ("titles", ["decided_on"]),
    ],
)
def test_an_empty_column_of_an_optional_table_is_asked_about(name: str, empty: list[str]) -> None:
    without = optional(name, 60, lambda _: dict.fromkeys(empty))

    assert asked(name, optional(name, 60)) == []
    assert asked(name, without.slice(0, 19)) == []
    assert set(asked(name, without)) == {f"none_filled:{column}" for column in empty}
    # What the file lacks, or the sender does not record, is told already.
    assert asked(name, without, absent=tuple(empty)) == []
    confirmed = tuple(f"none_filled:{column}" for column in empty)
    assert asked(name, without, told=Instructions(confirmed=confirmed)) == []


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("agreements", lambda _: {"valid_to": None}),
        ("handovers", lambda n: {"answered_on": day(7 * n + 3), "returned_on": None}),
        ("handovers", lambda n: {"answered_on": None, "returned_on": day(7 * n + 3)}),
        ("conferences", lambda _: {"decisions": 0, "done_on": None}),
        ("structure", lambda n: {"decision": "rejected" if n % 2 else None,
                                 "implemented_on": None}),
    ],
)  # fmt: skip
def test_what_need_not_happen_is_not_asked_about(name: str, change: Change) -> None:
    assert asked(name, optional(name, 60, change)) == []


@pytest.mark.parametrize(
    ("name", "area"),
    [("handovers", "district"), ("conferences", "district"), ("agreements", "unit"),
     ("structure", "unit")],
)  # fmt: skip
def test_few_rows_in_place_of_many_are_asked_about(name: str, area: str) -> None:
    before = optional(name, 30)

    assert asked(name, before.slice(0, 5), before) == [f"rows_lost:{area}"]
    assert asked(name, before.slice(0, 20), before) == []


@pytest.mark.parametrize(
    ("name", "missing", "rule", "de", "en"),
    [
        ("handovers", "appointment_agreed", "kept_uncounted",
         "„Termin vereinbart“ steht in keiner Zeile. Wahrgenommene Termine zählen nur",
         "Appointments count as kept only among those agreed"),
        ("structure", "decision", "adopted_unknown",
         "„Entscheidung“ steht in keiner Zeile. Umsetzungen zählen nur bei angenommenen",
         "Only adopted themes count as carried out"),
        ("titles", "decision", "withdrawn_unknown",
         "„Entscheidung“ steht in keiner Zeile. Auch zurückgezogene Anträge",
         "Withdrawn applications count as decided"),
    ],
)  # fmt: skip
def test_what_a_missing_column_changes_is_told(
    name: str, missing: str, rule: str, de: str, en: str
) -> None:
    def found(accepted: pa.Table, **values: object) -> list[Finding]:
        (result,) = ask([result_of(name, accepted, **values)], as_of=AS_OF)
        assert result.is_taken
        return [each for each in result.findings if each.rule == rule]

    without = optional(name, 5, lambda _: {missing: None})

    # Also where the sender has told that it is not recorded.
    for (finding,) in (found(without), found(without, absent=(missing,))):
        assert finding.field == missing
        assert de in finding.text(words("de"))
        assert en in finding.text(words("en"))
    assert found(optional(name, 5)) == []


def test_a_confirmed_question_is_a_warning_and_stays_on_record() -> None:
    odd = needs(80, lambda _: {"referred_on": None, "started_on": None})
    told = Instructions(confirmed=("none_filled:referred_on",))

    (result,) = ask([result_of("referrals", odd)], as_of=AS_OF, told=told)

    assert result.is_taken
    assert result.confirmed == ("none_filled:referred_on",)
    assert [finding.severity for finding in result.findings] == ["warning"]


BEGINS = {
    "cases": "opened_on", "referrals": "need_recorded_on", "handovers": "agreed_on",
    "regime_changes": "changed_on", "conferences": "held_on", "agreements": "signed_on",
    "structure": "found_on", "titles": "applied_on",
}  # fmt: skip


def test_sound_deliveries_ask_nothing(demo_store: Path) -> None:
    """All districts of the demonstration data, as first and as next deliveries."""
    folder = current(demo_store)
    as_of = read_manifest(folder).as_of
    last_year = dt.date(as_of.year, 1, 1)
    found = []
    for name, begin in BEGINS.items():
        contract = TABLES[name]
        everything = pq.read_table(folder / f"{name}.parquet").select(contract.column_names)
        everything = everything.cast(contract.schema)
        before = everything.filter(pc.less(everything[begin], last_year))
        for area in everything[contract.area].unique().to_pylist():
            own = everything.filter(pc.equal(everything[contract.area], area))
            earlier = Earlier(before, everything)
            (result,) = ask([result_of(name, own)], as_of=as_of, earlier=earlier)
            found += [(area, finding.rule, finding.field) for finding in result.findings]
    assert found == []


HEAD = "referral_id;case_id;district;offer_area;need_recorded_on"


@pytest.fixture
def store(tmp_path: Path) -> SnapshotStore:
    store = SnapshotStore(tmp_path / "store")
    store.publish(
        {"cases": rows("cases", case("c1"), case("c2", WESEL)), "referrals": rows("referrals")},
        as_of=AS_OF,
        provenance=Provenance.DELIVERED,
        source="",
    )
    return store


@pytest.fixture
def take(store: SnapshotStore, tmp_path: Path) -> Callable[..., IngestReport]:
    def run(*texts: str, **told: object) -> IngestReport:
        files = []
        for number, text in enumerate(texts):
            files.append(tmp_path / f"file-{number}.csv")
            files[-1].write_text(text, "utf-8")
        return ingest(files, TABLES["referrals"], store=store, told=Instructions(**told))

    return run


Take = Callable[..., IngestReport]


def test_nothing_is_taken_without_the_date_of_referral(store: SnapshotStore, take: Take) -> None:
    report = take(f"{HEAD};started_on\nr1;c1;05315;language;2020-01-20;2020-03-01\n")

    assert report.manifest is None
    (question,) = report.checks[0].open_questions
    assert question.question == "column_absent:referred_on"


@pytest.mark.parametrize(
    "told", [{"not_recorded": ("referred_on",)}, {"confirmed": ("column_absent:referred_on",)}]
)
def test_what_is_declared_not_recorded_has_no_value(
    store: SnapshotStore, take: Take, told: dict[str, tuple[str, ...]]
) -> None:
    report = take(f"{HEAD};started_on\nr1;c1;05315;language;2020-01-20;2020-03-01\n", **told)

    assert report.manifest is not None
    (delivery,) = report.manifest.tables["referrals"].deliveries.values()
    assert set(delivery.not_recorded) == {"referred_on", "ended_on", "outcome"}
    assert read_manifest(current(store.root)) == report.manifest
    (clock,) = pq.read_table(current(store.root) / "referral_clock.parquet").to_pylist()
    assert (clock["referral_event"], clock["start_event"]) == (None, 1)


def test_what_is_not_recorded_is_so_for_its_sender_alone(store: SnapshotStore, take: Take) -> None:
    full = "referred_on;started_on;ended_on"
    report = take(
        f"{HEAD};{full}\nr1;c1;05315;language;2020-01-20;2020-02-01;;\n",
        f"{HEAD};referred_on\nr2;c2;05170;language;2020-01-20;2020-02-01\n",
    )

    assert report.manifest is not None
    told = report.manifest.tables["referrals"].deliveries
    assert told["05315"].not_recorded == ("outcome",)
    assert told["05170"].not_recorded == ("ended_on", "outcome", "started_on")


def test_a_column_declared_not_recorded_is_not_read(take: Take) -> None:
    text = f"{HEAD};referred_on;started_on\nr1;c1;05315;language;2020-01-20;2020-02-01;2019-01-01\n"

    report = take(text, not_recorded=("started_on",))

    assert report.checks[0].accepted["started_on"].to_pylist() == [None]
    assert report.rows_taken == 1


@pytest.mark.parametrize("header", ["Im Kurs seit", "Vermittelt/gestartet", "Datum 2", "Ende Kurs"])
def test_a_date_that_may_be_there_under_another_name_is_asked_about(
    header: str, take: Take
) -> None:
    text = f"{HEAD};referred_on;{header}\nr1;c1;05315;language;2020-01-20;2020-02-01;x\n"

    (result,) = take(text).checks

    assert {f.question for f in result.open_questions} >= {"column_absent:started_on"}
    assert all(header in (f.other or "") for f in result.open_questions)


def test_outcomes_do_not_contradict_dates_that_are_not_recorded(take: Take) -> None:
    lines = (
        "r1;c1;05315;language;2020-01-20;referred",
        "r2;c1;05315;language;2020-01-21;started",
        "r3;c1;05315;language;2020-01-22;no_place",
        "r4;c1;05315;language;2020-01-23;broken_off",
    )

    report = take("\n".join([f"{HEAD};outcome", *lines]), not_recorded=("referred_on",))

    assert report.rows_taken == 4


def test_confirmations_are_kept_in_the_manifest(store: SnapshotStore, take: Take) -> None:
    lines = [f"r{n};c1;05315;language;{day(n)};;;" for n in range(25)]
    text = "\n".join([f"{HEAD};referred_on;started_on;ended_on", *lines])
    ids = ("none_filled:referred_on", "none_filled:ended_on")

    assert take(text).manifest is None
    report = take(text, confirmed=ids)

    assert report.manifest is not None
    (delivery,) = report.manifest.tables["referrals"].deliveries.values()
    assert set(delivery.confirmed) == set(ids)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_command_line_asks_and_heeds_the_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    file = tmp_path / "needs.csv"
    lines = [f"r{n};c1;05315;language;{day(n)};;;" for n in range(25)]
    file.write_text("\n".join([f"{HEAD};referred_on;started_on;ended_on", *lines]))
    command = ["check", str(file), "--table", "referrals", "--lang", language]

    assert main(command) == 3
    asked_text = capsys.readouterr().out
    for answer in ("--confirm none_filled:referred_on", "--not-recorded ended_on"):
        assert answer in asked_text
    confirmed = ["--confirm", "none_filled:referred_on", "--not-recorded", "ended_on"]
    assert main([*command, *confirmed]) == 1
    assert main([*command, "--confirm", "none_such"]) == 2
    assert main([*command, "--not-recorded", "district"]) == 2
    assert main([*command, "--date-order", "ydm"]) == 2


def test_cases_are_read_as_the_district_s(tmp_path: Path) -> None:
    cases, referrals = tmp_path / "cases.csv", tmp_path / "referrals.csv"
    cases.write_text("case_id;opened_on;closed_on\nc1;2020-01-10;\n")
    referrals.write_text(
        "referral_id;case_id;offer_area;need_recorded_on;referred_on;started_on;ended_on;outcome\n"
        "r1;c1;language;2020-01-20;2020-02-20;;;\n"
    )

    command = ["check", str(referrals), "--table", "referrals", "--district", KOELN]

    assert main([*command, "--cases", str(cases), "--as-of", "2023-12-31"]) == 0


def test_cases_are_read_as_the_sender_has_told(tmp_path: Path) -> None:
    cases, referrals = tmp_path / "cases.csv", tmp_path / "referrals.csv"
    cases.write_text("Nr;opened_on;closed_on;sex\nc1;2020-01-10;;1\n")
    referrals.write_text(
        "No;Nr;offer_area;need_recorded_on;referred_on;started_on;ended_on;outcome\n"
        "r1;c1;language;2020-01-20;2020-02-20;;;\n"
    )
    command = ["check", str(referrals), "--table", "referrals", "--district", KOELN]
    command += ["--cases", str(cases), "--as-of", "2023-12-31", "--map", "No=referral_id"]

    assert main([*command, "--map", "Nr=case_id"]) == 0

    # What is told of the needs alone does not hinder the cases, and the other way round.
    cases.write_text("case_id;opened_on;closed_on\nc1;2020-01-10;\n")
    assert main([*command, "--map", "Nr=case_id"]) == 0


def test_a_check_alone_asks_nothing(tmp_path: Path) -> None:
    """``check`` says what the file holds; what is asked needs the whole delivery."""
    file = tmp_path / "cases.csv"
    file.write_text("case_id;district;opened_on\nc1;05315;2020-01-10\n")

    result = check(read(file, CASES), as_of=AS_OF, registry=registry())

    assert result.findings == ()
    assert result.absent == ("closed_on",)
