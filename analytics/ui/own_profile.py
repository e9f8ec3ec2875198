"""The profile of a session's own data beside the other districts of the snapshot."""

from typing import Any

import streamlit as st

from analytics.charts.curves import referral_curve
from analytics.domain.district_choice import DistrictChoice
from analytics.domain.periods import Period
from analytics.i18n import Words
from analytics.reports.districts.curve_report import curve
from analytics.reports.districts.upload import Upload
from analytics.reports.span import latest_years
from analytics.ui import controls, show
from analytics.ui.session_data import SessionData


def draw(own: SessionData, upload: Upload, w: Words) -> None:
    """Show the whole profile for the uploaded rows, with the snapshot's peers."""
    st.header(w("page_own_data.profile"), anchor="profile")
    show.small(w("page_own_data.profile_text"))
    months = controls.period(w, own.ask(_latest_years).answer())
    choice = DistrictChoice(upload.district, months)
    show.exhibit(own.ask(curve, choice), referral_curve)


def _latest_years(store: Any, _w: Words) -> Period:
    return latest_years(store)
