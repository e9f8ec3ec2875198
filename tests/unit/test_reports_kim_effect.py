"""What is said of KIM's effect equals what was put into the snapshot; refusals are refusals."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from evaluation_store import EARLY, LATE_DISTRICTS, MIDDLE, at_once, publish, staggered

from analytics.charts.dose import dose_plot
from analytics.charts.event_time import kim_events, kim_headline
from analytics.charts.group_times import group_time_grid
from analytics.charts.pool import control_pool as draw_pool
from analytics.domain.areas import registry
from analytics.domain.estimates import Status
from analytics.domain.evaluation import EffectOutcome
from analytics.exports.tables import csv_bytes, readable
from analytics.i18n import LANGUAGES, words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.opening import current_folder, open_snapshot
from analytics.reports.evaluation.kim_dose_exhibit import dose
from analytics.reports.evaluation.kim_exhibits import event_time, headline
from analytics.reports.evaluation.kim_groups import group_times
from analytics.reports.evaluation.kim_starts import control_pool
from analytics.reports.evaluation.scale import Scale

DE = words("de")
SHARE = EffectOutcome.SHARE
ESTIMATES = (headline, event_time, group_times, dose)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ParquetStore]:
    yield from _opened(publish(tmp_path_factory.mktemp("staggered"), staggered()))


@pytest.fixture(scope="module")
def all_at_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ParquetStore]:
    yield from _opened(publish(tmp_path_factory.mktemp("at_once"), at_once()))


def _opened(root: Path) -> Iterator[ParquetStore]:
    folder = current_folder(root)
    assert folder is not None
    with open_snapshot(folder) as opened:
        yield opened


def test_the_headline_is_the_effect_put_in(store: ParquetStore) -> None:
    shown = headline(store, SHARE, DE)
    rows = shown.table.frame.set_index("key")
    assert rows.loc["average", "value"] == pytest.approx(0.2, abs=0.01)
    assert rows.loc["before", "value"] == pytest.approx(0, abs=0.01)
    # Two quarters of each unit that started early have at least five others to compare with.
    early = sum(start == EARLY for start in _unit_starts().values())
    assert rows.loc["average", "n"] == 2 * early
    assert DE.signed(100 * rows.loc["average", "value"], 1) in shown.title
    assert "geschätzte Differenz" in shown.title
    assert shown.source.provenance == "synthetic"


def test_ratios_are_shown_as_ratios(store: ParquetStore) -> None:
    rows = headline(store, EffectOutcome.HAZARD, DE).table.frame.set_index("key")
    assert rows.loc["average", "value"] > 1.2
    assert rows.loc["before", "value"] == pytest.approx(1, abs=0.05)
    days = headline(store, EffectOutcome.DAYS, DE).table.frame.set_index("key")
    assert days.loc["average", "value"] == pytest.approx(-0.2 * (120 - 30), abs=1)


def test_the_course_marks_the_base_year(store: ParquetStore) -> None:
    frame = event_time(store, SHARE, DE).table.frame
    assert set(frame.loc[frame["phase"] == "base", "event"]) == {-4, -3, -2, -1}
    assert frame.loc[frame["event"] >= 0, "value"].tolist() == pytest.approx([0.2, 0.2], abs=0.01)
    assert frame.loc[frame["event"] < 0, "value"].abs().max() < 0.01
    figure = kim_events(event_time(store, SHARE, DE), DE)
    notes = [note.text for note in figure.layout.annotations]
    assert DE("report_kim_effect.phase_base") in notes
    drawn = sorted(x for trace in figure.data for x in trace.x)
    assert drawn == sorted(frame["event"])


def test_cells_with_a_small_pool_are_refused_in_the_exhibit(store: ParquetStore) -> None:
    frame = group_times(store, SHARE, DE).table.frame
    small = frame[frame["refused"] == "small_pool"]
    assert (small["pool"] < 5).all()
    assert (small["status"] == Status.NO_DATA).all()
    assert small[["value", "low", "high"]].isna().all(axis=None)
    assert small["reason"].str.contains("nötig sind 5").all()
    shown = frame[frame["status"] == Status.SHOWN]
    assert (shown["pool"] >= 5).all()
    assert shown["value"].tolist() == pytest.approx([0.2, 0.2], abs=0.01)
    # From the second start on only four districts are left.
    assert set(frame.loc[frame["period"] >= pd.Timestamp(MIDDLE), "status"]) == {"no_data"}
    assert frame.loc[frame["period"] == pd.Timestamp(MIDDLE), "pool"].max() == LATE_DISTRICTS


def test_refused_cells_are_crossed_in_the_grid(store: ParquetStore) -> None:
    shown = group_times(store, SHARE, DE)
    frame = shown.table.frame
    figure = group_time_grid(shown, DE)
    (crosses,) = [trace for trace in figure.data if trace.type == "scatter"]
    refused = frame[frame["status"] == Status.NO_DATA]
    assert len(crosses.x) == len(refused)
    assert crosses.marker.symbol == "x-thin"
    assert all("nötig sind 5" in text for text in crosses.hovertext if "zu klein" in text)
    fills = figure.data[0]
    written = [text for line in fills.text for text in line if text]
    assert written == ["+20", "+20"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_refused_cells_have_no_figure_in_table_and_csv(store: ParquetStore, language: str) -> None:
    w = words(language)
    shown = group_times(store, SHARE, w)
    refused = (shown.table.frame["status"] == Status.NO_DATA).tolist()
    table = readable(shown.table, w)
    label = Scale(SHARE).estimate_label(w)
    reason = w("report_kim_effect.reason")
    assert all(
        (cell == w("estimate.no_data")) == hidden and bool(why.strip("–")) == hidden
        for cell, why, hidden in zip(table[label], table[reason], refused, strict=True)
    )
    text = csv_bytes(shown, w).decode("utf-8-sig")
    delimiter = ";" if language == "de" else ","
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines, delimiter=delimiter))
    assert len(rows) == len(refused)
    assert [row[label] == "" for row in rows] == refused
    assert [row[reason] != "" for row in rows] == refused


def test_the_pool_shrinks_below_the_threshold(store: ParquetStore) -> None:
    shown = control_pool(store, DE)
    frame = shown.table.frame.set_index("period")
    units = len(registry().evaluation_units)
    starts = _unit_starts()
    early = sum(start == EARLY for start in starts.values())
    assert frame.loc[pd.Timestamp(EARLY) - pd.DateOffset(months=3), "value"] == units
    assert frame.loc[pd.Timestamp(EARLY), "value"] == units - early
    assert frame.loc[pd.Timestamp(MIDDLE), "value"] == LATE_DISTRICTS
    assert not frame.loc[pd.Timestamp(MIDDLE), "is_enough"]
    assert "2. Quartal 2021" in shown.title
    figure = draw_pool(shown, DE)
    line = figure.data[-1]
    assert set(line.y) == {5.0}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_said_once_why_these_are_not_the_kim_units(
    store: ParquetStore, language: str
) -> None:
    areas = registry()
    told = control_pool(store, words(language)).sentence
    towns = {unit.name for unit in areas.evaluation_units if unit.kind == "town"}
    apart = {unit.name for unit in areas.kim_units if unit.ags != unit.district}
    counts = {str(len(areas.evaluation_units)), str(len(areas.kim_units))}
    assert all(each in told for each in towns | apart | counts)


def test_the_dose_is_worded_as_association(store: ParquetStore) -> None:
    shown = dose(store, SHARE, DE)
    frame = shown.table.frame
    known = frame[frame["status"] == Status.SHOWN]
    assert known["value"].tolist() == pytest.approx([0.2] * len(known), abs=0.01)
    assert known["line"].tolist() == pytest.approx([0.2] * len(known), abs=0.01)
    assert "Zusammenhang" in shown.title
    assert "Wirkung" not in shown.title or "keine Wirkung" in shown.title
    figure = dose_plot(shown, DE)
    assert len(figure.data[-1].x) == len(known)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("report", ESTIMATES)
def test_without_a_comparison_the_reason_is_said(
    all_at_once: ParquetStore, report, language: str
) -> None:
    w = words(language)
    shown = report(all_at_once, SHARE, w)
    assert shown.table.frame.empty
    assert w.number(len(registry().evaluation_units)) in shown.sentence
    assert w.quarter(EARLY) in shown.sentence
    assert shown.title == w("evaluation.refused_title", name=shown.title.rpartition(":")[0])


@pytest.mark.parametrize("outcome", EffectOutcome)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_draws(store: ParquetStore, outcome: EffectOutcome, language: str) -> None:
    w = words(language)
    pairs = zip(ESTIMATES, (kim_headline, kim_events, group_time_grid, dose_plot), strict=True)
    for report, draw in pairs:
        shown = report(store, outcome, w)
        assert shown.alt
        assert draw(shown, w).data and not draw(shown, w).layout.title.text


def _unit_starts() -> dict[str, object]:
    starts = staggered()
    return {unit.code: starts[unit.district] for unit in registry().evaluation_units}
