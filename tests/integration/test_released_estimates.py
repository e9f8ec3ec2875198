"""Released effects: no finer than they are worded, and none that rests on too few units."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from shared import demonstration, shared_folder

from analytics.charts.drawings import on_screen
from analytics.cli import main
from analytics.disclosure.transition import DEVIATION
from analytics.domain.evaluation import FIRST_YEARS, KimChoice, ModelChoice
from analytics.domain.filters import Chosen, only
from analytics.domain.release import Release
from analytics.exports.csv import csv_bytes
from analytics.i18n import words
from analytics.queries.editions import ClosedQueryError
from analytics.queries.store import ParquetStore
from analytics.reports.basis.figures import Asked
from analytics.reports.basis.opening import current_folder, open_snapshot
from analytics.reports.basis.refusal import UnreleasedError
from analytics.reports.catalogue.figures_catalogue import figures
from analytics.reports.evaluation import few_units
from analytics.reports.evaluation.few_units import LEAST_UNITS
from analytics.reports.evaluation.kim_effect import kim_effect
from analytics.reports.evaluation.model_effect import model_panel
from analytics.reports.evaluation.model_variants import without_site

W = words("en")
KIM = ("kim_effect", "kim_effect_events", "kim_effect_groups")
MODEL = ("model_estimate", "model_event_study", "model_without_site", "model_synthetic")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demonstration(shared_folder(tmp_path_factory), 20_000)


@pytest.fixture(scope="module")
def stores(root: Path) -> Iterator[dict[Release, ParquetStore]]:
    folder = current_folder(root)
    assert folder is not None
    opened = {each: open_snapshot(folder, each) for each in Release}
    yield opened
    for store in opened.values():
        store.close()


def rows(stores: dict[Release, ParquetStore], name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    released, confidential = (
        figures()[name].make(stores[each], Asked(), W).table.frame
        for each in (Release.RELEASED, Release.CONFIDENTIAL)
    )
    return released, confidential


@pytest.mark.parametrize("name", [*KIM, *MODEL])
def test_estimates_are_told_as_they_are_worded(
    stores: dict[Release, ParquetStore], name: str
) -> None:
    released, confidential = rows(stores, name)
    shown = released["value"].notna()
    assert shown.any() and len(released) == len(confidential)
    is_share = released.get("unit", pd.Series("points", released.index)).isin(["points", "share"])
    for column in ("value", "low", "high"):
        told = released.loc[shown & is_share, column].to_numpy(np.float64)
        true = confidential.loc[shown & is_share, column].to_numpy(np.float64)
        np.testing.assert_array_equal(told, np.round(told, 3))
        np.testing.assert_allclose(told, true, atol=0.0005 + 1e-12)
    assert (confidential["value"] != confidential["value"].round(3)).any()


@pytest.mark.parametrize("name", ["kim_effect_events", "kim_effect_groups"])
def test_what_rests_on_few_units_is_not_released(
    stores: dict[Release, ParquetStore], name: str
) -> None:
    released, confidential = rows(stores, name)
    few = (confidential["status"] == "shown") & (confidential["n"] < LEAST_UNITS)
    assert few.any()
    assert released.loc[few, "status"].eq("suppressed").all()
    assert released.loc[few, ["value", "low", "high"]].isna().all(axis=None)
    assert released.loc[~few, "status"].tolist() == confidential.loc[~few, "status"].tolist()
    exhibit = figures()[name].make(stores[Release.RELEASED], Asked(), W)
    assert W("report_kim_effect.refused_few_units", least="4") in " ".join(
        [*exhibit.notes, *released.get("reason", pd.Series(dtype=str))]
    )
    assert on_screen(figures()[name].drawing)(exhibit, W).data


def test_command_file_and_page_tell_the_same(
    stores: dict[Release, ParquetStore],
    root: Path,
    capsys: pytest.CaptureFixture[str],
    use_store: pytest.MonkeyPatch,
) -> None:
    exhibit = figures()["model_estimate"].make(stores[Release.RELEASED], Asked(), W)
    page = exhibit.table.frame.set_index("key").loc["estimate"]
    header, *lines = csv.reader(io.StringIO(csv_bytes(exhibit, W).decode("utf-8-sig")))
    row = next(line for line in lines if page["label"] in line)
    place = header.index(W("report_model_effect.column_value"))
    command = ["evaluate", "model-project", "--json", "--store", str(root), "--release", "released"]
    assert main(command) == 0
    said = json.loads(capsys.readouterr().out)
    assert [said[name] for name in ("estimate", "low", "high")] == page[
        ["value", "low", "high"]
    ].tolist()
    assert [float(cell) for cell in row[place : place + 3]] == page[
        ["value", "low", "high"]
    ].tolist()


def test_a_figure_that_single_units_could_be_told_from_is_closed(
    stores: dict[Release, ParquetStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(few_units, "LEAST_UNITS", 99)
    choice = ModelChoice()
    report = without_site.__wrapped__  # type: ignore[attr-defined]
    assert len(report(stores[Release.CONFIDENTIAL], choice, W).table.frame)
    with pytest.raises(ClosedQueryError):
        report(stores[Release.RELEASED], choice, W)


def test_the_number_of_needs_beside_an_estimate_is_perturbed(
    stores: dict[Release, ParquetStore],
) -> None:
    choices = [ModelChoice(chosen=only(sex=[code])) for code in ("female", "male")]
    choices += [ModelChoice(first_year=year) for year in FIRST_YEARS]
    told, true = (
        np.array([model_panel(stores[each], choice).panel.counted for choice in choices])
        for each in (Release.RELEASED, Release.CONFIDENTIAL)
    )
    assert 0 < np.abs(told - true).max() <= DEVIATION
    released, confidential = rows(stores, "model_estimate")
    needs = released.loc[released["key"] == "needs", "value"].item()
    assert needs == model_panel(stores[Release.RELEASED], ModelChoice()).panel.counted
    assert confidential.loc[confidential["key"] == "needs", "value"].item() == true[2]


@pytest.mark.parametrize(
    "chosen",
    [
        only(sex=["female", "male"]),
        only(sex=["female"], age_group=["25_34"], residence_status=["protection"]),
    ],
    ids=["codes", "depth"],
)
def test_estimates_for_a_choice_off_the_grid_are_not_released(
    stores: dict[Release, ParquetStore], chosen: Chosen
) -> None:
    for choice, build in (
        (ModelChoice(chosen=chosen), model_panel),
        (KimChoice(chosen=chosen), kim_effect),
    ):
        with pytest.raises(UnreleasedError):
            build(stores[Release.RELEASED], choice)
    assert model_panel(stores[Release.CONFIDENTIAL], ModelChoice(chosen=chosen)).panel.counted


def test_the_command_says_why_a_choice_is_not_released(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["--lang", "en", "evaluate", "model-project", "--store", str(root)]
    assert main([*command, "--release", "released", "--sex", "female", "--sex", "male"]) != 0
    assert W("release.unreleased_codes") in capsys.readouterr().err
