"""Checking own data: choosing files, what the check found, and that only this session sees it."""

from collections.abc import Sequence
from functools import partial
from html import escape
from typing import Any, Final

import streamlit as st

from analytics.charts import theme
from analytics.exports.findings_xlsx import findings_bytes
from analytics.extracts.contract import table
from analytics.extracts.readers import Source
from analytics.i18n import Language, Words, words
from analytics.reports.districts.upload import OwnFile, Upload, tables, tables_of, try_out
from analytics.reports.districts.upload_report import (
    readings,
    stops,
    upload_findings,
    upload_overview,
    upload_rules,
)
from analytics.ui import data, details, handouts, own_questions, places, show
from analytics.ui.session_data import SessionData

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_GUESS: Final = "own_guess_"

# Reads as a marker of the page, not as an error: a solid edge in the colour of links.
_BAND: Final = """
<aside aria-label="{label}" style="background:{background};color:{ink};
border:1px solid {line};border-left-width:10px;border-radius:4px">
<p style="margin:0;padding:9px 14px;line-height:1.45"><strong>{title}</strong> {text}</p>
</aside>
"""

# ``static/uploads.js`` shows what applies: only the browser knows that a file did not arrive, and
# that this tab had uploads in a session that is no more.
_NOTICES: Final = '<div data-uploads="{state}" {words}>{notices}</div>'
_NOTICE: Final = '<p class="upload-notice" role="alert" data-when="{name}" hidden>{text}</p>'


def about(w: Words) -> None:
    """Say what happens with the data, and what the files must hold."""
    cut = w.date(data.manifest_of_view().as_of)
    for name in ("memory", "columns"):
        st.markdown(w(f"page_own_data.{name}"))
    st.markdown(w("page_own_data.cut", as_of=cut))
    places.link("data-methods/basis", w("page_own_data.description"))


def choose(own: SessionData, district: str, w: Words) -> None:
    """Draw the list of files with the table of each, and check them when asked to."""
    files = st.file_uploader(
        w("page_own_data.files"),
        accept_multiple_files=True,
        key=f"own_files_{own.generation}",
        help=w("page_own_data.files_help"),
    )
    own.hold(file.file_id for file in files)
    chosen = [
        own_file
        for number, file in enumerate(files, 1)
        for own_file in _with_tables(own, file, number, w)
    ]
    if st.button(w("page_own_data.check"), type="primary", disabled=not chosen):
        _check(own, chosen, district, w)


def notices(own: SessionData, w: Words) -> None:
    """Bring the words for what only the browser notices about uploads, and for Streamlit's box."""
    drawn = [
        _NOTICE.format(name=name, text=escape(w(f"page_own_data.upload_{name}")))
        for name in ("lost", "refused", "large")
    ]
    words_of_box = " ".join(
        f'data-{name}="{escape(w(f"page_own_data.box_{name}"))}"'
        for name in ("choose", "limit", "more", "drop")
    )
    st.html(_NOTICES.format(state=own.state, words=words_of_box, notices="".join(drawn)))


def first(upload: Upload, w: Words) -> None:
    """Say first what was read, and how; then why nothing can be taken, if so."""
    read = readings(upload, w)
    if read:
        st.markdown(f"**{w('report_upload.readings_title')}**")
    for name, lines in read:
        told = "\n".join(f"- {show.plain(line)}" for line in lines)
        st.markdown(f"{show.plain(name)}\n\n{told}")
    for text in stops(upload, w):
        st.warning(show.plain(text), icon=":material/block:")


def questions(own: SessionData, upload: Upload, w: Words) -> None:
    """Draw what is to be answered, and check the files anew with the answers."""
    told = own_questions.ask(upload, w)
    if told is not None:
        _check(own, told, upload.district, w)
        st.rerun()


def result(upload: Upload, w: Words) -> None:
    """Show what the check found."""
    overview = upload_overview(upload, w)
    show.heading(overview)
    show.sentence(overview)
    details.twin(overview, w)
    for note in overview.notes:
        show.small(note)
    # No badge: what is uploaded is not delivered.
    show.small(overview.source.text)
    rules = upload_rules(upload, w)
    show.heading(rules, 3)
    show.sentence(rules)
    if rules.table.frame.empty:
        return
    details.twin(rules, w)
    _list(upload, w)


def band(own: SessionData, w: Words) -> None:
    """Say that what is shown is this session's alone, and offer to forget it."""
    st.html(
        _BAND.format(
            label=escape(w("page_own_data.band_label")),
            title=escape(w("page_own_data.band_title")),
            text=escape(w("page_own_data.band_text")),
            background=theme.SHADE,
            line=theme.ACTION,
            ink=theme.INK,
        )
    )
    st.button(w("page_own_data.forget"), icon=":material/delete:", on_click=own.forget)


def _with_tables(own: SessionData, file: Any, number: int, w: Words) -> list[OwnFile]:
    """Return the file with each of its tables: told by its headers, until the sender says else."""
    source = Source(file.name, content=file.getvalue(), secret=own.secret)
    guessed = _GUESS + file.file_id
    if guessed not in st.session_state:
        st.session_state[guessed] = [name.value for name in tables_of(source)]
    first, *others = st.session_state[guessed]
    names = tables()
    st.markdown(show.plain(w("page_own_data.file_named", number=number, file=file.name)))
    chosen = st.selectbox(
        # Without the name: a label is read by Markdown for the eye and as it is for the ear.
        w("page_own_data.table_of", number=number),
        names,
        index=names.index(first),
        format_func=lambda name: w(table(name).label),
        key=f"own_table_{file.file_id}",
        label_visibility="collapsed",
    )
    also = [name for name in others if _is_read_too(file, name, w) and name != chosen]
    return [OwnFile(source, table(name)) for name in (chosen, *also)]


def _is_read_too(file: Any, name: str, w: Words) -> bool:
    """Offer another table that the file holds, and say whether it is wanted."""
    label = w("page_own_data.also", table=w(table(name).label))
    return st.checkbox(label, value=True, key=f"own_also_{name}_{file.file_id}")


def _check(own: SessionData, files: Sequence[OwnFile], district: str, w: Words) -> None:
    with st.status(w("page_own_data.checking"), expanded=True) as status:
        bar = st.progress(0.0)

        def tell(step: str, file: str, share: float) -> None:
            named = {"file": show.plain(file)} if file else {}
            bar.progress(min(share, 1.0), text=w(f"page_own_data.step_{step}", **named))

        own.take(try_out(data.folder_of_view(), files, district, tell))
        bar.empty()
        status.update(label=w("page_own_data.checked"), state="complete", expanded=False)


def _list(upload: Upload, w: Words) -> None:
    listed = upload_findings(upload, w)
    with st.expander(show.plain(listed.title), expanded=len(listed.table.frame) <= 20):
        st.markdown(show.plain(listed.sentence))
        details.twin(listed, w)
    handouts.button(
        w("page_own_data.findings_xlsx"),
        partial(_findings, upload, w.language),
        file_name=f"{w('page_own_data.findings_file')}_{upload.district}.xlsx",
        mime=_XLSX,
        key="own_findings",
        icon=":material/download:",
    )


def _findings(upload: Upload, in_language: Language) -> bytes:
    return findings_bytes(upload.checks, words(in_language))
