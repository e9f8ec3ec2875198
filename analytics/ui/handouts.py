"""Files to take away: made when asked for, held by the session that asked, gone with it.

Streamlit keeps each file of a download at an address of its own, names it by its length and three
samples, and leaves it there until other visitors have run a page or two. So two files of equal
length could be served one for the other, and the rows of a forgotten upload stayed to be had.
Here Streamlit is given a ticket of one use; whoever asks for the ticket's address gets the file
from the session's shelf (``ui/handout_server.py``), as long as the session holds it.
"""

from collections import deque
from collections.abc import Callable
from functools import partial
from secrets import token_urlsafe
from threading import Lock
from typing import Any, Final

import streamlit as st

Make = Callable[[], bytes]

TICKET: Final = "ticket"
"""Parameter of the media type under which Streamlit keeps a ticket."""

_MOST_FILES: Final = 4
"""A session's files that can still be fetched: browsers fetch at once, only few of them twice."""

_files: dict[str, bytes] = {}


class GoneError(Exception):
    """The session has forgotten what the file was to be made of."""


class Shelf:
    """What one session can take away: how each file is made, and the latest files made."""

    def __init__(self) -> None:
        """Begin empty."""
        self._makes: dict[str, tuple[str, Make]] = {}
        self._made: deque[str] = deque()
        self._times_cleared = 0
        self._lock = Lock()

    def offer(self, key: str, make: Make) -> str:
        """Note how the file of the button ``key`` is made, and return a new ticket for it."""
        ticket = token_urlsafe(24)
        with self._lock:
            self._makes[key] = (ticket, make)
        return ticket

    def made(self, key: str, ticket: str) -> bytes:
        """Make the file and return the ticket under which it can be fetched.

        Raises:
            GoneError: If the session has forgotten it, or the button was drawn anew.
        """
        with self._lock:
            times = self._times_cleared
            offered, make = self._makes.get(key, ("", None))
        if make is None or offered != ticket:
            raise GoneError(key)
        content = make()
        with self._lock:
            if self._times_cleared != times:  # while the file was being made
                raise GoneError(key)
            self._keep(ticket, content)
        return ticket.encode()

    def clear(self) -> None:
        """Forget all files and how they are made; none can be fetched any more."""
        with self._lock:
            self._times_cleared += 1
            self._makes.clear()
            while self._made:
                _files.pop(self._made.popleft(), None)

    def _keep(self, ticket: str, content: bytes) -> None:
        if ticket not in _files:
            self._made.append(ticket)
        _files[ticket] = content
        while len(self._made) > _MOST_FILES:
            _files.pop(self._made.popleft(), None)


def content_of(ticket: str) -> bytes | None:
    """Return the file of a ticket; None once its session has left or forgotten it."""
    return _files.get(ticket)


# A disconnected session's state stays for some minutes in case it comes back; its caches do not.
@st.cache_resource(scope="session", show_spinner=False, on_release=Shelf.clear)
def shelf() -> Shelf:
    """Return the shelf of this session."""
    return Shelf()


def button(label: str, make: Make, *, file_name: str, mime: str, key: str, **looks: Any) -> None:
    """Draw a button that makes a file when pressed and hands it out.

    Args:
        label: On the button.
        make: Makes the file; called outside of the view.
        file_name: Under which it is saved.
        mime: Its media type.
        key: Of the button.
        looks: What ``st.download_button`` knows besides.
    """
    own = shelf()
    ticket = own.offer(key, make)
    st.download_button(
        label,
        partial(own.made, key, ticket),
        file_name=file_name,
        mime=f"{mime}; {TICKET}={ticket}",
        on_click="ignore",
        key=key,
        **looks,
    )
