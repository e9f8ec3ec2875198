"""Columns that tell the persons of a household apart."""

from typing import Final

from analytics.extracts.aliases import normal
from analytics.extracts.readers.block import Block
from analytics.extracts.readers.reshaping.columns import spellings

_HOUSEHOLD: Final = spellings(
    "Haushalt", "Haushalts-ID", "Haushaltsnummer", "Haushaltsnr.", "Haushalt Nr.", "Familie",
    "Familiennummer", "Bedarfsgemeinschaft", "BG", "Household", "Household ID", "Family",
)  # fmt: skip
_PERSON: Final = spellings(
    "Person", "Person Nr.", "Personennummer", "Pers.-Nr.", "Lfd. Nr. Person",
    "Haushaltsmitglied", "Mitglied", "Familienmitglied", "Rolle", "Rolle im Haushalt",
    "Stellung im Haushalt", "Verwandtschaft", "Verwandtschaftsverhältnis", "Beziehung",
    "Role", "Member", "Household member", "Relationship",
)  # fmt: skip
_FIRST: Final = spellings(
    "Antragsteller", "Antragstellerin", "Antragsteller/in", "Antragstellende Person",
    "Hauptperson", "Haushaltsvorstand", "Bezugsperson", "Fallperson", "Klient", "Klientin",
    "Applicant", "Head", "Head of household",
)  # fmt: skip


def person_places(block: Block) -> list[int]:
    """Return where columns stand that say which person of a household a row is about."""
    return [place for place, header in enumerate(block.headers) if normal(header) in _PERSON]


def household_places(block: Block) -> list[int]:
    """Return where columns stand that name the household."""
    return [place for place, header in enumerate(block.headers) if normal(header) in _HOUSEHOLD]


def applies_first(role: str) -> bool:
    """Say whether a role is that of the person who applied."""
    return normal(role) in _FIRST
