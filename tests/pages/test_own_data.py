"""The page on which a district checks its own files: told, shown, forgotten, its own alone."""

import gc
import shutil
import weakref
from itertools import cycle
from pathlib import Path

import pyarrow as pa
import pytest
from broken_inputs import UNUSABLE
from own_files import current, own_file
from streamlit.testing.v1 import AppTest

from analytics.domain.indicators import indicator
from analytics.extracts.snapshots import SnapshotStore
from analytics.i18n import LANGUAGES, Language, words
from analytics.queries.own_beside import OwnBesideReleased
from analytics.queries.store import ParquetStore
from analytics.reports.districts import upload as uploads
from analytics.ui.show import plain

from .conftest import OpenPage

KOELN = "05315"
DUISBURG = "05112"
"""Of those that deliver what happens between bodies."""
MARKER = "geheim-4711"
UNREAD = "Eintritt in die Gruppe am"
"""A header that may be a day of a step, and whose column nobody can know."""
File = tuple[str, bytes, str]


def files(root: Path, *tables: str, district: str = KOELN) -> list[File]:
    sources = [own_file(root, table, district).source for table in tables]
    return [(source.name, source.content, "text/csv") for source in sources]


def upload(app: AppTest, given: list[File], language: Language = "de") -> AppTest:
    app.file_uploader[0].set_value(given).run()
    button(app, words(language)("page_own_data.check")).click().run()
    return app


def button(app: AppTest, label: str):
    return next(found for found in app.button if found.label == label)


