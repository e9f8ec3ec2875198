"""Empty templates to download, one a table of the data contract."""

from collections.abc import Callable
from functools import partial
from typing import Final

import streamlit as st

from analytics.exports.templates import template_csv, template_xlsx
from analytics.extracts.contract import TABLES, Table, table
from analytics.i18n import Language, Words, words
from analytics.ui import handouts

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def offer(w: Words) -> None:
    """Draw the choice of a table and its two templates behind one line."""
    with st.expander(w("page_own_data.templates"), icon=":material/table_view:"):
        st.markdown(w("page_own_data.templates_text"))
        name = st.selectbox(
            w("page_own_data.template_table"),
            list(TABLES),
            format_func=lambda name: w(table(name).label),
            key="own_template",
        )
        chosen = table(name)
        stem = f"{w('page_own_data.template_file')}_{chosen.name}_{w.language}"
        with st.container(horizontal=True):
            _button("xlsx", template_xlsx, chosen, stem, _XLSX, w)
            _button("csv", template_csv, chosen, stem, "text/csv", w)


def _button(
    form: str,
    make: Callable[[Table, Words], bytes],
    chosen: Table,
    stem: str,
    mime: str,
    w: Words,
) -> None:
    handouts.button(
        w(f"page_own_data.template_{form}"),
        partial(_made, make, chosen, w.language),
        file_name=f"{stem}.{form}",
        mime=mime,
        icon=":material/download:",
        key=f"own_template_{form}",
    )


def _made(make: Callable[[Table, Words], bytes], chosen: Table, in_language: Language) -> bytes:
    return make(chosen, words(in_language))
