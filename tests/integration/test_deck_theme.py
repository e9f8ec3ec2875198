"""A ministry's theme recolours texts, charts and map; a template that brings none is refused."""

import io
import re
import zipfile
from collections.abc import Callable

import evaluation_store
import ministry
import pytest
from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import qn

from analytics.charts import theme
from analytics.domain.deck import DeckChoice, Story
from analytics.exports.pptx.brand import TemplateError, brand_of
from analytics.exports.pptx.colours import OWN, colour_xml
from analytics.exports.slides import deck_pptx
from analytics.i18n import words
from analytics.reports.deck import slides

EVERYTHING = DeckChoice(tuple(Story), ("05334",))
DE = words("de")


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    root = tmp_path_factory.mktemp("store")
    with evaluation_store.opened(root, evaluation_store.staggered()) as opened:
        return slides(opened, EVERYTHING, DE)


@pytest.fixture(scope="module")
def branded(told):
    return deck_pptx(told, EVERYTHING, DE, brand_of(ministry.template()))


def parts(made: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        names = [name for name in package.namelist() if name.endswith(".xml")]
        return {name: package.read(name).decode() for name in names}


def test_no_part_but_the_theme_names_a_colour_of_its_own(branded):
    named = {
        name: found
        for name, text in parts(branded).items()
        if "notesMaster" not in name and (found := re.findall(r"srgbClr|sysClr|prstClr", text))
    }
    assert named and all(name.startswith("ppt/theme/") for name in named)


def test_charts_and_map_refer_to_accents_that_the_template_colours(told, branded):
    texts = parts(branded)
    for name in (name for name in texts if name.startswith("ppt/theme/")):
        found = etree.fromstring(texts[name].encode())
        given = {
            e.getparent().tag.partition("}")[2]: e.get("val") for e in found.iter(qn("a:srgbClr"))
        }
        assert given == ministry.COLOURS
        assert {e.get("typeface") for e in found.iter(qn("a:latin"))} == {"Georgia"}
    accents = {
        accent
        for name, text in texts.items()
        if name.startswith("ppt/charts/chart")
        for accent in re.findall(r'schemeClr val="(accent\d)"', text)
    }
    assert {"accent1", "accent2", "accent3"} <= accents
    place = next(i for i, slide in enumerate(told) if slide.kind == "map")
    native = Presentation(io.BytesIO(branded)).slides[place]
    areas = next(shape for shape in native.shapes if shape.shape_type == 6)
    fills = {e.get("val") for e in areas._element.iter(qn("a:schemeClr"))}
    assert "accent5" in fills


def test_steps_of_a_colour_stay_in_order_whatever_the_accent():
    def share(colour: str) -> tuple[int, int]:
        change = colour_xml(colour)
        off, mod = (re.search(rf'{name} val="(\d+)"', change) for name in ("lumOff", "lumMod"))
        return (int(off[1]) if off else 0, int(mod[1]) if mod else 100_000)

    for steps in (theme.SEQUENTIAL, theme.KIM_STEPS):
        found = [share(colour) for colour in steps]
        lightness = [off + mod / 2 for off, mod in found]  # of an accent halfway to white
        assert lightness == sorted(lightness, reverse=True) and len(set(lightness)) == len(steps)


def test_a_dark_house_keeps_its_ground(told):
    def darken(content: bytes) -> bytes:
        dark = content.replace(b'bg1="lt1"', b'bg1="dk1"')
        return dark.replace(b'tx1="dk1"', b'tx1="lt1"')

    brand = brand_of(changed("ppt/slideMasters/slideMaster1.xml", darken))
    assert (brand.ground["bg1"], brand.ground["tx1"]) == ("dk1", "lt1")
    made = Presentation(io.BytesIO(deck_pptx(told[:1], EVERYTHING, DE, brand)))
    found = made.slide_masters[0]._element.find(qn("p:clrMap"))
    assert (found.get("bg1"), found.get("tx1"), found.get("accent1")) == ("dk1", "lt1", "accent1")


def changed(part: str, change: Callable[[bytes], bytes | None]) -> bytes:
    """Return the template with one part changed, or without it."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(ministry.template())) as source,
        zipfile.ZipFile(made, "w") as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            kept = change(content) if name == part else content
            if kept is not None:
                target.writestr(name, kept)
    return made.getvalue()


THEME, RELATIONS = "ppt/theme/theme1.xml", "ppt/_rels/presentation.xml.rels"
ENTITY = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "unreadable"),
        (b"no zip", "unreadable"),
        (ministry.template()[:4000], "unreadable"),
        (changed(THEME, lambda _: None), "unreadable"),
        (changed(RELATIONS, lambda _: None), "unreadable"),
        (changed(THEME, lambda _: b"<half"), "unreadable"),
        (changed(THEME, lambda _: ENTITY), "unreadable"),
        (changed(THEME, lambda _: b"<x/>"), "no_theme"),
    ],
)
def test_a_template_that_brings_no_theme_is_refused_with_its_reason(content, reason):
    with pytest.raises(TemplateError) as refused:
        brand_of(content)
    assert refused.value.reason == reason


def test_every_colour_of_the_theme_has_its_place():
    assert all("schemeClr" in colour_xml(colour) for colour in OWN.values())
    with pytest.raises(KeyError):
        colour_xml("#123456")
