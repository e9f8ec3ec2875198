"""The data package, and any figure of the catalogue, as files."""

from functools import partial
from pathlib import Path
from typing import Final

import streamlit as st

from analytics.domain.indicators import indicator
from analytics.exports.package import package_zip
from analytics.i18n import Language, Words, words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.figure_names import figure_name, place_name
from analytics.reports.basis.figures import Asked, Figure
from analytics.reports.catalogue.figures_catalogue import figure_exhibit, figures
from analytics.reports.catalogue.package_contents import contents, package
from analytics.ui import controls, data, details, handouts, show

_FIRST: Final = "referral_measures"
_DISTRICT, _INDICATOR = "of_district", "of_indicator"
"""Parameters of the list: the page above has a district of its own."""


def whole_package(w: Words) -> None:
    """Show what the data package holds, and offer it."""
    question = data.Question(contents)
    with st.spinner(w("page_downloads.computing")):
        shown = question.answer()
    show.heading(shown)
    show.sentence(shown)
    files, terms = st.columns(2, gap="medium")
    with files:
        _package(shown, w)
    with terms:
        st.markdown(f"**{w('export.licence')}**")
        st.markdown("\n".join(f"- {show.plain(note)}" for note in shown.notes))


def _package(shown: Exhibit, w: Words) -> None:
    as_of = data.manifest_of_view().as_of
    handouts.button(
        w("page_downloads.package"),
        partial(_zip, data.folder_of_view(), w.language),
        file_name=f"einwanderung-gestalten-nrw_{as_of.isoformat()}_{w.language}.zip",
        mime="application/zip",
        type="primary",
        icon=":material/folder_zip:",
        key="package",
    )
    with st.expander(w("page_downloads.contents"), type="compact"):
        st.markdown(w("report_package.same_figures"))
        details.twin(shown, w)
    show.small(shown.source.brief)
    show.small(w("page_downloads.command"))
    st.code("python -m analytics package -o datenpaket", language=None, wrap_lines=True)


def figure(w: Words) -> tuple[Figure, Asked] | None:
    """Draw the choice of a figure and of what it cannot do without; None as long as that lacks."""
    options = {
        each.id: f"{place_name(each.page, w)}: {figure_name(each, w)}"
        for each in figures().values()
    }
    told = w("page_downloads.figures_help")
    code = controls.one_of("figure", w("page_downloads.figure"), options, _FIRST, explained=told)
    chosen = figures()[code]
    if "district" not in chosen.required:
        return chosen, Asked()
    left, right = st.columns(2)
    with left:
        ags = controls.optional(
            _DISTRICT,
            w("page_district.district"),
            controls.districts(),
            w("ui.choose"),
        )
    named = None
    if chosen.indicators:
        with right:
            offered = {each: indicator(each).name[w.language] for each in chosen.indicators}
            named = controls.one_of(_INDICATOR, w("ui.indicator"), offered, chosen.usual)
    if ags is None:
        st.info(w("page_downloads.choose_district"))
        return None
    return chosen, Asked(district=ags, indicator=named)


def files(chosen: Figure, asked: Asked, w: Words) -> None:
    """Show the table of a figure and offer it as files, and the command that does the same."""
    question = data.ask(figure_exhibit, chosen.id, asked)
    with st.spinner(w("page_downloads.figure_computing")):
        shown = question.answer()
    show.heading(shown, 3)
    show.sentence(shown)
    details.downloads(shown, question, w)
    with st.expander(w("ui.part_table"), type="compact"):
        details.twin(shown, w)
    show.small(shown.source.brief)
    show.small(w("page_downloads.figure_command"))
    st.code(_command(chosen, asked), language=None, wrap_lines=True)


def _command(chosen: Figure, asked: Asked) -> str:
    options = {"--district": asked.district, "--indicator": asked.indicator}
    given = "".join(f" {name} {value}" for name, value in options.items() if value)
    return f"python -m analytics download {chosen.id}{given} --format csv -o {chosen.id}.csv"


def _zip(snapshot: Path, language: Language) -> bytes:
    # Released, as all questions that no view has asked: a package is made to be handed on.
    return package_zip(data.Question(package).answer_from(snapshot, language), words(language))
