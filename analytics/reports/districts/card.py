"""The head of a district's profile: who it is, of which months, beside whom."""

from dataclasses import dataclass

from analytics.domain.areas import registry
from analytics.domain.district_choice import DistrictChoice
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.delivered import delivers_any
from analytics.reports.basis.provenance import citation
from analytics.reports.basis.published import numbers
from analytics.reports.basis.selection import period_text
from analytics.reports.districts.district_facts import district_facts, sites_of
from analytics.reports.districts.ring import ring_of


@dataclass(frozen=True, slots=True, eq=False)
class Card:
    """The head of a profile.

    Attributes:
        name: Full name of the district.
        place: Its legal form and Regierungsbezirk.
        period_text: The months that the figures are of.
        ring_text: Whom it is compared with.
        facts: Sentences from official statistics and published facts, and on the data.
        citations: The publications whose numbers stand in ``facts``.
        undelivered: That nothing of version 2 of the contract is delivered; empty where some is.
    """

    name: str
    place: str
    period_text: str
    ring_text: str
    facts: tuple[str, ...]
    citations: tuple[str, ...] = ()
    undelivered: str = ""


def card(store: ParquetStore, choice: DistrictChoice, w: Words) -> Card:
    """Return the head of a district's profile."""
    area = registry().district(choice.district)
    ring = ring_of(store, choice)
    names = [registry().district(ags).name for ags in ring.members]
    kind = ("own" if ring.is_own else "nearest") if names else "none"
    return Card(
        name=area.full_name,
        place=w(
            "page_map.place",
            kind=w(f"report_map.kind_{area.kind}"),
            regierungsbezirk=area.regierungsbezirk,
        ),
        period_text=period_text(choice.period, w),
        ring_text=w(
            f"report_district.ring_{kind}" if names else "report_district.ring_none",
            names=w.join(names),
        ),
        facts=district_facts(store, area, w),
        citations=tuple(map(citation, numbers(sites_of(area)))),
        undelivered="" if delivers_any(store, area.ags) else w("process.district_delivers_nothing"),
    )
