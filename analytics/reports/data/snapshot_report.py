"""What the snapshot holds, who delivered it, and what the checks had to say about it."""

import pandas as pd

from analytics.disclosure import release_counts
from analytics.domain.estimates import Status
from analytics.domain.release import Release
from analytics.extracts.contract import TABLES, TableName, table, wording
from analytics.extracts.manifest import Delivery, Manifest
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Column, Exhibit, based_on, internal, readable
from analytics.reports.basis.names import area_name, sort_key
from analytics.reports.basis.origins import table_origin
from analytics.reports.basis.refusal import refuse_few_people

CHECKSUM_DIGITS = 12
"""Digits shown of a sha256: enough to tell files apart, short enough to read out."""


@figure("data_snapshot", "data-methods/basis", takes.SNAPSHOT)
def snapshot_overview(store: ParquetStore, w: Words) -> Exhibit:
    """Return one row per table of the contract: what it holds and where it comes from.

    Columns ``key, label, value`` (rows), ``provenance, source, sha256`` (first digits),
    ``delivered`` (areas that have delivered), ``status``.
    """
    frame = pd.DataFrame([_table_row(store, name, w) for name in TABLES])
    return based_on(store, tuple(TABLES), w).exhibit(
        "data_snapshot",
        _snapshot_title(store.manifest, w),
        _snapshot_sentence(store.manifest, w),
        (
            Column("key", w("indicator.key"), internal=True),
            Column("label", w("report_data.table")),
            Column("value", w("report_data.rows"), "number"),
            *readable(w, provenance="report_data.provenance", source="report_data.source"),
            Column("delivered", w("report_data.delivered_areas"), "number"),
            Column("sha256", w("report_data.sha256")),
            Column("status", w("indicator.status"), internal=True),
        ),
        frame,
        notes=(_made(store.manifest, w), w("report_data.note_checksum"), *_absent(store, w)),
    )


@figure("data_deliveries", "data-methods/basis", takes.SNAPSHOT)
def deliveries(store: ParquetStore, w: Words) -> Exhibit:
    """Return the last delivery of each area to each table.

    Columns ``table, table_label, area, label, delivered_on, value`` (rows taken), ``provenance,
    told`` (what the sender confirmed or does not record), ``status``. File names stay with the
    district: they may name people.
    """
    refuse_few_people(store)  # exact numbers of rows, some of them of one district's few cases
    frame = _delivery_frame(store.manifest, w)
    areas = frame["area"].nunique()
    title = "report_data.deliveries_title" if areas else "report_data.deliveries_title_none"
    return based_on(store, tuple(TABLES), w).exhibit(
        "data_deliveries",
        w(title, areas=w.number(areas)),
        w("report_data.deliveries_sentence", count=w.number(len(frame))),
        (
            *internal(w, table="report_data.table", area="report_data.area_key"),
            *readable(w, label="report_data.area", table_label="report_data.table"),
            Column("delivered_on", w("report_data.delivered_on"), "date"),
            Column("value", w("report_data.rows_taken"), "number"),
            *readable(w, provenance="report_data.provenance", told="report_data.told"),
            Column("status", w("indicator.status"), internal=True),
        ),
        frame,
        notes=(w("report_data.note_rows_protected"),),
    )


@figure("data_comparability", "data-methods/basis", takes.SNAPSHOT)
def comparability_breaks(store: ParquetStore, w: Words) -> Exhibit:
    """Return one row per documented break.

    Columns ``key`` (AGS), ``label, table, field, kind, valid_from, valid_to, note``.
    """
    frame = _break_frame(store.fetch("comparability_breaks"), w)
    districts = frame["key"].nunique()
    title = "report_data.breaks_title" if districts else "report_data.breaks_title_none"
    return based_on(store, ("comparability",), w).exhibit(
        "data_comparability",
        w(title, districts=w.number(districts)),
        w("report_data.breaks_sentence", count=w.number(len(frame))),
        (
            Column("key", w("report_data.district_key"), internal=True),
            *readable(w, label="report_data.district", table="report_data.table"),
            *readable(w, field="report_data.field", kind="report_data.kind"),
            *readable(
                w, "date", valid_from="report_data.valid_from", valid_to="report_data.valid_to"
            ),
            Column("note", w("report_data.note")),
        ),
        frame,
        notes=(w("report_data.note_breaks"),),
        queries=(store.executed("comparability_breaks"),),
    )


def _table_row(store: ParquetStore, name: str, w: Words) -> dict[str, object]:
    manifest = store.manifest
    if name not in manifest.tables:
        return _not_delivered(name, w)
    entry = manifest.tables[name]
    # An exact number of rows beside the perturbed one of the same people would tell the change.
    is_open = store.release is Release.CONFIDENTIAL and bool(release_counts([entry.rows])[0])
    shown = not table(name).tells_of_people or is_open
    origin = w.label("provenance", table_origin(manifest, name))
    return {
        "key": name,
        "label": w(table(name).label),
        "value": float(entry.rows) if shown else float("nan"),
        "provenance": origin if entry.rows else "–",
        "source": entry.source or "–",
        "sha256": entry.sha256[:CHECKSUM_DIGITS],
        "delivered": len(entry.deliveries),
        "status": (Status.SHOWN if shown else Status.SUPPRESSED).value,
    }


