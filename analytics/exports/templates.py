"""Empty tables to fill in, made from the data contract: a workbook that helps, and plain CSV.

Headers and choices are the labels of the language; the readers understand them as they stand.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

import xlsxwriter

from analytics.exports.tables import readable
from analytics.extracts.contract import Column, Kind, Table, TableName
from analytics.i18n import Words
from analytics.reports.data.contract_report import data_description

_LAST_ROW: Final = 1_048_575
_WIDTH: Final = 22
_WIDE: Final = 60
_WIDE_COLUMNS: Final = ("codes", "about", "unreadable")
_LISTS: Final = "codes"
_LIST_KINDS: Final = (Kind.CODE, Kind.BOOLEAN)
_LONGEST_NAME: Final = 31
"""Of a sheet, in characters; spreadsheets take no more."""

_COMMENT: Final = {"x_scale": 2.2, "y_scale": 1.8, "font_size": 9}


def template_csv(table: Table, w: Words) -> bytes:
    """Return the header alone, as offices open it: semicolons, byte order mark."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerow(_headers(table, w))
    return text.getvalue().encode("utf-8-sig")


def template_xlsx(table: Table, w: Words) -> bytes:
    """Return a workbook with one sheet to fill in and one that explains its columns.

    Codes are chosen from lists, texts keep their leading zeros, days are days. Each header says in
    a comment what belongs below it.
    """
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet(w(table.label)[:_LONGEST_NAME])
        _explain(workbook, table, w)
        lists = workbook.add_worksheet(_LISTS)
        lists.hide()
        title = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        formats = {kind: workbook.add_format({"num_format": f}) for kind, f in _formats(w).items()}
        for place, (column, header) in enumerate(
            zip(table.columns, _headers(table, w), strict=True)
        ):
            sheet.set_column(place, place, _WIDTH, formats.get(column.kind))
            sheet.write_string(0, place, header, title)
            sheet.write_comment(0, place, _comment(column, w), _COMMENT)
            if column.kind in _LIST_KINDS:
                lists.write_column(0, place, _choices(column, w))
            if rule := _rule(column, place, w):
                sheet.data_validation(1, place, _LAST_ROW, place, rule)
        sheet.freeze_panes(1, 0)
    return content.getvalue()


def _headers(table: Table, w: Words) -> list[str]:
    return [w(column.label) for column in table.columns]


def _formats(w: Words) -> Mapping[Kind, str]:
    """Return number formats; codes and keys are text, as a number would lose its zero."""
    return {
        Kind.TEXT: "@",
        Kind.CODE: "@",
        Kind.DATE: w("template.date_format"),
        Kind.INTEGER: "0",
        Kind.NUMBER: "0.00",
        Kind.SHARE: "0.0%",
    }


def _choices(column: Column, w: Words) -> Sequence[str]:
    if column.kind is Kind.BOOLEAN:
        return (w("template.yes"), w("template.no"))
    if column.codes is TableName:  # their names are no code list
        return [code.value for code in TableName]
    return [w.label(column.code_list or "", code) for code in column.codes or ()]


def _rule(column: Column, place: int, w: Words) -> dict[str, Any] | None:
    """Return what a spreadsheet lets in; it says why, and the check has the last word."""
    refusal = {"error_title": w("template.refused"), "error_message": w("template.refused_text")}
    if column.kind in _LIST_KINDS:
        letter = xlsxwriter.utility.xl_col_to_name(place)
        last = len(_choices(column, w))
        source = f"={_LISTS}!${letter}$1:${letter}${last}"
        return {"validate": "list", "source": source, **refusal}
    if column.kind is Kind.DATE:
        earliest = {"criteria": ">=", "value": "=DATE(2000,1,1)"}
        return {"validate": "date", **earliest, **refusal}
    if column.kind in {Kind.INTEGER, Kind.NUMBER}:
        kind = "integer" if column.kind is Kind.INTEGER else "decimal"
        return {"validate": kind, "criteria": ">=", "value": 0, **refusal}
    if column.kind is Kind.SHARE:
        limits = {"criteria": "between", "minimum": 0, "maximum": 1}
        return {"validate": "decimal", **limits, **refusal}
    return None


def _comment(column: Column, w: Words) -> str:
    need = "template.required" if column.required else "template.optional"
    kind = w(f"description.kind_{column.kind}")
    lines = [w(column.about), w("template.kind", kind=kind, need=w(need))]
    if column.kind is Kind.DATE:
        lines.append(w("template.date_help"))
    return "\n".join(lines)


def _explain(workbook: Any, table: Table, w: Words) -> None:
    """Write the data description of the table's columns, and how to go on."""
    description = data_description(w).table
    frame = readable(description, w)
    names = [column.name for column in description.readable()]
    frame = frame[(description.frame["table"] == w(table.label)).to_numpy()].iloc[:, 1:]
    sheet = workbook.add_worksheet(w("template.explanation"))
    bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    for place, name in enumerate(names[1:]):
        width = _WIDE if name in _WIDE_COLUMNS else _WIDTH
        sheet.set_column(place, place, width, wrapped)
    how = [w(f"template.how_{step}") for step in ("fill", "columns", "privacy", "check")]
    for row, text in enumerate(how):
        sheet.merge_range(row, 0, row, len(names) - 2, text, wrapped)
    start = len(how) + 1
    sheet.write_row(start, 0, list(frame.columns), bold)
    for row, cells in enumerate(frame.itertuples(index=False, name=None), start=start + 1):
        sheet.write_row(row, 0, cells, wrapped)
