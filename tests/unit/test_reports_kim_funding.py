"""Published money keeps the word for how exact it is, in every format."""

import io
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from analytics.charts.specs.points import bars
from analytics.charts.values import estimate_texts
from analytics.exports.csv import csv_bytes
from analytics.exports.tables import readable
from analytics.extracts.snapshots import SnapshotStore
from analytics.i18n import words
from analytics.queries.store import ParquetStore
from analytics.reports.kim.funding import funding

DE = words("de")


@pytest.fixture(scope="module")
def store(demo_store: Path) -> Iterator[ParquetStore]:
    folder = SnapshotStore(demo_store).current()
    assert folder is not None
    with ParquetStore(folder) as opened:
        yield opened


def test_over_65_is_not_65(store: ParquetStore) -> None:
    found = funding(store, DE)
    published = bars(found, DE).series[0]
    assert "über 65\u00a0Mio.\u00a0€" in published.labels
    assert not any(label.startswith("65") for label in published.labels)
    assert [y for y, more in zip(published.y, published.beyond, strict=True) if more] == [65.0]
    assert any(text.startswith("über 65") for text in estimate_texts(found.table, DE))
    assert any("über 65" in text for text in readable(found.table, DE).astype(str).to_numpy().flat)
    frame = pd.read_csv(io.BytesIO(csv_bytes(found, DE)), sep=";", encoding="utf-8-sig")
    over = frame[frame[DE("report_kim.qualifier")] == "over"]
    assert over[DE("report_kim.amount")].tolist() == [65_000_000]


def test_what_is_planned_does_not_look_paid(store: ParquetStore) -> None:
    published, granted = bars(funding(store, DE), DE).series
    planned = [t for t, is_so in zip(published.labels, published.planned, strict=True) if is_so]
    assert planned == ["50\u00a0Mio.\u00a0€ (geplant)"]
    assert granted.is_made_up and not published.is_made_up


def test_years_that_do_not_add_up_are_said_to_be_rounded(store: ParquetStore) -> None:
    found = funding(store, DE)
    granted = found.table.frame.query("series == 'granted' and status == 'shown'")["value"]
    is_off = round(sum(round(v / 1e4) for v in granted)) != round(granted.sum() / 1e4)
    assert (DE("report_kim.funding_rounded") in found.sentence) == is_off
