"""The two-page report of a district as PDF."""

from typing import Final

from analytics.exports.pdf_content import content
from analytics.exports.typesetting import typeset
from analytics.i18n import Words
from analytics.reports.districts.profile import DistrictProfile

_TEMPLATE: Final = "district"


def district_pdf(profile: DistrictProfile, w: Words) -> bytes:
    """Return the report; its date is the data cut, so that it does not change from day to day.

    Raises:
        ValueError: If the profile has no data cut.
    """
    return typeset(_TEMPLATE, content(profile, w), w)
