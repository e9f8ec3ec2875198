"""Every rule: a row that breaks it, a row that just keeps it, and its texts."""

import datetime as dt
from collections.abc import Mapping

import pyarrow as pa
import pytest

from analytics.domain.areas import registry
from analytics.extracts.check import CheckResult, check
from analytics.extracts.contract import TABLES, Kind, Table, table
from analytics.extracts.readers import LINE, Delivery, FileFacts, FileFormat, Source
from analytics.extracts.rules import Need, Scope, Severity, rules
from analytics.extracts.staging import database, show_field, stage
from analytics.i18n import LANGUAGES, words

AS_OF = dt.date(2023, 12, 31)

GOOD: Mapping[str, Mapping[str, str]] = {
    "cases": {"case_id": "c-1", "district": "05315", "opened_on": "2019-01-02"},
    "referrals": {
        "referral_id": "r-1",
        "case_id": "c-1",
        "district": "05315",
        "offer_area": "language",
        "need_recorded_on": "2019-01-02",
    },
    "rollout": {"unit": "05315", "module": "coordination", "milestone": "started"},
    "posts": {"unit": "05315", "module": "2", "quarter": "2021-04-01"},
    "funding": {"unit": "05315", "year": "2021", "amount_eur": "1000", "status": "granted"},
    "population": {
        "district": "05315",
        "reference_date": "1995-12-31",
        "series": "population_update",
    },
    "comparability": {
        "district": "05315",
        "table": "cases",
        "valid_from": "2019-01-02",
        "kind": "software",
    },
    "handovers": {
        "handover_id": "h-1",
        "case_id": "c-1",
        "district": "05315",
        "agreed_on": "2019-01-02",
    },
    "regime_changes": {"case_id": "c-1", "district": "05315", "changed_on": "2019-01-02"},
    "conferences": {"case_id": "c-1", "district": "05315", "held_on": "2019-01-02"},
    "agreements": {
        "unit": "05315",
        "first_body": "job_centre",
        "second_body": "immigration_office",
        "signed_on": "2019-01-02",
    },
    "structure": {"unit": "05315", "theme_id": "t-1", "found_on": "2019-01-02"},
    "titles": {
        "application_id": "a-1",
        "district": "05315",
        "kind": "naturalisation",
        "applied_on": "2019-01-02",
    },
}

_DECIDED: Mapping[str, str] = {"decided_on": "2019-02-01"}

