"""A Frictionless data package (version 1): protected tables as CSV and what they are as JSON.

The tables are for programs, so they have decimal points, commas and stable names whatever the
language; titles, descriptions and labels are in the language asked for.
https://specs.frictionlessdata.io/tabular-data-package/
"""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable
from typing import Any, Final

from analytics.disclosure import Column
from analytics.domain.datasets import datasets
from analytics.domain.estimates import Status
from analytics.domain.vocabulary import Provenance
from analytics.exports.csv import cell_text
from analytics.exports.package_table import Table, table_of
from analytics.exports.parquet import UNIT
from analytics.i18n import Words
from analytics.reports.catalogue.package_contents import INDICATORS, Family, Package, family_title

DESCRIPTOR: Final = "datapackage.json"
NAME: Final = "einwanderung-gestalten-nrw"
_READ_ME: Final = "README.md"
_LICENCES: Final = {
    Provenance.OFFICIAL: {"name": "dl-de-by-2.0", "path": "https://www.govdata.de/dl-de/by-2-0"},
    Provenance.PUBLISHED: {"name": "notspecified"},
    Provenance.SYNTHETIC: {"name": "notspecified"},
    Provenance.DELIVERED: {"name": "other-closed"},
    Provenance.MIXED: {"name": "other-closed"},
}
_TYPES: Final = {
    "text": "string",
    "count": "integer",
    "date": "date",
    "month": "date",
    "quarter": "date",
}
"""Of columns by their kind; all others are numbers."""


def package_files(package: Package, w: Words) -> dict[str, bytes]:
    """Return the files of the package by their paths in it; the same bytes each time."""
    tables = [(family, table_of(family, w)) for family in package.families]
    files = {_path(family): _csv(table) for family, table in tables}
    resources = [_resource(family, table, files[_path(family)], w) for family, table in tables]
    descriptor = _descriptor(package, resources, w)
    text = json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
    read_me = _read_me(package, w)
    return {DESCRIPTOR: text.encode(), _READ_ME: read_me.encode(), **files}


def package_zip(package: Package, w: Words) -> bytes:
    """Return the files of the package as one archive, dated by its data cut."""
    day = (package.as_of.year, package.as_of.month, package.as_of.day, 0, 0, 0)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in package_files(package, w).items():
            entry = zipfile.ZipInfo(path, day)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return target.getvalue()


def _path(family: Family) -> str:
    return f"data/{family.name}.csv"


def _csv(table: Table) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([[cell_text(cell) for cell in row] for row in table.rows])
    return text.getvalue().encode("utf-8")


def _descriptor(package: Package, resources: list[dict[str, Any]], w: Words) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": NAME,
        "title": w("ui.app"),
        "description": _description(package, w),
        "version": package.snapshot_id,
        "created": f"{package.as_of.isoformat()}T00:00:00Z",
        "language": w.language,
        "licenses": _licences(package, w),
        "sources": [{"title": title} for title in _sources(w)],
        "resources": resources,
    }


def _description(package: Package, w: Words) -> str:
    banner = (w("report_package.synthetic"),) if package.is_synthetic else ()
    dated = w("report_package.dated", as_of=w.date(package.as_of), snapshot=package.snapshot_id)
    about = (w("report_package.sentence"), w("report_package.same_figures"))
    return " ".join((*banner, *about, dated, w("report_package.protected")))


def _resource(family: Family, table: Table, content: bytes, w: Words) -> dict[str, Any]:
    exhibits = [part.exhibit for part in family.parts]
    sources = dict.fromkeys(exhibit.source.text for exhibit in exhibits)
    return {
        "profile": "tabular-data-resource",
        "name": family.name,
        "path": _path(family),
        "title": family_title(family.name, w),
        "description": " ".join(_notes(family)),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "rows": len(table.rows),
        "licenses": [_licence(kind, w) for kind in family.provenances],
        "sources": [{"title": text} for text in sources],
        "schema": _schema(family, table, w),
    }


def _notes(family: Family) -> Iterable[str]:
    """Return the caveats that all exhibits of a family share; others belong to one of them."""
    common = set.intersection(*(set(part.exhibit.notes) for part in family.parts))
    return dict.fromkeys(note for note in family.parts[0].exhibit.notes if note in common)


def _licences(package: Package, w: Words) -> list[dict[str, str]]:
    kinds = dict.fromkeys(kind for family in package.families for kind in family.provenances)
    return [_licence(kind, w) for kind in kinds]


def _sources(w: Words) -> list[str]:
    return [f"{entry.title[w.language]} – {entry.attribution}" for entry in datasets()]


def _licence(kind: Provenance, w: Words) -> dict[str, str]:
    return {**_LICENCES[kind], "title": w(f"export.licence_{kind}")}


def _schema(family: Family, table: Table, w: Words) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column, w) for column in table.columns],
        "missingValues": [""],
    }
    if family.key:
        schema["primaryKey"] = list(family.key)
    if any(column.name == "indicator" for column in table.columns):
        reference = {"resource": INDICATORS, "fields": "id"}
        schema["foreignKeys"] = [{"fields": "indicator", "reference": reference}]
    return schema


def _field(column: Column, w: Words) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES.get(column.kind, "number"),
        "title": column.label,
    }
    if f"report_package.field_{column.kind}" in w.messages:
        field["description"] = w(f"report_package.field_{column.kind}")
    if column.name == UNIT:
        field["description"] = w("report_package.field_value_unit")
    if column.name == "status":
        field["description"] = w("report_package.field_status")
        field["constraints"] = {"required": True, "enum": [status.value for status in Status]}
    if column.name == "provenance":
        field["constraints"] = {"required": True, "enum": [kind.value for kind in Provenance]}
    return field


def _read_me(package: Package, w: Words) -> str:
    lines = [
        f"- `{_path(family)}`: {family_title(family.name, w)} ({w.number(family.rows)})"
        for family in package.families
    ]
    licences = [
        f"- {' – '.join(filter(None, (each['title'], each.get('path'))))}"
        for each in _licences(package, w)
    ]
    parts = [
        [f"# {w('ui.app')}", "", _description(package, w), "", *lines],
        [f"## {w('export.licence')}", "", *licences],
        [f"## {w('export.source')}", "", *(f"- {title}" for title in _sources(w))],
    ]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"
