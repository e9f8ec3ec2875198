"""Every page opens in both languages, inside the frame, with words instead of message ids."""

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from streamlit.testing.v1 import AppTest

from analytics.i18n import LANGUAGES, words

from .conftest import PLACES, OpenPage

MESSAGE_ID = re.compile(r"\b(ui|page_\w+|report_\w+|indicator|code|chart|overview)\.[a-z_]{3,}\b")
ALL = pytest.mark.parametrize("address", PLACES)
BOTH = pytest.mark.parametrize("language", LANGUAGES)


def texts(app: AppTest) -> list[str]:
    """Return everything the page says as text."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "metric", "selectbox",
             "multiselect", "expander", "button")  # fmt: skip
    found = []
    for kind in kinds:
        for element in app.get(kind):
            found += [str(getattr(element, "label", "")), str(getattr(element, "value", ""))]
    return found + [block.proto.body for block in app.get("html")]


Seen = Callable[[str, str], AppTest]


@pytest.fixture(scope="module")
def already() -> dict[tuple[str, str], AppTest]:
    return {}


@pytest.fixture
def seen(open_page: OpenPage, already: dict[tuple[str, str], AppTest]) -> Seen:
    """A page in a language, opened once for all tests that only look at it."""

    def look(address: str, language: str) -> AppTest:
        if (address, language) not in already:
            already[address, language] = open_page(address, lang=language)
        return already[address, language]

    return look


@ALL
@BOTH
def test_page_opens_inside_the_frame(seen: Seen, address: str, language: str):
    w = words(language)
    app = seen(address, language)
    assert not app.exception
    assert not app.error
    assert len(app.title) == 1
    said = "\n".join(texts(app))
    assert w("ui.banner_title_all") in said
    assert w("ui.app") in said
    assert w("ui.footer").partition(" {")[0] in said


@ALL
@BOTH
def test_no_message_id_is_shown(seen: Seen, address: str, language: str):
    found = [text for text in texts(seen(address, language)) if MESSAGE_ID.search(text)]
    assert not found


@ALL
def test_each_picture_has_words_and_source(seen: Seen, address: str):
    app = seen(address, "de")
    charts = app.get("plotly_chart")
    sources = [text for text in texts(app) if text.startswith(":small[:gray[")]
    assert all(chart.proto.alt for chart in charts)
    assert len(sources) >= len(charts)


@ALL
def test_headings_skip_no_level(seen: Seen, address: str):
    app = seen(address, "de")
    levels = [int(h.tag[1]) for h in app.main if h.type in ("title", "header", "subheader")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
