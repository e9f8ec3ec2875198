"""Which language a command speaks; known before it is built, so that its help is in it too."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from analytics.i18n import LANGUAGES, Language
from analytics.settings import settings

OPTION = "--lang"

# gettext's order of precedence.
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def chosen_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Return the language of ``--lang``, else of the locale, else of the settings."""
    return _language(_option_value(arguments)) or _locale_language(environment)


def _option_value(arguments: Sequence[str]) -> str:
    for argument, following in pairwise([*arguments, ""]):
        if argument == "--":
            break
        if argument == OPTION:
            return following
        if argument.startswith(f"{OPTION}="):
            return argument.partition("=")[2]
    return ""


def _locale_language(environment: Mapping[str, str]) -> Language:
    name = next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    code = name.partition(".")[0].partition("_")[0]
    if code in {"", "C", "POSIX"}:
        return settings().lang
    return _language(code) or "en"


def _language(code: str) -> Language | None:
    return next((language for language in LANGUAGES if language == code), None)
