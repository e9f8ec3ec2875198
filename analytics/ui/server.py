"""What the server adds to Streamlit's own page: its language, a fence around it, a way back.

Streamlit ships one ``index.html`` with ``lang="en"`` and no content security policy. The first
makes screen readers pronounce German as English (WCAG 3.1.1); the second would leave it to every
library's good will that nothing is asked from other hosts. An address that is no page would be
answered by a window of Streamlit's own in English; here a browser is led to the first page, which
says so, and whoever asks otherwise or for a file of the server is told that there is none: a probe
at a wrong address must not be green. Starlette would write each upload beyond a megabyte to a
temporary file; here it stays in memory.
"""

from collections.abc import Collection
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, urlencode

from starlette.datastructures import MutableHeaders
from starlette.formparsers import MultiPartParser
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse
from streamlit.runtime.pages_manager import PagesManager

from analytics.charts import theme
from analytics.domain.pages import FORMER, parted
from analytics.i18n import LANGUAGES
from analytics.settings import settings
from analytics.ui.base import base_path
from analytics.ui.handout_server import HandingOut

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import ASGIApp, Message, Receive, Scope, Send
    from streamlit.starlette import App

UNKNOWN: Final = "unknown"
"""Parameter of the first page: the address that is none."""

_MEDIA: Final = "media"
_OWN_FOLDERS: Final = {"_stcore", "app", "component", _MEDIA, "oauth2callback", "static"}
_USUAL_PROBES: Final = {"health", "healthz", "livez", "ready", "readyz"}
"""Where other servers tell of their health; this one does at ``/_stcore/health`` alone."""

_STARTS: Final = {"", "index.html"}
_LONGEST_PATH: Final = 100
_NOT_FOUND: Final = b"Not found. Health is told at /_stcore/health."
_SHELL_LANGUAGE: Final = b'<html lang="en">'
# What ``static/frame.css`` knows as var(--ink) and so on.
_COLOURS: Final = ("PAPER", "INK", "MUTED", "OUTLINE", "GRID", "SHADE", "MODEL", "MADE_UP")
_STYLES: Final = ";".join(f"--{name.lower()}:{getattr(theme, name)}" for name in _COLOURS)
_HEAD: Final = (
    f"<style>:root{{{{{_STYLES}}}}}</style>"
    '<link rel="stylesheet" href="{base}/app/static/frame.css">'
    '<script src="{base}/app/static/frame.js"></script>'
    '<script src="{base}/app/static/language.js"></script>'
    '<script src="{base}/app/static/stage.js"></script>'
    '<script src="{base}/app/static/speaker.js"></script>'
    '<script src="{base}/app/static/uploads.js"></script>'
    '<script src="{base}/app/static/questions.js"></script></head>'
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
        path = _path(scope)
        if path in FORMER:
            await _to_present_place(scope, path)(scope, receive, send)
            return
        is_page = path in self._addresses or path in _STARTS
        if not is_page and _may_be_led(scope, path):
            await _to_first_page(scope, path)(scope, receive, send)
        elif path.startswith(f"{_MEDIA}/"):
            whole = _without(scope, {b"range"})
            await self._app(whole, receive, _Fence(HandingOut(scope, send)))
        else:
            await self._app(_plain_request(scope), receive, _Rewriter(scope, send, is_page))


class _Fence:
    """Adds the headers that keep browsers from asking elsewhere."""

    def __init__(self, send: "Send") -> None:
        self._send = send

    async def __call__(self, message: "Message") -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await self._send(message)


class _Rewriter:
    """Collects the body of an HTML answer, and sends it on with the request's language.

    The shell answers for pages; where it would answer for anything else, there is nothing.
    """

    def __init__(self, scope: "Scope", send: "Send", is_page: bool) -> None:
        self._language = _language(scope)
        self._is_page = is_page
        self._is_head = scope["method"] == "HEAD"
        self._send = _Fence(send)
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: "Message") -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
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
        start, body = self._start, self._page()
        headers = MutableHeaders(raw=start["headers"])
        if not self._is_page:
            start, body = {**start, "status": 404}, _NOT_FOUND
            headers["content-type"] = "text/plain; charset=utf-8"
        headers["content-length"] = str(len(body))
        for name in ("etag", "last-modified"):
            del headers[name]
        await self._send({**start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": b"" if self._is_head else body})

    def _page(self) -> bytes:
        html = self._language.encode()
        default = settings().lang.encode()
        opening = b'<html lang="%s" data-default-lang="%s">' % (html, default)
        head = _HEAD.format(base=base_path()).encode()
        return self._body.replace(_SHELL_LANGUAGE, opening).replace(b"</head>", head)


def _plain_request(scope: "Scope") -> "Scope":
    """Ask for the shell whole: a part or a 304 could not be rewritten."""
    if not _wants_html(scope):
        return scope
    return _without(scope, {b"if-none-match", b"if-modified-since", b"range", b"accept-encoding"})


def _without(scope: "Scope", names: Collection[bytes]) -> "Scope":
    headers = [(name, value) for name, value in scope["headers"] if name not in names]
    return {**scope, "headers": headers}


def _wants_html(scope: "Scope") -> bool:
    return any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])


def _path(scope: "Scope") -> str:
    """Return the address asked for, below the dashboard's own and without slashes at its ends."""
    return str(scope["path"]).removeprefix(base_path()).strip("/")


def _may_be_led(scope: "Scope", path: str) -> bool:
    """Say whether a person asks, who can be led to the first page, and not for a file."""
    first, last = path.split("/")[0], path.rsplit("/", 1)[-1]
    is_file = "." in last or first in _OWN_FOLDERS or last in _USUAL_PROBES
    return scope["method"] == "GET" and _wants_html(scope) and not is_file


def _to_first_page(scope: "Scope", path: str) -> RedirectResponse:
    """Lead to the first page in the language asked for; it says what was not found."""
    query = urlencode({"lang": _language(scope), UNKNOWN: path[:_LONGEST_PATH]})
    return RedirectResponse(f"{base_path()}/?{query}", status_code=303)


def _to_present_place(scope: "Scope", path: str) -> RedirectResponse:
    """Lead from the address of a former page to the tab that it is now, with all it asks for."""
    page, opened = parted(FORMER[path])
    asked = scope["query_string"].decode("latin-1")
    query = "&".join(filter(None, (urlencode(opened), asked)))
    return RedirectResponse(f"{base_path()}/{page}{'?' if query else ''}{query}", status_code=308)


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