def texts(app: AppTest) -> str:
    shown = (*app.markdown, *app.header, *app.subheader, *app.warning, *app.get("html"))
    return "\n".join(str(getattr(each, "value", None) or each.proto.body) for each in shown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_usable_files_get_result_and_profile(
    open_page: OpenPage, demo_store: Path, language: Language
):
    w = words(language)
    app = open_page("district/own-data", district=KOELN, lang=language)

    upload(app, files(demo_store, "cases", "referrals"), language)

    assert not app.exception and not app.warning and not app.error
    assert w("page_own_data.band_title") in texts(app)
    assert plain(w("report_upload.clean")) in texts(app)
    assert app.get("plotly_chart")
    assert "+upload" in texts(app)


def test_the_table_is_guessed_and_can_be_changed(open_page: OpenPage, demo_store: Path):
    app = open_page("district/own-data", district=KOELN)
    app.file_uploader[0].set_value(files(demo_store, "referrals", "posts")).run()
    tables = [box for box in app.selectbox if str(box.key).startswith("own_table_")]
    assert [box.value for box in tables] == ["referrals", "posts"]

    tables[1].set_value("cases").run()
    button(app, words("de")("page_own_data.check")).click().run()

    assert not app.exception
    assert any("posts.csv" in warning.value for warning in app.warning)
    assert not app.get("plotly_chart")


@pytest.mark.parametrize(
    ("name", "language"),
    zip(("pdf", "unclosed quote", "zip bomb", "Parquet cut off"), cycle(LANGUAGES)),
)
def test_a_broken_file_is_told_in_the_readers_language(
    open_page: OpenPage, tmp_path: Path, name: str, language: Language
):
    path = UNUSABLE[name][0](tmp_path)
    app = open_page("district/own-data", district=KOELN, lang=language)

    upload(app, [(path.name, path.read_bytes(), "")], language)

    assert not app.exception
    (warning,) = app.warning
    assert warning.value.startswith(plain(path.name))
    assert words(language)("report_upload.title_unusable") in texts(app)


def test_nothing_is_asked_before_a_district_is_chosen(open_page: OpenPage):
    app = open_page("district/own-data")
    assert not app.file_uploader
    assert [notice.value for notice in app.info] == [words("de")("page_own_data.choose")]


def test_forgetting_drops_files_result_and_store(
    open_page: OpenPage, demo_store: Path, monkeypatch: pytest.MonkeyPatch
):
    opened: list[weakref.ref[ParquetStore]] = []

    class Watched(OwnBesideReleased):
        def __init__(self, *given: object) -> None:
            super().__init__(*given)  # type: ignore[arg-type]
            opened.append(weakref.ref(self))

    monkeypatch.setattr(uploads, "OwnBesideReleased", Watched)
    w = words("de")
    app = open_page("district/own-data", district=KOELN)
    upload(app, files(demo_store, "cases", "referrals"))
    assert len(opened) == 1

    button(app, w("page_own_data.forget")).click().run()

    assert not app.exception
    assert w("page_own_data.band_title") not in texts(app)
    assert not app.file_uploader[0].value
    gc.collect()
    assert opened[0]() is None


def test_another_session_sees_nothing_of_it(open_page: OpenPage, demo_store: Path):
    w = words("de")
    one = open_page("district/own-data", district=KOELN)
    upload(one, files(demo_store, "cases", "referrals"))
    assert w("page_own_data.band_title") in texts(one)

    other = open_page("district/own-data", district=KOELN)

    assert w("page_own_data.band_title") not in texts(other)
    assert not other.get("plotly_chart")
    one.run()
    assert w("page_own_data.band_title") in texts(one)


def test_a_new_snapshot_asks_for_another_check(
    open_page: OpenPage, demo_store: Path, tmp_path: Path
):
    root = tmp_path / "store"
    shutil.copytree(demo_store, root)
    app = open_page("district/own-data", store=root, district=KOELN)
    upload(app, files(root, "cases"))
    store = SnapshotStore(root)
    parent = current(root).name
    store.publish(
        {},
        as_of=ParquetStore(current(root)).manifest.as_of,
        provenance={},
        source={},
        parent=parent,
    )

    app.run()

    assert not app.exception
    assert words("de")("page_own_data.other_snapshot") in [notice.value for notice in app.info]
    assert words("de")("page_own_data.band_title") not in texts(app)


def test_logs_carry_no_values(open_page: OpenPage, demo_store: Path, logs: list[dict[str, object]]):
    app = open_page("district/own-data", district=KOELN)
    name, content, kind = files(demo_store, "cases")[0]
    lines = content.decode().splitlines()
    lines[1] = MARKER + lines[1]
    lines.append(f"{MARKER};x")

    upload(app, [(name, "\n".join(lines).encode(), kind)])

    assert not app.exception
    assert logs
    assert MARKER not in repr(logs)


def without_referrals(root: Path) -> list[File]:
    def lacking(rows: pa.Table) -> pa.Table:
        names = [UNREAD if n == "started_on" else n for n in rows.column_names]
        return rows.rename_columns(names).drop_columns(["referred_on"])

    cases = own_file(root, "cases", KOELN).source
    needs = own_file(root, "referrals", KOELN, lacking).source
    return [(file.name, file.content, "text/csv") for file in (cases, needs)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_is_asked_after_what_was_read_and_its_answer_heeded(
    open_page: OpenPage, demo_store: Path, language: Language
):
    w = words(language)
    app = open_page("district/own-data", district=KOELN, lang=language)

    upload(app, without_referrals(demo_store), language)

    assert not app.exception
    shown = [element.value for element in app.main if getattr(element, "value", None)]
    read = next(i for i, text in enumerate(shown) if w("report_upload.readings_title") in str(text))
    assert read < shown.index(w("page_own_data.asked"))
    assert not app.get("plotly_chart")
    again = w("page_own_data.again")
    assert button(app, again).disabled
    started, referred = sorted(app.radio, key=lambda each: "referred_on" in each.key)
    column = w("page_own_data.answer_column", header=plain(UNREAD))
    assert column in started.options
    started.set_value("not_recorded").run()
    next(each for each in app.radio if each.key == referred.key).set_value("not_recorded").run()
    button(app, again).click().run()

    assert not app.exception
    assert w("page_own_data.asked") not in texts(app)
    assert app.get("plotly_chart")
    share = indicator("share_referred_90d").name[language]
    row = next(each for each in texts(app).split("<tr") if share in each)
    assert w("estimate.no_data") in row, row


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_column_of_an_optional_table_is_asked_about(
    open_page: OpenPage, demo_store: Path, language: Language
):
    def unanswered(rows: pa.Table) -> pa.Table:
        place = rows.column_names.index("answered_on")
        return rows.set_column(place, "answered_on", pa.nulls(rows.num_rows, pa.date32()))

    w = words(language)
    app = open_page("district/own-data", district=DUISBURG, lang=language)
    handovers = own_file(demo_store, "handovers", DUISBURG, unanswered).source
    sent = (handovers.name, handovers.content, "text/csv")

    upload(app, [*files(demo_store, "cases", "referrals", district=DUISBURG), sent], language)

    (question,) = app.radio
    assert question.key.endswith("none_filled:answered_on")
    question.set_value("not_recorded").run()
    button(app, w("page_own_data.again")).click().run()

    assert not app.exception
    assert w("page_own_data.asked") not in texts(app)
    assert app.get("plotly_chart")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_result_goes_when_the_district_changes(
    open_page: OpenPage, demo_store: Path, language: Language
):
    w = words(language)
    app = open_page("district/own-data", district=KOELN, lang=language)
    upload(app, files(demo_store, "cases"), language)

    app.selectbox(key=f"district:{language}:district").set_value("05111").run()

    assert not app.exception
    assert w("page_own_data.other_district") in [each.value for each in app.info]
    assert w("page_own_data.band_title") not in texts(app)


EXPORT = (
    "Aktenzeichen;Erstkontakt am;Beratungsbeginn;Bedarf festgestellt;Vermittlung am;Maßnahme;"
    "Kurs begonnen\n"
    "51.2-K-101/19;01.07.2019;03.07.2019;03.07.2019;20.08.2019;Integrationskurs;01.09.2019\n"
    "51.2-K-102/19;05.08.2019;06.08.2019;10.08.2019;;Zirkeltraining;\n"
)


def box(app: AppTest, part: str):
    return next(found for found in app.selectbox if part in str(found.key))


def test_an_export_with_foreign_names_is_told_until_it_is_taken(open_page: OpenPage):
    w = words("de")
    app = open_page("district/own-data", district=KOELN)
    upload(app, [("export.csv", EXPORT.encode(), "text/csv")])
    assert not app.get("plotly_chart")
    needs = "own_1_export.csv"

    box(app, f"{needs}_column_Maßnahme").set_value("offer_area").run()
    button(app, w("page_own_data.again")).click().run()
    word = box(app, f"{needs}_code_offer_area_Zirkeltraining")
    word.set_value("health").run()
    button(app, w("page_own_data.again")).click().run()

    assert not app.exception and not app.warning
    assert app.get("plotly_chart")
    taken = plain(w("report_upload.title", taken="4", sent="4"))
    assert taken in texts(app), texts(app)[:3000]


def test_the_likeliest_column_is_offered_first(open_page: OpenPage, demo_store: Path):
    app = open_page("district/own-data", district=KOELN)

    def renamed(rows: pa.Table) -> pa.Table:
        spelt = {"receiving_body": "Aufnehmende Einrichtung neu"}
        return rows.rename_columns([spelt.get(name, name) for name in rows.column_names])

    source = own_file(demo_store, "referrals", KOELN, renamed).source
    upload(app, [(source.name, source.content, "text/csv")])

    first = box(app, "_column_Aufnehmende Einrichtung neu").options[0]
    assert first == words("de")("column.label.receiving_body")


def test_file_references_of_two_files_find_each_other_and_no_key_is_written(
    open_page: OpenPage, demo_store: Path, tmp_path: Path
):
    root = tmp_path / "store"
    shutil.copytree(demo_store, root)
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    cases = "Aktenzeichen;Erstkontakt am;Beratungsbeginn\n51.2-K/1;01.07.2019;03.07.2019\n"
    needs = (
        "Vermittlungskennung;Aktenzeichen;Bedarf festgestellt;Angebotsbereich;Vermittelt am\n"
        "V1;51.2-K/1;03.07.2019;Sprache;20.08.2019\nV2;51.2-K/2;03.07.2019;Sprache;\n"
    )
    app = open_page("district/own-data", store=root, district=KOELN)

    upload(app, [("f.csv", cases.encode(), "text/csv"), ("v.csv", needs.encode(), "text/csv")])

    assert not app.exception
    w = words("de")
    # The need of the unknown case stays out, the other one has found its case.
    assert plain(w("report_upload.title", taken="2", sent="3")) in texts(app), texts(app)
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before


def test_a_result_goes_with_a_file_that_is_taken_off_the_list(
    open_page: OpenPage, demo_store: Path
):
    w = words("de")
    app = open_page("district/own-data", district=KOELN)
    both = files(demo_store, "cases", "referrals")
    upload(app, both)
    assert w("page_own_data.band_title") in texts(app)

    app.file_uploader[0].set_value(both[:1]).run()

    assert not app.exception
    assert w("page_own_data.other_files") in [each.value for each in app.info]
    assert w("page_own_data.band_title") not in texts(app)
    assert not app.get("plotly_chart")
