"""The template: one master, its layouts and its theme, made in code.

python-pptx brings a template of its own; of that only the empty package is kept.
"""

from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.presentation import Presentation as Deck
from pptx.util import Emu

from analytics.exports.pptx.boxes import EMU, HEIGHT, LAYOUTS, WIDTH, Box, Layout
from analytics.exports.pptx.brand import Brand, theme_xml
from analytics.exports.pptx.texts import DECORATIVE
from analytics.i18n import Words

_NAMESPACES: Final = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_GROUP: Final = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
)
_ACCENTS: Final = (*(f"accent{place}" for place in range(1, 7)), "hlink", "folHlink")
_UNWANTED: Final = ("printerSettings", "thumbnail")


def template(brand: Brand, w: Words) -> Deck:
    """Return an empty 16:9 presentation with our master and layouts, in the house's looks."""
    tag = w.locale.replace("_", "-")
    deck = Presentation()
    deck.slide_width, deck.slide_height = _emu(WIDTH), _emu(HEIGHT)
    _drop_leftovers(deck)
    master = deck.slide_master
    for layout in list(deck.slide_layouts)[len(LAYOUTS) :]:
        deck.slide_layouts.remove(layout)
    for layout, ours in zip(deck.slide_layouts, LAYOUTS, strict=True):
        _become(layout._element, _layout(ours, tag, w))
    ids = "".join(
        f'<p:sldLayoutId id="{each.get("id")}" r:id="{each.rId}"/>'
        for each in master._element.sldLayoutIdLst
    )
    _become(master._element, _master(ids, brand, tag))
    notes: Any = deck.notes_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    notes._element = parse_xml(theme_xml(brand).encode())
    for part in deck.part.package.iter_parts():
        if part is not notes and "/theme/" in part.partname:
            part._blob = theme_xml(brand).encode()
    for element in deck.part._element.iter():
        if element.get("lang"):
            element.set("lang", tag)
    return deck


def placeholder_xml(box: Box, number: int, tag: str, *, text: str = "") -> str:
    """Return a placeholder with its place and its style of text, to be inherited by slides."""
    fill = f'<a:solidFill><a:schemeClr val="{box.fill}"/></a:solidFill>' if box.fill else ""
    shape = "roundRect" if box.fill else "rect"
    field = '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum">'
    run = (
        f'{field}<a:rPr lang="{tag}"/><a:t>‹#›</a:t></a:fld>'
        if box.kind == "sldNum"
        else f'<a:r><a:rPr lang="{tag}"/><a:t>{text or box.name}</a:t></a:r>'
    )
    kind = f'type="{box.kind}"'
    index = "" if box.kind == "title" else f' idx="{box.index}"'
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(box.name)}/>'
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {kind}{index}/></p:nvPr>'
        f'</p:nvSpPr><p:spPr><a:xfrm><a:off x="{_emu(box.x)}" y="{_emu(box.y)}"/>'
        f'<a:ext cx="{_emu(box.w)}" cy="{_emu(box.h)}"/></a:xfrm>'
        f'<a:prstGeom prst="{shape}"><a:avLst/></a:prstGeom>{fill}</p:spPr>'
        f'<p:txBody><a:bodyPr lIns="0" rIns="0" tIns="0" bIns="0" anchor="{box.anchor}">'
        f"<a:noAutofit/></a:bodyPr><a:lstStyle>{_level(box)}</a:lstStyle><a:p>{run}</a:p>"
        "</p:txBody></p:sp>"
    )


def _level(box: Box) -> str:
    space = box.size * 50 if box.kind == "body" else 0
    return (
        f'<a:lvl1pPr marL="0" indent="0" algn="{box.align}"><a:lnSpc><a:spcPct val="95000"/>'
        f'</a:lnSpc><a:spcBef><a:spcPts val="{round(space)}"/></a:spcBef>'
        f'<a:buNone/><a:defRPr sz="{round(box.size * 100)}" b="{int(box.bold)}">'
        f'<a:solidFill><a:schemeClr val="{box.colour}"/></a:solidFill></a:defRPr></a:lvl1pPr>'
    )


