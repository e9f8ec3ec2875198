"""PowerPoint files: native charts and shapes that hold the report's numbers, all described."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import evaluation_store
import pandas as pd
import pytest
from need_rows import COMPARISON, MODEL, Needs, publish
from pptx import Presentation
from pptx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from analytics.charts.drawings import chart_spec
from analytics.disclosure import ReleasedTable
from analytics.domain.deck import DeckChoice, Preset, Story
from analytics.domain.estimates import Status
from analytics.exports.pptx import boxes
from analytics.exports.pptx.boxes import LAYOUTS
from analytics.exports.pptx.workbook import workbook
from analytics.exports.slides import deck_pptx
from analytics.i18n import words
from analytics.reports.basis.span import programme_starts
from analytics.reports.deck import slides

DISTRICT = "05334"
EVERYTHING = DeckChoice(tuple(Story), (DISTRICT,)).named("Alles", "Prüfung", date(2024, 2, 6))
CHARTS = {
    "answer_course", "bars", "contributions", "control", "curve", "estimate", "forest", "funnel",
    "kim_estimate", "progress", "trend",
}  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Every evaluation unit with enough needs for an estimate."""
    root = tmp_path_factory.mktemp("store")
    with evaluation_store.opened(root, evaluation_store.staggered()) as opened:
        yield opened


@pytest.fixture(scope="module")
def told(store):
    return slides(store, EVERYTHING, words("de"))


@pytest.fixture(scope="module")
def made(told):
    return deck_pptx(told, EVERYTHING, words("de"))


@pytest.fixture(scope="module")
def deck(made):
    return Presentation(io.BytesIO(made))


def charts_of(deck):
    return [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]


def book_of(chart):
    return CalamineWorkbook.from_filelike(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))


def test_each_figure_is_native_and_nothing_is_a_picture(told, deck, made):
    drawn = [slide.chart[0] for slide in told if slide.chart]
    assert set(drawn) == CHARTS
    assert len(charts_of(deck)) == len(drawn)
    assert not [n for n in zipfile.ZipFile(io.BytesIO(made)).namelist() if "media" in n]
    assert not [s for slide in deck.slides for s in slide._element.iter(qn("p:pic"))]


def test_the_map_has_a_named_shape_for_each_district_and_marks_the_model_units(told, deck):
    position = next(i for i, slide in enumerate(told) if slide.kind == "map")
    areas, models, legend = (s for s in deck.slides[position].shapes if s.shape_type == 6)
    assert len(areas.shapes) == 53
    assert len({shape.name for shape in areas.shapes}) == 53
    assert all(shape._element.find(f".//{qn('a:custGeom')}") is not None for shape in areas.shapes)
    assert len(models.shapes) == 12
    texts = {s.text_frame.text for s in legend.shapes if s.has_text_frame}
    assert "Modellkommunen" in texts and "GeoBasis-DE" in foot_of(deck.slides[position])


def test_workbooks_hold_the_numbers_of_the_report(told, deck):
    drawn = [slide.chart for slide in told if slide.chart]
    for (drawing, exhibit), chart in zip(drawn, charts_of(deck), strict=True):
        rows = book_of(chart).get_sheet_by_name("Bericht").to_python()
        frame = exhibit.table.frame
        name = "estimate" if drawing == "curve" else "value"
        label = next(c.label for c in exhibit.table.columns if c.name == name)
        found = [row[rows[0].index(label)] for row in rows[1:]]
        expected = [None if pd.isna(value) else value for value in frame[name]]
        assert [None if v == "" else v for v in found] == pytest.approx(expected)


def test_what_is_drawn_are_the_shown_values_and_no_others(told):
    scales = {"points": 100, "money": 1e-6}
    for drawing, exhibit in (slide.chart for slide in told if slide.chart):
        if drawing in ("curve", "progress"):
            continue
        frame = exhibit.table.frame
        kind = next(c.kind for c in exhibit.table.columns if c.name == "value")
        is_shown = frame["status"] == Status.SHOWN
        if drawing.endswith("estimate"):
            is_shown &= frame["key"].isin(["estimate", "average", "before", "detectable"])
        shown = frame.loc[is_shown, "value"] * scales.get(kind, 1)
        spec = chart_spec(drawing, exhibit, words("de"))
        along_x = drawing in ("estimate", "kim_estimate", "forest", "contributions")
        drawn = {v for s in spec.series for v in (s.x if along_x else s.y) if v is not None}
        missing = [v for v in shown if not any(v == pytest.approx(d) for d in drawn)]
        assert not missing, exhibit.id


