"""What a delivered word means in a code list, and why it has no code where it has none.

The one place that knows: the sender's own words first, then ``aliases.toml``, then what is read by
rule: residence titles, ages, and several words in one cell.
"""

import difflib
import re
from collections.abc import Mapping, Sequence
from typing import Final

from analytics.domain.areas import registry
from analytics.extracts.ages import age_group, ages
from analytics.extracts.aliases import BOOLEAN, aliases, code_key, normal
from analytics.extracts.contract import Column, Kind, Table
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.instructions import Instructions
from analytics.extracts.reading.areas import area_names
from analytics.extracts.reasons import SEVERAL, Meaning, Reason, combined
from analytics.extracts.residence_titles import title_of
from analytics.i18n import LANGUAGES, words

_RESIDENCE: Final = "residence_status"
_AGE: Final = "age_group"
_REGIME: Final = "legal_regime"
_TITLE_KIND: Final = "title_kind"
_PARTS: Final = re.compile(r"[(),;/|+&]|\s[-–]\s|\bund\b|\boder\b|\bu\.|\bbzw\.?")
# Which paragraph or chapter of a law says how much is paid, not by which law.
_SECTION: Final = re.compile(
    r"(§+|\bparagra(ph|f))\s*\d+\w*(\s*(abs\.?|absatz)\s*\d+)?"
    r"|\b\d+\.?\s*(bis\s*\d+\.?\s*)?(kapitel|kap\b\.?)|\b(kapitel|kap\b\.?)\s*(\d+|[IVX]+)\b",
    re.I,
)
_BOOKS: Final = re.compile(
    r"\bSGB[\s-]*(?P<first>[IVX]+|\d+)\b(?P<more>(?:\s*(?:/|,|\+|u\.|und|oder|bzw\.?)\s*"
    r"(?:SGB[\s-]*)?(?:[IVX]+|\d+)\b(?!\.?\s*kap))*)",
    re.IGNORECASE,
)
_ASYLBLG: Final = re.compile(r"\bAsyl(b|bew)LG\b", re.I)
_BOOK_CODES: Final = {
    "ii": "sgb2",
    "2": "sgb2",
    "iii": "sgb3",
    "3": "sgb3",
    "xii": "sgb12",
    "12": "sgb12",
}
_FILLERS: Final = re.compile(
    r"\b(leistungen|leistungsbezug|leistung|bezug|bezieht|erhält|bekommt|empfänger(in)?|"
    r"leistungsempfänger(in)?|lebt|seit\s+[\d./]+|im|in|nach|gem\.?|gemäß|dem|des|der|von|aus|aufstockend|ergänzend|laufend)\b",
    re.I,
)
# Which section a title follows, and where an office is, changes neither.
_TITLE_SECTION: Final = re.compile(
    r"(?:(?:nach|gemäß|gem\.) )?§+\s?\d+\s?[a-h]?"
    r"(?:\s?(?:abs\.?|absatz|satz|s\.|nr\.?|alt\.?)\s?\d+[a-z]?|\s?\(\d[a-z]?\))*"
    r"(?:\s(?:aufenthg|stag))?",
    re.IGNORECASE,
)
_OFFICES: Final = frozenset({"body", "provider", "receiving_body"})
_CLOSE: Final = 0.8
_ABBREVIATED: Final = 3


def meanings(
    code_list: str, texts: Sequence[str | None], told: Mapping[str, str] | None = None
) -> list[str | None]:
    """Return the code of each distinct text of a column, None where there is none.

    Args:
        code_list: The code list's name, or ``BOOLEAN``.
        texts: All texts of the column, each once: numbers alone may be codes of some software.
        told: What the sender has told of the column, see ``told_words``.
    """
    own = told or {}
    read = dict(zip(texts, _by_rule(code_list, texts), strict=True))
    found = (None if text is None else own.get(_told_key(text), read[text]) for text in texts)
    return [each if isinstance(each, str) else None for each in found]


def reason_of(code_list: str, text: str) -> Reason | None:
    """Return why a text has no code, None where it is not understood at all."""
    found = meaning_of(code_list, text)
    if isinstance(found, Reason):
        return found
    return Reason("number_codes") if text.strip().isdecimal() else None


def meaning_of(code_list: str, text: str) -> Meaning:
    """Return what one text means by itself."""
    key = code_key(text)
    known: Meaning = aliases().codes[code_list].get(key)
    if known is None and key in (reasons := aliases().reasons.get(code_list, {})):
        known = Reason(reasons[key])
    if known is not None or code_list == BOOLEAN:
        return known
    if code_list == _RESIDENCE:
        return title_of(text)
    if code_list == _AGE:
        return age_group(text)
    if code_list == _REGIME:
        return _regime(text)
    return _before_detail(code_list, text) or _several(code_list, text)


