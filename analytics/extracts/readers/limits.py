"""What several readers of archives share."""

from typing import Final

MEBIBYTE: Final = 1024 * 1024

OPEN_DOCUMENT: Final = "content.xml"
"""The part of an OpenDocument file that holds all its sheets."""
