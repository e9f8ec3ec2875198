"""What a delivered word means in a code list."""

from collections.abc import Sequence

from analytics.extracts.aliases import aliases, code_key


def meanings(code_list: str, texts: Sequence[str | None]) -> list[str | None]:
    """Return the code of each text."""
    words = aliases().codes[code_list]
    return [None if text is None else words.get(code_key(text)) for text in texts]
