"""The district report is a valid, tagged PDF of two pages that says what the scorecard says."""

import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import district_exhibits as made
import pytest
from chart_exhibits import SOURCE
from pdf_reading import elements, fonts_of, text_of
from pypdf import PageObject, PdfReader

from analytics.domain.district_choice import DistrictChoice
from analytics.domain.vocabulary import Provenance
from analytics.exports.pdf import district_pdf
from analytics.exports.pdf_name import pdf_name
from analytics.i18n import LANGUAGES, Language, words
from analytics.reports.basis.opening import current_folder, open_snapshot
from analytics.reports.basis.span import latest_years
from analytics.reports.districts.profile import DistrictProfile, district_profile

LIPPE, KOELN, AACHEN, COESFELD = "05766", "05315", "05334", "05558"
"""In the small snapshot Coesfeld has so few needs that much is protected."""

W = words("de")


def read(pdf: bytes, tmp_path: Path) -> PdfReader:
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf)
    return PdfReader(path)


def pages(pdf: bytes, tmp_path: Path) -> list[PageObject]:
    return list(read(pdf, tmp_path).pages)


def plain(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def profile_of(demo_store: Path):
    folder = current_folder(demo_store)
    assert folder is not None
    with open_snapshot(folder) as store:

        @cache
        def made_profile(district: str, language: Language) -> DistrictProfile:
            choice = DistrictChoice(district, latest_years(store))
            return district_profile(store, choice, words(language))

        yield made_profile


@pytest.mark.parametrize(
    ("district", "language"),
    [(LIPPE, "de"), (KOELN, "en"), (AACHEN, "de"), (COESFELD, "de"), (COESFELD, "en")],
)
def test_two_pages_that_say_what_the_scorecard_says(
    profile_of, tmp_path: Path, district: str, language: Language
) -> None:
    profile = profile_of(district, language)
    reader = read(district_pdf(profile, words(language)), tmp_path)
    assert len(reader.pages) == 2
    text = text_of(reader.pages)
    for told in profile.scorecard.table.frame["value_text"]:
        assert plain(told) in text
    assert plain(words(language).label("provenance", "synthetic")) in text
    assert "© GeoBasis-DE / BKG 2016 (Daten verändert)" in text
    assert profile.source.snapshot_id in text.replace(" ", "")


def test_each_source_that_is_named_by_number_is_listed(profile_of, tmp_path: Path) -> None:
    profile = profile_of(LIPPE, "de")
    text = text_of(read(district_pdf(profile, W), tmp_path).pages)
    named = set(re.findall(r"\[\d+\]", " ".join(profile.card.facts)))
    assert named
    assert all(each in " ".join(profile.card.citations) for each in named)
    assert all(plain(each) in text for each in profile.card.citations)


def test_much_is_protected_in_the_small_district(profile_of) -> None:
    frame = profile_of(COESFELD, "de").scorecard.table.frame
    assert (frame["status"] == "suppressed").sum() >= 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_what_a_screen_reader_needs(profile_of, tmp_path: Path, language: Language) -> None:
    profile = profile_of(KOELN, language)
    reader = read(district_pdf(profile, words(language)), tmp_path)
    catalogue = reader.root_object
    assert catalogue["/Lang"].startswith(language)
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert profile.card.name in reader.metadata.title
    assert b"pdfuaid:part" in catalogue["/Metadata"].get_data()
    found = list(elements(catalogue["/StructTreeRoot"]["/K"]))
    kinds = {str(element["/S"]) for element in found}
    assert {"/H1", "/H2", "/Table", "/TH", "/Figure", "/L"} <= kinds
    alts = [str(element.get("/Alt", "")) for element in found if element["/S"] == "/Figure"]
    shown = [profile.curve, profile.funnel, profile.control, profile.locator]
    assert len(alts) == len(shown)
    for exhibit, alt in zip(shown, alts, strict=True):
        assert plain(exhibit.alt) == plain(alt)


def test_all_fonts_are_embedded_and_come_from_the_package(profile_of, tmp_path: Path) -> None:
    reader = read(district_pdf(profile_of(LIPPE, "de"), W), tmp_path)
    fonts = fonts_of(reader)
    assert fonts
    assert all("SourceSansPro" in name and is_embedded for name, is_embedded in fonts.items())


_AGAIN = """
import sys
sys.path.insert(0, "tests/support")
import district_exhibits as made
from analytics.exports.pdf import district_pdf
from analytics.i18n import words
sys.stdout.buffer.write(district_pdf(made.profile(), words("de")))
"""


def test_the_same_data_give_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    here = district_pdf(made.profile(), W)
    assert here == district_pdf(made.profile(), W)
    project = Path(__file__).parents[2]
    other = subprocess.run(
        [sys.executable, "-c", _AGAIN], capture_output=True, check=True, cwd=project,
        env={"PYTHONHASHSEED": "7", "PATH": "", "HOME": str(tmp_path)},
    )  # fmt: skip
    assert other.stdout == here


def test_its_date_is_the_data_cut(tmp_path: Path) -> None:
    reader = read(district_pdf(made.profile(), W), tmp_path)
    assert reader.metadata.creation_date.date() == date(2023, 12, 31)


def test_what_may_not_be_shown_is_told_in_place_of_the_chart(tmp_path: Path) -> None:
    reason = "Zu wenige Personen."
    empty = made.contributions()
    empty = replace(empty, table=replace(empty.table, frame=empty.table.frame.iloc[:0]))
    profile = made.profile(
        scorecard=made.scorecard(*(made.hidden(f"i{place}") for place in range(17))),
        curve=replace(made.curve("suppressed"), sentence=reason),
        control=replace(made.control(shown=False), sentence=reason),
        funnel=made.funnel(own=made.NONE),
        contributions=replace(empty, sentence=reason),
    )
    reader = read(district_pdf(profile, W), tmp_path)
    text = text_of(reader.pages)
    assert len(reader.pages) == 2
    assert text.count(reason) == 3
    assert text.count("geschützt") >= 17


def test_parts_that_are_not_named_are_added_up(tmp_path: Path) -> None:
    text = text_of(pages(district_pdf(made.profile(), W), tmp_path))
    # Of -7.0 days four areas of -3, -2, -1.5 and +1 are named; -0.5 and the rest's -1.0 are left.
    assert "alle übrigen zusammen −1,5" in text
    assert "Vom Bedarf" not in text


@pytest.mark.parametrize("provenance", list(Provenance))
def test_only_data_that_are_made_up_carry_the_warning(
    tmp_path: Path, provenance: Provenance
) -> None:
    source = replace(SOURCE, provenance=provenance)
    profile = made.profile(scorecard=replace(made.scorecard(), source=source))
    text = text_of(pages(district_pdf(profile, W), tmp_path))
    assert plain(W.label("provenance", provenance)) in text
    warned = "künstlich erzeugt" in text
    assert warned == (provenance in (Provenance.SYNTHETIC, Provenance.MIXED))


def test_text_from_a_delivery_is_printed_as_it_is_never_run(tmp_path: Path) -> None:
    summary = ('#panic("x") $x$ *fett* _k_ <l> @ref `c` 🙂 \\ "Zitat"',)
    text = text_of(pages(district_pdf(made.profile(summary=summary), W), tmp_path))
    assert '#panic("x") $x$ *fett* _k_ <l> @ref `c` ? \\ "Zitat"' in text


def test_much_text_still_makes_two_pages(tmp_path: Path) -> None:
    summary = ("Sehr lange Sätze brauchen Platz, auch auf Papier. " * 5,) * 6
    rows = [
        made.row(f"i{place}", section=f"Teil {place // 4}", label="Ein Name über zwei Zeilen hin")
        for place in range(17)
    ]
    profile = made.profile(summary=summary, scorecard=made.scorecard(*rows))
    assert len(read(district_pdf(profile, W), tmp_path).pages) == 2


def test_files_are_named_safely() -> None:
    cut = date(2023, 12, 31)
    assert pdf_name(KOELN, cut, "de") == "kreisbericht_05315_koeln_2023-12-31_de.pdf"
    assert pdf_name("05117", cut, "en") == (
        "kreisbericht_05117_muelheim-an-der-ruhr_2023-12-31_en.pdf"
    )
