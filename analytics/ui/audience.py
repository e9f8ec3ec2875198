"""For whom the figures of a view are told, where the settings leave it open."""

from typing import Final
from urllib.parse import urlsplit

import streamlit as st

from analytics.domain.release import Release
from analytics.settings import settings

_LOCAL: Final = ("localhost", "127.0.0.1", "::1")
_PASSED_ON: Final = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip")
"""What a proxy adds to a request that comes from elsewhere."""


def release_of_view() -> Release:
    """Return for whom the figures of all pages are told.

    Where nothing is set, they are confidential to who sits at the machine, and released to whoever
    comes from elsewhere: a request that a proxy has passed on, or to an address that is not the
    machine's own.
    """
    if settings().release is None and not _is_at_the_machine():
        return Release.RELEASED
    return Release(settings().edition)


def _is_at_the_machine() -> bool:
    headers = st.context.headers
    if any(name in headers for name in _PASSED_ON):
        return False
    host = urlsplit(f"//{headers.get('Host', _LOCAL[0])}").hostname
    return host in _LOCAL
