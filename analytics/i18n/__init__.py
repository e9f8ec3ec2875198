"""Messages and locale formatting for German and English.

Catalogues are gettext files, one per subject: ``<language>/LC_MESSAGES/<subject>.po``. A message
id is ``<subject>.<key>``; the text may hold ``str.format`` placeholders.
"""

from analytics.i18n.words import (
    LANGUAGES,
    Language,
    UnknownMessageError,
    Words,
    raise_mistakes,
    words,
)

__all__ = ["LANGUAGES", "Language", "UnknownMessageError", "Words", "raise_mistakes", "words"]
