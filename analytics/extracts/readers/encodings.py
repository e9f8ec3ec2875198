"""From the bytes of a text file to UTF-8 with plain line ends."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO, Final

from analytics.extracts.errors import UnusableInputError
from analytics.extracts.readers.source import Source

CHUNK: Final = 4 * 1024 * 1024

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What Excel in Germany writes when asked for plain CSV.
_FALLBACK: Final = "cp1252"


def encoding_of(source: Source) -> str:
    """Return the encoding of a text file: by its byte order mark, else UTF-8, else Windows-1252.

    Raises:
        UnusableInputError: If it is neither.
    """
    with source.open() as file:
        head = file.read(3)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    for name in ("utf-8", _FALLBACK):
        if _decodes(source, name):
            return name
    raise UnusableInputError("reader.encoding", file=source.name)


def _decodes(source: Source, name: str) -> bool:
    decoder = codecs.getincrementaldecoder(name)()
    try:
        with source.open() as file:
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def utf8_chunks(source: Source, encoding: str) -> Iterator[bytes]:
    """Yield the text in UTF-8 without byte order mark, every line end as one line feed.

    Raises:
        UnusableInputError: If the text ends inside a character.
    """
    with source.open() as file:
        try:
            yield from _plain_line_ends(_decoded(file, encoding))
        except UnicodeDecodeError:
            raise UnusableInputError("reader.encoding", file=source.name) from None


def _decoded(file: BinaryIO, encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)()
    while chunk := file.read(CHUNK):
        # ``encoding_of`` found plain UTF-8 by decoding all of it.
        yield chunk if encoding == "utf-8" else decoder.decode(chunk).encode()
    yield decoder.decode(b"", final=True).encode()


def _plain_line_ends(chunks: Iterator[bytes]) -> Iterator[bytes]:
    held = b""
    for chunk in chunks:
        text = held + chunk
        # A carriage return at the end may be the first half of a line end.
        held = b"\r" if text.endswith(b"\r") else b""
        plain = text.removesuffix(b"\r")
        yield plain.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if held:
        yield b"\n"