def test_the_answer_is_followed_by_the_course_it_came_from(told):
    ids = [slide.exhibit.id for slide in told if slide.id.startswith("model_effect.")]
    assert ids == ["model_estimate", "answer_course", "model_sensitivities"]
    answered = next(slide for slide in told if slide.id == "model_effect.estimate")
    assert "n = " in " ".join(answered.lines)


def test_milestones_are_named_lines_over_the_whole_axis(told):
    for drawing in ("trend", "control"):
        slide = next(slide for slide in told if slide.drawing == drawing)
        spec = chart_spec(slide.drawing, slide.exhibit, words("de"))
        marks = {}
        for each in (s for s in spec.series if s.labels):
            (place,) = (i for i, value in enumerate(each.y) if value is not None)
            assert each.labels[place] == each.name and not each.in_legend
            assert (each.low[place], each.high[place]) == (spec.y.low, spec.y.high)
            marks[each.name] = spec.days[place]
        values = [v for s in spec.series if not s.labels for v in s.y if v is not None]
        assert max(values) <= 0.85 * spec.y.high
        if drawing == "trend":
            assert marks == dict(
                zip(("Modellprojekt", "KIM"), programme_starts().values(), strict=True)
            )
        else:
            rows = slide.exhibit.table.frame
            wanted = rows[rows["milestone"] != ""].set_index("milestone")["period"].dt.date
            assert marks == wanted.to_dict() and len(marks) > 0


def test_limits_that_begin_anew_are_lines_of_their_own(told):
    slide = next(slide for slide in told if slide.drawing == "control")
    segment = slide.exhibit.table.frame["segment"].to_numpy()
    limits = [
        s
        for s in chart_spec(slide.drawing, slide.exhibit, words("de")).series
        if s.marker == "none" and s.line
    ]
    assert len(limits) == 3 * len(set(segment[segment >= 0]))
    heights = [each.y for each in limits]
    shades = [each.shade for each in limits if each.shade]
    assert len(shades) == len(limits) / 3 and all(shade in heights for shade in shades)
    for each in limits:
        assert len(set(segment[[value is not None for value in each.y]])) == 1


def test_charts_refer_to_the_cells_that_hold_their_values(deck):
    for chart in charts_of(deck):
        sheet = book_of(chart).get_sheet_by_name("Diagramm").to_python()
        for reference in chart.part._element.iter(qn("c:numRef")):
            column, first, last = re.fullmatch(
                r"'Diagramm'!\$([A-Z]+)\$(\d+):\$[A-Z]+\$(\d+)", reference.find(qn("c:f")).text
            ).groups()
            place = sum((ord(c) - 64) * 26**i for i, c in enumerate(reversed(column))) - 1
            cells = [row[place] for row in sheet[int(first) - 1 : int(last)]]
            for point in reference.iter(qn("c:pt")):
                cell = cells[int(point.get("idx"))]
                if not isinstance(cell, date):
                    assert cell == pytest.approx(float(point[0].text))


def test_every_object_is_described_or_decoration(deck):
    for slide in deck.slides:
        for properties in slide._element.iter(qn("p:cNvPr")):
            is_tree = properties.getparent().getparent().tag == qn("p:spTree")
            is_decoration = "decorative" in "".join(e.tag for e in properties.iter() if e.tag)
            assert is_tree or is_decoration or properties.get("descr"), properties.get("name")
        ids = [p.get("id") for p in slide._element.iter(qn("p:cNvPr"))]
        assert len(set(ids)) == len(ids)


def test_one_master_with_our_layouts_and_numbers_on_all_slides(deck):
    assert len(deck.slide_masters) == 1
    assert [layout.name for layout in deck.slide_layouts] == [layout.name for layout in LAYOUTS]
    assert round(deck.slide_width / deck.slide_height, 2) == 1.78
    for slide in deck.slides:
        assert slide._element.find(f".//{qn('a:fld')}").get("type") == "slidenum"
        assert slide.shapes.title is not None


def test_every_run_of_text_has_the_language_of_the_deck(deck):
    for slide in deck.slides:
        for root in (slide._element, slide.notes_slide._element):
            runs = [*root.iter(qn("a:r")), *root.iter(qn("a:fld"))]
            assert {run.find(qn("a:rPr")).get("lang") for run in runs} == {"de-DE"}
    for chart in charts_of(deck):
        assert chart.part._element.find(qn("c:lang")).get("val") == "de-DE"


def test_each_slide_tells_finding_origin_source_and_notes(told, deck):
    for slide, native in zip(told, deck.slides, strict=True):
        texts = [s.text_frame.text for s in native.placeholders if s.has_text_frame]
        assert native.shapes.title.text_frame.text == slide.title
        assert slide.provenance_text in texts
        assert slide.foot in foot_of(native)
        assert native.notes_slide.notes_text_frame.text == slide.notes


