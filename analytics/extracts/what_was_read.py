"""What was read of a file, as it is told first: in sentences, and ready for JSON."""

from collections.abc import Iterator

from analytics.extracts.contract import table
from analytics.extracts.readers import Aside, BlockFacts, FileFacts, Use
from analytics.i18n import Words

_TOLD_BLOCKS = 20
_NAMED_ASIDE = (Aside.TOTAL, Aside.FOOTNOTE, Aside.BETWEEN, Aside.FOREIGN)
_DELIMITERS = {";": "semicolon", ",": "comma", "\t": "tab", "|": "pipe"}
_NAMES = {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "cp1252": "Windows-1252"}


def reading_lines(facts: FileFacts, w: Words) -> list[str]:
    """Return what was read and how, one sentence a line: form, tables, order of dates, the rest."""
    lines = [_form(facts, w)]
    lines += [_block(block, w) for block in facts.blocks[:_TOLD_BLOCKS]]
    if further := len(facts.blocks) - _TOLD_BLOCKS:
        lines += [w("reading.further", count=w.number(further))] if further > 0 else []
    lines += [
        w(f"reading.dates_{order.value}", field=w(f"column.label.{name}"))
        for name, order in facts.date_orders
    ]
    lines += [w(f"reading.aside_{kind.value}", count=w.number(n)) for kind, n in facts.aside]
    return lines


def reading_json(facts: FileFacts) -> dict[str, object]:
    """Return what was read, and how."""
    return {
        "format": facts.format.value,
        "inside": facts.inside,
        "encoding": facts.encoding,
        "delimiter": facts.delimiter,
        "tables": [
            {
                "sheet": block.sheet,
                "header_line": block.header_line,
                "rows": block.rows,
                "use": block.use.value,
                "table": block.table,
            }
            for block in facts.blocks
        ],
        "rows_aside": {kind.value: count for kind, count in facts.aside},
    }


def rows_named(facts: FileFacts) -> int:
    """Return how many rows with a value under a header are named, but not delivered.

    A value may stand under a header of another table only: such a row is named as well.
    """
    unread = sum(block.rows for block in facts.blocks if block.use not in {Use.READ, Use.NO_HEADER})
    aside = dict(facts.aside)
    return unread + sum(aside.get(kind, 0) for kind in _NAMED_ASIDE)


def _form(facts: FileFacts, w: Words) -> str:
    parts = [*_form_parts(facts, w)]
    return w("reading.form", form=", ".join(parts))


def _form_parts(facts: FileFacts, w: Words) -> Iterator[str]:
    yield w(f"reading.format_{facts.format.value}")
    if facts.inside:
        yield w("reading.inside", name=facts.inside)
    if facts.encoding:
        yield w("reading.encoding", name=_NAMES.get(facts.encoding, facts.encoding.upper()))
    if facts.delimiter:
        yield w(f"reading.delimiter_{_DELIMITERS[facts.delimiter]}")


def _block(block: BlockFacts, w: Words) -> str:
    """Return what became of one table, and where it stands."""
    where = _where(block, w)
    what = w(
        f"reading.use_{block.use.value}",
        rows=_rows(block.rows, w),
        table=w(table(block.table).label) if block.table else "",
    )
    return w("reading.block", where=where, what=what) if where else what


def _where(block: BlockFacts, w: Words) -> str:
    parts = []
    if block.sheet:
        parts.append(w("rule.where_sheet_only", sheet=block.sheet))
    if block.header_line:
        parts.append(w("reading.header", line=block.header_line))
    text = ", ".join(parts)
    return text[:1].upper() + text[1:]


def _rows(count: int, w: Words) -> str:
    return w("reading.rows_one") if count == 1 else w("reading.rows", count=w.number(count))
