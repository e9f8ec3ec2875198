"""The view's state in the URL, as stable codes whatever the language.

Streamlit's own ``bind="query-params"`` writes an option's label, so a link would break as soon as
the language changes (docs/decisions/0012-state-in-the-url.md). Here the URL carries codes.

A widget's value comes from the URL when the widget is drawn first and whenever the URL was changed
from outside (a link, the browser's back button); otherwise the widget leads and the URL follows.
Whoever acts faster than the server answers sends an address that is out of date: it counts for
nothing when the widget itself was moved, nor shortly after the address was written anew.

Filters and the chosen district travel: a page opened without them in its address begins with
those of the page before, as far as it has them.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from time import monotonic
from typing import Any, Final, TypeVar, cast

import streamlit as st

from analytics.domain.filters import options_of_needs

Value = TypeVar("Value")
Read = Callable[[list[str]], tuple[Value | None, list[str]]]
"""Makes a value of a parameter's texts, None when there is none, and says which it left out."""

_PAGE: Final = "page"
_VISIT: Final = "visit"
_WRITTEN: Final = "url:"
_DEFAULT: Final = "url_default:"
_IGNORED: Final = "url_ignored"
_SHOWN: Final = "url_shown:"
_BEFORE: Final = "url_before:"
_TRAVELLING: Final = "url_travelling"
_SEEN: Final = "url_seen"
_STEP: Final = "url_step"
_MOVED: Final = "\0"
"""What no widget shows."""

_BELONGS_TO: Final = {"district": "peers"}
"""Parameters, and those that say nothing of another value of theirs: a ring is a district's own."""
_MOMENT_SECONDS: Final = 2.0
"""Longer than an address needs to the browser and back; whoever goes back sooner waits for it
(`static/frame.js`)."""


def enter(page: str, language: str) -> None:
    """Say which page is drawn; its parameters are its own, whatever other pages call theirs.

    Each language has widgets of its own: the browser keeps a widget's label, and a label of the
    former language would stand for no option. The values come over through the URL.
    """
    entered = f"{page}:{language}"
    if st.session_state.get(_PAGE) != entered:
        st.session_state[_VISIT] = {}
    st.session_state[_PAGE] = entered


def of_visit() -> dict[str, Any]:
    """Return what is remembered as long as this page is shown, and by no address."""
    return cast(dict[str, Any], st.session_state[_VISIT])


@contextmanager
def in_one_step() -> Iterator[None]:
    """Write all that changes meanwhile into the address at once, as one entry of the history.

    Entry by entry, the browser's back button would lead to addresses that nobody has seen, and
    from one whose parts do not fit together straight forward again.
    """
    before = {name: st.query_params.get_all(name) for name in st.query_params}
    st.session_state[_STEP] = dict(before)
    try:
        yield
    finally:
        wanted = st.session_state.pop(_STEP)
        if wanted != before:
            st.query_params.from_dict(wanted)


def texts_of(name: str) -> list[str]:
    """Return what the URL says of a parameter."""
    step: dict[str, list[str]] | None = st.session_state.get(_STEP)
    return st.query_params.get_all(name) if step is None else step.get(name, [])


def say(name: str, texts: Sequence[str]) -> None:
    """Let the URL say these texts of a parameter; none leave it out."""
    step: dict[str, list[str]] | None = st.session_state.get(_STEP)
    if step is not None:
        step.pop(name, None)
        step |= {name: list(texts)} if texts else {}
    elif texts:
        st.query_params[name] = list(texts)
    else:
        st.query_params.pop(name, None)


def put(name: str, value: object) -> None:
    """Move a widget of this page on someone's behalf: it counts whatever the URL still says."""
    key = key_of(name)
    st.session_state[key] = value
    st.session_state[_SHOWN + key] = _MOVED


def key_of(name: str) -> str:
    """Return the key of the widget that the parameter ``name`` of this page belongs to."""
    return f"{st.session_state[_PAGE]}:{name}"


