"""The way out for files to take away: a ticket at ``/media`` is answered with the file."""

from email.message import Message as Headers
from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders

from analytics.ui.handouts import TICKET, content_of

if TYPE_CHECKING:
    from starlette.types import Message, Scope, Send


class HandingOut:
    """Sends the file in place of its ticket, not to be kept by anyone on the way.

    Everything else at ``/media`` is passed on, not to be kept either.
    """

    def __init__(self, scope: "Scope", send: "Send") -> None:
        self._is_head = scope["method"] == "HEAD"
        self._send = send
        self._body: bytes | None = None

    async def __call__(self, message: "Message") -> None:
        """Send what takes the message's place."""
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            headers["cache-control"] = "no-store"
            mime, ticket = _read(headers.get("content-type", ""))
            if ticket:
                message = self._start(message, headers, mime, content_of(ticket))
            await self._send(message)
        elif self._body is None:
            await self._send(message)
        elif not message.get("more_body", False):
            body = b"" if self._is_head else self._body
            await self._send({"type": "http.response.body", "body": body})

    def _start(
        self, message: "Message", headers: MutableHeaders, mime: str, content: bytes | None
    ) -> "Message":
        if content is None:
            content, mime, message = b"", "text/plain", {**message, "status": 404}
            del headers["content-disposition"]
        self._body = content
        is_text = mime.startswith("text/")
        headers["content-type"] = f"{mime}; charset=utf-8" if is_text else mime
        headers["content-length"] = str(len(content))
        del headers["accept-ranges"]
        return {**message, "headers": headers.raw}


def _read(content_type: str) -> tuple[str, str]:
    """Return the media type and the ticket that it carries; the ticket is empty without one."""
    header = Headers()
    header["content-type"] = content_type
    return header.get_content_type(), str(header.get_param(TICKET, ""))
