"""The plan as it is told: every line of every version, what changed, and what came before it."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from plan_versions import sealed, three_versions, toml_of

from analytics.domain.analysis_plan import plan_in_force, read_plans
from analytics.domain.evaluation import ComparisonGroup, EffectOutcome, Towns
from analytics.domain.vocabulary import Provenance
from analytics.exports.csv import csv_bytes
from analytics.extracts.manifest import Delivery, Manifest, TableEntry
from analytics.i18n import LANGUAGES, Language, words
from analytics.reports.evaluation import plan_report
from analytics.reports.evaluation.plan_report import (
    analysis_plan,
    data_before_plan,
    plan_document,
)
from analytics.reports.evaluation.scale import Scale

BOTH = pytest.mark.parametrize("language", LANGUAGES)
DE = words("de")


@pytest.fixture
def three(monkeypatch: pytest.MonkeyPatch):
    versions = three_versions()
    monkeypatch.setattr(plan_report, "plans", lambda: versions)
    return versions


def use(monkeypatch: pytest.MonkeyPatch, *versions: dict[str, Any]) -> None:
    found = read_plans(toml_of(*versions))
    monkeypatch.setattr(plan_report, "plans", lambda: found)


@BOTH
def test_every_line_of_the_plan_is_there(language: Language) -> None:
    w, plan = words(language), plan_in_force()
    exhibit = analysis_plan(w)
    told = exhibit.table.frame.set_index("key")["version_1"]
    share, days, hazard = (Scale(outcome).name(w) for outcome in EffectOutcome)
    assert told["model_primary"] == told["kim_primary"] == share
    assert told["model_secondary"] == told["kim_secondary"] == f"{days}; {hazard}"
    assert told["model_end"] == w.month(date(2019, 12, 1))
    assert told["model_towns"] == w("effect.towns_unit")
    assert told["model_comparison"] == w("effect.comparison_all")
    assert told["model_first_year"] == "2015"
    assert told["both_level"] == w.percent(0.05)
    assert "Holm" in told["both_correction"]
    assert told["version_dated"] == w.date(plan.dated)
    assert told["version_checksum"].replace(" ", "") == plan.checksum
    assert told["version_decision"] == plan.decided_by.in_language(language)
    assert told["version_may_change"] == plan.may_change.in_language(language)
    assert share in exhibit.title
    for text in (plan.checksum[:8], w.date(plan.dated), told["version_decision"]):
        assert text in exhibit.sentence
    assert [column.name for column in exhibit.table.readable()] == ["section", "line", "version_1"]


@BOTH
def test_a_new_version_stands_beside_the_old_ones(three, language: Language) -> None:
    w = words(language)
    exhibit = analysis_plan(w)
    columns = {column.name: column.label for column in exhibit.table.readable()}
    assert list(columns)[2:] == ["version_3", "version_2", "version_1", "changed"]
    assert columns["version_3"] == w("plan.version_applied", number=3)
    assert columns["version_2"] == w("plan.version_replaced", number=2)
    assert columns["version_1"] == w("plan.version_replaced", number=1)
    rows = exhibit.table.frame.set_index("key")
    ends = rows.loc["model_end", ["version_1", "version_2", "version_3"]].tolist()
    assert ends == [w.month(date(2019, 12, 1)), *[w.month(date(2020, 6, 1))] * 2]
    assert (
        w("plan.named", number=1, date=w.date(three[0].dated), checksum=three[0].checksum[:8])
        in (exhibit.notes[0])
    )


def test_what_changed_is_marked_with_the_version_that_changed_it(three) -> None:
    marks = analysis_plan(DE).table.frame.set_index("key")["changed"]
    changed = {key: mark for key, mark in marks.items() if mark != "–"}
    assert changed == {
        "model_end": "in Fassung 2",
        "kim_primary": "in Fassung 3",
        "kim_secondary": "in Fassung 3",
        "version_dated": "in Fassung 2 und 3",
        "version_decision": "in Fassung 2",
        "version_reason": "in Fassung 2 und 3",
        "version_checksum": "in Fassung 2 und 3",
    }


def test_only_the_newest_version_is_told_in_words(three) -> None:
    document = plan_document(DE)
    assert document.plan.number == 3
    model, kim = (each.text for each in document.words)
    assert "Juni 2020" in model and "2019" not in model
    assert Scale(EffectOutcome.HAZARD).name(DE) in kim
    assert DE("plan.words_no_secondary") in kim and "korrigiert" not in kim
    assert Scale(EffectOutcome.SHARE).name(DE) in document.exhibit.title
    assert Scale(EffectOutcome.HAZARD).name(DE) in document.exhibit.title


@BOTH
@pytest.mark.parametrize("towns", Towns)
@pytest.mark.parametrize("group", ComparisonGroup)
def test_the_words_say_what_was_chosen(
    monkeypatch: pytest.MonkeyPatch, language: Language, towns: Towns, group: ComparisonGroup
) -> None:
    w = words(language)
    chosen = {"towns": towns.value, "comparison": group.value, "secondary": ["hazard_ratio"]}
    use(monkeypatch, sealed(model_project=chosen))
    model, _ = plan_document(w).words
    names = w.join(["Dormagen", "Moers", "Rheine"])
    assert w(f"plan.words_towns_{towns}", towns=names) in model.text
    assert w(f"plan.words_against_{group}") in model.text
    hazard = w("plan.quoted", name=Scale(EffectOutcome.HAZARD).name(w))
    assert w("plan.words_one_secondary", outcomes=hazard) in model.text


def test_a_level_between_whole_per_cents_is_not_rounded(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, sealed(level=0.025))
    exhibit = analysis_plan(DE)
    assert exhibit.table.frame.set_index("key").loc["both_level", "version_1"] == DE.percent(
        0.025, 1
    )
    assert any(DE.percent(0.025, 1) in note for note in exhibit.notes)


@BOTH
def test_a_file_holds_the_whole_table(three, language: Language) -> None:
    w = words(language)
    text = csv_bytes(analysis_plan(w), w).decode("utf-8-sig")
    for plan in three:
        grouped = " ".join(plan.checksum[at : at + 8] for at in range(0, 64, 8))
        assert grouped in text


def snapshot(*deliveries: tuple[str, Provenance, date]) -> Any:
    """Return what is asked of a store: a manifest with deliveries by table, provenance and day."""
    tables: dict[str, TableEntry] = {}
    for table in ("cases", "referrals", "population"):
        own = {
            f"{number:05d}": Delivery(
                provenance, "a.csv", datetime(day.year, day.month, day.day, 9, tzinfo=UTC), 10
            )
            for number, (name, provenance, day) in enumerate(deliveries)
            if name == table
        }
        tables[table] = TableEntry(10, "", Provenance.SYNTHETIC, "", own)
    as_of, created = date(2023, 12, 31), datetime(2027, 1, 1, tzinfo=UTC)
    return SimpleNamespace(manifest=Manifest("s", 1, created, as_of, None, tables))


REAL, MADE_UP = Provenance.DELIVERED, Provenance.SYNTHETIC
PLAN, DAY_BEFORE, DAY_AFTER = date(2026, 11, 28), date(2026, 11, 27), date(2026, 11, 29)


@pytest.mark.parametrize(
    "deliveries",
    [
        (),
        (("cases", REAL, DAY_AFTER),),
        (("cases", MADE_UP, DAY_BEFORE),),
        (("population", REAL, DAY_BEFORE),),
    ],
)
def test_nothing_is_held_against_a_plan_that_no_outcome_came_before(deliveries) -> None:
    assert data_before_plan(snapshot(*deliveries), DE) == ""


@BOTH
@pytest.mark.parametrize("day", [DAY_BEFORE, PLAN])
@pytest.mark.parametrize("table", ["cases", "referrals"])
def test_data_that_were_there_first_are_told(language: Language, table: str, day: date) -> None:
    w = words(language)
    found = data_before_plan(snapshot((table, REAL, day), ("cases", REAL, DAY_AFTER)), w)
    assert found == w("plan.after_data", fixed=w.date(PLAN), delivered=w.date(day))


def test_a_decision_after_the_data_leaves_the_choices_older(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = snapshot(("cases", REAL, DAY_AFTER))
    later = {"number": 2, "dated": date(2027, 1, 1)}
    use(monkeypatch, sealed(), sealed(**later, decided_by={"de": "Fachreferat", "en": "Division"}))
    assert data_before_plan(store, DE) == ""
    use(monkeypatch, sealed(), sealed(**later, level=0.1))
    assert DE.date(later["dated"]) in data_before_plan(store, DE)


def test_older_versions_are_not_called_applied(three) -> None:
    exhibit = analysis_plan(DE)
    labels = [column.label for column in exhibit.table.readable()]
    assert sum("gilt" in label for label in labels) == 1
    assert exhibit.sentence.startswith("Hier gilt Fassung 3")