# Rule, table, cells that break it, cells that just keep it.
ROWS: tuple[tuple[str, str, dict[str, str | None], dict[str, str | None]], ...] = (
    ("required_empty", "cases", {"opened_on": " "}, {"closed_on": ""}),
    ("unknown_code", "cases", {"provider": "Post"}, {"provider": "  JOBCENTER "}),
    ("unknown_code", "comparability", {"table": "foo"}, {"table": "Fälle"}),
    ("unreadable_date", "cases", {"opened_on": "31.04.2019"}, {"opened_on": "30.04.2019"}),
    ("formula_error", "cases", {"case_id": "#BEZUG!"}, {"closed_on": "#NV"}),
    ("formula_error", "posts", {"fte_filled": "#DIV/0!"}, {"fte_filled": "0,5"}),
    ("day_missing", "cases", {"opened_on": "07/2019"}, {"opened_on": "01.07.2019"}),
    ("day_missing", "cases", {"closed_on": "Juli 2019"}, {"closed_on": "1. Juli 2019"}),
    ("date_uncertain", "cases", {"opened_on": "ca. 02.03.2019"}, {"opened_on": "am 02.03.2019"}),
    ("date_unknown", "cases", {"closed_on": "unbekannt"}, {"closed_on": "laufend"}),
    ("several_dates", "cases", {"opened_on": "01.07.2019 bis 05.07.2019"},
     {"opened_on": "01.07.2019, 14:30 Uhr"}),
    ("century_unclear", "cases", {"opened_on": "01.07.55"}, {"opened_on": "01.07.19"}),
    ("unreadable_boolean", "referrals", {"binding_handover": "evtl."}, {"binding_handover": "x"}),
    ("ambiguous_number", "funding", {"amount_eur": "25.000"}, {"amount_eur": "25.000,00 €"}),
    ("unreadable_number", "funding", {"amount_eur": "ca. 5"}, {"amount_eur": "1,234,567.89"}),
    ("unreadable_integer", "population", {"population": "1,5"}, {"population": "1.087.863"}),
    ("unreadable_share", "population", {"foreign_share": "hoch"}, {"foreign_share": "15,3 %"}),
    ("per_mille", "population", {"foreign_share": "119 ‰"}, {"foreign_share": "11,9 v. H."}),
    ("negative_number", "funding", {"amount_eur": "1.250,00-"}, {"amount_eur": "1.250,-"}),
    ("negative_number", "posts", {"fte_filled": "-1"}, {"fte_filled": "0"}),
    ("share_outside", "population", {"foreign_share": "15,3"}, {"foreign_share": "1"}),
    ("date_too_early", "cases", {"opened_on": "1999-12-31"}, {"opened_on": "2000-01-01"}),
    ("date_after_cut", "cases", {"opened_on": "2024-01-01"}, {"opened_on": "2023-12-31"}),
    ("date_after_cut", "population", {"reference_date": "2024-01-01"}, {}),
    ("date_after_cut", "rollout", {"reached_on": "2029-01-06"}, {"reached_on": "2029-01-03"}),
    ("date_far_ahead", "rollout", {"planned_on": "2044-01-01"}, {"planned_on": "2043-12-31"}),
    ("text_too_long", "comparability", {"note": "x" * 501}, {"note": "x" * 500}),
    ("identifier_email", "cases", {"case_id": "max@post.example"}, {"case_id": "max-at-post"}),
    ("identifier_email", "comparability", {"note": "an x@y.de"}, {"note": "an das Team"}),
    ("identifier_phone", "cases", {"case_id": "0211/876543"}, {"case_id": "05315/2019001"}),
    ("identifier_phone", "cases", {"case_id": "0049 211 876543"}, {"case_id": "05315-2020-000123"}),
    ("identifier_name", "cases", {"case_id": "Erika Mustermann"}, {"case_id": "Fall 17"}),
    ("identifier_name", "referrals", {"case_id": "MÜLLER, Jörg"}, {"case_id": "KI-2019-AB"}),
    ("identifier_person", "comparability", {"note": "siehe Frau Kaya"}, {"note": "Frauen zuerst"}),
    ("zero_restored", "posts", {"unit": "5315"}, {"unit": "05315"}),
    ("unknown_district", "cases", {"district": "05317"}, {"district": "05334002"}),
    ("unknown_unit", "posts", {"unit": "05"}, {"unit": "05170024"}),
    ("unknown_unit", "funding", {"unit": "06"}, {"unit": "05"}),
    ("unknown_municipality", "cases", {"municipality": "05315999"}, {"municipality": "05315000"}),
    ("municipality_outside", "cases", {"municipality": "05111000"}, {"municipality": None}),
    ("opened_before_contact", "cases", {"first_contact_on": "2019-01-03"},
     {"first_contact_on": "2019-01-02"}),
    ("closed_before_opened", "cases", {"closed_on": "2019-01-01"}, {"closed_on": "2019-01-02"}),
    ("referred_before_need", "referrals", {"referred_on": "2019-01-01"},
     {"referred_on": "2019-01-02"}),
    ("started_before_referral", "referrals",
     {"referred_on": "2019-02-02", "started_on": "2019-02-01"},
     {"referred_on": "2019-02-02", "started_on": "2019-02-02"}),
    ("started_before_need", "referrals", {"started_on": "2019-01-01"},
     {"started_on": "2019-01-02"}),
    ("ended_before_need", "referrals", {"ended_on": "2019-01-01"}, {"ended_on": "2019-01-02"}),
    ("ended_before_referral", "referrals", {"referred_on": "2019-02-02", "ended_on": "2019-02-01"},
     {"referred_on": "2019-02-02", "ended_on": "2019-02-02"}),
    ("valid_to_before_from", "comparability", {"valid_to": "2019-01-01"},
     {"valid_to": "2019-01-02"}),
    ("ended_despite_start", "referrals", {"started_on": "2019-02-01", "ended_on": "2019-03-01"},
     {"started_on": "2019-02-01"}),
    ("outcome_behind", "referrals", {"outcome": "open", "referred_on": "2019-02-01"},
     {"outcome": "open"}),
    ("outcome_behind", "referrals", {"outcome": "referred", "started_on": "2019-02-01"},
     {"outcome": "referred", "referred_on": "2019-02-01"}),
    ("outcome_contradicts", "referrals", {"outcome": "open", "ended_on": "2019-02-01"},
     {"outcome": "open"}),
    ("outcome_contradicts", "referrals", {"outcome": "referred"},
     {"outcome": "referred", "referred_on": "2019-02-01"}),
    ("outcome_contradicts", "referrals", {"outcome": "started", "referred_on": "2019-02-01"},
     {"outcome": "started", "started_on": "2019-02-01"}),
    ("outcome_contradicts", "referrals", {"outcome": "no_place", "started_on": "2019-02-01"},
     {"outcome": "no_place", "ended_on": "2019-02-01"}),
    ("outcome_contradicts", "referrals", {"outcome": "broken_off", "ended_on": ""},
     {"outcome": "broken_off", "started_on": "2019-02-01"}),
    ("closure_without_date", "cases", {"closure_reason": "goals_met"},
     {"closure_reason": "goals_met", "closed_on": "2020-01-01"}),
    ("quarter_not_first", "posts", {"quarter": "2021-04-02"}, {"quarter": "2021-07-01"}),
    ("filled_over_funded", "posts", {"fte_funded": "1", "fte_filled": "1,5"},
     {"fte_funded": "1,5", "fte_filled": "1,5"}),
    ("year_outside", "funding", {"year": "1999"}, {"year": "2033"}),
    ("foreign_over_population", "population", {"population": "10", "foreign_population": "11"},
     {"population": "10", "foreign_population": "10"}),
    ("share_mismatch", "population",
     {"population": "100", "foreign_population": "15", "foreign_share": "0,2"},
     {"population": "100", "foreign_population": "15", "foreign_share": "0,155"}),
    ("unknown_note_column", "comparability", {"column": "foo"}, {"column": "opened_on"}),
    ("date_too_early", "titles", {"applied_on": "1999-12-31"}, {"applied_on": "2000-01-01"}),
    ("date_after_cut", "handovers", {"agreed_on": "2024-01-01"}, {"agreed_on": "2023-12-31"}),
    ("date_far_ahead", "agreements", {"valid_to": "2044-01-01"}, {"valid_to": "2043-12-31"}),
    ("identifier_name", "titles", {"application_id": "Erika Mustermann"},
     {"application_id": "Antrag 17"}),
    ("unknown_code", "handovers", {"from_body": "Post"}, {"from_body": "JMD"}),
    ("unknown_code", "structure", {"decision": "erteilt"}, {"decision": "vertagt", **_DECIDED}),
    ("unknown_unit", "agreements", {"unit": "05"}, {"unit": "05170024"}),
    ("unknown_district", "titles", {"district": "05317"}, {"district": "05334002"}),
    ("negative_number", "conferences", {"decisions": "-1"}, {"decisions": "0"}),
    ("unreadable_integer", "conferences", {"bodies": "2,5"}, {"bodies": "2"}),
    *(("step_too_early", name, {before: "2019-01-01"}, {before: "2019-01-02"})
      for name, before in (
          ("handovers", "answered_on"), ("handovers", "returned_on"),
          ("regime_changes", "first_benefit_on"), ("conferences", "done_on"),
          ("agreements", "valid_to"), ("structure", "raised_on"), ("structure", "decided_on"),
          ("titles", "decided_on"),
      )),
    ("step_too_early", "structure", {**_DECIDED, "raised_on": "2019-03-01"},
     {**_DECIDED, "raised_on": "2019-02-01"}),
    ("step_too_early", "structure", {**_DECIDED, "implemented_on": "2019-01-31"},
     {**_DECIDED, "implemented_on": "2019-02-01"}),
    ("counterpart_missing", "handovers", {"return_reason": "no_capacity"},
     {"return_reason": "no_capacity", "returned_on": "2019-02-01"}),
    ("counterpart_missing", "handovers", {"return_reason": "no_capacity", "returned_on": ""},
     {"returned_on": "2019-02-01"}),
    ("counterpart_missing", "structure", {"decision": "adopted"},
     {"decision": "adopted", **_DECIDED}),
    ("counterpart_missing", "titles", {**_DECIDED, "decision": ""},
     {**_DECIDED, "decision": "granted"}),
    ("same_body", "handovers", {"from_body": "ABH", "to_body": "Ausländerbehörde"},
     {"from_body": "ABH", "to_body": "Jobcenter"}),
    ("same_body", "agreements", {"first_body": "JC", "second_body": "Jobcenter"}, {}),
    ("regime_unchanged", "regime_changes", {"old_regime": "SGB II", "new_regime": "Bürgergeld"},
     {"old_regime": "AsylbLG", "new_regime": "SGB II"}),
    ("regime_unchanged", "regime_changes", {"old_regime": "sgb2", "new_regime": "sgb2"},
     {"old_regime": "unbekannt", "new_regime": "unbekannt"}),
    ("kept_without_appointment", "handovers",
     {"appointment_agreed": "nein", "appointment_kept": "ja"},
     {"appointment_agreed": "ja", "appointment_kept": "ja"}),
    ("kept_without_appointment", "handovers",
     {"appointment_agreed": "nein", "appointment_kept": "ja"},
     {"appointment_agreed": "", "appointment_kept": "nein"}),
    ("number_outside", "conferences", {"bodies": "1"}, {"bodies": "2"}),
    ("number_outside", "conferences", {"bodies": "51"}, {"bodies": "50"}),
    ("number_outside", "conferences", {"decisions": "101"}, {"decisions": "100"}),
    ("agreement_twice", "agreements", {"first_body": "ABH", "second_body": "JC"}, {}),
)  # fmt: skip

