"""Reader of web pages with tables, which many programs write and call ``.xls``."""

from html.parser import HTMLParser
from typing import Final

import pyarrow as pa

from analytics.extracts.errors import UnusableInputError
from analytics.extracts.readers.delivery import FileFacts, FileFormat, Reading
from analytics.extracts.readers.encodings import encoding_of, utf8_chunks
from analytics.extracts.readers.sheet import Sheet, sheet_table
from analytics.extracts.readers.source import Source

_CELLS: Final = frozenset({"td", "th"})
_SILENT: Final = frozenset({"script", "style"})
_WIDEST: Final = 500
_MOST_CELLS: Final = 5_000_000


def read_html(source: Source) -> Reading:
    """Read the tables of a page, one sheet each; merged cells hold for all their rows.

    Raises:
        UnusableInputError: If the page holds no table.
    """
    encoding = encoding_of(source)
    parser = _Tables()
    parser.feed(b"".join(utf8_chunks(source, encoding)).decode(errors="replace"))
    parser.close()
    tables = [rows for rows in parser.tables if any(any(row) for row in rows)]
    if not tables:
        raise UnusableInputError("reader.no_html_table", file=source.name)
    names = [str(number) if len(tables) > 1 else None for number in range(1, len(tables) + 1)]
    sheets = [Sheet(_grid(rows), name) for rows, name in zip(tables, names, strict=True)]
    return Reading(tuple(sheets), FileFacts(FileFormat.HTML, source.size, encoding))


def _grid(rows: list[list[str]]) -> pa.Table:
    width = max(map(len, rows))
    columns = [
        pa.array([(row[place] if place < len(row) else "") or None for row in rows], pa.string())
        for place in range(width)
    ]
    return sheet_table(pa.array(range(1, len(rows) + 1), pa.int64()), columns)


class _Tables(HTMLParser):
    """Collects the cells of every table; one inside another belongs to the outer one's cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._depth = 0
        self._silent = 0
        self._cell: list[str] | None = None
        self._spans = (1, 1)
        self._below: dict[int, tuple[int, str]] = {}
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, row or cell."""
        if tag in _SILENT:
            self._silent += 1
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
                self._below = {}
        elif self._depth == 1 and tag == "tr":
            self._end_cell()
            self.tables[-1].append([])
        elif self._depth == 1 and tag in _CELLS:
            self._end_cell()
            self._begin_cell(dict(attrs))
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """End a table, row or cell."""
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        if tag in {"tr", "table", *_CELLS} and self._depth == 1:
            self._end_cell()
        if tag == "table":
            self._depth = max(self._depth - 1, 0)

    def handle_data(self, data: str) -> None:
        """Take in the text of a cell."""
        if self._cell is not None and not self._silent:
            self._cell.append(data)

    def _begin_cell(self, attributes: dict[str, str | None]) -> None:
        if not self.tables[-1]:
            self.tables[-1].append([])
        self._cell = []
        self._spans = _span(attributes, "rowspan"), _span(attributes, "colspan")

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        text = " ".join("".join(self._cell).split())
        self._cell = None
        row = self.tables[-1][-1]
        self._put_above(row)
        down, across = self._spans
        first = len(row)
        for place in range(first, min(first + across, _WIDEST)):
            # A cell across several columns says something of the first only.
            row.append(text if place == first else "")
            if down > 1:
                self._below[place] = (down - 1, row[place])
            self._cells += 1
        self._put_above(row)
        if self._cells > _MOST_CELLS:
            raise UnusableInputError("reader.too_many_cells", limit=_MOST_CELLS)

    def _put_above(self, row: list[str]) -> None:
        """Fill in what cells of rows above say of this one."""
        while len(row) in self._below:
            place = len(row)
            left, text = self._below.pop(place)
            row.append(text)
            if left > 1:
                self._below[place] = (left - 1, text)


def _span(attributes: dict[str, str | None], name: str) -> int:
    text = attributes.get(name) or "1"
    return max(int(text), 1) if text.isdecimal() and len(text) < 5 else 1
