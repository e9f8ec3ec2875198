"""Reports for the pages, cached: the only way from a page to the data.

A ``Question`` is a report with its arguments. It is answered from the current snapshot, in the
language of the view or another one, and the answer is kept under snapshot, language and arguments.
``CURRENT`` is read on every run, so a new snapshot is shown without a restart.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

import streamlit as st

from analytics.domain.periods import Period
from analytics.domain.release import Release
from analytics.extracts.manifest import Manifest
from analytics.i18n import Language, Words, words
from analytics.reports.basis.opening import (
    DamagedSnapshotError,
    close_snapshot,
    current_folder,
    open_snapshot,
    state_of,
)
from analytics.reports.basis.refusal import refusals
from analytics.reports.basis.span import data_period, latest_years
from analytics.settings import settings
from analytics.ui import language
from analytics.ui.audience import release_of_view

Answer_co = TypeVar("Answer_co", covariant=True)

_FOLDER = "snapshot_folder"


class NoSnapshotError(Exception):
    """Nothing has been published in the store yet."""


@dataclass(frozen=True, slots=True)
class Question(Generic[Answer_co]):
    """A report and its arguments; the words come with the answer.

    Attributes:
        report: Called with the store first if ``from_snapshot``, then the arguments, then words.
        arguments: Hashable values of the domain, before the words.
        options: Named arguments after the words.
        from_snapshot: False for published facts, which belong to no snapshot.
        release: For whom it is told. It travels with the question: files are made outside a view,
            where nobody can tell who is asking.
    """

    report: Callable[..., Answer_co]
    arguments: tuple[Hashable, ...] = ()
    options: tuple[tuple[str, Hashable], ...] = ()
    from_snapshot: bool = True
    release: Release = Release.RELEASED

    def answer(self) -> Answer_co:
        """Return the report in the language of the view."""
        return self.answer_from(folder_of_view(), language.current().language)

    def answer_from(self, snapshot: Path, in_language: Language) -> Answer_co:
        """Return the report without looking at the view: downloads are made outside of one."""
        folder = (str(snapshot), self.release) if self.from_snapshot else None
        name = f"{self.report.__module__}.{self.report.__qualname__}"
        return cast(
            Answer_co,
            _answered(folder, in_language, name, self.arguments, self.options, self.report),
        )


def ask(
    report: Callable[..., Answer_co], *arguments: Hashable, **options: Hashable
) -> Question[Answer_co]:
    """Return the question that ``report(store, *arguments, words, **options)`` answers."""
    told = release_of_view()
    return Question(report, arguments, tuple(sorted(options.items())), release=told)


def facts(
    report: Callable[..., Answer_co], *arguments: Hashable, **options: Hashable
) -> Question[Answer_co]:
    """Return the question about published facts that ``report(*arguments, words)`` answers."""
    return Question(report, arguments, tuple(sorted(options.items())), from_snapshot=False)


def refresh() -> Manifest:
    """Read which snapshot is current, remember it for this view, and return its manifest.

    Raises:
        NoSnapshotError: If nothing is published yet.
        DamagedSnapshotError: If the store or its snapshot is damaged.
    """
    folder = current_folder(settings().store)
    if folder is None:
        raise NoSnapshotError(str(settings().store))
    try:
        manifest = _opened(str(folder), release_of_view()).manifest
        if problems := state_of(folder).problems:
            raise DamagedSnapshotError(folder.name, problems)
    except DamagedSnapshotError:
        # Answers from before the damage was seen may be wrong, and outlive its repair.
        forget()
        raise
    st.session_state[_FOLDER] = folder
    return cast(Manifest, manifest)


def is_checked() -> bool:
    """Say whether the snapshot of this view is looked through; False while that goes on."""
    return state_of(cast(Path, st.session_state[_FOLDER])).is_checked


def is_damaged() -> bool:
    """Say whether the snapshot of this view is known to be damaged."""
    return bool(state_of(cast(Path, st.session_state[_FOLDER])).problems)


def forget() -> None:
    """Forget all stores and answers."""
    _opened.clear()
    _answered.clear()


def folder_of_view() -> Path:
    """Return the snapshot that this view shows; a newer one redraws the whole view first."""
    shown = st.session_state.get(_FOLDER)
    if shown is None or current_folder(settings().store) != shown:
        st.rerun()
    return cast(Path, shown)


def manifest_of_view() -> Manifest:
    """Return the manifest of the snapshot that this view shows."""
    return cast(Manifest, _opened(str(folder_of_view()), release_of_view()).manifest)


def period_of_view() -> Period:
    """Return the months that the snapshot of this view covers."""
    return ask(_data_period).answer()


def latest_years_of_view() -> Period:
    """Return the years that figures of districts are told of at first."""
    return ask(_latest_years).answer()


def _data_period(store: Any, _w: Words) -> Period:
    return data_period(store)


def _latest_years(store: Any, _w: Words) -> Period:
    return latest_years(store)


@st.cache_resource(max_entries=4, show_spinner=False, on_release=close_snapshot)
def _opened(folder: str, release: Release) -> Any:
    return open_snapshot(Path(folder), release)


@st.cache_data(max_entries=600, show_spinner=False)
def _answered(
    folder: tuple[str, Release] | None,
    in_language: Language,
    name: str,
    arguments: tuple[Hashable, ...],
    options: tuple[tuple[str, Hashable], ...],
    _report: Callable[..., Any],
) -> Any:
    # ``name`` stands for the report in the cache's key: functions themselves are not stable keys.
    sources = (_opened(*folder),) if folder else ()
    w = words(in_language)
    with refusals(w):
        return _report(*sources, *arguments, w, **dict(options))
