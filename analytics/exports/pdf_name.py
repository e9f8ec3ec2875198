"""Names of printed files, apart from what draws them: a page needs the name at once."""

import re
import unicodedata
from datetime import date
from typing import Final

from analytics.domain.analysis_plan import AnalysisPlan
from analytics.domain.areas import registry
from analytics.i18n import Language

_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def pdf_name(district: str, as_of: date, language: Language) -> str:
    """Return key and name of the district, data cut and language, in signs safe on every disk.

    Raises:
        UnknownAreaError: If the district does not exist.
    """
    name = registry().district(district).name.lower().translate(_UMLAUTS)
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return f"kreisbericht_{district}_{slug}_{as_of.isoformat()}_{language}.pdf"


def plan_pdf_name(plan: AnalysisPlan, language: Language) -> str:
    """Return number and date of a version of the analysis plan, and the language."""
    return f"auswertungsplan_fassung-{plan.number}_{plan.dated.isoformat()}_{language}.pdf"
