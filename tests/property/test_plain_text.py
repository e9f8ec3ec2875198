"""Text of other people stays text: Markdown shows it as it is, and nothing is found in it."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analytics.i18n import LANGUAGES, words
from analytics.reports.basis.formatting import tied
from analytics.ui.markdown import plain, whole

# As ``StreamlitMarkdown`` of the browser side looks for them, after Markdown is read.
TAKEN_LATER = {
    "address": re.compile(r"(https?://|www(?=\.))([-.\w]+)([^ \t\r\n]*)", re.IGNORECASE),
    "e-mail": re.compile(r"([-.\w+]+)@([-\w]+(?:\.[-\w]+)+)"),
    "emoji": re.compile(r":\+1:|:-1:|:[\w+-]+:"),
    "icon": re.compile(r":material[/_](\w+):|:streamlit:"),
    "sign": re.compile(r"(^|\s)(<->|->|<-|--|>=|<=|~=)(\s|$)"),
}
ESCAPED = re.compile(r"\\([\\*_`\[\]$<>&~#|:.)+=-])")
UNESCAPED = re.compile(r"(?<!\\)[*_`\[\]$<>&~#|:]")
BLOCK = re.compile(r"(\d{1,9}[.)]|[-+])(\s|$)|-{3,}|=+|\s{4}|\t")
NOTHING_TO_SEE = "\u2060"

PIECES = (
    *("www.example.org", "http://a.de", "HTTPS://a.de/x?y=z", "mailto:a@b.example", "a@b.example"),
    *(":material/home:", ":material_home:", ":smile:", ":+1:", ":streamlit:", ":red[x]", ":a:b:"),
    *("$x^2$", "[[x]]", "[a](http://b.example)", "![a](b)", "<http://a.de>", "<b>", "&copy;"),
    *("->", "<-", "<->", "--", ">=", "<=", "~=", "---", "===", "- ", "1. ", "    ", "\n\n", "\t"),
    *("`a`", "*a*", "_a_", "~~a~~", "# a", "| a | b |", "\\", "\\\\", "Köln", "12:30:45", " "),
)
text = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=8).map("".join)


def shown(markdown: str) -> str:
    """Return the text that Markdown makes of escaped text."""
    return ESCAPED.sub(r"\1", markdown)


@given(text)
@example("www.www.example.org")
@example("x:material/home:y")
@example("http://http://a.de")
@example("a@b.example@c.example")
@example("-")
@example("7.")
@example("- - -")
@example("a\n\n    <script>")
def test_nothing_is_found_in_plain_text(found: str):
    markdown = plain(found)
    read = shown(markdown)
    assert {name for name, pattern in TAKEN_LATER.items() if pattern.search(read)} == set()
    assert UNESCAPED.search(markdown.replace("\\\\", "")) is None
    assert BLOCK.match(markdown) is None
    assert "\n" not in markdown and "\r" not in markdown
    one_line = re.sub(r"\s*[\r\n]\s*", " ", found.replace(NOTHING_TO_SEE, "")).lstrip(" \t")
    assert read.replace(NOTHING_TO_SEE, "") == tied(one_line)


@pytest.mark.parametrize(
    "usual", ["4. Quartal 2019", "Anteil: 75,8 % (n = 3.827)", "a – b", "12:30"]
)
def test_usual_text_gets_no_hidden_signs(usual: str):
    assert NOTHING_TO_SEE not in plain(usual)
    assert shown(plain(usual)) == tied(usual)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_breaks_within_a_95_percent_interval(language: str):
    """A browser breaks behind a hyphen, unless a word joiner follows it."""
    interval = words(language)("estimate.interval", range="1 bis 2")
    said = plain(interval)
    assert re.search(r"-(?!\u2060)", said) is None
    assert said.replace(NOTHING_TO_SEE, "") == interval


def test_a_size_stays_on_one_line():
    assert plain("(n = 3.827)") == "(n\u00a0=\u00a03.827)"


@pytest.mark.parametrize("usual", ["a-%-b", "2017-2019", "−5-%"])
def test_other_hyphens_stay_as_they_are(usual: str):
    assert whole(usual) == usual
