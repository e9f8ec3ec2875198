"""From the bytes of a text file to UTF-8 with plain line ends."""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from analytics.extracts.errors import UnusableInputError
from analytics.extracts.readers.delivery import Note
from analytics.extracts.readers.source import Source

CHUNK: Final = 4 * 1024 * 1024

DAMAGED: Final = "utf-8, damaged"
"""UTF-8 with some bytes that are none; each becomes the sign for "unknown character"."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What Excel in Germany writes when asked for plain CSV.
_FALLBACK: Final = "cp1252"
_EXAMPLES: Final = 100

_HEAD: Final = 4096
_FEW: Final = 0.1
_MANY: Final = 0.4

_UMLAUTS: Final = re.compile(rb"[\xe4\xf6\xfc\xdf\xc4\xd6\xdc]")
# Umlauts inside words, as the systems of old wrote them; Windows-1252 has no letters there.
_STRANGE_UMLAUTS: Final = {
    "Mac OS Roman": re.compile(rb"(?<=[A-Za-z])[\x8a\x9a\x9f](?=[a-z])"),
    "MS-DOS (850)": re.compile(rb"(?<=[A-Za-z])[\x84\x94\x81](?=[a-z])"),
}
_UTF8_UMLAUTS: Final = re.compile(rb"(?<!\x83)\xc3[\xa4\xb6\xbc\x9f\x84\x96\x9c]")
_LOST_UMLAUTS: Final = {
    "UTF-8 → Windows-1252": re.compile(rb"\xc3\x83(?:\xc2[\xa4\xb6\xbc]|\xc5\xb8|\xe2\x80)"),
    "U+FFFD": re.compile(rb"(?<=[A-Za-z])\xef\xbf\xbd(?=[a-z])"),
}
_SEQUENCES: Final = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_JUDGED: Final = 1024 * 1024
_HIGH: Final = re.compile(rb"[\x80-\xff]")


def encoding_of(source: Source) -> str:
    """Return the encoding of a text file: by its mark, else UTF-8, else Windows-1252.

    A text that is UTF-8 but for some bytes is ``DAMAGED``.

    Raises:
        UnusableInputError: If it is none of these, or its umlauts are lost.
    """
    with source.open() as file:
        head = file.read(_HEAD)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if wide := utf16_without_mark(head):
        return wide
    if _decodes(source, "utf-8"):
        _refuse_lost(source, _UTF8_UMLAUTS, _LOST_UMLAUTS)
        return "utf-8"
    if _is_damaged(source):
        return DAMAGED
    _refuse_lost(source, _UMLAUTS, _STRANGE_UMLAUTS)
    if _decodes(source, _FALLBACK):
        return _FALLBACK
    raise UnusableInputError("reader.encoding", file=source.name)


def utf16_without_mark(head: bytes) -> str | None:
    """Return which UTF-16 the first bytes of a file are; None where they are something else."""
    half = max(len(head) // 2, 1)
    even, odd = head[0::2].count(0) / half, head[1::2].count(0) / half
    if odd > _MANY and even < _FEW:
        return "utf-16-le"
    if even > _MANY and odd < _FEW:
        return "utf-16-be"
    return None


def damages(source: Source, encoding: str) -> tuple[Note, ...]:
    """Return the lines with bytes that are no UTF-8, of a text that is ``DAMAGED``."""
    if encoding != DAMAGED:
        return ()
    notes: list[Note] = []
    total = 0
    with source.open() as file:
        for number, line in enumerate(file, start=1):
            try:
                line.decode()
            except UnicodeDecodeError as error:
                total += 1
                if total <= _EXAMPLES:
                    notes.append(Note("damaged_byte", number, f"0x{line[error.start]:02X}"))
    if total > _EXAMPLES:
        notes.append(Note("damaged_byte", count=total - _EXAMPLES, is_rest=True))
    return tuple(notes)


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


def _is_damaged(source: Source) -> bool:
    """Say whether a text is UTF-8 but for some bytes: its umlauts pair up by far too often."""
    sequences = strays = 0
    with source.open() as file:
        while chunk := file.read(CHUNK):
            rest, found = _SEQUENCES.subn(b"", chunk)
            sequences += found
            strays += len(_HIGH.findall(rest))
    return sequences > strays


def _refuse_lost(
    source: Source, umlauts: re.Pattern[bytes], lost: dict[str, re.Pattern[bytes]]
) -> None:
    """Refuse a text with more lost umlauts than sound ones, judged by its beginning."""
    with source.open() as file:
        text = file.read(_JUDGED)
    if lost is _LOST_UMLAUTS and not (b"\xc3\x83" in text or b"\xef\xbf\xbd" in text):
        return  # told at once for nearly every file
    sound = len(umlauts.findall(text))
    for name, pattern in lost.items():
        if len(pattern.findall(text)) > sound:
            raise UnusableInputError("reader.damaged_umlauts", encoding=name)


def _decoded(file: BinaryIO, encoding: str) -> Iterator[bytes]:
    name, errors = ("utf-8", "replace") if encoding == DAMAGED else (encoding, "strict")
    decoder = codecs.getincrementaldecoder(name)(errors)
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
