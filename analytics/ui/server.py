"""What the server adds to Streamlit's own page: its language, a fence around it, a way back.

Streamlit ships one ``index.html`` with ``lang="en"`` and no content security policy. The first
makes screen readers pronounce German as English (WCAG 3.1.1); the second would leave it to every
library's good will that nothing is asked from other hosts. An address that is no page would be
answered by a window of Streamlit's own in English; here it leads to the first page, which says so.
Starlette would write each upload beyond a megabyte to a temporary file; here it stays in memory.
"""

from collections.abc import Collection
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, urlencode

from starlette.datastructures import MutableHeaders
from starlette.formparsers import MultiPartParser
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse
from streamlit import get_option
from streamlit.runtime.pages_manager import PagesManager

from analytics.i18n import LANGUAGES
from analytics.settings import settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import ASGIApp, Message, Receive, Scope, Send
    from streamlit.starlette import App

UNKNOWN: Final = "unknown"
"""Parameter of the first page: the address that is none."""

_OWN_FOLDERS: Final = {"_stcore", "app", "component", "media", "oauth2callback", "static"}
_LONGEST_PATH: Final = 100
_SHELL_LANGUAGE: Final = b'<html lang="en">'
_HEAD: Final = (
    b'<link rel="stylesheet" href="/app/static/frame.css">'
    b'<script src="/app/static/language.js"></script>'
    b'<script src="/app/static/stage.js"></script></head>'
)
# Plotly writes styles into the page; Streamlit's shell has one inline script of its own.
_POLICY: Final = (
    "default-src 'self'; "
    "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self' ws: wss:; worker-src 'self' blob:; frame-src 'self' blob: data:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
_HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Shell:
    """Middleware that gives the HTML shell the language of the request and the fence."""

    def __init__(self, app: "ASGIApp", addresses: Collection[str]) -> None:
        self._app = app
        self._addresses = frozenset(addresses)

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Pass everything on; rewrite only the HTML shell, and lead unknown addresses back."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if (path := _page_asked(scope)) and path not in self._addresses:
            await _to_first_page(scope, path)(scope, receive, send)
            return
        await self._app(_plain_request(scope), receive, _Rewriter(scope, send))


class _Rewriter:
    """Collects the body of an HTML answer, and sends it on with the request's language."""

    def __init__(self, scope: "Scope", send: "Send") -> None:
        self._language = _language(scope)
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: "Message") -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            if headers.get("content-type", "").startswith("text/html"):
                self._start = message
                return
        elif self._start is not None:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._send_shell()
            return
        await self._send(message)

    async def _send_shell(self) -> None:
        assert self._start is not None
        html = self._language.encode()
        default = settings().lang.encode()
        opening = b'<html lang="%s" data-default-lang="%s">' % (html, default)
        body = self._body.replace(_SHELL_LANGUAGE, opening).replace(b"</head>", _HEAD)
        headers = MutableHeaders(raw=self._start["headers"])
        headers["content-length"] = str(len(body))
        for name in ("etag", "last-modified"):
            del headers[name]
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})


def _plain_request(scope: "Scope") -> "Scope":
    """Ask for the shell whole: a part or a 304 could not be rewritten."""
    if not _wants_html(scope):
        return scope
    conditional = {b"if-none-match", b"if-modified-since", b"range", b"accept-encoding"}
    headers = [(name, value) for name, value in scope["headers"] if name not in conditional]
    return {**scope, "headers": headers}


def _wants_html(scope: "Scope") -> bool:
    return any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])


def _page_asked(scope: "Scope") -> str:
    """Return the address of the page that a browser asks for; empty for the start and for files."""
    path = str(scope["path"]).removeprefix(_base()).strip("/")
    is_file = "." in path.rsplit("/", 1)[-1] or path.split("/")[0] in _OWN_FOLDERS
    return "" if is_file or scope["method"] != "GET" or not _wants_html(scope) else path


def _to_first_page(scope: "Scope", path: str) -> RedirectResponse:
    """Lead to the first page in the language asked for; it says what was not found."""
    query = urlencode({"lang": _language(scope), UNKNOWN: path[:_LONGEST_PATH]})
    return RedirectResponse(f"{_base()}/?{query}", status_code=303)


def _base() -> str:
    """Return the path below which the dashboard is served, without a slash at its end."""
    path = str(get_option("server.baseUrlPath")).strip("/")
    return f"/{path}" if path else ""


def _language(scope: "Scope") -> str:
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[-1]
    return asked if asked in LANGUAGES else settings().lang


@asynccontextmanager
async def lifespan(_app: "App") -> "AsyncIterator[None]":
    """Keep uploads off the disk, and tell Streamlit that the router, not ``pages/``, has the pages.

    It would learn so by itself only while the first visitor's page runs, and tell that visitor
    "Page not found" on a deep link.
    """
    PagesManager.uses_pages_directory = False
    # Zero stands for no limit; ``server.maxUploadSize`` is the one that holds.
    MultiPartParser.spool_max_size = 0
    yield


def middleware(addresses: Collection[str]) -> list[Middleware]:
    """Return what stands between the network and Streamlit.

    Args:
        addresses: Of the pages, without slashes.
    """
    return [Middleware(Shell, addresses=addresses)]
