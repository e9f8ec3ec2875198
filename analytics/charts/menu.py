"""What a figure's own menu offers, in the reader's language."""

from typing import Any, Literal

from analytics.charts import theme
from analytics.i18n import Words

ImageFormat = Literal["png", "svg"]


def config(
    w: Words,
    *,
    filename: str,
    image: ImageFormat = "png",
    kind: Literal["chart", "map"] = "chart",
    base_path: str = "",
) -> dict[str, Any]:
    """Return what the page hands to Plotly beside the figure.

    Args:
        w: Words of the language.
        filename: Of pictures taken from the chart's menu, without extension.
        image: Format of these pictures.
        kind: Maps have another button to return to the first view than charts.
        base_path: Below which the server serves the app, with a slash before; Plotly asks for the
            map's empty base layer there and would otherwise ask a foreign host.
    """
    reset = "resetGeo" if kind == "map" else "resetScale2d"
    return {
        "displaylogo": False,
        "responsive": True,
        "scrollZoom": False,
        "doubleClick": "reset",
        "modeBarButtons": [["toImage", reset]],
        "toImageButtonOptions": {
            "format": image,
            "filename": filename,
            "scale": 3 if image == "png" else 1,
        },
        "topojsonURL": f"{base_path}/app/static/",
        "locale": w.language,
        "locales": {w.language: {"dictionary": _dictionary(w), "format": _formats(w)}},
    }


def _dictionary(w: Words) -> dict[str, str]:
    return {
        "Download plot as a PNG": w("chart.download_png"),
        "Download plot as a png": w("chart.download_png"),
        "Download plot": w("chart.download_picture"),
        "Reset axes": w("chart.reset"),
        "Reset": w("chart.reset"),
        "Reset view": w("chart.reset"),
        "Taking snapshot - this may take a few seconds": w("chart.download_wait"),
        "Snapshot succeeded": w("chart.download_done"),
        "Sorry, there was a problem downloading your snapshot!": w("chart.download_failed"),
    }


def _formats(w: Words) -> dict[str, str]:
    separators = theme.SEPARATORS[w.language]
    return {"decimal": separators[0], "thousands": separators[1]}
