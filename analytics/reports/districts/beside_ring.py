"""A district's hand-overs side by side with those of its ring, or of the rest of the state."""

from typing import Final

from analytics.domain.areas import registry
from analytics.domain.district_choice import DistrictChoice
from analytics.domain.filters import NeedFilter, only
from analytics.domain.indicators import indicator
from analytics.domain.periods import Period
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Exhibit
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.cooperation.beside import COMPARED, Side, Sides, beside
from analytics.reports.cooperation.handovers import BINDING
from analytics.reports.districts.ring import ring_of
from analytics.reports.indicators.indicator_values import hidden_areas

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
    would have the same needs. Districts whose own figures are hidden are left out of the others.

    Raises:
        RefusedError: If one of both does not deliver what it takes, or nobody is left beside it.
    """
    area = registry().district(choice.district)
    is_ring = against == "ring"
    every = tuple(each.ags for each in registry().districts if each.ags != area.ags)
    wanted = ring_of(store, choice).members if is_ring else every
    # Of a sum with a hidden district in it, that one is what is left without all others.
    hidden = hidden_areas(store, indicator(BINDING), "district", NeedFilter(choice.period), w)
    others = tuple(ags for ags in wanted if ags not in hidden)
    if not others:
        raise RefusedError(w("beside.no_ring"))
    left_out = [hidden[ags] for ags in wanted if ags in hidden]
    notes = [w("beside.note_left_out", districts=w.join(left_out))] if left_out else []
    notes += [w("cooperation.note_ring")] if is_ring else []
    code, name = ("peers", "cooperation.ring") if is_ring else ("others", "beside.rest_of_state")
    own = _needs(choice.period, area.ags)
    sides = Sides(
        against,
        Side("own", area.name, own),
        Side(code, w(name), _needs(choice.period, *others)),
        w(f"beside.between_{against}", district=area.name),
        own,
        notes=tuple(notes),
    )
    return beside(store, sides, measure, w)


def _needs(period: Period, *districts: str) -> NeedFilter:
    return NeedFilter(period, only(district=districts))
