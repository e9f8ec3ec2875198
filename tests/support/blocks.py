"""Blocks for tests: written down, or read from a small file without the readers."""

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import python_calamine as calamine

from analytics.extracts.readers.block import Block, row_ids

SHAPES = Path(__file__).parents[1] / "fixtures" / "deliveries" / "sent"


def block(text: str, *, of: int = 0) -> Block:
    """Return a block written as lines with bars between cells; the first line is its header."""
    lines = [line.strip() for line in text.strip().splitlines()]
    return block_of([[cell.strip() for cell in line.split("|")] for line in lines], of=of)


def block_of(rows: Sequence[Sequence[str]], *, of: int = 0) -> Block:
    """Return the block of these rows, number ``of`` of its file."""
    headers, *body = rows
    cells = {
        str(place): pa.array([row[place] or None for row in body], pa.string())
        for place in range(len(headers))
    }
    ids = row_ids(np.arange(2, len(body) + 2), block=of)
    return Block(tuple(headers), pa.table({"line": ids, **cells}))


def block_in(name: str) -> Block:
    """Return the first block of one of the files in ``SHAPES``."""
    path = SHAPES / name
    if path.suffix == ".csv":
        text = path.read_text("utf-8-sig").splitlines()
        return block_of([row for row in csv.reader(text, delimiter=";") if row])
    sheet = calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    return block_of([[str(cell) for cell in row] for row in sheet.to_python()])


def rows_of(found: Block) -> list[dict[str, str | None]]:
    """Return the rows of a block by header."""
    columns = [found.cells.column(str(place)).to_pylist() for place in range(len(found.headers))]
    return [dict(zip(found.headers, row, strict=True)) for row in zip(*columns, strict=True)]
