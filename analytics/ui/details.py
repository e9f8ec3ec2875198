"""The parts of an exhibit that are made when opened: table twin, downloads, method, link."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final, Literal

import streamlit as st

from analytics.charts.figures import Draw
from analytics.charts.picture.sizes import MEDIA, SIZES, Form, SizeName
from analytics.domain.indicators import Indicator, indicator
from analytics.exports.file_names import file_stem
from analytics.exports.pictures import picture_bytes
from analytics.exports.tables import csv_bytes, parquet_bytes, readable, xlsx_bytes
from analytics.i18n import Language, Words, words
from analytics.reports.basis.exhibit import Exhibit
from analytics.ui import data, figure_link, handouts, html_table
from analytics.ui.markdown import plain

# Up to here a real HTML table, which reads best; beyond, one that is scrolled and filtered.
_PLAIN_ROWS: Final = 60
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PARQUET: Final = "application/vnd.apache.parquet"

Parts = Sequence[Literal["table", "picture", "data", "method", "link"]]
ALL: Final[Parts] = ("table", "picture", "data", "method", "link")
BESIDE_A_TABLE: Final[Parts] = ("data", "method", "link")


def row(
    shown: Exhibit,
    question: data.Question[Exhibit],
    parts: Parts,
    w: Words,
    draw: Draw | None = None,
) -> None:
    """Draw a figure's foot: its source, and what else there is; the part that is opened below it.

    Args:
        shown: The exhibit.
        question: What gives it, in either language.
        parts: What is offered.
        w: Words of the language.
        draw: Makes the picture; None where there is none.
    """
    left_out = set() if draw and len(shown.table.frame) else {"picture"}
    if type(question) is not data.Question:  # a session's own data are at no address
        left_out.add("link")
    offered = [each for each in parts if each not in left_out]
    match _opened(shown, offered, w, shown.id):
        case "table":
            twin(shown, w)
        case "picture" if draw:
            answer = partial(question.answer_from, data.folder_of_view(), w.language)
            _pictures(answer, draw, w, file_stem(shown), shown.id)
        case "data":
            downloads(shown, question, w)
        case "method":
            background(shown, w)
            st.markdown(plain(shown.source.text))
            _queries(shown, w)
        case "link":
            figure_link.show(shown, w)


def _opened(shown: Exhibit, offered: Parts, w: Words, key: str) -> str | None:
    """Draw the source and the switches beside it; return which part is open."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"below_{key}"):
        st.markdown(f":small[:gray[{plain(shown.source.brief)}]]", width="content")
        return st.segmented_control(
            w("ui.parts", figure=shown.title),
            offered,
            format_func=lambda part: w(f"ui.part_{part}"),
            key=f"part_{key}",
            label_visibility="collapsed",
            width="content",
        )


def twin(shown: Exhibit, w: Words) -> None:
    """Show the table that says the same as the picture."""
    frame = readable(shown.table, w)
    if frame.empty:
        st.markdown(w("ui.no_rows"))
    elif len(frame) <= _PLAIN_ROWS:
        html_table.show(shown.table, frame, shown.title)
    else:
        st.dataframe(frame, hide_index=True, alt=shown.title, key=f"twin_{shown.id}")


def downloads(shown: Exhibit, question: data.Question[Exhibit], w: Words) -> None:
    """Offer the table as files; each is made when asked for."""
    snapshot, stem = data.folder_of_view(), file_stem(shown)
    with st.container(horizontal=True):
        for language in ("de", "en"):
            handouts.button(
                w(f"ui.csv_{language}"),
                partial(_csv, question, snapshot, language),
                file_name=f"{stem}_{language}.csv",
                mime="text/csv",
                key=f"csv_{language}_{shown.id}",
            )
        handouts.button(
            w("ui.xlsx"),
            partial(_xlsx, question, snapshot, w.language),
            file_name=f"{stem}_{w.language}.xlsx",
            mime=_XLSX,
            key=f"xlsx_{shown.id}",
        )
        handouts.button(
            w("export.parquet"),
            partial(_parquet, question, snapshot, w.language),
            file_name=f"{stem}_{w.language}.parquet",
            mime=_PARQUET,
            key=f"parquet_{shown.id}",
        )


def background(shown: Exhibit, w: Words) -> None:
    """Show the definitions and caveats that belong to the figures."""
    for indicator_id in shown.indicators:
        definition(indicator(indicator_id), w)
    notes = dict.fromkeys(shown.notes)
    st.markdown("\n".join(f"- {plain(note)}" for note in notes) or w("ui.no_notes"))


def _queries(shown: Exhibit, w: Words) -> None:
    st.markdown(w("ui.query_help") if shown.queries else w("ui.no_query"))
    for query in shown.queries:
        st.code(query.text, language=None, wrap_lines=True)


def definition(chosen: Indicator, w: Words) -> None:
    """Show an indicator's entry of the catalogue."""
    language = w.language
    lines = {
        "ui.definition": chosen.definition[language],
        "ui.numerator": chosen.numerator[language],
        "ui.denominator": chosen.denominator[language],
        "ui.method": w(f"ui.method_{chosen.method}"),
        "ui.caveats": chosen.caveats[language],
        "ui.method_source": chosen.source,
    }
    st.markdown(f"**{chosen.name[language]}** (`{chosen.id}`, {w('ui.version')} {chosen.version})")
    st.markdown("\n".join(f"- {w(message)}: {text}" for message, text in lines.items() if text))


def picture_row(shown: Exhibit, draw: Draw, w: Words, key: str) -> None:
    """Draw the foot of a second picture of an exhibit, or of a part of one: only its picture.

    Args:
        shown: The exhibit.
        draw: Makes the picture.
        w: Words of the language.
        key: Tells it from other pictures of the exhibit, on the page and as a file.
    """
    if _opened(shown, ("picture",), w, key):
        stem = "_".join(dict.fromkeys((file_stem(shown), key)))
        _pictures(lambda: shown, draw, w, stem, key)


def _pictures(answer: Callable[[], Exhibit], draw: Draw, w: Words, stem: str, key: str) -> None:
    """Offer the picture in each size and form; each is painted when asked for."""
    st.markdown(w("ui.picture_help"))
    for size in SIZES:
        with st.container(horizontal=True):
            for form in MEDIA:
                handouts.button(
                    w(f"ui.picture_size_{size}", form=form.upper()),
                    partial(_picture, answer, draw, size, form, w.language),
                    file_name=f"{stem}_{size}_{w.language}.{form}",
                    mime=MEDIA[form],
                    key=f"picture_{size}_{form}_{key}",
                )


def _picture(
    answer: Callable[[], Exhibit], draw: Draw, size: SizeName, form: Form, language: Language
) -> bytes:
    return picture_bytes(answer(), draw, size, form, words(language))


def _csv(question: data.Question[Exhibit], snapshot: Path, language: Language) -> bytes:
    return csv_bytes(question.answer_from(snapshot, language), words(language))


def _xlsx(question: data.Question[Exhibit], snapshot: Path, language: Language) -> bytes:
    return xlsx_bytes(question.answer_from(snapshot, language), words(language))


def _parquet(question: data.Question[Exhibit], snapshot: Path, language: Language) -> bytes:
    return parquet_bytes(question.answer_from(snapshot, language), words(language))
