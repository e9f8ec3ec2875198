"""Names of areas, and the order in which German readers look names up."""

from typing import Final

from analytics.domain.areas import registry
from analytics.extracts.contract import STATE
from analytics.i18n import Words

# DIN 5007-1: umlauts sort as their base letters, ß as ss.
_BASE_LETTERS: Final = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})


def sort_key(name: str) -> str:
    """Return the key that sorts names as in a German dictionary (DIN 5007-1)."""
    return name.casefold().translate(_BASE_LETTERS)


def area_name(area: str, w: Words) -> str:
    """Return the name of a district, a KIM unit or the state; of anything else its key."""
    areas = registry()
    names = {unit.ags: unit.name for unit in areas.kim_units}
    names |= {district.ags: district.full_name for district in areas.districts}
    return names.get(area, w("report_data.state") if area == STATE else area)
