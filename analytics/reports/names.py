"""Names in the order in which German readers look them up."""

from typing import Final

# DIN 5007-1: umlauts sort as their base letters, ß as ss.
_BASE_LETTERS: Final = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})


def sort_key(name: str) -> str:
    """Return the key that sorts names as in a German dictionary (DIN 5007-1)."""
    return name.casefold().translate(_BASE_LETTERS)
