"""Check own data: a district's extract, checked and told before it is delivered."""

import streamlit as st

from analytics.i18n import Words
from analytics.ui import data, district_choice, own_data, own_profile, own_templates
from analytics.ui.session_data import SessionData, session_data


def draw(w: Words) -> None:
    """Draw the tab."""
    own = session_data()
    st.markdown(w("page_own_data.lead"))
    own_data.about(w)
    own_templates.offer(w)

    st.header(w("page_own_data.own_files"), anchor="files")
    district = district_choice.chosen()
    if district is None:
        st.info(w("page_own_data.choose"))
    else:
        own_data.choose(own, district, w)
    own_data.notices(own, w)
    _let_go(own, district, w)
    if own.upload is not None:
        own_data.band(own, w)
        own_data.first(own.upload, w)
        own_data.questions(own, own.upload, w)
        own_data.result(own.upload, w)
    if own.upload is not None and own.upload.is_usable:
        own_profile.draw(own, own.upload, w)


def _let_go(own: SessionData, district: str | None, w: Words) -> None:
    """Drop what was checked where it is about other data than those that are shown now."""
    if own.upload is not None and own.upload.folder != data.folder_of_view():
        own.forget()
        st.info(w("page_own_data.other_snapshot"))
    if own.upload is not None and own.upload.district != district:
        own.drop()
        st.info(w("page_own_data.other_district"))
    if own.upload is not None and own.lacks_files:
        own.drop()
        st.info(w("page_own_data.other_files"))