def _layout(layout: Layout, tag: str, w: Words) -> str:
    lines = [_rule(place, f"Line {place}", y) for place, y in enumerate(layout.lines, start=50)]
    boxes = [
        placeholder_xml(box, place, tag, text=escape(w(box.prompt)) if box.prompt else "")
        for place, box in enumerate(layout.boxes, start=2)
    ]
    shapes = "".join((*lines, *boxes))
    is_title = layout.background != "bg1"
    return (
        f'<p:sldLayout {_NAMESPACES} preserve="1" showMasterSp="{int(not is_title)}">'
        f'<p:cSld name="{layout.name}">{_background(layout.background)}<p:spTree>{_GROUP}{shapes}'
        "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def _rule(number: int, name: str, y: float) -> str:
    """Return a line to write on, as wide as what stands above it."""
    place = f'<a:off x="{_emu(0.6)}" y="{_emu(y)}"/><a:ext cx="{_emu(WIDTH - 1.2)}" cy="0"/>'
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}">{DECORATIVE}</p:cNvPr><p:cNvSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm>{place}</a:xfrm>'
        '<a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="9525"><a:solidFill>'
        '<a:schemeClr val="accent6"/></a:solidFill></a:ln></p:spPr></p:sp>'
    )


def _master(layout_ids: str, brand: Brand, tag: str) -> str:
    boxes = [b for b in LAYOUTS[1].boxes if b.kind in ("title", "ftr", "sldNum")]
    body = Box("Text", "body", 1, 0.6, 2.1, 12.1, 4.45)
    shapes = "".join(placeholder_xml(b, i, tag) for i, b in enumerate([*boxes, body], start=3))
    bar = (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="Bar">{DECORATIVE}</p:cNvPr><p:cNvSpPr/>'
        '<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext cx="{_emu(WIDTH)}" cy="{_emu(0.12)}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill>'
        '<a:schemeClr val="accent1"/></a:solidFill></p:spPr></p:sp>'
    )
    levels = "".join(
        f'<a:lvl{n}pPr marL="{(n - 1) * 285750}" indent="0"><a:buNone/><a:defRPr sz="1800">'
        '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mn-lt"/>'
        f"</a:defRPr></a:lvl{n}pPr>"
        for n in range(1, 10)
    )
    title = levels.replace("+mn-lt", "+mj-lt")
    return (
        f"<p:sldMaster {_NAMESPACES}><p:cSld>{_background('bg1')}<p:spTree>{_GROUP}{bar}{shapes}"
        f"</p:spTree></p:cSld><p:clrMap {_colour_map(brand)}/>"
        f"<p:sldLayoutIdLst>{layout_ids}</p:sldLayoutIdLst>"
        f"<p:txStyles><p:titleStyle>{title}</p:titleStyle><p:bodyStyle>{levels}</p:bodyStyle>"
        f"<p:otherStyle>{levels}</p:otherStyle></p:txStyles></p:sldMaster>"
    )


def _colour_map(brand: Brand) -> str:
    found = {**brand.ground, **{name: name for name in _ACCENTS}}
    return " ".join(f'{name}="{place}"' for name, place in found.items())


def _background(colour: str) -> str:
    return (
        f'<p:bg><p:bgPr><a:solidFill><a:schemeClr val="{colour}"/></a:solidFill><a:effectLst/>'
        "</p:bgPr></p:bg>"
    )


def _become(element: Any, xml: str) -> None:
    """Make an element that the library holds on to what ``xml`` says."""
    new = parse_xml(xml)
    element.attrib.clear()
    element.attrib.update(new.attrib)
    element[:] = list(new)


def _drop_leftovers(deck: Deck) -> None:
    """Take out what the library's template carries from the office it was made in."""
    package = deck.part.package
    for holder in (package, deck.part):
        for key, rel in list(holder._rels.items()):
            if any(rel.reltype.endswith(name) for name in _UNWANTED):
                holder._rels.pop(key)
    for part in package.iter_parts():
        if part.partname == "/docProps/app.xml":
            part._blob = (
                b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns='
                b'"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
                b"<PresentationFormat>16:9</PresentationFormat></Properties>"
            )


def _emu(inches: float) -> Emu:
    return Emu(round(inches * EMU))
