"""Colours are readable for everyone, and no figure depends on the process's template."""

import itertools
import json
import math
from collections.abc import Sequence
from pathlib import Path

import plotly.io
import pytest
from chart_exhibits import curve

from analytics.charts import menu, theme
from analytics.charts.contrast import (
    GRAPHICS_CONTRAST,
    TEXT_CONTRAST,
    channels,
    contrast,
    linear,
    mixed,
)
from analytics.charts.curves import referral_curve
from analytics.i18n import Language, words

# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
VISION = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def times(matrix: Sequence[Sequence[float]], vector: Sequence[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def lab(colour: str, vision: str) -> tuple[float, float, float]:
    """CIE L*a*b* (D65) of a colour as seen with a kind of vision."""
    light = [linear(channel) for channel in channels(colour)]
    seen = [min(1, max(0, value)) for value in times(VISION[vision], light)]
    matrix = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1.0, 1.089)
    xyz = [value / w for value, w in zip(times(matrix, seen), white, strict=True)]
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one: str, other: str, vision: str) -> float:
    return math.dist(lab(one, vision), lab(other, vision))


def test_contrast_is_that_of_the_guideline() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_not_a_colour() -> None:
    with pytest.raises(ValueError, match="not a colour"):
        channels("blue")


@pytest.mark.parametrize(
    "colour", [theme.INK, theme.MUTED, theme.MODEL, theme.COMPARISON, theme.KIM, theme.PUBLISHED]
)
def test_text_colours(colour: str) -> None:
    assert contrast(colour, theme.PAPER) >= TEXT_CONTRAST
    assert contrast(colour, theme.SHADE) >= TEXT_CONTRAST


@pytest.mark.parametrize(
    "colour", [theme.OUTLINE, theme.NEUTRAL, theme.NO_DATA_HATCH, *theme.KIM_STEPS]
)
def test_graphics_colours(colour: str) -> None:
    assert contrast(colour, theme.PAPER) >= GRAPHICS_CONTRAST


def test_the_groups_differ_in_grey_too() -> None:
    assert contrast(theme.MODEL, theme.COMPARISON) >= 2


def test_names_are_readable_in_their_band() -> None:
    for colour in (theme.MODEL, theme.COMPARISON, theme.KIM):
        ground = mixed(colour, theme.BAND_OPACITY, theme.PAPER)
        assert contrast(colour, ground) >= TEXT_CONTRAST


@pytest.mark.parametrize(
    "fill", [*theme.SEQUENTIAL, *theme.STAGES, *theme.KIM_STEPS, theme.MODEL_FILL, theme.PALE]
)
def test_text_on_fills(fill: str) -> None:
    assert contrast(theme.ink_on(fill), fill) >= TEXT_CONTRAST


def test_suppressed_cross_shows_on_its_fill() -> None:
    assert contrast(theme.SUPPRESSED_MARK, theme.SUPPRESSED_FILL) >= GRAPHICS_CONTRAST


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("ramp", [theme.SEQUENTIAL, theme.KIM_STEPS, theme.STAGES])
def test_ramps_darken_step_by_step(ramp: tuple[str, ...], vision: str) -> None:
    lightness = [lab(colour, vision)[0] for colour in ramp]
    assert all(a - b >= 10 for a, b in itertools.pairwise(lightness))


@pytest.mark.parametrize("vision", VISION)
def test_fixed_colours_are_told_apart(vision: str) -> None:
    colours = (theme.MODEL, theme.COMPARISON, theme.KIM, theme.NEUTRAL)
    pairs = itertools.combinations(colours, 2)
    # Ten is "seen at a glance"; series carry their names as well.
    assert min(difference(a, b, vision) for a, b in pairs) >= 10


def test_template_is_explicit_and_not_the_default() -> None:
    before = plotly.io.templates.default
    figure = referral_curve(curve(), words("de"))
    assert figure.layout.template.layout.font.family == theme.FONT
    assert figure.layout.template.layout.paper_bgcolor == theme.PAPER
    assert plotly.io.templates.default == before


@pytest.mark.parametrize(("language", "separators"), [("de", ",."), ("en", ".,")])
def test_separators(language: Language, separators: str) -> None:
    assert theme.layout(words(language))["separators"] == separators


def test_config_asks_no_foreign_host() -> None:
    for base, path in {"": "/app/static/", "/dash": "/dash/app/static/"}.items():
        config = menu.config(base)
        assert config["topojsonURL"] == path
    assert "http" not in json.dumps(config)
    assert config["displayModeBar"] is False  # its pictures would be in another font


def test_base_layer_is_empty_and_complete() -> None:
    path = Path(__file__).parents[2] / "static" / "world_110m.json"
    topology = json.loads(path.read_text("utf-8"))
    assert topology["arcs"] == []
    assert {"coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits"} == set(
        topology["objects"]
    )
    assert all(not layer["geometries"] for layer in topology["objects"].values())


def test_legend_wraps_on_a_phone() -> None:
    assert theme.legend_rows(["a", "b"]) == 1
    assert theme.legend_rows(["Modellkommunen", "Übrige Kreise und Städte", "geschützt"]) == 2
