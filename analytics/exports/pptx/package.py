"""Saving a presentation so that the same slides give the same bytes."""

import datetime as dt
import io
import zipfile
from typing import Any, Final

from pptx.presentation import Presentation as Deck

_STAMP: Final = (1980, 1, 1, 0, 0, 0)
_UNDATED: Final = dt.date(2020, 1, 1)


def describe_file(deck: Deck, *, title: str, subject: str, tag: str, as_of: dt.date | None) -> None:
    """Write the file's properties; dates are those of the data, not of the clock."""
    day = as_of or _UNDATED
    made = dt.datetime(day.year, day.month, day.day)  # noqa: DTZ001
    properties: Any = deck.core_properties
    properties.title, properties.subject, properties.language = title[:255], subject[:255], tag
    properties.author = properties.last_modified_by = "Einwanderung gestalten NRW"
    properties.created = properties.modified = made
    properties.revision = 1
    properties.keywords = properties.comments = properties.category = ""


def file_bytes(deck: Deck) -> bytes:
    """Return the file; its parts carry no time of day."""
    saved, file = io.BytesIO(), io.BytesIO()
    deck.save(saved)
    with (
        zipfile.ZipFile(saved) as source,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target,
    ):
        for name in source.namelist():
            part = zipfile.ZipInfo(name, _STAMP)
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, source.read(name))
    return file.getvalue()
