"""The profile of a session's own data beside the other districts of the snapshot."""

from typing import Any

import streamlit as st

from analytics.domain.district_choice import DistrictChoice
from analytics.domain.periods import Period
from analytics.i18n import Words
from analytics.reports.basis.span import latest_years
from analytics.reports.districts.upload import Upload
from analytics.ui import controls, district_profile, show
from analytics.ui.session_data import SessionData


def draw(own: SessionData, upload: Upload, w: Words) -> None:
    """Show the whole profile for the uploaded rows, with the snapshot's peers."""
    st.header(w("page_own_data.profile"), anchor="profile")
    show.small(w("page_own_data.profile_text"))
    months = controls.period(w, own.ask(_latest_years).answer())
    district_profile.draw(own.ask, DistrictChoice(upload.district, months), w)


def _latest_years(store: Any, _w: Words) -> Period:
    return latest_years(store)
