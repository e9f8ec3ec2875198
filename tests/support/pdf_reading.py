"""What a PDF says and how it is tagged."""

from collections.abc import Iterable, Iterator
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject


def text_of(pages: Iterable[PageObject]) -> str:
    """Return all text with every kind of space as one space."""
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def elements(node: Any) -> Iterator[DictionaryObject]:
    """Yield the elements of the structure tree."""
    node = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(node, ArrayObject):
        for child in node:
            yield from elements(child)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node["/K"])


def fonts_of(reader: PdfReader) -> dict[str, bool]:
    """Return every font by name, and whether the file holds it."""
    found = {}
    for number in range(1, int(reader.trailer["/Size"])):
        thing = reader.get_object(number)
        if isinstance(thing, DictionaryObject) and thing.get("/Type") == "/FontDescriptor":
            found[str(thing["/FontName"])] = bool({"/FontFile2", "/FontFile3"} & set(thing))
    return found
