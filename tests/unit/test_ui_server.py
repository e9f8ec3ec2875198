"""The server leads unknown addresses back, and leaves everything else alone."""

import asyncio
import re
from collections.abc import Sequence
from typing import Any

import pytest

from analytics.ui import base, server

HTML = b"text/html,*/*"
SHELL = b"text/html; charset=utf-8"


def ask(
    path: str,
    query: str = "",
    accept: bytes = HTML,
    *,
    behind: bytes = b"",
    method: str = "GET",
    extra: Sequence[tuple[bytes, bytes]] = (),
) -> tuple[int, dict[bytes, bytes], bytes]:
    """Return status, headers and body of an answer; what is behind answers 200, with a type."""

    async def inside(scope: Any, receive: Any, send: Any) -> None:
        seen = b" ".join(name for name, _ in scope["headers"])
        headers = [(b"content-type", behind)] if behind else []
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        body = b'<html lang="en"><head></head></html>' if b"html" in behind else seen
        await send({"type": "http.response.body", "body": body})

    (one,) = server.middleware(["explore"])
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": [(b"accept", accept), *extra],
    }
    asyncio.run(one.cls(inside, **one.kwargs)(scope, None, send))
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return sent[0]["status"], dict(sent[0]["headers"]), body


@pytest.mark.parametrize(
    "path", ["/", "/explore", "/explore/", "/media/abc", "/_stcore/host", "/a.html"]
)
def test_pages_and_files_are_passed_on(path: str) -> None:
    assert ask(path)[0] == 200


def test_requests_of_programs_are_passed_on() -> None:
    assert ask("/nowhere", accept=b"*/*")[0] == 200


@pytest.mark.parametrize(("query", "language"), [("", "de"), ("lang=en", "en"), ("lang=x", "de")])
def test_an_unknown_address_leads_to_the_first_page(query: str, language: str) -> None:
    status, headers, _ = ask("/no/where", query)
    assert status == 303
    assert headers[b"location"].decode() == f"/?lang={language}&unknown=no%2Fwhere"


@pytest.mark.parametrize("accept", [HTML, b"*/*", b""])
@pytest.mark.parametrize(
    "path",
    [
        *("/healthz", "/readyz", "/livez", "/explore/healthz"),
        *("/_stcore/healthz", "/_stcore/healthy", "/_stcore", "/_stcore/health/deep"),
        *("/media", "/static/nothing.js", "/app/static/none.css"),
    ],
)
def test_a_wrong_probe_is_never_green(path: str, accept: bytes) -> None:
    """Streamlit answers any address with its shell, whoever asks and whatever for."""
    for method in ("GET", "HEAD"):
        status, headers, body = ask(path, accept=accept, behind=SHELL, method=method)
        assert status == 404
        assert headers[b"content-type"] == b"text/plain; charset=utf-8"
        assert b"/_stcore/health" in body or method == "HEAD"


def test_a_program_is_told_that_there_is_no_such_page() -> None:
    assert ask("/nowhere", accept=b"*/*", behind=SHELL)[0] == 404


@pytest.mark.parametrize("path", ["/", "/index.html", "/explore", "/explore/"])
def test_pages_are_there_for_programs_too(path: str) -> None:
    for accept in (HTML, b"*/*"):
        status, _, body = ask(path, accept=accept, behind=SHELL)
        assert status == 200 and b'<html lang="de"' in body


@pytest.mark.parametrize("setting", ["einwanderung", "/einwanderung/", "a/b"])
def test_below_a_path_everything_is_asked_there(
    setting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base.st, "get_option", {"server.baseUrlPath": setting}.__getitem__)
    below = f"/{setting.strip('/')}"
    assert base.base_path() == below
    _, _, body = ask(f"{below}/explore", behind=SHELL)
    links = re.findall(rb'(?:href|src)="([^"]+)"', body)
    assert len(links) >= 4
    assert all(link.startswith(f"{below}/app/static/".encode()) for link in links)
    assert ask(f"{below}/nowhere")[1][b"location"].startswith(f"{below}/?".encode())
    assert ask(f"{below}/_stcore/healthz", behind=SHELL)[0] == 404


def test_media_are_asked_for_whole_and_kept_by_nobody() -> None:
    _, headers, seen = ask("/media/abc.csv", extra=[(b"range", b"bytes=0-1")], behind=b"image/png")
    assert headers[b"cache-control"] == b"no-store"
    assert b"content-security-policy" in headers
    assert b"range" not in seen