def _not_delivered(name: str, w: Words) -> dict[str, object]:
    """Return the row of an optional table that nobody has delivered; that is not "no rows"."""
    return {
        "key": name,
        "label": w(table(name).label),
        "value": float("nan"),
        **dict.fromkeys(("provenance", "source", "sha256"), "–"),
        "delivered": 0,
        "status": Status.NO_DATA.value,
    }


def _absent(store: ParquetStore, w: Words) -> tuple[str, ...]:
    """Say which optional tables nobody has delivered, if any."""
    held = store.manifest.tables
    labels = [w(each.label) for name, each in TABLES.items() if name not in held]
    return (w("report_data.note_not_delivered", tables=w.join(labels)),) if labels else ()


def _snapshot_title(manifest: Manifest, w: Words) -> str:
    kind = "synthetic" if manifest.is_synthetic else "delivered"
    return w(f"report_data.snapshot_title_{kind}", date=w.date(manifest.as_of))


def _snapshot_sentence(manifest: Manifest, w: Words) -> str:
    return w(
        "report_data.snapshot_sentence",
        snapshot=manifest.snapshot_id,
        created=w.date(manifest.created.date()),
    )


def _made(manifest: Manifest, w: Words) -> str:
    parent = manifest.parent or w("report_data.no_parent")
    return w("report_data.note_snapshot", version=manifest.contract_version, parent=parent)


def _delivery_frame(manifest: Manifest, w: Words) -> pd.DataFrame:
    columns = ["table", "table_label", "area", "label", "delivered_on", "value", "provenance",
               "told", "status"]  # fmt: skip
    held = [name for name in TABLES if name in manifest.tables]
    rows = [row for name in held for row in _delivery_rows(manifest, name, w)]
    return pd.DataFrame(rows, columns=columns)


def _delivery_rows(manifest: Manifest, name: str, w: Words) -> list[tuple[object, ...]]:
    delivered = dict(
        sorted(
            manifest.tables[name].deliveries.items(),
            key=lambda item: sort_key(area_name(item[0], w)),
        )
    )
    counts = [delivery.rows for delivery in delivered.values()]
    # The areas are parts of the table's total, which the overview shows.
    is_protected = table(name).tells_of_people
    shown = release_counts(counts) if is_protected else [True] * len(counts)
    return [
        _delivery_row(name, area, delivery, bool(show), w)
        for (area, delivery), show in zip(delivered.items(), shown, strict=True)
    ]


def _delivery_row(
    name: str, area: str, delivery: Delivery, shown: bool, w: Words
) -> tuple[object, ...]:
    return (
        name,
        w(table(name).label),
        area,
        area_name(area, w),
        pd.Timestamp(delivery.delivered_at.date()),
        float(delivery.rows) if shown else float("nan"),
        w.label("provenance", delivery.provenance),
        _told(delivery, w),
        (Status.SHOWN if shown else Status.SUPPRESSED).value,
    )


def _told(delivery: Delivery, w: Words) -> str:
    """Return what the sender has told about a delivery that the files do not say."""
    parts = []
    if delivery.not_recorded:
        names = ", ".join(w(f"column.label.{name}") for name in delivery.not_recorded)
        parts.append(w("report_data.told_not_recorded", columns=names))
    if delivery.confirmed:
        parts.append(w("report_data.told_confirmed", count=w.number(len(delivery.confirmed))))
    return "; ".join(parts) or "–"


def _break_frame(found: pd.DataFrame, w: Words) -> pd.DataFrame:
    fields = found["field"].fillna("")
    return pd.DataFrame(
        {
            "key": found["district"],
            "label": [area_name(area, w) for area in found["district"]],
            "table": [w(table(name).label) for name in found["contract_table"]],
            "field": [
                _field_name(t, f, w) for t, f in zip(found["contract_table"], fields, strict=True)
            ],
            "kind": [w.label("comparability_kind", kind) for kind in found["kind"]],
            "valid_from": pd.to_datetime(found["valid_from"]),
            "valid_to": pd.to_datetime(found["valid_to"]),
            "note": found["note"].fillna("–"),
        }
    )


def _field_name(table_name: str, field: str, w: Words) -> str:
    """Return the label of a field; a break without one concerns the whole table."""
    if not field:
        return w("report_data.whole_table")
    columns = TABLES[TableName(table_name)].column_names
    return w(f"column.label.{wording(table_name, field)}") if field in columns else field
