"""Files as districts send them, and what is to come of each.

``fixtures/deliveries/sent.toml`` has an entry for every file of ``fixtures/deliveries/sent`` and
every way in which it is read: the message that refuses it, or the rows that are taken, with some
cells of them, the rules of all findings, and what is asked.
"""

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pytest

from analytics.domain.areas import registry
from analytics.extracts.check import CheckResult, check, unusable_result
from analytics.extracts.contract import table
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.instructions import DateOrder, Instructions
from analytics.extracts.questions import ask
from analytics.extracts.readers import Use, read
from analytics.extracts.what_was_read import reading_lines
from analytics.i18n import LANGUAGES, Language, words

DELIVERIES = Path(__file__).parents[1] / "fixtures" / "deliveries"
SENT = DELIVERIES / "sent"
AS_OF = dt.date(2023, 12, 31)

Entry = Mapping[str, Any]
ENTRIES: Final[Sequence[Entry]] = tomllib.loads(
    DELIVERIES.joinpath("sent.toml").read_text("utf-8")
)["file"]


@dataclass(frozen=True)
class Outcome:
    """What came of a file: the result, and the message where it could not be read."""

    result: CheckResult
    refused: str | None


def name_of(entry: Entry) -> str:
    return "-".join([entry["name"], entry["table"], *entry.get("told", {})])


def told_in(entry: Entry) -> Instructions:
    told = {
        name: tuple(tuple(each) if isinstance(each, list) else each for each in value)
        for name, value in entry.get("told", {}).items()
        if name != "date_order"
    }
    order = entry.get("told", {}).get("date_order")
    return Instructions(**told, date_order=DateOrder(order) if order else None)


@cache
def cases_of(name: str, district: str) -> pa.Table:
    delivery = read(SENT / name, table("cases"))
    return check(delivery, as_of=AS_OF, registry=registry(), district=district).accepted


@cache
def outcome_of(place: int) -> Outcome:
    entry = ENTRIES[place]
    path, contract, told = SENT / entry["name"], table(entry["table"]), told_in(entry)
    cases = cases_of(entry["cases"], entry["district"]) if "cases" in entry else None
    try:
        delivery = read(path, contract, told)
        result = check(
            delivery, as_of=AS_OF, registry=registry(), district=entry["district"], cases=cases
        )
    except UnusableInputError as error:
        return Outcome(unusable_result(error, contract, path), error.message)
    (asked,) = ask([result], as_of=AS_OF, told=told)
    return Outcome(asked, None)


PLACES = pytest.mark.parametrize("place", range(len(ENTRIES)), ids=map(name_of, ENTRIES))


def shown(value: object) -> object:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, dt.date) else value


@PLACES
def test_a_file_as_it_is_sent(place: int) -> None:
    entry, outcome = ENTRIES[place], outcome_of(place)
    result = outcome.result

    assert outcome.refused == entry.get("refused")
    if outcome.refused:
        assert not result.is_usable and result.rows_accepted == 0
        return
    assert result.is_usable == entry.get("usable", True)
    assert result.rows_accepted == entry["rows"]
    assert result.rows_quarantined == entry.get("set_aside", 0)
    assert result.emptied == entry.get("emptied", 0)
    plain = {finding.rule for finding in result.findings if finding.question is None}
    assert plain == set(entry.get("rules", ()))
    assert {finding.question for finding in result.open_questions} == set(
        entry.get("questions", ())
    )
    for column, cells in entry.get("cells", {}).items():
        assert [shown(value) for value in result.accepted[column].to_pylist()] == cells
    assert result.facts is not None
    unread = [block.rows for block in result.facts.blocks if block.use is not Use.READ]
    assert sum(unread) == entry.get("not_read", 0)


@pytest.mark.parametrize("language", LANGUAGES)
@PLACES
def test_what_was_read_and_found_is_told_in_words(place: int, language: Language) -> None:
    w, result = words(language), outcome_of(place).result

    lines = [] if result.facts is None else reading_lines(result.facts, w)
    lines += [finding.text(w) + finding.mend(w) + finding.where(w) for finding in result.findings]
    assert all(line and "{" not in line for line in lines)
    assert result.to_json(w)["findings"] == [finding.to_json(w) for finding in result.findings]


def test_every_file_has_its_outcome() -> None:
    files = {path.name for path in SENT.iterdir()}

    assert {entry["name"] for entry in ENTRIES} == files
    assert len({path.read_bytes() for path in SENT.iterdir()}) == len(files)


def test_a_file_without_a_header_tells_nothing_of_its_first_row() -> None:
    with pytest.raises(UnusableInputError) as caught:
        read(SENT / "s13_headerless_names.csv", table("cases"))

    told = repr(caught.value) + "".join(
        words(w)(caught.value.message, **caught.value.values) for w in LANGUAGES
    )
    assert "Mustermann" not in told and "Erika" not in told
