"""The server leads unknown addresses back, and leaves everything else alone."""

import asyncio
from typing import Any

import pytest

from analytics.ui import server

HTML = b"text/html,*/*"


def ask(path: str, query: str = "", accept: bytes = HTML) -> tuple[int, dict[bytes, bytes]]:
    """Return status and headers of the answer to a GET; what is behind answers 200."""

    async def inside(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    (one,) = server.middleware(["map"])
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": query.encode(),
        "headers": [(b"accept", accept)],
    }
    asyncio.run(one.cls(inside, **one.kwargs)(scope, None, send))
    return sent[0]["status"], dict(sent[0]["headers"])


@pytest.mark.parametrize("path", ["/", "/map", "/map/", "/media/abc", "/_stcore/host", "/a.html"])
def test_pages_and_files_are_passed_on(path: str) -> None:
    assert ask(path)[0] == 200


def test_requests_of_programs_are_passed_on() -> None:
    assert ask("/nowhere", accept=b"*/*")[0] == 200


@pytest.mark.parametrize(("query", "language"), [("", "de"), ("lang=en", "en"), ("lang=x", "de")])
def test_an_unknown_address_leads_to_the_first_page(query: str, language: str) -> None:
    status, headers = ask("/no/where", query)
    assert status == 303
    assert headers[b"location"].decode() == f"/?lang={language}&unknown=no%2Fwhere"
