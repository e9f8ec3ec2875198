"""Reader of official statistics in the flat format (``ffcsv``) of GENESIS, old and new.

One line a value: statistic, time, one group of columns for each variable, and the value. The new
form names its columns in English and the value's variable in columns of its own; the old one names
them in German and has a column for each figure, such as ``BEVSTD__Bevoelkerungsstand__Anzahl``.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pyarrow as pa

from analytics.domain.vocabulary import Series
from analytics.extracts.contract import POPULATION, Table
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.readers.block import LINE
from analytics.extracts.readers.delivery import (
    Aside,
    BlockFacts,
    Delivery,
    FileFacts,
    FileFormat,
    Use,
)
from analytics.extracts.readers.encodings import encoding_of, utf8_chunks
from analytics.extracts.readers.source import Source

STATISTIC: Final = "12411"
"""Fortschreibung des Bevölkerungsstandes."""

_FIGURE: Final = "BEVSTD"
_STATE: Final = "05"
_HEAD: Final = re.compile(
    rb'(?i)(?:\xef\xbb\xbf)?"?(?:statistics_code"?;"?statistics_label|statistik_code"?;"?statistik_label)'
)
_TOTALS: Final = frozenset({"", "INSGESAMT", "TOTAL", "GESAMT"})
_AREAS: Final = frozenset({"KREISE", "KREISE1", "REGION", "KREISFREIE STÄDTE"})
_AREA_CODE: Final = re.compile(r"\d{5}")
_GERMAN_DAY: Final = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})")
_MISSING: Final = frozenset({"-", ".", "/", "x", "...", ""})
_NUMBER: Final = re.compile(r"\d+")
_HEADERS: Final[Mapping[str, str]] = {
    "district": "1_variable_attribute_code",
    "reference_date": "time",
    "population": "value",
    "series": "value_variable_code",
    "source": "statistics_code",
}


@dataclass(frozen=True, slots=True)
class _Figure:
    """One population figure: its line, area, day and number as published."""

    line: int
    area: str
    day: str
    value: str


def is_ffcsv(head: bytes) -> bool:
    """Say whether a file's first bytes begin a file of the flat format."""
    return bool(_HEAD.match(head))


def read_ffcsv(source: Source, table: Table) -> Delivery:
    """Read the population of districts from a file of the flat format.

    Raises:
        UnusableInputError: If another table is wanted, it is another statistic, or the population
            is broken down without totals.
    """
    if table.name != POPULATION.name:
        raise UnusableInputError("reader.official_table", table=table.name)
    encoding = encoding_of(source)
    lines = b"".join(utf8_chunks(source, encoding)).decode().split("\n")
    aside: Counter[Aside] = Counter()
    figures = _figures(csv.DictReader(lines, delimiter=";"), aside)
    if not figures:
        raise UnusableInputError(
            "genesis.no_totals" if aside[Aside.BREAKDOWN] else "genesis.no_districts"
        )
    facts = FileFacts(
        FileFormat.FFCSV,
        source.size,
        encoding,
        ";",
        blocks=(BlockFacts(Use.READ, len(figures), header_line=1),),
        aside=Aside.counted(aside),
    )
    return Delivery(source, table, _cells(figures), dict(_HEADERS), (), facts)


def _figures(rows: "csv.DictReader[str]", aside: Counter[Aside]) -> list[_Figure]:
    figures: list[_Figure] = []
    for row in rows:
        cells = {str(name).strip().lower(): str(text or "").strip() for name, text in row.items()}
        line = rows.line_num
        _check_statistic(cells, line)
        if not _is_figure(cells):
            aside[Aside.FOREIGN] += 1
            continue
        area, parts = _area(cells)
        if area is None or not area.startswith(_STATE):
            aside[Aside.OTHER_AREA] += 1
        elif any(code.upper() not in _TOTALS for code in parts):
            aside[Aside.BREAKDOWN] += 1
        else:
            figures.append(_Figure(line, area, _day(cells, line), _value(cells, line)))
    return figures


def _check_statistic(cells: Mapping[str, str], line: int) -> None:
    code = cells.get("statistics_code") or cells.get("statistik_code") or ""
    if code != STATISTIC:
        label = cells.get("statistics_label") or cells.get("statistik_label") or ""
        raise UnusableInputError(
            "genesis.other_statistic", code=code[:20], label=label[:80], known=STATISTIC, line=line
        )


def _is_figure(cells: Mapping[str, str]) -> bool:
    return cells.get("value_variable_code", _FIGURE).upper().startswith(_FIGURE)


def _area(cells: Mapping[str, str]) -> tuple[str | None, list[str]]:
    """Return the key of the district, and the codes of what else the figure is broken down by."""
    area: str | None = None
    parts: list[str] = []
    for variable, code in _variables(cells):
        if variable.upper() in _AREAS or (area is None and _AREA_CODE.fullmatch(code)):
            area = code if _AREA_CODE.fullmatch(code) else None
        else:
            parts.append(code)
    return area, parts


def _variables(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield code of variable and code of value of each variable, in either form."""
    for number in range(1, 10):
        for variable, code in (
            (f"{number}_variable_code", f"{number}_variable_attribute_code"),
            (f"{number}_merkmal_code", f"{number}_auspraegung_code"),
        ):
            if variable in cells:
                yield cells[variable], cells.get(code, "")


def _day(cells: Mapping[str, str], line: int) -> str:
    text = cells.get("time") or cells.get("zeit") or ""
    if re.fullmatch(r"\d{4}", text):
        return f"{text}-12-31"
    if found := _GERMAN_DAY.fullmatch(text):
        text = f"{found[3]}-{found[2]}-{found[1]}"
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        raise UnusableInputError("genesis.not_a_day", line=line, value=text[:40]) from None


def _value(cells: Mapping[str, str], line: int) -> str:
    text = next(
        (
            text
            for name, text in cells.items()
            if name == "value" or name.startswith(_FIGURE.lower())
        ),
        "",
    )
    if text in _MISSING:
        return ""
    if not _NUMBER.fullmatch(text):
        raise UnusableInputError("genesis.not_a_number", code=STATISTIC, line=line, value=text[:40])
    return text


def _cells(figures: list[_Figure]) -> pa.Table:
    texts = {
        "district": [figure.area for figure in figures],
        "reference_date": [figure.day for figure in figures],
        "population": [figure.value or None for figure in figures],
        "series": [Series.POPULATION_UPDATE.value] * len(figures),
        "source": [f"{STATISTIC} (ffcsv)"] * len(figures),
    }
    columns = {name: pa.array(cells, pa.string()) for name, cells in texts.items()}
    lines = pa.array(np.array([figure.line for figure in figures]), pa.int64())
    return pa.table({LINE: lines, **columns})
