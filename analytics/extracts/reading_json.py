"""What was read of a file, ready for JSON."""

from analytics.extracts.readers import FileFacts


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
        "date_orders": {name: order.value for name, order in facts.date_orders},
        "rows_left_out": {kind.value: count for kind, count in facts.aside},
    }