def test_text_is_large_enough_for_a_room(deck):
    sizes = [
        int(each.get("sz"))
        for chart in charts_of(deck)
        for each in chart.part._element.iter(qn("a:defRPr"), qn("a:rPr"))
        if each.get("sz")
    ]
    assert min(sizes) >= 1800
    feet = {boxes.FOOT, boxes.NUMBER}
    for slide in deck.slides:
        runs = [
            int(each.get("sz"))
            for shape in slide.shapes
            if not (shape.is_placeholder and shape.placeholder_format.idx in feet)
            for each in shape._element.iter(qn("a:rPr"), qn("a:defRPr"))
            if each.get("sz")
        ]
        assert min(runs, default=1800) >= 1800
    small = {b.size for layout in LAYOUTS for b in layout.boxes if b.index in feet}
    others = [b.size for layout in LAYOUTS for b in layout.boxes if b.index not in feet]
    assert small == {12} and min(others) >= 18
    title = LAYOUTS[1].boxes[0]
    assert title.kind == "title" and title.size >= 28


def test_the_picture_takes_most_of_the_width_and_the_number_is_seen_from_afar(told, deck):
    assert boxes.FIGURE[2] == pytest.approx(0.62 * boxes.WIDTH)
    big = next(box for box in boxes.WITH_NUMBER.boxes if box.index == boxes.BIG)
    assert big.size == 54
    for slide, native in zip(told, deck.slides, strict=True):
        found = {s.placeholder_format.idx: s for s in native.placeholders}
        if slide.chart and slide.number:
            assert found[boxes.BIG].text_frame.text == slide.number


def test_what_is_made_up_has_a_hatched_edge(told, deck):
    for slide, native in zip(told, deck.slides, strict=True):
        first = native.shapes[0]
        is_edged = first.name == "Edge" and (first.left, first.height) == (0, deck.slide_height)
        assert not is_edged or first._element.find(f".//{qn('a:pattFill')}") is not None
        assert is_edged == slide.is_made_up


def test_a_place_to_fill_is_empty_and_asks_in_the_language_of_the_deck(told, deck):
    place = next(i for i, slide in enumerate(told) if slide.kind == "open")
    native = deck.slides[place]
    (empty,) = [s for s in native.placeholders if s.placeholder_format.idx == boxes.OPEN]
    assert empty.text_frame.text == ""
    (asks,) = [
        s for s in native.slide_layout.placeholders if s.placeholder_format.idx == boxes.OPEN
    ]
    assert asks.text_frame.text == words("de")("report_deck.next_prompt")


def test_the_same_slides_give_the_same_bytes(told, made):
    assert deck_pptx(told, EVERYTHING, words("de")) == made


def test_no_text_of_a_workbook_is_a_formula(told):
    slide = next(slide for slide in told if slide.drawing == "forest")
    frame = slide.exhibit.table.frame.assign(label=lambda f: "=1+1" + f["label"])
    exhibit = replace(slide.exhibit, table=ReleasedTable(slide.exhibit.table.columns, frame))
    spec = chart_spec(slide.drawing, exhibit, words("de"))
    book = zipfile.ZipFile(io.BytesIO(workbook(spec, exhibit, words("de"))))
    sheets = [book.read(name).decode() for name in book.namelist() if "sheet" in name]
    assert "=1+1" in book.read("xl/sharedStrings.xml").decode()
    assert not any("<f>" in sheet for sheet in sheets)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("preset", Preset)
def test_what_is_protected_is_said_and_never_zero(tmp_path, preset, language):
    few = (Needs(3, COMPARISON, referred=10), Needs(20, MODEL, referred=30))
    district = (MODEL,) if preset is Preset.KREISBESUCH else ()
    choice, w = DeckChoice.of_preset(preset, district), words(language)
    with publish(tmp_path, few) as store:
        told = slides(store, choice, w)
        deck = Presentation(io.BytesIO(deck_pptx(told, choice, w)))
    assert len(deck.slides) == len(told)
    for slide, native in zip(told, deck.slides, strict=True):
        texts = " ".join(s.text_frame.text for s in native.placeholders if s.has_text_frame)
        for text in (slide.gap, *slide.lines, *(t for p in slide.parts for t in p.lines)):
            if slide.kind == "open":
                continue
            assert text.replace("n = ", "n\u00a0=\u00a0") in texts
        if slide.kind == "chart" and slide.drawing in ("trend", "curve"):
            hidden = slide.exhibit.table.frame["status"] != Status.SHOWN
            assert slide.gap or not hidden.any()


def foot_of(slide):
    return next(
        s.text_frame.text for s in slide.placeholders if s._element.ph.get("type") == "ftr"
    )  # fmt: skip
