"""A message that cannot be told takes no page down: tests raise, a server logs it and goes on."""

import sys

import pytest
from structlog.typing import EventDict

from analytics.i18n import UnknownMessageError, Words
from analytics.i18n import words as catalogue
from analytics.i18n.words import Mistakes

DE = Words("de", {"a.x": "Zahl {n}", "a.y": "{} Stück"})


@pytest.fixture
def _as_served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[UnknownMessageError.__module__], "_mistakes", Mistakes())


@pytest.mark.usefixtures("_as_served")
@pytest.mark.parametrize(
    ("message", "values"),
    [("a.none", {}), ("a.none", {"n": 1}), ("a.x", {"m": 1}), ("a.y", {"n": 1})],
)
def test_a_server_shows_the_id_and_logs_it_once(
    logs: list[EventDict], message: str, values: dict[str, object]
):
    assert DE(message, **values) == DE(message, **values) == f"[{message}]"
    (found,) = logs
    assert found["event"] == "message_missing"
    assert found["message"].startswith(f"{message} (de)")


def test_tests_raise():
    with pytest.raises(UnknownMessageError, match=r"a\.none \(de\)"):
        DE("a.none")
    with pytest.raises(UnknownMessageError, match=r"a\.x \(de\): 'n'"):
        DE("a.x", m=1)
    with pytest.raises(UnknownMessageError):
        catalogue("en")("ui.none")
