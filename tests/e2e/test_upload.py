"""Uploads in a real browser: told clearly whatever is in them, seen by nobody else, gone after."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from broken_inputs import FLAWED, UNUSABLE, Build
from own_files import csv_of, current, own_file, rows_of
from playwright.sync_api import Page, expect

from analytics.extracts.contract import CASES
from analytics.extracts.readers import Source
from analytics.i18n import LANGUAGES, Language, words
from analytics.reports.districts.upload import OwnFile, Upload, try_out
from analytics.reports.districts.upload_report import stops

from .conftest import PROJECT, WIDTHS, Visit, resize, serving, settle
from .test_every_page import cut_in_pictures, grave_findings, overflowing

KOELN = "05315"
MARKER = "zufallsmarke-8f31c07d"
ONLY_ON_DISK = {"missing", "symlink", "directory", "pipe"}
VAST = ("hole of 200 MB", "line of 200 MB")
SAID_LIKEWISE = {"no line end"}
"""As large as the other long line and told in the same words: read from memory in its own test."""

SMALL = tuple(sorted(UNUSABLE.keys() - ONLY_ON_DISK - SAID_LIKEWISE - set(VAST)))
FLAWED_TOGETHER = tuple(tuple(FLAWED)[first : first + 9] for first in range(0, len(FLAWED), 9))
"""Few enough that the page shows all findings at once, and shared between workers."""
IN_ENGLISH = ("binary", "unclosed quote", "zip bomb", "Parquet cut off", "old Excel")
LARGEST = 200_000_000
"""Bytes; Streamlit's browser side counts megabytes in thousands."""

_INPUT = "[data-testid=stFileUploaderDropzoneInput]"

Open = Callable[..., Visit]


@pytest.mark.parametrize(
    ("language", "names"),
    [("de", SMALL), *(("de", (name,)) for name in VAST), ("en", IN_ENGLISH)],
    ids=["de", *(f"de-{name}" for name in VAST), "en"],
)
def test_every_unusable_file_is_told_clearly(
    address: str, visit: Open, demo_store: Path, tmp_path: Path, language: Language, names
):
    page = own_data(visit, address, language)
    paths = [built(tmp_path, name, UNUSABLE[name][0]) for name in names]
    check(page, language, *paths)
    reasons = stops(tried(demo_store, *paths), words(language))
    assert len(reasons) == len(names)
    expect(page.get_by_test_id("stAlertContentWarning")).to_contain_text(list(reasons))
    is_calm(page)
    for path in paths:
        path.unlink()  # some are large, and temporary folders are kept for a while


