"""What makes a file look like its house: colours and fonts, ours or those of a template."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from lxml import etree

from analytics.exports.pptx.colours import OWN

FONT: Final = "Arial"
"""On every office computer, and LibreOffice has a font of the same widths."""

MOST_BYTES: Final = 100_000_000
"""Of a template, as large as a presentation that can be sent."""
_MOST_XML: Final = 5_000_000
_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_FONTS: Final = ("majorFont", "minorFont")
_LIGHT: Final = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}


class TemplateError(Exception):
    """A template that brings no theme.

    Attributes:
        reason: ``unreadable`` or ``no_theme``; the message is ``cli_deck.template_<reason>``.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Brand:
    """A house's colours and fonts.

    Attributes:
        name: Of the theme, as PowerPoint shows it.
        colours: ``a:clrScheme``.
        fonts: ``a:fontScheme``.
        ground: Which of the theme's first four colours are ground and text; some houses are dark.
    """

    name: str
    colours: str
    fonts: str
    ground: Mapping[str, str]


def our_brand() -> Brand:
    """Return our colours and one font that every office has."""
    name = "Einwanderung gestalten"
    colours = "".join(
        f'<a:{place}><a:srgbClr val="{colour[1:]}"/></a:{place}>' for place, colour in OWN.items()
    )
    font = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fonts = "".join(f"<a:{kind}>{font}</a:{kind}>" for kind in _FONTS)
    return Brand(
        name,
        f'<a:clrScheme xmlns:a="{_DRAWING}" name="{name}">{colours}</a:clrScheme>',
        f'<a:fontScheme xmlns:a="{_DRAWING}" name="{name}">{fonts}</a:fontScheme>',
        _LIGHT,
    )


def brand_of(template: bytes) -> Brand:
    """Return colours and fonts of a PowerPoint template or presentation.

    Raises:
        TemplateError: If it is none, is damaged, or has no complete theme.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as package:
            return _read(package)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError, NotImplementedError,
            EOFError, OSError, RuntimeError, zlib.error):  # fmt: skip
        raise TemplateError("unreadable") from None


def _read(package: zipfile.ZipFile) -> Brand:
    main = _related(package, "", "/officeDocument")
    master = _related(package, main, "/slideMaster")
    theme = _xml(package, _related(package, master, "/theme"))
    colours, fonts = (theme.find(f".//{{{_DRAWING}}}{tag}") for tag in ("clrScheme", "fontScheme"))
    if colours is None or fonts is None or not _is_whole(colours, fonts):
        raise TemplateError("no_theme")
    found = _xml(package, master).find("{*}clrMap")
    ground = {} if found is None else {str(k): str(v) for k, v in found.attrib.items()}
    known = {name: ground[name] for name in _LIGHT if ground.get(name) in _LIGHT.values()}
    return Brand(str(theme.get("name", "")), _text(colours), _text(fonts), _LIGHT | known)


def _is_whole(colours: Any, fonts: Any) -> bool:
    places = [etree.QName(child).localname for child in colours if isinstance(child.tag, str)]
    latin = [fonts.find(f"{{{_DRAWING}}}{kind}/{{{_DRAWING}}}latin") for kind in _FONTS]
    return set(places) >= set(OWN) and all(font is not None for font in latin)


def _related(package: zipfile.ZipFile, part: str, kind: str) -> str:
    """Return the first part of a kind that another one refers to; raises KeyError without one."""
    folder, name = posixpath.split(part)
    relations = _xml(package, posixpath.join(folder, "_rels", f"{name}.rels"))
    for relation in relations.iter(_RELATION):
        if str(relation.get("Type", "")).endswith(kind):
            target = str(relation.get("Target", ""))
            return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    raise KeyError(kind)


def _xml(package: zipfile.ZipFile, name: str) -> Any:
    """Return a part as XML; nothing outside of it is ever read, nothing in it expanded."""
    if package.getinfo(name).file_size > _MOST_XML:
        raise ValueError(name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(package.read(name), parser)
    if root.getroottree().docinfo.doctype:
        raise ValueError(name)
    return root


def _text(element: Any) -> str:
    for extension in element.findall(f".//{{{_DRAWING}}}extLst"):
        extension.getparent().remove(extension)
    element.tail = None
    return str(etree.tostring(element, encoding="unicode"))


def theme_xml(brand: Brand) -> str:
    """Return the theme: the house's colours and fonts; fills, lines and effects are plain."""
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<a:theme xmlns:a="{_DRAWING}" name={quoteattr(brand.name)}><a:themeElements>'
        f"{brand.colours}{brand.fonts}"
        f"<a:fmtScheme name={quoteattr(brand.name)}><a:fillStyleLst>{3 * fill}</a:fillStyleLst>"
        f"<a:lnStyleLst>{3 * line}</a:lnStyleLst><a:effectStyleLst>{3 * effect}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{3 * fill}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )
