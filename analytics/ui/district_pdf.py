"""The report of a district as a PDF to take away, made when asked for."""

from functools import partial
from pathlib import Path
from typing import Final

from analytics.domain.district_choice import DistrictChoice
from analytics.exports.pdf_name import pdf_name
from analytics.i18n import Language, Words, words
from analytics.reports.districts.profile import DistrictProfile
from analytics.ui import data, handouts

_MIME: Final = "application/pdf"


def button(question: data.Question[DistrictProfile], w: Words) -> None:
    """Offer the report in the language of the view.

    Args:
        question: What gives the profile; its first argument is the choice.
        w: Words of the language.
    """
    choice = question.arguments[0]
    if not isinstance(choice, DistrictChoice):
        raise TypeError("a profile is asked for with a DistrictChoice")
    snapshot, as_of = data.folder_of_view(), data.manifest_of_view().as_of
    handouts.button(
        w("pdf.download"),
        partial(_pdf, question, snapshot, w.language),
        file_name=pdf_name(choice.district, as_of, w.language),
        mime=_MIME,
        key=f"pdf_{choice.district}",
        icon=":material/picture_as_pdf:",
    )


def _pdf(question: data.Question[DistrictProfile], snapshot: Path, language: Language) -> bytes:
    # Not with the page: drawing for paper is loaded by the few who print.
    from analytics.exports.pdf import district_pdf

    return district_pdf(question.answer_from(snapshot, language), words(language))