# Rules that need more than one row, or more than rows; tested in test_check.py.
ELSEWHERE = {
    "other_district",
    "other_unit",
    "missing_case",
    "repeated_row",
    "duplicate_key",
    "sudden_missing",
    "sudden_volume",
    # On whole columns; tested in test_reading.py.
    "not_yet",
    "read_as_empty",
    "remark_dropped",
    "two_digit_year",
    "order_assumed",
    "order_found",
    "midnight_shifted",
    "other_order",
    "after_cut",
    "count_column",
    "only_marked",
    "rounded_key",
    "district_filled",
    "shares_in_percent",
}


def deliver(contract: Table, *rows: Mapping[str, str | None]) -> Delivery:
    """Return a delivery of these rows, lines counted from 2."""
    names = [name for name in contract.column_names if any(name in row for row in rows)]
    cells = {LINE: pa.array(range(2, len(rows) + 2), pa.int64())}
    cells |= {name: pa.array([row.get(name) for row in rows], pa.string()) for name in names}
    facts = FileFacts(FileFormat.CSV, 1)
    headers = {name: name for name in names}
    return Delivery(Source("delivery.csv"), contract, pa.table(cells), headers, (), facts)


def checked(name: str, *rows: Mapping[str, str | None], **options: object) -> CheckResult:
    return check(deliver(table(name), *rows), as_of=AS_OF, registry=registry(), **options)


