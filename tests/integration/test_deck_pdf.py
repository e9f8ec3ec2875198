"""The PDF of a presentation: the slides as tagged pages, then where their numbers come from."""

import io
import re
from collections import Counter
from datetime import date

import evaluation_store
import pytest
from pdf_reading import elements, fonts_of, text_of
from pypdf import PdfReader

from analytics.charts import theme
from analytics.charts.drawings import chart_spec
from analytics.charts.print.chart import printed_chart
from analytics.domain.deck import DeckChoice, Story
from analytics.exports.deck_pdf import deck_pdf
from analytics.i18n import LANGUAGES, words
from analytics.reports.deck import slides

EVERYTHING = DeckChoice(tuple(Story), ("05334",)).named("Alles", "Prüfung", date(2024, 2, 6))


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Every evaluation unit with enough needs for an estimate."""
    root = tmp_path_factory.mktemp("store")
    with evaluation_store.opened(root, evaluation_store.staggered()) as opened:
        yield opened


@pytest.fixture(scope="module", params=LANGUAGES)
def made(request, store):
    """Language, slides and the PDF made of them."""
    w = words(request.param)
    told = slides(store, EVERYTHING, w)
    return w, told, deck_pdf(told, EVERYTHING, w)


def as_read(text: str) -> str:
    """Return the text as it stands on paper and comes out of it: quotes, every space as one."""
    return " ".join(re.sub(r"(?<=\w)'(?=\w)", "’", text).split())


def squeezed(text: str) -> str:
    """Return the text without spaces: addresses and compounds are broken where no space is."""
    return "".join(as_read(text).split())


def test_each_slide_is_a_page_with_all_that_it_says(made):
    _, told, pdf = made
    pages = PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) > len(told)
    for number, (slide, page) in enumerate(zip(told, pages, strict=False), start=1):
        text = squeezed(text_of([page]))
        said = (slide.kicker, slide.title, slide.number, *slide.lines, slide.gap, slide.foot)
        parts = [text for part in slide.parts for text in (part.heading, *part.lines)]
        for part in (*said, *parts, slide.provenance_text):
            assert squeezed(part) in text, slide.id
        assert text.endswith(str(number))


def test_behind_the_slides_stands_where_each_number_comes_from(made):
    _, told, pdf = made
    text = squeezed(text_of(list(PdfReader(io.BytesIO(pdf)).pages)[len(told) :]))
    kept = [s for slide in told for s in slide.sections if s.name != "how"]
    names = {section.name for section in kept}
    assert names >= {"definition", "method", "may", "may_not", "source"}
    for section in kept:
        # Columns and pages break longer texts.
        for part in (section.heading, *(line[:30] for line in section.lines)):
            assert squeezed(part) in text, section.name
    assert "SELECT" not in text


def test_it_has_what_a_screen_reader_needs(made):
    w, told, pdf = made
    reader = PdfReader(io.BytesIO(pdf))
    catalogue = reader.root_object
    assert catalogue["/Lang"].startswith(w.language) and catalogue["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == "Alles" and b"pdfuaid:part" in catalogue["/Metadata"].get_data()
    found = list(elements(catalogue["/StructTreeRoot"]["/K"]))
    kinds = [str(element["/S"]) for element in found]
    assert kinds.count("/H1") == 1 and kinds.count("/H2") == len(told)
    assert {"/H3", "/Table", "/TH"} <= set(kinds)
    alts = [as_read(str(e.get("/Alt", ""))) for e in found if e["/S"] == "/Figure"]
    wanted = [
        alt
        for slide in told
        for alt in ([slide.alt] if slide.kind in ("map", "flow") or slide.chart else [])
    ]
    assert alts == [as_read(alt) for alt in wanted]


def test_only_the_packaged_font_is_used_and_embedded(made):
    fonts = fonts_of(PdfReader(io.BytesIO(made[2])))
    assert fonts
    assert all("SourceSansPro" in name and is_embedded for name, is_embedded in fonts.items())


def test_the_same_slides_give_the_same_bytes(made):
    w, told, pdf = made
    assert deck_pdf(told, EVERYTHING, w) == pdf


def test_charts_draw_each_number_that_powerpoint_has_and_no_other(made):
    w, told, _ = made
    for drawing, exhibit in (slide.chart for slide in told if slide.chart):
        spec = chart_spec(drawing, exhibit, w)
        svg = printed_chart(spec, w, width=199, height=113, points=14)
        wanted = Counter()
        for series in (s for s in spec.series if s.marker != "none"):
            fill = theme.PALE if series.is_open else series.colour
            known = sum(value is not None for value in series.y)
            wanted[fill.lower()] += known + (spec.legend and series.in_legend)
        for series in (s for s in spec.series if any(s.beyond)):
            wanted[series.colour.lower()] += sum(series.beyond)  # arrows that lead on
        drawn = Counter(re.findall(r"<use [^>]*fill: (#\w+); stroke", svg))  # no shades
        del drawn[theme.OUTLINE.lower()]  # ticks of the axes
        assert drawn == wanted, exhibit.id


def test_written_values_are_those_of_the_report(made):
    w, told, pdf = made
    place = next(i for i, slide in enumerate(told) if slide.drawing == "bars")
    text = text_of([PdfReader(io.BytesIO(pdf)).pages[place]])
    values = told[place].exhibit.table.frame["value"].dropna() / 1e6
    assert len(values) > 3
    assert all(w.number(v, 0 if v.is_integer() else 1) in text for v in values)
