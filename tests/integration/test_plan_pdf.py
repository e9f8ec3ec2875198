"""The printed plan and the command say what the report says, on one page and without any data."""

import subprocess
import sys
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pdf_reading import elements, fonts_of, text_of
from plan_versions import first_version, sealed, three_versions, toml_of
from pypdf import PdfReader

from analytics.cli import main
from analytics.domain.analysis_plan import AnalysisPlan, plan_in_force, read_plans
from analytics.domain.programme_types import Text
from analytics.exports.plan_pdf import plan_pdf
from analytics.i18n import LANGUAGES, Language, words
from analytics.reports.evaluation import plan_report
from analytics.reports.evaluation.plan_report import plan_document

BOTH = pytest.mark.parametrize("language", LANGUAGES)
SEVERAL: dict[str, tuple[AnalysisPlan, ...]] = {
    "one": three_versions()[:1],
    "two": three_versions()[:2],
    "three": three_versions(),
}


def plain(text: str) -> str:
    """Return a text as it is read back: each space alike, and the apostrophe that is printed."""
    return " ".join(text.split()).replace("'", "’")


def printed(language: Language) -> PdfReader:
    w = words(language)
    return PdfReader(BytesIO(plan_pdf(plan_document(w), w)))


@BOTH
@pytest.mark.parametrize("many", SEVERAL)
def test_one_page_says_all_of_the_plan_in_force(
    monkeypatch: pytest.MonkeyPatch, language: Language, many: str
) -> None:
    w, versions = words(language), SEVERAL[many]
    monkeypatch.setattr(plan_report, "plans", lambda: versions)
    reader, document = printed(language), plan_document(w)
    assert len(reader.pages) == 1
    text = text_of(reader.pages)
    exhibit = document.exhibit
    rows = exhibit.table.frame
    told = [exhibit.title, exhibit.sentence, *exhibit.notes, *rows["line"]]
    told += rows[f"version_{document.plan.number}"].tolist()
    told += [each.text for each in document.words]
    assert [each for each in told if plain(each) not in text] == []
    assert document.plan.checksum in text.replace(" ", "")
    is_compared = len(versions) > 1
    assert (plain(w("plan.pdf_changes")) in text) == is_compared
    before = w("plan.version_replaced", number=document.plan.number - 1)
    assert (before in text) == is_compared


def test_far_longer_texts_still_make_one_page(monkeypatch: pytest.MonkeyPatch) -> None:
    long = Text(*("Eine sehr ausführliche Begründung mit vielen Worten. " * 12,) * 2)
    versions = tuple(replace(plan, reason=long, may_change=long) for plan in three_versions())
    monkeypatch.setattr(plan_report, "plans", lambda: versions)
    reader = printed("de")
    assert len(reader.pages) == 1
    assert plain(plan_document(words("de")).exhibit.notes[-1]) in text_of(reader.pages)


@BOTH
def test_it_has_what_a_screen_reader_needs(language: Language) -> None:
    reader, plan = printed(language), plan_in_force()
    catalogue = reader.root_object
    assert catalogue["/Lang"].startswith(language)
    assert catalogue["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in catalogue["/Metadata"].get_data()
    assert words(language).date(plan.dated) in reader.metadata.title
    kinds = {str(element["/S"]) for element in elements(catalogue["/StructTreeRoot"]["/K"])}
    assert {"/H1", "/H2", "/Table", "/TH", "/L"} <= kinds
    fonts = fonts_of(reader)
    assert fonts and all("SourceSansPro" in name and embedded for name, embedded in fonts.items())


def test_its_date_is_that_of_the_plan() -> None:
    assert printed("de").metadata.creation_date.date() == plan_in_force().dated


_AGAIN = """
import sys
from analytics.exports.plan_pdf import plan_pdf
from analytics.i18n import words
from analytics.reports.evaluation.plan_report import plan_document
sys.stdout.buffer.write(plan_pdf(plan_document(words("de")), words("de")))
"""


def test_the_same_plan_gives_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    w = words("de")
    other = subprocess.run(
        [sys.executable, "-c", _AGAIN], capture_output=True, check=True,
        cwd=Path(__file__).parents[2],
        env={"PYTHONHASHSEED": "7", "PATH": "", "HOME": str(tmp_path)},
    )  # fmt: skip
    assert other.stdout == plan_pdf(plan_document(w), w)


@BOTH
def test_the_command_tells_the_plan_without_any_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    language: Language,
) -> None:  # fmt: skip
    monkeypatch.setenv("EWG_STORE", str(tmp_path / "none"))
    assert main(["plan", "--lang", language]) == 0
    said = capsys.readouterr()
    document = plan_document(words(language))
    rows = document.exhibit.table.frame
    told = [document.exhibit.title, document.exhibit.sentence, *document.exhibit.notes]
    told += [*rows["section"], *rows["line"], *rows["version_1"]]
    told += [each.text for each in document.words]
    assert [text for text in told if text not in said.out] == []
    assert said.err == ""


@BOTH
def test_the_command_tells_the_version_in_force_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: Language
) -> None:
    w = words(language)
    monkeypatch.setattr(plan_report, "plans", three_versions)
    assert main(["plan", "--lang", language]) == 0
    lines = capsys.readouterr().out
    end = next(line for line in lines.splitlines() if line.strip().startswith(w("plan.line_end")))
    assert end.endswith(w.month(date(2020, 6, 1)))
    assert w.month(date(2019, 12, 1)) not in lines


@BOTH
def test_the_command_writes_the_pdf_to_a_file_or_a_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: Language
) -> None:
    file = tmp_path / "plan.pdf"
    assert main(["plan", "--pdf", str(file), "--lang", language]) == 0
    assert str(file) in capsys.readouterr().err
    assert main(["plan", "--pdf", str(tmp_path), "--lang", language]) == 0
    named = tmp_path / f"auswertungsplan_fassung-1_2026-11-28_{language}.pdf"
    w = words(language)
    assert file.read_bytes() == named.read_bytes() == plan_pdf(plan_document(w), w)


def test_where_the_pdf_cannot_be_written_it_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", "--pdf", str(tmp_path / "none" / "plan.pdf"), "--lang", "de"]) == 2
    assert "Traceback" not in capsys.readouterr().err


@BOTH
def test_a_changed_version_is_refused_with_the_checksum_that_a_new_one_needs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: Language
) -> None:
    changed = {**sealed(level=0.1), "checksum": first_version()["checksum"]}
    monkeypatch.setattr(plan_report, "plans", lambda: read_plans(toml_of(changed)))
    assert main(["plan", "--lang", language]) == 2
    said = capsys.readouterr()
    told = words(language)("cli_plan.changed", number=1, checksum=sealed(level=0.1)["checksum"])
    assert told in said.err and said.out == ""


def test_a_file_that_is_no_plan_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(plan_report, "plans", lambda: read_plans("plan = 1"))
    assert main(["plan", "--lang", "de"]) == 2
    assert words("de")("cli_plan.unreadable", reason="") in capsys.readouterr().err
