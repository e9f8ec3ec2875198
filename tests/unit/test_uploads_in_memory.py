"""What arrives at the server stays in its memory: Starlette's form parser writes nothing."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartParser

from analytics.ui import server

_BORDER = b"border"
_SIZE = 3 * 1024 * 1024


async def body() -> AsyncIterator[bytes]:
    yield (
        b"--" + _BORDER + b'\r\nContent-Disposition: form-data; name="f"; filename="f.csv"\r\n\r\n'
    )
    yield b"x" * _SIZE
    yield b"\r\n--" + _BORDER + b"--\r\n"


async def taken(started: bool) -> UploadFile:
    if started:
        async with server.lifespan(None):  # type: ignore[arg-type]
            pass
    headers = Headers({"content-type": f"multipart/form-data; boundary={_BORDER.decode()}"})
    form = await MultiPartParser(headers, body()).parse()  # type: ignore[arg-type]
    file = form["f"]
    assert isinstance(file, UploadFile)
    return file


@pytest.mark.parametrize("started", [False, True])
def test_an_upload_stays_in_memory_once_the_server_has_started(
    started: bool, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(MultiPartParser, "spool_max_size", 1024 * 1024)

    file = asyncio.run(taken(started))

    assert file.size == _SIZE
    assert file._in_memory is started
