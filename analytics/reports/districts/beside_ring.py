"""A district's hand-overs side by side with those of its ring, or of the rest of the state."""

from typing import Final

from analytics.domain.areas import registry
from analytics.domain.district_choice import DistrictChoice
from analytics.domain.filters import NeedFilter, only
from analytics.domain.periods import Period
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Exhibit
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.cooperation.beside import COMPARED, Side, Sides, beside
from analytics.reports.districts.ring import ring_of

AGAINST: Final = ("ring", "state")
"""Beside whom a district stands."""


@figure("handovers_beside", "cooperation", takes.DISTRICT, "beside", each=AGAINST)
def district_beside(
    store: ParquetStore,
    against: str,
    choice: DistrictChoice,
    w: Words,
    *,
    measure: str = COMPARED[0],
) -> Exhibit:
    """Return the most frequent hand-overs of a district beside those of others together.

    The rest of the state is all other districts: with the district itself among them both sides
    would have the same needs.

    Raises:
        RefusedError: If one of both does not deliver what it takes, or the district has no ring.
    """
    area = registry().district(choice.district)
    if against == "ring":
        others, code, name = ring_of(store, choice).members, "peers", w("cooperation.ring")
    else:
        every = (each.ags for each in registry().districts)
        others = tuple(ags for ags in every if ags != area.ags)
        code, name = "others", w("beside.rest_of_state")
    if not others:
        raise RefusedError(w("beside.no_ring"))
    own = _needs(choice.period, area.ags)
    sides = Sides(
        against,
        Side("own", area.name, own),
        Side(code, name, _needs(choice.period, *others)),
        w(f"beside.between_{against}", district=area.name),
        own,
        notes=(w("cooperation.note_ring"),) if against == "ring" else (),
    )
    return beside(store, sides, measure, w)


def _needs(period: Period, *districts: str) -> NeedFilter:
    return NeedFilter(period, only(district=districts))
