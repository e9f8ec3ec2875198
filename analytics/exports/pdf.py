"""The two-page report of a district as tagged PDF (PDF/UA-1); the same data give the same bytes."""

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import typst

from analytics.charts.print.paper import FONT_FILES, font_folder
from analytics.exports.pdf_content import content
from analytics.i18n import Words
from analytics.reports.districts.profile import DistrictProfile

_TEMPLATE: Final = "typst/district.typ"


def district_pdf(profile: DistrictProfile, w: Words) -> bytes:
    """Return the report; its date is the data cut, so that it does not change from day to day.

    Raises:
        ValueError: If the profile has no data cut.
    """
    data = json.dumps(content(profile, w), ensure_ascii=False)
    template = files("analytics.exports").joinpath(_TEMPLATE).read_bytes()
    return typst.compile(
        template, font_paths=_fonts(), pdf_standards=["ua-1"], sys_inputs={"data": data}
    )


@cache
def _fonts() -> typst.Fonts:
    """Return the packaged font alone: no font of the machine may change a page."""
    with TemporaryDirectory() as folder:
        # Typst takes folders, and the package's folder has each cut in two formats.
        for name in FONT_FILES:
            Path(folder, name).symlink_to(font_folder() / name)
        return typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
        )