def nearest(code_list: str, text: str) -> str | None:
    """Return the code whose spelling is closest to a text, None where none is close."""
    spellings, key = aliases().codes[code_list], code_key(text)
    # A slip in an abbreviation makes another one.
    if len(key) <= _ABBREVIATED:
        return None
    # Slips seldom hit the first letter, and comparing with every spelling takes milliseconds.
    likely = [each for each in spellings if each[:1] == key[:1]]
    close = difflib.get_close_matches(key, likely, n=1, cutoff=_CLOSE)
    return spellings[close[0]] if close else None


def check_told_codes(table: Table, told: Instructions) -> None:
    """Refuse what the sender has told of words where it cannot be meant.

    Raises:
        UnusableInputError: If the table has no such column of codes, or the column no such code.
    """
    columns = table.of_kind(Kind.CODE, Kind.BOOLEAN)
    for name, _, code in told.codes:
        column = next((each for each in columns if _is_named(each, name)), None)
        if column is None:
            choices = ", ".join(each.name for each in columns)
            raise UnusableInputError("reader.told_code_column", column=name, columns=choices)
        known = aliases().codes[column.code_list or BOOLEAN]
        if code_key(code) not in known:
            choices = ", ".join(dict.fromkeys(known.values()))
            raise UnusableInputError("reader.told_code", column=name, code=code, codes=choices)


def told_words(column: Column, told: Instructions) -> dict[str, str]:
    """Return what the sender has told of the words of one column."""
    known = aliases().codes[column.code_list or BOOLEAN]
    return {
        _told_key(word): known.get(code_key(code), code)
        for name, word, code in told.codes
        if _is_named(column, name)
    }


def _is_named(column: Column, name: str) -> bool:
    labels = (words(language).messages.get(column.label, "") for language in LANGUAGES)
    return normal(name) in {normal(each) for each in (column.name, *labels)}


def _told_key(text: str) -> str:
    # Signs count: the number 24 of a software is not "§ 24".
    return " ".join(text.lower().split())


def _by_rule(code_list: str, texts: Sequence[str | None]) -> list[Meaning]:
    if code_list != _AGE:
        return [None if text is None else meaning_of(code_list, text) for text in texts]
    filled = [text for text in texts if text is not None]
    read = dict(zip(filled, ages(filled), strict=True))
    labels = aliases().codes[code_list]
    return [None if t is None else labels.get(code_key(t), read[t]) for t in texts]


def _before_detail(code_list: str, text: str) -> str | None:
    """Return the code of a known word with a detail behind it, as in ``Jobcenter Duisburg``."""
    known, parts = aliases().codes[code_list], text.split()
    for cut in range(1, len(parts)):
        code = known.get(code_key(" ".join(parts[:cut])))
        if code is not None and _is_detail(code_list, " ".join(parts[cut:])):
            return code
    return None


def _is_detail(code_list: str, text: str) -> bool:
    if code_list == _TITLE_KIND:
        return _TITLE_SECTION.fullmatch(text) is not None
    if code_list not in _OFFICES:
        return False
    names = area_names(registry())
    return normal(text) in names.districts or normal(text) in names.municipalities


def _regime(text: str) -> Meaning:
    """Return the law of benefits; several books of the SGB share the word."""
    found: list[Meaning] = []
    for match in _BOOKS.finditer(text):
        books = re.findall(
            r"[ivx]+|\d+", (match["first"] + match["more"].lower().replace("sgb", " ")).lower()
        )
        found += [_BOOK_CODES.get(book, Reason("other_benefit")) for book in books]
    found += ["asylblg" for _ in _ASYLBLG.finditer(text)]
    rest = _ASYLBLG.sub(" ", _BOOKS.sub(" ", text))
    rest = _FILLERS.sub(" ", _SECTION.sub(" ", rest))
    if found and not rest.strip(" ,;/()-.:"):
        return combined(found)
    return combined([*found, *_parts(_REGIME, rest)])


def _several(code_list: str, text: str) -> Meaning:
    """Return what the parts of a text mean together, such as ``Frau (w)``.

    A part that may mean several things leaves open what the whole means.
    """
    found = _parts(code_list, text)
    is_mixed = len(set(found)) > 1 and None not in found
    return SEVERAL if is_mixed else combined(found)


def _parts(code_list: str, text: str) -> list[Meaning]:
    known, reasons = aliases().codes[code_list], aliases().reasons.get(code_list, {})
    keys = [code_key(part) for part in _PARTS.split(text) if part.strip(" .:-")]
    return [known.get(key) or (Reason(reasons[key]) if key in reasons else None) for key in keys]
