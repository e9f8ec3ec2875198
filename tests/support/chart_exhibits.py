"""Small exhibits in the shapes that charts and exports read."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from analytics.disclosure import Column, ReleasedTable
from analytics.domain.areas import registry
from analytics.domain.vocabulary import Provenance
from analytics.reports.basis.exhibit import Exhibit, SourceLine

SOURCE = SourceLine(
    "Demonstrationsdaten, 31.12.2023", Provenance.SYNTHETIC, date(2023, 12, 31), "2023-12-31-demo"
)
LABEL = Column("label", "Gruppe")
NONE = float("nan")


def exhibit(
    names: str,
    rows: Sequence[Sequence[Any]],
    columns: Sequence[Column],
    source: SourceLine = SOURCE,
    **other: Any,
) -> Exhibit:
    frame = pd.DataFrame([list(row) for row in rows], columns=names.split())
    table = ReleasedTable(tuple(columns), frame)
    texts = {"title": "Titel", "sentence": "Ein Satz.", "alt": "Bild"} | other
    return Exhibit(id="demo", table=table, source=source, **texts)


def curve() -> Exhibit:
    rows = [
        ("model", "Modellkommunen", 0, 0.0, 0.0, 0.0, 100, "shown"),
        ("model", "Modellkommunen", 30, 0.4, 0.3, 0.5, 60, "shown"),
        ("model", "Modellkommunen", 120, 0.7, 0.6, 0.8, 20, "shown"),
        ("comparison", "Übrige", 0, 0.0, 0.0, 0.0, 400, "shown"),
        ("comparison", "Übrige", 45, 0.3, 0.28, 0.32, 300, "shown"),
        ("comparison", "Übrige", 200, 0.6, 0.57, 0.63, 50, "shown"),
        ("comparison", "Übrige", 300, NONE, NONE, NONE, NONE, "suppressed"),
    ]
    names = "series label days estimate low high at_risk status"
    columns = (LABEL, Column("days", "Tage"), Column("estimate", "Anteil", "share", 1))
    return exhibit(names, rows, columns)


def dots() -> Exhibit:
    rows = [
        ("state", "Nordrhein-Westfalen", "", 0.5, 0.49, 0.51, 9000, "shown"),
        ("05315", "Köln", "Köln", 0.6, 0.5, 0.7, 500, "shown"),
        ("05316", "Leverkusen", "Köln", 0.0, 0.0, 0.1, 40, "shown"),
        ("05515", "Münster", "Münster", NONE, NONE, NONE, NONE, "suppressed"),
        ("05554", "Borken", "Münster", NONE, NONE, NONE, 0, "no_data"),
    ]
    names = "key label section value low high n status"
    return exhibit(names, rows, (LABEL, Column("value", "Anteil", "share", 1)))


def trend() -> Exhibit:
    quarters = pd.date_range("2018-01-01", periods=6, freq="QS")
    rows = [
        ("model", "Modellkommunen", q, 0.5 + i / 100, 0.45, 0.6, 80, "shown", i >= 4)
        for i, q in enumerate(quarters)
    ]
    rows[1] = ("model", "Modellkommunen", quarters[1], NONE, NONE, NONE, NONE, "suppressed", False)
    names = "series label period value low high n status provisional"
    columns = (LABEL, Column("period", "Quartal", "quarter"), Column("value", "A", "share", 1))
    return exhibit(names, rows, columns)


def area(hidden: bool = True) -> Exhibit:
    rows: list[tuple[Any, ...]] = []
    for i, district in enumerate(registry().districts):
        value, status, n = 0.2 + i / 100, "shown", 100.0
        if hidden and i < 3:
            value = 0.0 if i == 0 else NONE
            status = ("shown", "suppressed", "no_data")[i]
            n = NONE if i == 1 else 0.0
        rows.append((district.ags, district.full_name, value, value, value, n, status))
    columns = (LABEL, Column("value", "Anteil vermittelt", "share", 1))
    return exhibit("district label value low high n status", rows, columns)


def mixed() -> Exhibit:
    """Measures of different units, a text like a formula, and each reason for no figure."""
    rows = [
        ("a", "=1+1", "Median", 12.5, 10.0, 15.0, 40, "shown", "days", 1),
        ("b", "+49", "Median", NONE, 240.0, NONE, 30, "not_reached", "days", 0),
        ("c", '@x; "y"', "Anteil", 0.25, 0.2, 0.3, 1200, "shown", "share", 1),
        ("d", "-", "Anteil", NONE, NONE, NONE, NONE, "suppressed", "share", 1),
        ("e", "Ort", "Anteil", NONE, NONE, NONE, 0, "no_data", "share", 1),
        ("f", "Null", "Anteil", 0.0, 0.0, 0.1, 50, "shown", "share", 1),
    ]
    names = "key label section value low high n status unit digits"
    columns = (
        LABEL,
        Column("section", "Maß"),
        Column("value", "Wert"),
        Column("low", "von"),
        Column("high", "bis"),
        Column("n", "n", "count"),
        Column("status", "Status", internal=True),
    )
    return exhibit(names, rows, columns)
