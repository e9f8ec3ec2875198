"""The hatched edge of a slide that shows made-up data, as figures have it on the pages."""

from typing import Any

from analytics.charts import theme
from analytics.exports.pptx.boxes import EDGE, EMU
from analytics.exports.pptx.colours import pattern_xml
from analytics.exports.pptx.texts import DECORATIVE


def edge_xml(slide: Any) -> str:
    """Return the edge as a shape; the badge says in words what it marks."""
    number = max(shape.shape_id for shape in slide.shapes) + 1
    x, y, wide, high = (round(value * EMU) for value in EDGE)
    return (
        '<p:sp xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:nvSpPr>'
        f'<p:cNvPr id="{number}" name="Edge">{DECORATIVE}</p:cNvPr><p:cNvSpPr/><p:nvPr/>'
        f'</p:nvSpPr><p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{wide}" cy="{high}"/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f"{pattern_xml('wdUpDiag', theme.MADE_UP, theme.PAPER)}<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )
