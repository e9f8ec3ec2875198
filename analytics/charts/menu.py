"""What the page hands to Plotly beside a figure."""

from typing import Any


def config(base_path: str = "") -> dict[str, Any]:
    """Return how Plotly behaves: no menu of its own, as pictures are made on the server.

    Args:
        base_path: Below which the server serves the app, with a slash before; Plotly asks for the
            map's empty base layer there and would otherwise ask a foreign host.
    """
    return {
        "displayModeBar": False,
        "responsive": True,
        "scrollZoom": False,
        "doubleClick": False,
        "topojsonURL": f"{base_path}/app/static/",
    }
