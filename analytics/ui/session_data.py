"""A session's own data: what it uploaded, and reports about it that nobody else ever sees.

Answers about an upload are kept with it, never in Streamlit's shared caches. Everything goes when
the session leaves, when it uploads anew, and when it asks for it.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, Final, Generic, Literal, TypeVar, cast

import streamlit as st
from cachetools import LRUCache, cached
from streamlit.runtime.scriptrunner import get_script_run_ctx

from analytics.extracts.readers import session_secret
from analytics.i18n import Language, words
from analytics.reports.basis.opening import close_snapshot
from analytics.reports.districts.upload import Upload
from analytics.ui import handouts, language
from analytics.ui.data import Question
from analytics.ui.handouts import Shelf

Answer_co = TypeVar("Answer_co", covariant=True)

_KEY: Final = "own_data"
_MOST_ANSWERS: Final = 100
"""A profile in two languages with some changes of the choice."""


class Answers:
    """Reports on one upload, the latest used last; the oldest are forgotten when there are many."""

    def __init__(self, store: Any) -> None:
        """Begin with no answers about ``store``."""

        # No method, and no question in the key: a circle of references would outlive the session.
        @cached(LRUCache(_MOST_ANSWERS), key=_key, lock=Lock())
        def known(question: Question[Any], in_language: Language) -> Any:
            arguments = (*question.arguments, words(in_language))
            return question.report(store, *arguments, **dict(question.options))

        self._known = known

    def ask(
        self, report: Callable[..., Answer_co], *arguments: Hashable, **options: Hashable
    ) -> "SessionQuestion[Answer_co]":
        """Return the question that ``report(store, *arguments, words, **options)`` answers."""
        return SessionQuestion(report, arguments, tuple(sorted(options.items())), answers=self)

    def answer(self, question: Question[Answer_co], in_language: Language) -> Answer_co:
        """Return the report; it is shared between reruns and must not be changed."""
        return cast(Answer_co, self._known(question, in_language))


def _key(question: Question[Any], in_language: Language) -> Hashable:
    name = f"{question.report.__module__}.{question.report.__qualname__}"
    return (name, question.arguments, question.options, in_language)


@dataclass(frozen=True, slots=True)
class SessionQuestion(Question[Answer_co], Generic[Answer_co]):
    """A question to the session's upload; ``answers`` holds it."""

    answers: Answers = field(kw_only=True, repr=False, compare=False)

    def answer(self) -> Answer_co:
        """Return the report in the language of the view."""
        return self.answers.answer(self, language.current().language)

    def answer_from(self, snapshot: Path, in_language: Language) -> Answer_co:
        """Return the report; ``snapshot`` is what the view shows to others."""
        return self.answers.answer(self, in_language)


class SessionData:
    """What one session has uploaded: its files, and the checked upload with its answers."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.upload: Upload | None = None
        self.generation = 0
        """Counts how often the session has asked to forget: the list of files starts anew."""
        self.secret = session_secret()
        """Keys the pseudonyms of all its files, so that cases and needs find each other."""
        self._answers: Answers | None = None
        self._checked: frozenset[str] = frozenset()
        self._remove_file: Callable[[str], None] | None = None
        self._files: set[str] = set()
        self._shelf: Shelf | None = None
        self._has_begun = False

    @property
    def state(self) -> Literal["held", "none", "dropped"]:
        """Return whether anything is held; what a lost connection took counts as never held."""
        if self.upload is not None or self._files:
            return "held"
        return "dropped" if self._has_begun else "none"

    @property
    def lacks_files(self) -> bool:
        """Say whether a file that was checked is listed no more."""
        return not self._checked <= self._files

    def take(self, upload: Upload) -> None:
        """Keep an upload of the listed files instead of the one before."""
        self._drop()
        self._checked = frozenset(self._files)
        self.upload, self._has_begun = upload, True
        self._answers = Answers(upload.store) if upload.is_usable else None

    def drop(self) -> None:
        """Drop what was checked; the files stay."""
        self._drop()

    def ask(
        self, report: Callable[..., Answer_co], *arguments: Hashable, **options: Hashable
    ) -> SessionQuestion[Answer_co]:
        """Ask the upload as ``data.ask`` asks the snapshot; the upload must be usable."""
        if self._answers is None:
            raise ValueError("there is no usable upload")
        return self._answers.ask(report, *arguments, **options)

    def hold(self, files: Iterable[str]) -> None:
        """Note which files the view lists; files that it listed before and no longer go at once.

        Streamlit itself would keep them until the session ends.
        """
        context = get_script_run_ctx()
        if context is not None:
            manager, session = cast(Any, context.uploaded_file_mgr), context.session_id
            self._remove_file = lambda file: manager.remove_file(session, file)
        listed = set(files)
        self._remove(self._files - listed)
        self._files = listed
        self._has_begun = self._has_begun or bool(listed)

    def hand_out_from(self, shelf: Shelf) -> None:
        """Note what holds the session's files to take away; they go with the upload."""
        self._shelf = shelf

    def forget(self) -> None:
        """Drop the files, what was checked, and every answer about it."""
        self._drop()
        self._remove(self._files)
        self._files = set()
        self.generation += 1

    def lose(self) -> None:
        """Forget everything because the browser is gone; if it comes back, it is to be told."""
        self.forget()
        self._has_begun = False

    def _drop(self) -> None:
        if self.upload is not None and self.upload.store is not None:
            close_snapshot(self.upload.store)
        self.upload, self._answers, self._checked = None, None, frozenset()
        if self._shelf is not None:
            self._shelf.clear()

    def _remove(self, files: Iterable[str]) -> None:
        for file in files:
            if self._remove_file is not None:
                self._remove_file(file)


def session_data() -> SessionData:
    """Return the data of this session; they are forgotten when it disconnects."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = SessionData()
    own: SessionData = st.session_state[_KEY]
    own.hand_out_from(handouts.shelf())
    _forgotten_when_disconnected(own)
    return own


# A disconnected session's state stays for some minutes in case it comes back; its caches do not.
@st.cache_resource(scope="session", show_spinner=False, on_release=SessionData.lose)
def _forgotten_when_disconnected(_own: SessionData) -> SessionData:
    return _own