@pytest.mark.parametrize(("rule_id", "name", "bad", "good"), ROWS)
def test_rule_tells_a_bad_row_from_one_that_just_keeps_it(
    rule_id: str, name: str, bad: dict[str, str | None], good: dict[str, str | None]
) -> None:
    key = table(name).key[-1]
    good_row = {**GOOD[name], **good}
    bad_row = {**GOOD[name], **bad}
    if key not in bad and table(name).column(key).kind is Kind.TEXT:
        bad_row[key] = "another-1" if key == "case_id" else "another-2"

    found = checked(name, good_row, bad_row).findings

    lines = {finding.line for finding in found if finding.rule == rule_id}
    assert lines == {3}, [(finding.rule, finding.line) for finding in found]


_CHECKED = {Scope.FIELD, Scope.PAIR, Scope.ROW}


def test_every_rule_is_tested() -> None:
    tested = {row[0] for row in ROWS} | ELSEWHERE
    assert {rule.id for rule in rules() if rule.scope in _CHECKED} == tested


def test_every_rule_has_a_select_that_says_its_grain() -> None:
    for rule in rules():
        if rule.scope in {*_CHECKED, Scope.DELIVERY}:
            assert rule.sql.startswith(("-- One row per", "-- At most one row"))


@pytest.mark.parametrize("name", TABLES)
def test_only_rules_of_empty_cells_find_anything_in_a_column_without_any(name: str) -> None:
    contract = table(name)
    with database() as connection:
        nothing = deliver(contract, {}, {})
        stage(connection, nothing, registry(), as_of=AS_OF, district=None)
        for column in contract.columns:
            show_field(connection, column.name)
            for rule in rules():
                if rule.scope is Scope.FIELD and rule.reads(column) and rule.needs is None:
                    found = connection.sql(rule.sql).fetchall()
                    assert bool(found) == rule.of_empty, rule.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_says_what_is_wrong_and_how_to_mend_it(language: str) -> None:
    messages = words(language).messages
    for rule in rules():
        assert len(messages[f"rule.{rule.id}"]) > 10
        assert len(messages[f"rule.{rule.id}_mend"]) > 10
    for severity in Severity:
        assert messages[f"rule.severity_{severity}"]


def test_rules_name_only_tables_and_columns_of_the_contract() -> None:
    columns = {column.name for each in TABLES.values() for column in each.columns}
    for rule in rules():
        assert set(rule.tables) <= set(TABLES)
        assert {*rule.columns, *rule.exclude} <= columns
        assert rule.needs in {None, *Need}
        named = [pair for each in TABLES.values() for pair in rule.pairs_in(each)]
        assert set(named) == set(rule.pairs) and bool(rule.pairs) == (rule.scope is Scope.PAIR)


@pytest.mark.parametrize("name", TABLES)
def test_a_minimal_row_of_each_table_is_clean(name: str) -> None:
    result = checked(name, GOOD[name])

    assert result.findings == ()
    assert result.accepted.schema == table(name).schema
    assert result.rows_accepted == 1


def test_the_code_none_is_no_missing_value():
    rows = [
        {
            "case_id": str(place),
            "district": "05315",
            "opened_on": "2020-01-02",
            "legal_regime": text,
        }
        for place, text in enumerate(("none", "None", "Kein Leistungsbezug", "k.A."))
    ]

    result = checked("cases", *rows)

    assert result.accepted["legal_regime"].to_pylist() == ["none", None, "none", None]
