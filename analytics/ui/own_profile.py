"""The profile of a session's own data beside the other districts of the snapshot."""

from typing import Any

import streamlit as st

from analytics.domain.district_choice import DistrictChoice
from analytics.domain.periods import Period
from analytics.i18n import Words
from analytics.reports.basis.span import latest_years
from analytics.reports.districts.upload import Upload
from analytics.ui import controls, district_pdf, district_profile, show
from analytics.ui.session_data import SessionData


def draw(own: SessionData, upload: Upload, w: Words) -> None:
    """Show the whole profile for the uploaded rows, with the snapshot's peers."""
    st.header(w("page_own_data.profile"), anchor="profile")
    show.small(w("page_own_data.profile_text"))
    period, report = st.columns([2, 1], gap="medium", vertical_alignment="bottom")
    with period:
        months = controls.period(w, own.ask(_latest_years).answer())
    choice = DistrictChoice(upload.district, months)
    with report:
        district_pdf.button(own.ask(district_profile.profile, choice), w)
    district_profile.draw(own.ask, choice, w)


def _latest_years(store: Any, _w: Words) -> Period:
    return latest_years(store)
