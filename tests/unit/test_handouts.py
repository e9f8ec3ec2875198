"""Files to take away: each is its own, is kept by nobody on the way, and goes with its session."""

import asyncio
from typing import Any

import pytest
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from analytics.ui.handout_server import HandingOut
from analytics.ui.handouts import TICKET, GoneError, Shelf, content_of

CSV = "text/csv"
SIZE = 3_000_000


def answer(
    content_type: str, body: bytes, method: str = "GET"
) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body of what is sent in place of an answer at ``/media``."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def run() -> None:
        out = HandingOut({"method": method}, send)
        headers = [
            (b"content-type", content_type.encode()),
            (b"content-length", str(len(body)).encode()),
            (b"content-disposition", b'attachment; filename="x.csv"'),
        ]
        await out({"type": "http.response.start", "status": 200, "headers": headers})
        await out({"type": "http.response.body", "body": body})

    asyncio.run(run())
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(message["body"] for message in sent[1:])


def served(mime: str, ticket: bytes) -> tuple[int, dict[str, str], bytes]:
    return answer(f"{mime}; {TICKET}={ticket.decode()}", ticket)


def test_two_large_files_of_equal_length_are_both_served_right():
    # The cell in which they differ lies where Streamlit takes no sample of a file.
    first = bytearray(b"1" * SIZE)
    second = bytearray(first)
    second[SIZE // 4] = ord("2")
    storage, shelf = MemoryMediaFileStorage("/media"), Shelf()
    manager = MediaFileManager(storage)

    def fetched(key: str, content: bytes) -> bytes:
        ticket = shelf.offer(key, lambda: content)
        mime = f"{CSV}; {TICKET}={ticket}"
        placed = manager.add_deferred(lambda: shelf.made(key, ticket), mime, key, "same.csv")
        file = storage.get_file(manager.execute_deferred(placed).rpartition("/")[2])
        return answer(file.mimetype, file.content)[2]

    assert fetched("a", bytes(first)) == first
    assert fetched("b", bytes(second)) == second
    assert fetched("a", bytes(second)) == second


def test_a_file_is_kept_by_nobody_on_the_way():
    shelf = Shelf()
    ticket = shelf.made("a", shelf.offer("a", lambda: b"x;y"))
    status, headers, body = served(CSV, ticket)
    assert (status, body) == (200, b"x;y")
    assert headers["cache-control"] == "no-store"
    assert headers["content-length"] == "3"
    assert headers["content-type"] == "text/csv; charset=utf-8"
    assert headers["content-disposition"] == 'attachment; filename="x.csv"'
    assert served("application/zip", ticket)[1]["content-type"] == "application/zip"
    assert answer(f"{CSV}; {TICKET}={ticket.decode()}", ticket, "HEAD")[2] == b""


def test_other_media_are_passed_on_and_not_kept():
    status, headers, body = answer("image/svg+xml", b"<svg/>")
    assert (status, body, headers["cache-control"]) == (200, b"<svg/>", "no-store")


def test_forgetting_takes_back_what_was_handed_out():
    shelf, other = Shelf(), Shelf()
    ticket = shelf.made("a", shelf.offer("a", lambda: b"rows"))
    kept = other.made("a", other.offer("a", lambda: b"others"))
    waiting = shelf.offer("b", lambda: b"rows")

    shelf.clear()

    assert content_of(ticket.decode()) is None
    status, headers, body = served(CSV, ticket)
    assert (status, body, headers["cache-control"]) == (404, b"", "no-store")
    assert "content-disposition" not in headers
    assert served(CSV, kept)[2] == b"others"
    with pytest.raises(GoneError):
        shelf.made("b", waiting)


def test_what_was_being_made_when_the_session_forgot_is_not_handed_out():
    shelf = Shelf()

    def make() -> bytes:
        shelf.clear()
        return b"rows"

    with pytest.raises(GoneError):
        shelf.made("a", shelf.offer("a", make))
    assert served(CSV, b"guessed")[0] == 404


def test_a_button_drawn_anew_hands_out_only_the_new():
    shelf = Shelf()
    former = shelf.offer("a", lambda: b"1")
    latest = shelf.offer("a", lambda: b"2")
    assert served(CSV, shelf.made("a", latest))[2] == b"2"
    with pytest.raises(GoneError):
        shelf.made("a", former)


def test_only_the_latest_files_are_held():
    shelf = Shelf()
    tickets = [shelf.made(key, shelf.offer(key, key.encode)) for key in "abcdefgh"]
    held = [content_of(ticket.decode()) for ticket in tickets]
    assert held == [None] * 4 + [b"e", b"f", b"g", b"h"]
