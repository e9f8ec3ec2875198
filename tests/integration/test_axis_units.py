"""Every axis of values says its unit: at its ticks or in its title."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import plotly.graph_objects as go
import pytest
from shared import demonstration, shared_folder

from analytics.charts.drawings import on_screen
from analytics.domain.evaluation import EffectOutcome
from analytics.domain.indicators import catalogue
from analytics.i18n import LANGUAGES, Language, words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.figures import Asked
from analytics.reports.basis.opening import current_folder, open_snapshot
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.catalogue.figures_catalogue import figures

CASES = 20_000
"""As the pictures' tests: with fewer, estimates are refused and nothing is drawn."""

DRAWN = [figure.id for figure in figures().values() if figure.drawing]
BARE = re.compile(r"[−+-]?\d[\d.,\s]*")
YEAR = re.compile(r"20\d\d")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ParquetStore]:
    folder = current_folder(demonstration(shared_folder(tmp_path_factory), CASES))
    assert folder is not None
    opened = open_snapshot(folder)
    yield opened
    opened.close()


def choices(figure_id: str) -> list[dict[str, Any]]:
    """Return what changes a figure's unit: an outcome, an indicator, a measure."""
    figure = figures()[figure_id]
    heeds = figure.heeds
    if "outcome" in heeds:
        return [{"outcome": outcome} for outcome in EffectOutcome]
    if "indicator" in heeds:
        of_districts = [name for name, one in catalogue().items() if "district" in one.dimensions]
        return [{"indicator": name} for name in figure.indicators or of_districts]
    return [{}]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("figure_id", DRAWN)
def test_axes_say_their_units(store: ParquetStore, figure_id: str, language: Language) -> None:
    figure, w = figures()[figure_id], words(language)
    district = "05766" if "district" in figure.required else None
    # Units are written alike in both languages: of the second, one choice shows the words.
    for chosen in choices(figure_id)[: None if language == "de" else 1]:
        try:
            exhibit = figure.make(store, Asked(district=district, **chosen), w)
        except RefusedError:
            continue
        if exhibit.table.columns:
            found = without_unit(on_screen(figure.drawing)(exhibit, w))
            assert not found, f"{chosen}: {found}"


def without_unit(figure: go.Figure) -> list[str]:
    """Return the visible axes of bare numbers that have no title."""
    names = [name for name in figure.layout if re.fullmatch(r"[xy]axis\d*", name)]
    axes = [figure.layout[name] for name in names]
    return [axis.plotly_name for axis in axes if is_bare(axis) and not axis.title.text]


def is_bare(axis: Any) -> bool:
    if axis.visible is False or axis.showticklabels is False or axis.type == "date":
        return False
    ticks = [unescape(re.sub(r"<[^>]+>", " ", text)).strip() for text in axis.ticktext or ()]
    return any(BARE.fullmatch(tick) and not YEAR.fullmatch(tick) for tick in ticks)


def test_an_axis_of_bare_numbers_is_found() -> None:
    bare = go.Figure(layout={"yaxis": {"ticktext": ["0", "−1.000"], "tickvals": [0, -1000]}})
    assert without_unit(bare) == ["yaxis"]
    assert not without_unit(bare.update_yaxes(title_text="Tage"))
    percent = go.Figure(layout={"yaxis": {"ticktext": ["0\xa0%", "50\xa0%"], "tickvals": [0, 1]}})
    assert not without_unit(percent)
