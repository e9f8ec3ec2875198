"""Every form of a figure and the whole package, as a browser receives them; a link that returns."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable

import pyarrow.parquet as pq
from playwright.sync_api import Locator, Page, expect
from python_calamine import CalamineWorkbook

from analytics.i18n import words

from .conftest import Visit, settle

GERMAN, ENGLISH = words("de"), words("en")


def received(page: Page, button: Locator) -> tuple[str, bytes]:
    """Press a download button; return the name and the content of the file."""
    with page.expect_download() as waiting:
        button.click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def listed(page: Page) -> Locator:
    """Return the list of all figures below the page, whose catalogue has files too."""
    return page.locator(".st-key-downloads_de")


def rows_of(content: bytes, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=delimiter))


def test_each_form_of_a_figure_opens_and_holds_the_same_rows(
    address: str, visit: Callable[..., Visit]
):
    visited = visit(f"{address}/downloads?figure=share_referred_90d_by_district")
    page = visited.page

    def file(label: str) -> tuple[str, bytes]:
        return received(page, listed(page).get_by_role("button", name=label, exact=True))

    german_name, german = file(GERMAN("ui.csv_de"))
    english_name, english = file(GERMAN("ui.csv_en"))
    workbook_name, workbook = file(GERMAN("ui.xlsx"))
    parquet_name, parquet = file(GERMAN("export.parquet"))
    names = [german_name, english_name, workbook_name, parquet_name]
    assert [name[-7:] for name in names] == ["_de.csv", "_en.csv", "de.xlsx", "parquet"]

    values = pq.read_table(io.BytesIO(parquet))["value"].to_pylist()
    assert len(values) == 53
    assert [row[2].replace(",", ".") for row in rows_of(german, ";")[1:]] == [
        row[2] for row in rows_of(english, ",")[1:]
    ]
    cells = CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(0).to_python()
    for row, value in zip(cells[1:], values, strict=True):
        assert row[2] == value if value is not None else isinstance(row[2], str)
    assert visited.foreign == []


def test_the_package_arrives_whole(address: str, visit: Callable[..., Visit]):
    page = visit(f"{address}/downloads?lang=en").page
    button = page.get_by_role("button", name=ENGLISH("page_downloads.package"))
    name, content = received(page, button)
    assert name == "einwanderung-gestalten-nrw_2023-12-31_en.zip"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        descriptor = json.loads(archive.read("datapackage.json"))
        assert archive.testzip() is None
        assert all(each["path"] in archive.namelist() for each in descriptor["resources"])
    assert descriptor["description"].startswith("Demonstration data (synthetic)")


def test_the_link_of_a_figure_brings_its_view_back(address: str, visit: Callable[..., Visit]):
    page = visit(f"{address}/referral-times?lang=en&offer_area=housing").page
    finding = page.locator("h2").first.inner_text()
    page.get_by_role("radio", name=ENGLISH("ui.part_link")).first.click()
    link = page.get_by_test_id("stCode").locator("code").inner_text()
    assert link.startswith(f"{address}/referral-times?")
    assert "offer_area=housing" in link

    page.goto(link)
    settle(page)
    expect(page.locator("h2").first).to_have_text(finding)
    expect(page.get_by_test_id("stAlert")).to_have_count(0)

    page.goto(re.sub(r"snapshot=\d{8}", "snapshot=20221231", link))
    settle(page)
    expect(page.locator("h2").first).to_have_text(finding)
    expect(page.get_by_test_id("stAlert")).to_contain_text("31 Dec 2022")
    expect(page.get_by_test_id("stAlert")).to_contain_text(ENGLISH("figure_link.gone"))


def test_pictures_of_a_chart_and_of_a_map_arrive_whole(address: str, visit: Callable[..., Visit]):
    visited = visit(f"{address}/map?district=05315")
    page = visited.page
    for frame in page.locator("[class*=st-key-figure_]:has([data-testid=stPlotlyChart])").all()[:2]:
        chart = frame.locator(".js-plotly-plot").first
        is_map = chart.locator(".geo").count() > 0
        frame.get_by_role("radio", name=GERMAN("ui.part_picture"), exact=True).click()

        def file(size: str, form: str, frame: Locator = frame) -> tuple[str, bytes]:
            label = GERMAN(f"ui.picture_size_{size}", form=form)
            return received(page, frame.get_by_role("button", name=label, exact=True))

        name, picture = file("wide", "PNG")
        assert re.fullmatch(r"[\w+-]+_wide_de\.png", name)
        assert picture.startswith(b"\x89PNG")
        wide, high = (int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))
        assert (wide, high) == (1920, 1080)

        name, drawing = file("narrow", "SVG")
        assert re.fullmatch(r"[\w+-]+_narrow_de\.svg", name)
        text = drawing.decode("utf-8")
        # Letters are paths; what they say is told beside them.
        assert "<text" not in text and "font-family" not in text and "http://127" not in text
        finding = frame.get_by_role("heading").first.inner_text()
        assert finding.split()[0] in text
        assert "Demonstrationsdaten (synthetisch)" in text
        assert ("GeoBasis-DE" in text) == is_map
    assert visited.foreign == []
