"""The parts of an exhibit that are made when opened: table twin, downloads, method, link."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final, Literal

import streamlit as st

from analytics.charts.menu import ImageFormat
from analytics.domain.indicators import Indicator, indicator
from analytics.exports.file_names import file_stem
from analytics.exports.tables import csv_bytes, parquet_bytes, readable, xlsx_bytes
from analytics.i18n import Language, Words, words
from analytics.reports.basis.exhibit import Exhibit
from analytics.ui import data, figure_link, handouts, html_table
from analytics.ui.markdown import plain

# Up to here a real HTML table, which reads best; beyond, one that is scrolled and filtered.
_PLAIN_ROWS: Final = 60
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PARQUET: Final = "application/vnd.apache.parquet"
_IMAGE: Final = "image_"

Parts = Sequence[Literal["table", "data", "method", "link"]]
ALL: Final[Parts] = ("table", "data", "method", "link")
BESIDE_A_TABLE: Final[Parts] = ("data", "method", "link")


def row(shown: Exhibit, question: data.Question[Exhibit], parts: Parts, w: Words) -> None:
    """Draw a figure's foot: its source, and what else there is; the part that is opened below it.

    Args:
        shown: The exhibit.
        question: What gives it, in either language.
        parts: What is offered.
        w: Words of the language.
    """
    # A session's own data are at no address.
    offered = [each for each in parts if each != "link" or type(question) is data.Question]
    with st.container(horizontal=True, vertical_alignment="center", key=f"below_{shown.id}"):
        st.markdown(f":small[:gray[{plain(shown.source.brief)}]]", width="content")
        opened = st.segmented_control(
            w("ui.parts"),
            offered,
            format_func=lambda part: w(f"ui.part_{part}"),
            key=f"part_{shown.id}",
            label_visibility="collapsed",
            width="content",
        )
    match opened:
        case "table":
            twin(shown, w)
        case "data":
            downloads(shown, question, w)
            _image_choice(shown, w)
        case "method":
            background(shown, w)
            st.markdown(plain(shown.source.text))
            _queries(shown, w)
        case "link":
            figure_link.show(shown, w)


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


def image_format(exhibit_id: str) -> ImageFormat:
    """Return the format in which the chart's own menu saves the picture."""
    return "svg" if st.session_state.get(_IMAGE + exhibit_id) == "svg" else "png"


def _image_choice(shown: Exhibit, w: Words) -> None:
    st.segmented_control(
        w("ui.image_format"),
        ("png", "svg"),
        format_func=str.upper,
        default="png",
        required=True,
        key=_IMAGE + shown.id,
        help=w("ui.image_help"),
    )


def _csv(question: data.Question[Exhibit], snapshot: Path, language: Language) -> bytes:
    return csv_bytes(question.answer_from(snapshot, language), words(language))


def _xlsx(question: data.Question[Exhibit], snapshot: Path, language: Language) -> bytes:
    return xlsx_bytes(question.answer_from(snapshot, language), words(language))


def _parquet(question: data.Question[Exhibit], snapshot: Path, language: Language) -> bytes:
    return parquet_bytes(question.answer_from(snapshot, language), words(language))
