"""Broken deliveries, one function each: what arrives when something went wrong, or is hostile."""

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

Build = Callable[[Path], Path]

HEADER = "case_id;district;municipality;opened_on;closed_on;first_contact_on\n"
GOOD = "a-1;05315;05315000;2019-01-02;;\n"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def text(content: str, encoding: str = "utf-8") -> Build:
    return raw(content.encode(encoding))


def raw(content: bytes) -> Build:
    def build(folder: Path) -> Path:
        path = folder / "delivery.csv"
        path.write_bytes(content)
        return path

    return build


def row(line: str) -> Build:
    """Return a delivery of one good row and the given one."""
    return text(HEADER + GOOD + line + "\n")


def long_line(folder: Path) -> Path:
    """Return a file with a line of 200 MB behind a good header."""
    path = folder / "delivery.csv"
    with path.open("wb") as file:
        file.write(HEADER.encode())
        for _ in range(50):
            file.write(b"x" * 4_000_000)
    return path


def hole(folder: Path) -> Path:
    """Return a file of 200 MB that is a hole on the disk behind its header."""
    path = folder / "delivery.csv"
    with path.open("wb") as file:
        file.write((HEADER + GOOD * 200).encode())
        file.truncate(200_000_000)
    return path


def long_first_line(folder: Path) -> Path:
    path = folder / "delivery.csv"
    with path.open("wb") as file:
        for _ in range(50):
            file.write(b"case_id;" * 500_000)
    return path


def symlink(folder: Path) -> Path:
    path = folder / "link.csv"
    path.symlink_to(text(HEADER + GOOD)(folder))
    return path


def fifo(folder: Path) -> Path:
    path = folder / "pipe.csv"
    os.mkfifo(path)
    return path


def directory(folder: Path) -> Path:
    return folder


def missing(folder: Path) -> Path:
    return folder / "nothing.csv"


def workbook(rows: list[list[object]], formula: str | None = None) -> Build:
    def build(folder: Path) -> Path:
        path = folder / "delivery.xlsx"
        with xlsxwriter.Workbook(str(path)) as book:
            sheet = book.add_worksheet("Daten")
            for number, cells in enumerate(rows):
                sheet.write_row(number, 0, cells)
            if formula:
                sheet.write_formula(1, 3, formula, None, "2019-01-02")
        return path

    return build


CELLS: list[list[object]] = [["case_id", "district", "municipality", "opened_on"]]
ROW: list[object] = ["a-1", "05315", "05315000", "2019-01-02"]


def archive(parts: dict[str, bytes]) -> Build:
    def build(folder: Path) -> Path:
        path = folder / "delivery.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            for name, content in parts.items():
                file.writestr(name, content)
        return path

    return build


def zip_bomb(folder: Path) -> Path:
    """Return a workbook of some hundred kilobytes that unpacks to 160 MB."""
    parts = {"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": bytes(160_000_000)}
    return archive(parts)(folder)


