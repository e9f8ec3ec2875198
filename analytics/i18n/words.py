"""The words of one language: messages, numbers, dates."""

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final, Literal

import structlog
from babel import dates, numbers
from babel.messages.pofile import read_po

Language = Literal["de", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("de", "en")

_CATALOGUES = Path(__file__).parent
# British English: day before month and a comma for thousands, as in texts of European authorities.
_LOCALES: Final[Mapping[Language, str]] = {"de": "de_DE", "en": "en_GB"}
_NO_BREAK_SPACE = "\u00a0"


class UnknownMessageError(LookupError):
    """A message id that no catalogue holds, or a text without a value; a mistake in the program."""


class Mistakes:
    """What becomes of a message that cannot be told: raised in tests, else logged and passed by.

    Whoever reads a page is better served by all of it but one text than by an error.
    """

    def __init__(self) -> None:
        self.are_raised = False
        self._known: set[str] = set()

    def stand_in(self, message: str, language: str, lacking: str = "") -> str:
        """Return what is shown in place of the text; each mistake is logged once."""
        found = f"{message} ({language}){lacking and f': {lacking}'}"
        if self.are_raised:
            raise UnknownMessageError(found)
        if found not in self._known:
            self._known.add(found)
            structlog.get_logger("analytics.i18n").error("message_missing", message=found)
        return f"[{message}]"


_mistakes = Mistakes()


def raise_mistakes() -> None:
    """Let a message that cannot be told raise ``UnknownMessageError``: tests must not pass by."""
    _mistakes.are_raised = True


@dataclass(frozen=True, slots=True)
class Words:
    """Messages and formats of one language. Missing numbers become an en dash."""

    language: Language
    messages: Mapping[str, str]

    def __call__(self, message: str, /, **values: object) -> str:
        """Return the text of ``message`` with ``values`` filled in.

        A message that no catalogue holds, or without one of its values, is logged and shown as its
        id in brackets.

        Raises:
            UnknownMessageError: The same in tests, see ``raise_mistakes``.
        """
        text = self.messages.get(message)
        if text is None:
            return _mistakes.stand_in(message, self.language)
        try:
            return text.format(**values) if values else text
        except (KeyError, IndexError) as lacking:
            return _mistakes.stand_in(message, self.language, str(lacking))

    def __hash__(self) -> int:
        return hash(self.language)

    @property
    def locale(self) -> str:
        """Return the locale's name, such as ``de_DE``."""
        return _LOCALES[self.language]

    def label(self, code_list: str, code: str) -> str:
        """Return the label of a code of the vocabulary, such as ``offer_area``, ``language``."""
        return self(f"code.{code_list}.{code}")

    def number(self, value: float | None, digits: int = 0) -> str:
        """Format a number with ``digits`` decimals and grouped thousands."""
        if value is None or _missing(value):
            return "–"
        # As Babel rounds and groups, but a chart of a thousand points needs five thousand numbers.
        text = format(Decimal(str(value)), f",.{digits}f")
        return text.translate(_separators(self.locale))

    def shortest(self, value: float, digits: int) -> str:
        """Format a number with at most ``digits`` decimals, none of them a trailing zero."""
        pattern = f"#,##0.{'#' * digits}" if digits else "#,##0"
        return numbers.format_decimal(value, format=pattern, locale=self.locale)

    def signed(self, value: float, digits: int = 0) -> str:
        """Format a change with its sign, the typographic minus, or ± where it rounds to 0."""
        text = self.number(abs(value), digits)
        if text == self.number(0, digits):
            return f"±{text}"
        return f"+{text}" if value > 0 else f"−{text}"

    def percent(self, share: float | None, digits: int = 0) -> str:
        """Format a share of 0 to 1 as a percentage, with a no-break space in German."""
        if share is None or _missing(share):
            return "–"
        sign = f"{_NO_BREAK_SPACE}%" if self.language == "de" else "%"
        return self.number(100 * share, digits) + sign

    def days(self, value: float | None, digits: int = 0) -> str:
        """Format a duration in days."""
        if value is None or _missing(value):
            return "–"
        number = self.number(value, digits)
        unit = self("format.day") if number == "1" else self("format.days")
        return f"{number}{_NO_BREAK_SPACE}{unit}"

    def money(self, euros: float | None) -> str:
        """Format an amount; from one million on in millions with up to two decimals."""
        if euros is None or _missing(euros):
            return "–"
        if abs(euros) < 1_000_000:
            return self("format.euros", amount=self.number(euros))
        return self("format.million_euros", amount=self.shortest(euros / 1e6, 2))

    def date(self, day: dt.date | None) -> str:
        """Format a day: ``31.12.2019`` or ``31 Dec 2019``."""
        if day is None:
            return "–"
        pattern = "dd.MM.yyyy" if self.language == "de" else "d MMM yyyy"
        return str(dates.format_date(day, pattern, locale=self.locale))

    def month(self, day: dt.date) -> str:
        """Format a month: ``Dez. 2019`` or ``Dec 2019``."""
        return str(dates.format_date(day, "MMM yyyy", locale=self.locale))

    def quarter(self, day: dt.date) -> str:
        """Format a quarter: ``4. Quartal 2019`` or ``Q4 2019``."""
        return self("format.quarter", quarter=(day.month + 2) // 3, year=day.year)

    def join(self, items: Sequence[str]) -> str:
        """Join items with commas and a final ``und`` or ``and``."""
        if len(items) <= 1:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self('format.and')} {items[-1]}"


@cache
def _separators(locale: str) -> Mapping[int, str]:
    """Return what stands for Python's comma, point and minus in numbers of the locale."""
    comma, point = numbers.get_group_symbol(locale), numbers.get_decimal_symbol(locale)
    return str.maketrans({",": comma, ".": point, "-": numbers.get_minus_sign_symbol(locale)})


def _missing(value: float) -> bool:
    return math.isnan(value)


@cache
def words(language: Language) -> Words:
    """Return the words of ``language``, reading its catalogues once.

    Raises:
        ValueError: If the language is not one of ``LANGUAGES``.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no such language: {language!r}")
    messages: dict[str, str] = {}
    for path in sorted((_CATALOGUES / language / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            messages.update({str(m.id): str(m.string) for m in read_po(file) if m.id})
    return Words(language, messages)