def test_a_file_beyond_the_limit_is_not_taken(address: str, visit: Open, tmp_path: Path):
    page = own_data(visit, address, "de")
    path = tmp_path / "riesig.csv"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    page.locator(_INPUT).set_input_files([path])

    expect(page.get_by_test_id("stFileUploader").get_by_role("alert")).to_be_visible()
    expect(page.get_by_text(re.compile("höchstens 200.MB"))).to_be_visible()
    expect(page.get_by_role("button", name=words("de")("page_own_data.check"))).to_be_disabled()
    is_calm(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_box_speaks_the_readers_language(
    address: str, visit: Open, tmp_path: Path, language: Language
):
    """Streamlit says these words in English alone."""
    w = words(language)
    page = own_data(visit, address, language)
    box = page.get_by_test_id("stFileUploader")
    chosen = box.get_by_test_id("stBaseButton-secondary").get_by_text(w("page_own_data.box_choose"))
    expect(chosen).to_be_visible()
    expect(box.get_by_text(w("page_own_data.box_limit"))).to_be_visible()
    expect(box.get_by_text(re.compile("200MB|^Upload$"))).to_have_count(0)
    path = tmp_path / "liste.csv"
    path.write_text("case_id\n1\n")
    page.locator(_INPUT).set_input_files([path])
    expect(box.get_by_role("button", name=w("page_own_data.box_more"))).to_be_visible()
    dropped = f"{w('page_own_data.box_drop')} {path.name}"
    expect(box.get_by_role("button", name=dropped)).to_be_visible()


@pytest.mark.parametrize("names", FLAWED_TOGETHER, ids=lambda names: names[0])
def test_every_flawed_file_is_told_clearly(
    address: str, visit: Open, demo_store: Path, tmp_path: Path, names: tuple[str, ...]
):
    w = words("de")
    page = own_data(visit, address, "de")
    paths = [built(tmp_path, name, FLAWED[name][0]) for name in names]
    check(page, "de", *paths, table="cases")
    rows = page.get_by_role("row")
    results = tried(demo_store, *paths).checks
    for name, path, result in zip(names, paths, results, strict=True):
        finding = next(f for f in result.findings if f.rule == FLAWED[name][1])
        own = rows.filter(has=page.get_by_role("cell", name=path.name, exact=True))
        own = own.filter(has_text=finding.text(w)).filter(has_text=finding.mend(w))
        expect(own.first).to_be_visible()
    is_calm(page)


def test_flawed_rows_leave_the_profile_of_the_others(address: str, visit: Open, tmp_path: Path):
    page = own_data(visit, address, "de")
    check(page, "de", built(tmp_path, "formula", FLAWED["formula"][0]))
    expect(page.get_by_role("heading", name=words("de")("page_own_data.profile"))).to_be_visible()
    is_calm(page)


def test_a_usable_upload_is_shown_whole(
    address: str, visit: Open, demo_store: Path, tmp_path: Path
):
    w = words("de")
    page = own_data(visit, address, "de")
    names = ("cases", "referrals")
    paths = [on_disk(tmp_path, own_file(demo_store, name, KOELN)) for name in names]

    check(page, "de", *paths)

    expect(band(page, "de")).to_be_visible()
    expect(page.get_by_text(w("report_upload.clean"), exact=True)).to_be_visible()
    expect(page.get_by_test_id("stPlotlyChart").first).to_be_visible()
    settle(page)
    for width in WIDTHS:
        resize(page, width)
        assert overflowing(page) == []
        assert cut_in_pictures(page) == []
        assert grave_findings(page) == []


@pytest.fixture
def own_server(
    demo_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, Path]]:
    """A server whose temporary files have a folder of their own."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    with serving(demo_store) as address:
        yield address, scratch


def test_an_upload_is_its_sessions_own_and_leaves_nothing(
    own_server: tuple[str, Path], visit: Open, demo_store: Path, tmp_path: Path
):
    address, scratch = own_server
    w = words("en")
    page = own_data(visit, address, "en")
    cases, path = rows_of(demo_store, "cases", KOELN), tmp_path / f"{MARKER}.csv"
    path.write_bytes(csv_of(cases) + marked_rows(40_000))

    check(page, "en", path)
    expect(band(page, "en")).to_be_visible(timeout=60_000)
    with page.expect_download() as waiting:
        page.get_by_role("button", name=w("page_own_data.findings_xlsx")).click()
    assert waiting.value.path().read_bytes()[:2] == b"PK"

    other = visit(f"{address}/own-data?district={KOELN}&lang=en", as_another=True).page
    expect(band(other, "en")).to_have_count(0)
    assert MARKER not in other.content()

    page.close()
    other.reload()
    settle(other)
    places = (demo_store, scratch, PROJECT / ".tmp")
    assert [found for place in places for found in holding(place, MARKER.encode())] == []
    assert list(scratch.iterdir()) == []


def own_data(visit: Open, address: str, language: Language) -> Page:
    page = visit(f"{address}/own-data?district={KOELN}&lang={language}").page
    expect(page.locator(_INPUT)).to_be_attached()
    return page


def check(page: Page, language: Language, *paths: Path, table: str = "") -> None:
    """Upload files, wait until each is listed, choose a table where asked to, and check them."""
    w = words(language)
    page.locator(_INPUT).set_input_files(list(paths))
    labels = [w("page_own_data.table_of", number=n) for n, _ in enumerate(paths, 1)]
    boxes = [page.get_by_role("combobox", name=label, exact=True) for label in labels]
    for box in boxes:
        expect(box).to_be_visible(timeout=60_000)
    settle(page)
    for box in boxes:
        if table and box.input_value() != w(f"column.tables.{table}"):
            box.scroll_into_view_if_needed()  # scrolling closes the list of choices
            box.click()
            page.get_by_role("option", name=w(f"column.tables.{table}"), exact=True).click()
    settle(page)
    page.get_by_role("button", name=w("page_own_data.check")).click()
    expect(band(page, language)).to_be_visible(timeout=120_000)
    settle(page)


def band(page: Page, language: Language):
    return page.get_by_role("complementary", name=words(language)("page_own_data.band_label"))


def is_calm(page: Page) -> None:
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_test_id("stAlertContentError")).to_have_count(0)
    assert "Traceback" not in page.content()


def built(folder: Path, name: str, build: Build) -> Path:
    """Build an input under a name of its own, and no larger than may be uploaded."""
    own = folder / re.sub(r"\W", "_", name)
    own.mkdir()
    path = build(own)
    if path.stat().st_size > LARGEST:
        os.truncate(path, LARGEST)
    return path.rename(folder / f"{own.name}{path.suffix}")


def tried(root: Path, *paths: Path) -> Upload:
    """Return what must be told of files that together hold nothing to be shown."""
    result = try_out(current(root), [in_memory(path) for path in paths], KOELN)
    assert result.store is None
    return result


def in_memory(path: Path) -> OwnFile:
    return OwnFile(Source(path.name, content=path.read_bytes()), CASES)


def on_disk(folder: Path, file: OwnFile) -> Path:
    """Write a file under a name that Markdown would change."""
    path = folder / f"_mein*{file.source.name}_"
    path.write_bytes(file.source.content)
    return path


def marked_rows(count: int) -> bytes:
    """Return rows under the marker, of which every tenth has a finding."""
    lines = []
    for number in range(count):
        opened = "30.02.2019" if number % 10 == 0 else "2019-01-02"
        lines.append(f'"{MARKER}-{number}","{KOELN}",,,,,{opened},,,,,,,')
    return ("\n".join(lines) + "\n").encode()


def holding(place: Path, marker: bytes) -> list[str]:
    """Return the files below a folder whose name or content holds the marker."""
    found = []
    for folder, _, names in os.walk(place):
        for name in names:
            path = Path(folder) / name
            if marker.decode() in name or marker in path.read_bytes():
                found.append(str(path))
    return found
