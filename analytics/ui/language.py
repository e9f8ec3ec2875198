"""The language of the view: German unless the URL or the setting says otherwise."""

from typing import Final

import streamlit as st

from analytics.i18n import LANGUAGES, Language, Words, words
from analytics.settings import settings
from analytics.ui import url

PARAMETER: Final = "lang"
# Each language is named in itself, so that people find theirs whatever is shown.
_NAMES: Final = {"de": "Deutsch", "en": "English"}
_LABEL: Final = "Sprache / Language"


def prepare() -> Words:
    """Read the language from the URL or the session and return its words."""
    url.seed(PARAMETER, _LABEL, _read, settings().lang, key=PARAMETER)
    return current()


def switch() -> None:
    """Draw the switch and keep the URL in step with it."""
    st.segmented_control(
        _LABEL,
        LANGUAGES,
        format_func=_NAMES.__getitem__,
        required=True,
        key=PARAMETER,
        label_visibility="collapsed",
    )
    chosen = current().language
    url.write(PARAMETER, PARAMETER, [chosen], is_default=chosen == settings().lang)


def current() -> Words:
    """Return the words of the language in force."""
    return words(_language(st.session_state.get(PARAMETER)))


def state(w: Words) -> dict[str, str]:
    """Return the parameters of a link that keep the language; none where it is the usual one."""
    return {} if w.language == settings().lang else {PARAMETER: w.language}


def _read(asked: list[str]) -> tuple[Language | None, list[str]]:
    found = next((language for language in LANGUAGES if asked[-1] == language), None)
    return found, [] if found else asked[-1:]


def _language(code: object) -> Language:
    return next((language for language in LANGUAGES if language == code), settings().lang)
