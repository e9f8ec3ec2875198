"""Every broken input gets a clear message in both languages, and none makes the program fail."""

import resource
import time
from datetime import date
from pathlib import Path

import pytest
from broken_inputs import FLAWED, UNUSABLE

from analytics.domain.areas import registry
from analytics.extracts.check import CheckResult, check, unusable_result
from analytics.extracts.contract import CASES
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.readers import read
from analytics.i18n import LANGUAGES, words

AS_OF = date(2023, 12, 31)


def _check(path: Path) -> CheckResult:
    return check(read(path, CASES), as_of=AS_OF, registry=registry())


@pytest.mark.parametrize("name", UNUSABLE)
def test_unusable_input_says_why(name: str, tmp_path: Path) -> None:
    build, message = UNUSABLE[name]
    path = build(tmp_path)
    started = time.perf_counter()

    with pytest.raises(UnusableInputError) as caught:
        read(path, CASES)

    assert time.perf_counter() - started < 20
    assert caught.value.message == message
    finding = unusable_result(caught.value, CASES, path).findings[0]
    texts = {language: finding.text(words(language)) for language in LANGUAGES}
    assert all("{" not in text and len(text) > 20 for text in texts.values())
    assert texts["de"] != texts["en"]


@pytest.mark.parametrize("name", FLAWED)
def test_flawed_input_is_named_with_a_remedy(name: str, tmp_path: Path) -> None:
    build, rule = FLAWED[name]

    result = _check(build(tmp_path))

    finding = next(found for found in result.findings if found.rule == rule)
    for language in LANGUAGES:
        w = words(language)
        assert "{" not in finding.text(w) + finding.mend(w)
        assert finding.text(w) and finding.mend(w)
    assert result.rows_accepted + result.rows_quarantined == result.rows
    if result.is_usable and rule != "duplicate_key":  # the good row beside the bad one is taken
        assert result.accepted["case_id"].to_pylist()[0] == "a-1"


def test_a_huge_line_is_not_read_into_memory(tmp_path: Path) -> None:
    path = UNUSABLE["line of 200 MB"][0](tmp_path)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    with pytest.raises(UnusableInputError):
        read(path, CASES)

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000
