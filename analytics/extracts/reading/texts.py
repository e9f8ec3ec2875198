"""Cells as people see them: without blanks around them and without what nobody sees."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

# Zero-width and direction marks, soft hyphens, byte order marks and control characters: copied
# from web pages and other programs, and two keys that look alike would differ.
_INVISIBLE: Final = (
    r"[\x{00AD}\x{034F}\x{061C}\x{180E}\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{206F}"
    r"\x{FE00}-\x{FE0F}\x{FEFF}\x{0000}-\x{0008}\x{000E}-\x{001F}\x{007F}-\x{009F}]"
)
_BLANKS: Final = r"[\x{00A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}]"
# Hyphens that look like any other: a spreadsheet or a text program has put them there.
_HYPHENS: Final = r"[\x{2010}\x{2011}]"
_CONTROLS: Final = r"[\x00-\x08\x0e-\x1f\x7f]"
_ASCII_BLANKS: Final = " \t\r\n\v\f"
# ="05766" and '05766: how spreadsheets are told that digits are a text.
_WRAPPED: Final = r"^(?:=\s*\"([^\"]*)\"|'([^']+)'?)$"
_FRACTION: Final = r"^\d+\.\d*[1-9]\d*$"

FORMULA_ERRORS: Final = frozenset(
    {
        "#wert!", "#value!", "#bezug!", "#ref!", "#div/0!", "#name?", "#zahl!", "#num!", "#null!",
        "#überlauf!", "#spill!", "#calc!", "#kalk!", "#feld!", "#field!", "#blocked!",
        "#connect!", "#verbinden!", "#busy!", "#unknown!", "err:502", "err:504", "err:508",
        "err:511", "err:520", "err:522",
    }
)  # fmt: skip
"""What a spreadsheet writes where a formula failed; ``#NV`` says that a value is missing."""


def visible(texts: pa.Array) -> pa.Array:
    """Return texts in composed form, without invisible characters and blanks around them."""
    if not pc.all(pc.string_is_ascii(texts)).as_py():
        texts = pc.utf8_normalize(texts, form="NFC")
        texts = pc.replace_substring_regex(texts, _INVISIBLE, "")
        texts = pc.replace_substring_regex(texts, _BLANKS, " ")
        texts = pc.replace_substring_regex(texts, _HYPHENS, "-")
    elif not pc.all(pc.ascii_is_printable(texts)).as_py():
        texts = pc.replace_substring_regex(texts, _CONTROLS, "")
    return _unwrapped(pc.utf8_trim(texts, characters=_ASCII_BLANKS))


def whole_keys(texts: pa.Array) -> pa.Array:
    """Return keys without the ``.0`` of numbers, unless decimals tell the keys apart."""
    if not pc.any(pc.match_substring(texts, ".0")).as_py():
        return texts
    if pc.any(pc.match_substring_regex(texts, _FRACTION)).as_py():
        return texts
    return pc.replace_substring_regex(texts, r"^(\d+)\.0+$", r"\1")


def is_formula_error(text: str) -> bool:
    """Say whether a cell holds the error of a formula instead of a value."""
    return text[:1] in "#eE" and text.casefold() in FORMULA_ERRORS


def formula_errors(texts: pa.Array) -> pa.Array:
    """Say of each text whether it is the error of a formula."""
    return pc.is_in(pc.utf8_lower(texts), value_set=pa.array(sorted(FORMULA_ERRORS)))


def _unwrapped(texts: pa.Array) -> pa.Array:
    if not pc.any(pc.or_(pc.starts_with(texts, "="), pc.starts_with(texts, "'"))).as_py():
        return texts
    inner = pc.replace_substring_regex(texts, _WRAPPED, r"\1\2")
    return pc.utf8_trim(inner, characters=_ASCII_BLANKS)
