"""Texts of a slide: placeholders, speaker notes, language and text alternatives."""

import re
from copy import deepcopy
from typing import Any, Final

from lxml import etree
from pptx.oxml.ns import qn
from pptx.util import Pt

from analytics.reports.basis.formatting import tied

_ILLEGAL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
DECORATIVE: Final = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext>'
    "</a:extLst>"
)
"""What tells screen readers to pass over a shape."""
_HIDDEN_TYPES: Final = ("ftr", "sldNum")


def write(placeholder: Any, *paragraphs: tuple[str, bool], size: float | None = None) -> None:
    """Write paragraphs into a placeholder; without any, remove it.

    Args:
        placeholder: Of the slide.
        paragraphs: Text and whether it is bold; empty ones are left out.
        size: In points; that of the layout if None.
    """
    told = [(text, bold) for text, bold in paragraphs if text]
    if not told:
        placeholder._element.getparent().remove(placeholder._element)
        return
    frame = placeholder.text_frame
    for place, (text, bold) in enumerate(told):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = tied(clean(text))
        if bold:
            run.font.bold = True
        if size is not None:
            run.font.size = Pt(size)


def add_ends(slide: Any, foot: str) -> None:
    """Add the foot line and the slide number, which the library does not take from the layout."""
    for shape in slide.slide_layout.placeholders:
        kind = shape._element.ph.get("type")
        if kind not in _HIDDEN_TYPES:
            continue
        copied = deepcopy(shape._element)
        copied.nvSpPr.cNvPr.set("id", str(max(s.shape_id for s in slide.shapes) + 1))
        for child in list(copied.spPr):
            copied.spPr.remove(child)
        body = copied.txBody
        for child in list(body.find(qn("a:lstStyle"))):
            body.find(qn("a:lstStyle")).remove(child)
        if kind == "ftr":
            body.find(f".//{qn('a:t')}").text = clean(foot)
        slide.shapes._spTree.append(copied)


def add_notes(slide: Any, text: str) -> None:
    """Write the speaker notes."""
    slide.notes_slide.notes_text_frame.text = clean(text)


def describe(shape: Any, name: str, alt: str) -> None:
    """Give a shape its name and its text alternative."""
    properties = shape._element.xpath(".//p:cNvPr")[0]
    properties.set("name", clean(name))
    properties.set("descr", clean(alt))


def tag_language(root: Any, tag: str) -> None:
    """Give every run of text below ``root`` its language."""
    for kind in ("a:r", "a:fld"):
        for run in root.iter(qn(kind)):
            properties = run.find(qn("a:rPr"))
            if properties is None:
                properties = etree.SubElement(run, qn("a:rPr"))
                run.insert(0, properties)
            properties.set("lang", tag)
    for end in root.iter(qn("a:endParaRPr")):
        end.set("lang", tag)


def clean(text: str) -> str:
    """Return text without the signs that XML cannot hold."""
    return _ILLEGAL.sub("", text)