def lying_zip_bomb(folder: Path) -> Path:
    """Return a workbook whose directory states a thousandth of what comes out."""
    path = workbook([*CELLS, ROW])(folder)
    parts = {"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b" " * 50_000_000}
    content = bytearray(archive(parts)(folder).read_bytes())
    true_size, stated = (50_000_000).to_bytes(4, "little"), (50_000).to_bytes(4, "little")
    path.write_bytes(content.replace(true_size, stated))
    return path


def vast_sheet(folder: Path) -> Path:
    """Return a workbook with two cells in opposite corners."""
    path = folder / "delivery.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "case_id")
        sheet.write(1_048_575, 16_383, "x")
    return path


def cut_off(build: Build, share: float = 0.6) -> Build:
    def built(folder: Path) -> Path:
        path = build(folder)
        content = path.read_bytes()
        path.write_bytes(content[: int(len(content) * share)])
        return path

    return built


def parquet(table: pa.Table) -> Build:
    def build(folder: Path) -> Path:
        path = folder / "delivery.parquet"
        pq.write_table(table, path)
        return path

    return build


PLAIN = pa.table({"case_id": ["a"], "district": ["05315"], "opened_on": ["2019-01-02"]})
NESTED = pa.table({"case_id": [["a"]], "district": ["05315"], "opened_on": ["2019-01-02"]})
BYTES = pa.table({"case_id": [b"\xff\xfe"], "district": ["05315"], "opened_on": ["2019-01-02"]})


def parquet_with_broken_footer(folder: Path) -> Path:
    path = parquet(PLAIN)(folder)
    content = bytearray(path.read_bytes())
    content[-8:-4] = (2**31 - 1).to_bytes(4, "little")  # the length of the footer
    path.write_bytes(content)
    return path


def zipped_texts(folder: Path) -> Path:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("cases.csv", HEADER)
        file.writestr("referrals.csv", HEADER)
    return raw(buffer.getvalue())(folder)


def zipped_bomb(folder: Path) -> Path:
    """Return an archive of one text that unpacks to 160 MB."""
    return archive({"cases.csv": bytes(160_000_000)})(folder)


def vast_open_document(folder: Path) -> Path:
    """Return an OpenDocument file in which one row stands for millions."""
    row = (
        b'<table:table-row table:number-rows-repeated="999999999"><table:table-cell '
        b'office:value-type="string"><text:p>a</text:p></table:table-cell></table:table-row>'
    )
    return archive({"content.xml": b"<x>" + row + b"</x>"})(folder)


UNUSABLE: dict[str, tuple[Build, str]] = {
    "missing": (missing, "reader.not_found"),
    "empty": (raw(b""), "reader.empty"),
    "blank": (raw(b"\r\n  \r\n\n"), "reader.blank"),
    "byte order mark only": (raw(b"\xef\xbb\xbf"), "reader.blank"),
    "binary": (raw(bytes(range(256)) * 40), "reader.binary"),
    "pdf": (raw(b"%PDF-1.7\n..."), "reader.binary"),
    "NUL bytes later": (raw((HEADER + GOOD * 300).encode() + b"\x00"), "reader.nul_bytes"),
    "neither UTF-8 nor Windows-1252": (raw(HEADER.encode() + b"\x81\x8d\x8f;"), "reader.encoding"),
    "UTF-16 cut off": (raw(HEADER.encode("utf-16")[:-1]), "reader.encoding"),
    "symlink": (symlink, "reader.symlink"),
    "directory": (directory, "reader.directory"),
    "pipe": (fifo, "reader.not_regular"),
    "line of 200 MB": (long_line, "reader.long_line"),
    "hole of 200 MB": (hole, "reader.nul_bytes"),
    "no line end": (long_first_line, "reader.long_line"),
    "unclosed quote": (text(HEADER + GOOD + '"a-2;05315;;;;\n' + GOOD), "reader.unclosed_quote"),
    "unclosed quote, long": (
        text(HEADER + '"a-2;05315;;;;\n' + GOOD * 50_000),
        "reader.unclosed_quote",
    ),
    "unclosed quote before another": (
        text(HEADER + '"a-2;05315;;;;\n' + GOOD + '"a-3";05315;;2019-01-02;;\n'),
        "reader.unclosed_quote",
    ),
    "no header": (
        text("K-1;Mustermann, Erika;12.03.1988;03.07.2019\nK-2;Petrova, Olena;01.02.1990;\n"),
        "reader.no_header",
    ),
    "umlauts of Mac OS": (
        raw(HEADER.replace("opened_on", "Fall eröffnet am").encode("mac_roman") + GOOD.encode()),
        "reader.damaged_umlauts",
    ),
    "umlauts of MS-DOS": (
        raw(HEADER.replace("opened_on", "Fall eröffnet am").encode("cp850") + GOOD.encode()),
        "reader.damaged_umlauts",
    ),
    "umlauts encoded twice": (
        raw(HEADER.replace("opened_on", "Fall eröffnet am").encode().decode("cp1252").encode()),
        "reader.damaged_umlauts",
    ),
    "web page without a table": (
        text("<html><body>Anmelden</body></html>"),
        "reader.no_html_table",
    ),
    "XML spreadsheet": (
        text(
            '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
        ),
        "reader.xml_spreadsheet",
    ),
    "duplicate header": (text("case_id;Fall-ID;district\n1;2;3\n"), "reader.duplicate_header"),
    "too many columns": (text(";".join(f"c{i}" for i in range(900))), "reader.too_many_columns"),
    "zip bomb": (zip_bomb, "reader.zip_bomb"),
    "lying zip bomb": (lying_zip_bomb, "reader.zip_bomb"),
    "vast sheet": (vast_sheet, "reader.too_many_cells"),
    "workbook cut off": (cut_off(workbook([*CELLS, ROW])), "reader.broken_xlsx"),
    "workbook of garbage": (
        archive({"xl/workbook.xml": b"<", "xl/worksheets/sheet1.xml": b"x"}),
        "reader.broken_xlsx",
    ),
    "empty workbook": (workbook([]), "reader.blank"),
    "several files in an archive": (zipped_texts, "reader.several_files"),
    "archive of a bomb": (zipped_bomb, "reader.zip_bomb"),
    "vast OpenDocument": (vast_open_document, "reader.too_many_cells"),
    "OpenDocument of garbage": (archive({"content.xml": b"<"}), "reader.broken_xlsx"),
    "encrypted workbook": (
        raw(_OLE + "EncryptedPackage".encode("utf-16-le")),
        "reader.encrypted",
    ),
    "old Excel": (raw(_OLE + "Workbook".encode("utf-16-le")), "reader.old_excel"),
    "Parquet cut off": (cut_off(parquet(PLAIN)), "reader.broken_parquet"),
    "Parquet with a broken footer": (parquet_with_broken_footer, "reader.broken_parquet"),
    "nested Parquet": (parquet(NESTED), "reader.nested_column"),
    "Parquet of bytes": (parquet(BYTES), "reader.column_type"),
    "official export of another table": (
        raw(b"GENESIS-Tabelle: AI002-1\n;;;\n"),
        "reader.official_table",
    ),
}
"""What is wrong -> how to build it, and the message that it must get."""

FLAWED: dict[str, tuple[Build, str]] = {
    "header only": (text(HEADER), "no_rows"),
    "wrong table": (
        text("referral_id;case_id;district;offer_area;need_recorded_on\nr;c;05315;x;y\n"),
        "wrong_table",
    ),
    "missing column": (text("case_id;district\na;05315\n"), "missing_column"),
    "unknown column": (text(HEADER.strip() + ";foo\n" + GOOD.strip() + ";1\n"), "unknown_column"),
    "column with names": (
        text(HEADER.strip() + ";Nachname\n" + GOOD.strip() + ";x\n"),
        "identifying_column",
    ),
    "ragged row": (row("a-2;05315;;2019-01-02;;;x"), "ragged_line"),
    "formula": (workbook([*CELLS, ROW], "=TODAY()"), "formula_cells"),
    "unknown district": (row("a-2;05999;;2019-01-02;;"), "unknown_district"),
    "unknown municipality": (row("a-2;05315;05315999;2019-01-02;;"), "unknown_municipality"),
    "municipality elsewhere": (row("a-2;05111;05315000;2019-01-02;;"), "municipality_outside"),
    "swapped dates": (row("a-2;05315;;2019-03-02;2019-02-02;"), "closed_before_opened"),
    "opened before contact": (row("a-2;05315;;2019-03-02;;2019-03-05"), "opened_before_contact"),
    "30 February": (row("a-2;05315;;30.02.2019;;"), "unreadable_date"),
    "no such month": (row("a-2;05315;;13/31/2019;;"), "unreadable_date"),
    "year 1899": (row("a-2;05315;;31.12.1899;;"), "unreadable_date"),
    "two-digit year": (row("a-2;05315;;31.12.19;;"), "two_digit_year"),
    "future": (row("a-2;05315;;2035-01-01;;"), "date_after_cut"),
    "duplicate id": (row("a-1;05315;;2020-01-02;;"), "duplicate_key"),
    "repeated row": (row(GOOD.strip()), "repeated_row"),
    "no id": (row(";05315;;2019-01-02;;"), "required_empty"),
    "e-mail": (row("erika@example.org;05315;;2019-01-02;;"), "identifier_email"),
    "phone": (row("+49 211 9876543;05315;;2019-01-02;;"), "identifier_phone"),
    "mobile": (row("0171 2345678;05315;;2019-01-02;;"), "identifier_phone"),
    "name": (row("Mustermann, Erika;05315;;2019-01-02;;"), "identifier_name"),
    "endless id": (row("x" * 600 + ";05315;;2019-01-02;;"), "text_too_long"),
    "lost zero": (row("a-2;5315;;2019-01-02;;"), "zero_restored"),
    "formula as text": (row("=HYPERLINK(1);5999;;2019-01-02;;"), "unknown_district"),
}
"""What is wrong -> how to build it, and a rule that must name it."""
