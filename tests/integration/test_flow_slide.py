"""The flow on a slide: native shapes that are read, stay apart, and tell the exhibit's numbers."""

import io
from pathlib import Path

import pytest
from pptx import Presentation
from pypdf import PdfReader

from analytics.charts.specs.flow import HEIGHT, flow_spec, spread
from analytics.charts.specs.spec import TYPE
from analytics.charts.specs.waits import few
from analytics.domain.deck import DeckChoice, Detail, Story
from analytics.exports.deck_pdf import deck_pdf
from analytics.exports.pptx.boxes import EMU, FIGURE
from analytics.exports.slides import deck_pptx
from analytics.i18n import LANGUAGES, Language, words
from analytics.reports.basis.opening import current_folder, open_snapshot
from analytics.reports.deck import Slide, slides
from analytics.reports.deck.short_cooperation import MOST_WAITS

DECK = DeckChoice((Story.COOPERATION,))
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
MOST_STREAMS = 20


@pytest.fixture(scope="module")
def store(demo_store: Path):
    folder = current_folder(demo_store)
    assert folder is not None
    with open_snapshot(folder) as opened:
        yield opened


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request) -> Language:
    return request.param


@pytest.fixture(scope="module")
def told(store, language) -> tuple[Slide, ...]:
    return slides(store, DECK, words(language))


@pytest.fixture(scope="module")
def flow(told) -> Slide:
    (found,) = [slide for slide in told if slide.kind == "flow"]
    assert found.exhibit is not None
    return found


@pytest.fixture(scope="module")
def groups(told, flow, language):
    made = Presentation(io.BytesIO(deck_pptx(told, DECK, words(language))))
    slide = made.slides[told.index(flow)]
    found = [shape for shape in slide.shapes if shape.shape_type == 6]
    assert len(found) == 3
    return [list(group.shapes) for group in found], found


def test_streams_and_bars_stand_in_the_picture_with_their_alternative(groups, flow):
    (ribbons, bars, labels), whole = groups
    assert len(ribbons) == len(flow.exhibit.table.frame) <= MOST_STREAMS
    left, top, width, height = (round(each * EMU) for each in FIGURE)
    for shape in (*ribbons, *bars, *labels):
        assert shape.left >= left - 2 and shape.top >= top - 2
        assert shape.left + shape.width <= left + width + 2
        assert shape.top + shape.height <= top + height + 0.01 * EMU
        assert shape._element.nvSpPr.cNvPr.get("descr")
    assert whole[0]._element.nvGrpSpPr.cNvPr.get("descr") == flow.alt
    ids = [shape.shape_id for group in whole for shape in (group, *group.shapes)]
    assert len(set(ids)) == len(ids)


def test_names_are_read_from_afar_and_none_covers_another(groups):
    _, _, labels = groups[0]
    for shape in labels:
        for paragraph in shape.text_frame.paragraphs:
            assert all(run.font.size.pt >= TYPE for run in paragraph.runs)
    for one in labels:
        for other in labels:
            if one.shape_id < other.shape_id and one.left == other.left:
                assert one.top + one.height <= other.top or other.top + other.height <= one.top


def test_only_colours_of_the_theme_are_used(groups):
    for group in groups[1]:
        assert not list(group._element.iter(f"{DRAWING}srgbClr"))


def test_it_tells_the_numbers_of_the_exhibit(groups, flow, language):
    w, frame = words(language), flow.exhibit.table.frame
    ribbons, bars, labels = groups[0]
    for shape, row in zip(ribbons, frame.to_dict("records"), strict=True):
        text = shape._element.nvSpPr.cNvPr.get("descr")
        assert row["office"] in text and row["body"] in text and w.number(row["value"]) in text
    for side, name in (("key", "office"), ("code", "body")):
        for (_, label), total in frame.groupby([side, name])["value"].sum().items():
            said = [shape.text_frame.text.replace("\n", " ") for shape in labels]
            assert f"{label} {w.number(total)}" in said
    # As high as many: the same scale for all bars.
    heights = [bar.height for bar in bars]
    totals = [*frame.groupby("key")["value"].sum(), *frame.groupby("code")["value"].sum()]
    scales = [h / n for h, n in zip(sorted(heights), sorted(totals), strict=True)]
    assert max(scales) == pytest.approx(min(scales), rel=1e-3)


def test_paper_draws_the_same(told, flow, language):
    w = words(language)
    pages = PdfReader(io.BytesIO(deck_pdf(told, DECK, w))).pages
    text = pages[told.index(flow)].extract_text()
    for label in flow_spec(flow.exhibit, w).labels:
        assert label.lines[-1] in text


def test_a_screen_shows_no_more_waits_than_a_slide_has_room_for(told) -> None:
    waits = next(slide for slide in told if slide.drawing == "waits")
    assert waits.exhibit is not None and len(waits.exhibit.table.frame) > MOST_WAITS
    assert len(few(waits.exhibit).table.frame) == MOST_WAITS


def test_brief_leaves_the_flow_to_the_long_form(store):
    brief = slides(store, DeckChoice((Story.COOPERATION,), detail=Detail.BRIEF), words("de"))
    assert [slide.kind for slide in brief] == ["title", "chart"]


def test_names_are_pushed_apart_and_stay_within() -> None:
    tops = spread([HEIGHT - 0.1, HEIGHT - 0.1, HEIGHT - 0.1], [0.5, 0.5, 0.5])
    assert tops[2] + 0.5 <= HEIGHT
    assert tops[0] + 0.5 < tops[1] and tops[1] + 0.5 < tops[2]
    assert spread([0.0, 2.0], [0.5, 0.5]) == [0.0, 2.0]
