"""Style sheets stay cheap: a chart measures each of its texts, and styles are asked each time."""

import re
from pathlib import Path

SHEETS = sorted((Path(__file__).parents[2] / "static").glob("*.css"))


def selectors(sheet: str) -> list[str]:
    """Return the selectors of a sheet, those of media rules too."""
    without_notes = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    heads = re.findall(r"([^{};]+)\{", without_notes)
    return [one for head in heads if not head.strip().startswith("@") for one in parted(head, ",")]


def parted(text: str, apart: str) -> list[str]:
    """Return the parts of a text between signs that stand in no bracket and no quotes."""
    parts, depth, quoted = [""], 0, False
    for sign in text.strip():
        quoted ^= sign == '"'
        depth += 0 if quoted else (sign in "([") - (sign in ")]")
        if sign in apart and not depth and not quoted:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts if part.strip()]


def test_has_is_asked_only_of_what_is_styled() -> None:
    """``a:has(b) c`` makes a browser ask all of a page's elements again whenever one comes or goes.

    Plotly puts every label into the page to measure it. With three such rules the referral page's
    pictures took ten seconds; without them it is a quarter of one.
    """
    assert SHEETS
    found = [one for sheet in SHEETS for one in selectors(sheet.read_text("utf-8"))]
    assert any(":has(" in one for one in found)
    costly = [one for one in found if any(":has(" in part for part in parted(one, " >+~")[:-1])]
    assert costly == []
