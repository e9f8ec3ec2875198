"""The data description: every table and column that a delivery may hold."""

import pandas as pd

from analytics.extracts import contract
from analytics.i18n import Words
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Column, Exhibit, stated


@figure("data_description", "data-methods/basis", takes.PUBLISHED)
def data_description(w: Words) -> Exhibit:
    """Return one row per table and column of the data contract; all columns are text.

    Columns ``table, name, label, kind, required, codes, about, unreadable``; ``name`` is the header
    that is always understood, German and English labels are understood too; ``unreadable`` says
    what becomes of a cell that cannot be read, and why.
    """
    rows = [
        _row(table, column, w) for table in contract.TABLES.values() for column in table.columns
    ]
    columns = tuple(
        Column(name, w(f"description.{name}"))
        for name in ("table", "name", "label", "kind", "required", "codes", "about", "unreadable")
    )
    optional = w.join([w(each.label) for each in contract.TABLES.values() if each.is_optional])
    return stated(w("description.source", version=contract.CONTRACT_VERSION), w).exhibit(
        "data_description",
        w("description.title", tables=w.number(len(contract.TABLES))),
        w("description.sentence"),
        columns,
        pd.DataFrame(rows),
        notes=(w("description.note_optional", tables=optional), w("description.note_columns")),
    )


def _row(table: contract.Table, column: contract.Column, w: Words) -> dict[str, str]:
    codes = [f"{code} ({_label(column, code, w)})" for code in column.codes or ()]
    return {
        "table": w(table.label),
        "name": column.name,
        "label": w(column.label),
        "kind": w(f"description.kind_{column.kind}"),
        "required": w("description.yes") if column.required else w("description.no"),
        "codes": ", ".join(codes) or "–",
        "about": w(column.about),
        "unreadable": _unreadable(column, w),
    }


def _unreadable(column: contract.Column, w: Words) -> str:
    """Say what an unreadable cell costs; text that is no key can always be read."""
    if column.kind is contract.Kind.TEXT and column.is_emptied:
        return "–"
    return w(f"description.unreadable_{column.empty}")


def _label(column: contract.Column, code: str, w: Words) -> str:
    if column.codes is contract.TableName:
        return w(contract.table(code).label)
    return w.label(column.code_list or "", code)