def seed(
    name: str, label: str, read: Read[Value], default: Value, *, key: str | None = None
) -> str:
    """Put what the URL asks for into a widget before it is drawn, and return the widget's key.

    Args:
        name: Of the parameter.
        label: What people call it; says what was left out.
        read: Makes a value of the parameter's texts.
        default: The value when the URL says nothing or nothing acceptable.
        key: Of a widget that all pages share. It keeps its value when the URL says nothing:
            Streamlit's links to other pages carry no parameters.
    """
    brought = _brought_along(name)
    asked = texts_of(name) or brought
    if key is not None and not asked and key in st.session_state:
        return key
    key = key or key_of(name)
    if _was_moved(key) or _is_out_of_date(key, asked):
        return key
    value, refused = read(asked) if asked else (default, [])
    if _is_in_force(key, asked) and (value is not None if asked else _is_same(key, default)):
        return key
    if refused:
        st.session_state.setdefault(_IGNORED, {})[label] = refused
    st.session_state[key] = default if value is None else value
    st.session_state[_DEFAULT + key] = default
    return key


def asked(name: str, label: str, read: Read[Value], default: Value) -> Value:
    """Return what the URL asks for where no widget shows it; ``label`` says what was left out."""
    texts = texts_of(name)
    value, refused = read(texts) if texts else (default, [])
    if refused:
        st.session_state.setdefault(_IGNORED, {})[label] = refused
    return default if value is None else value


def write(name: str, key: str, texts: Sequence[str], *, is_default: bool) -> None:
    """Let the URL say what the widget ``key`` shows; a default needs no parameter."""
    wanted = [] if is_default else list(texts)
    before = st.session_state.get(_WRITTEN + key)
    # What the address says already is not on its way: the browser has gone back or forward to it.
    if before is not None and before != wanted and texts_of(name) != wanted:
        st.session_state[_BEFORE + key] = (before, monotonic())
    st.session_state[_WRITTEN + key] = wanted
    st.session_state[_SHOWN + key] = st.session_state[key]
    if name in travelling():
        _take_along(name, wanted)
    if texts_of(name) != wanted:
        say(name, wanted)


@cache
def travelling() -> frozenset[str]:
    """Return the parameters that mean the same on every page and go along to the next one."""
    return frozenset({"from", "to", "district", "peers", *options_of_needs(of_referred=True)})


def _take_along(name: str, wanted: list[str]) -> None:
    """Remember a parameter for the next page, and drop what belonged to its former value."""
    kept = st.session_state.setdefault(_TRAVELLING, {})
    if kept.get(name, []) != wanted and (belonging := _BELONGS_TO.get(name)):
        kept.pop(belonging, None)
    kept[name] = wanted


def is_own(name: str, key: str) -> bool:
    """Say whether the URL says of a parameter what this module wrote for the widget ``key``."""
    return bool(texts_of(name) == st.session_state.get(_WRITTEN + key, []))


def take_ignored() -> dict[str, list[str]]:
    """Return what was left out since the last call: texts by the label of their parameter."""
    return dict(st.session_state.pop(_IGNORED, {}))


def _brought_along(name: str) -> list[str]:
    """Return what the page before has left of a parameter, once a visit."""
    if name not in travelling():
        return []
    seen = of_visit().setdefault(_SEEN, set())
    is_first = name not in seen
    seen.add(name)
    found: list[str] = st.session_state.get(_TRAVELLING, {}).get(name, []) if is_first else []
    return found


def _was_moved(key: str) -> bool:
    """Say whether the widget was moved since it was last drawn, by a person or on their behalf."""
    shown = _SHOWN + key
    if key not in st.session_state or shown not in st.session_state:
        return False
    return bool(st.session_state[key] != st.session_state[shown])


def _is_out_of_date(key: str, asked: list[str]) -> bool:
    """Say whether the URL is the one of a moment ago, sent before the present one arrived."""
    before, since = st.session_state.get(_BEFORE + key, (None, 0.0))
    return key in st.session_state and asked == before and monotonic() - since < _MOMENT_SECONDS


def _is_in_force(key: str, asked: list[str]) -> bool:
    """Say whether the widget has a value and the URL is as this module left it."""
    return key in st.session_state and asked == st.session_state.get(_WRITTEN + key)


def _is_same(key: str, default: object) -> bool:
    """Say whether the default is the one that the widget began with; new data may change it."""
    return bool(st.session_state.get(_DEFAULT + key, default) == default)
