"""The view's state in the URL, as stable codes whatever the language.

Streamlit's own ``bind="query-params"`` writes an option's label, so a link would break as soon as
the language changes (docs/decisions/0012-state-in-the-url.md). Here the URL carries codes.

A widget's value comes from the URL when the widget is drawn first and whenever the URL was changed
from outside (a link, the browser's back button); otherwise the widget leads and the URL follows.
"""

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

import streamlit as st

Value = TypeVar("Value")

_PAGE: Final = "page"
_WRITTEN: Final = "url:"
_DEFAULT: Final = "url_default:"
_IGNORED: Final = "url_ignored"


def enter(page: str, language: str) -> None:
    """Say which page is drawn; its parameters are its own, whatever other pages call theirs.

    Each language has widgets of its own: the browser keeps a widget's label, and a label of the
    former language would stand for no option. The values come over through the URL.
    """
    st.session_state[_PAGE] = f"{page}:{language}"


def key_of(name: str) -> str:
    """Return the key of the widget that the parameter ``name`` of this page belongs to."""
    return f"{st.session_state[_PAGE]}:{name}"


def seed(
    name: str, read: Callable[[list[str]], Value | None], default: Value, *, key: str | None = None
) -> str:
    """Put what the URL asks for into a widget before it is drawn, and return the widget's key.

    Args:
        name: Of the parameter.
        read: Makes a value of the parameter's texts; None when they are not acceptable.
        default: The value when the URL says nothing or nothing acceptable.
        key: Of a widget that all pages share. It keeps its value when the URL says nothing:
            Streamlit's links to other pages carry no parameters.
    """
    asked = st.query_params.get_all(name)
    if key is not None and not asked and key in st.session_state:
        return key
    key = key or key_of(name)
    value = read(asked) if asked else default
    if _is_in_force(key, asked) and (value is not None if asked else _is_same(key, default)):
        return key
    if asked and value is None:
        st.session_state.setdefault(_IGNORED, set()).add(name)
        value = default
    st.session_state[key] = value
    st.session_state[_DEFAULT + key] = default
    return key


def write(name: str, key: str, texts: Sequence[str], *, is_default: bool) -> None:
    """Let the URL say what the widget ``key`` shows; a default needs no parameter."""
    wanted = [] if is_default else list(texts)
    st.session_state[_WRITTEN + key] = wanted
    if st.query_params.get_all(name) == wanted:
        return
    if wanted:
        st.query_params[name] = wanted
    else:
        st.query_params.pop(name, None)


def take_ignored() -> list[str]:
    """Return the parameters whose values were not acceptable since the last call, sorted."""
    return sorted(st.session_state.pop(_IGNORED, ()))


def _is_in_force(key: str, asked: list[str]) -> bool:
    """Say whether the widget has a value and the URL is as this module left it."""
    return key in st.session_state and asked == st.session_state.get(_WRITTEN + key)


def _is_same(key: str, default: object) -> bool:
    """Say whether the default is the one that the widget began with; new data may change it."""
    return bool(st.session_state.get(_DEFAULT + key, default) == default)
