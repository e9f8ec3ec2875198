"""The profile of a district: parts in order, and the same scorecard wherever it is shown."""

import csv
import io
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pypdf
import pytest

from analytics.domain.district_choice import DistrictChoice
from analytics.exports.csv import csv_bytes
from analytics.exports.pdf import district_pdf
from analytics.extracts.snapshots import SnapshotStore
from analytics.i18n import LANGUAGES, words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.span import latest_years
from analytics.reports.districts.profile import district_profile
from analytics.reports.districts.scorecard import scorecard

from .conftest import OpenPage

LIPPE = "05766"
BOTH = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def store(demo_store: Path) -> Iterator[ParquetStore]:
    folder = SnapshotStore(demo_store).current()
    assert folder is not None
    with ParquetStore(folder) as opened:
        yield opened


def plain(text: str) -> str:
    """Return a text with its spaces alike; documents break lines where they need to."""
    return "".join(unescape(text).split()).replace("\u202f", "")


@BOTH
def test_page_pdf_and_csv_show_the_same_scorecard(
    open_page: OpenPage, store: ParquetStore, language: str
):
    w = words(language)
    choice = DistrictChoice(LIPPE, latest_years(store))
    shown = scorecard(store, choice, w)
    page = plain(" ".join(b.proto.body for b in open_page(
        "district/profile", district=LIPPE, lang=language
    ).get("html")))  # fmt: skip
    profile = district_profile(store, choice, w)
    reader = pypdf.PdfReader(io.BytesIO(district_pdf(profile, w)))
    paper = plain(" ".join(sheet.extract_text() for sheet in reader.pages))
    file = csv_bytes(shown, w).decode("utf-8-sig")
    delimiter = ";" if language == "de" else ","
    rows = list(csv.DictReader(io.StringIO(file), delimiter=delimiter))

    frame = shown.table.frame
    assert len(rows) == len(frame) == 17
    for row, cells in zip(frame.to_dict("records"), rows, strict=True):
        for name in ("label", "value_text", "state_text"):
            assert plain(row[name]) in page
            assert plain(row[name]) in paper
            assert row[name] in cells.values()
        number = cells[w("report_district.value")]
        if row["value"] == row["value"]:  # a missing value is empty
            assert float(number.replace(",", ".")) == pytest.approx(row["value"], abs=1e-9)
        else:
            assert number == ""


@BOTH
def test_parts_stand_in_their_order(open_page: OpenPage, language: str):
    w = words(language)
    app = open_page("district/profile", district=LIPPE, lang=language)
    assert not app.exception
    headers = [header.value for header in app.header]
    asked = [w(f"page_profile.{name}") for name in ("position", "time", "kim")]
    assert [header for header in headers if header in asked] == asked
    assert len(app.get("plotly_chart")) == 5


@BOTH
def test_nothing_is_shown_before_a_district_is_chosen(open_page: OpenPage, language: str):
    app = open_page("district/profile", lang=language)
    assert words(language)("page_district.choose") in [info.value for info in app.info]
    assert not app.get("plotly_chart")


def test_an_own_ring_comes_from_the_address(open_page: OpenPage):
    app = open_page("district/profile", district=LIPPE, peers=["05111", "05112"])
    said = " ".join(text.value for text in app.markdown)
    assert "selbst gewählt" in said
    assert "Düsseldorf und Duisburg" in said
