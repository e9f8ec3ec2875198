"""Where the rows that a figure counts come from: delivered, synthetic, or some of each.

A table is synthetic as long as any synthetic row remains in it, but the figures of a district that
has delivered are not. The manifest knows who has delivered to which table, and that decides.
"""

from collections.abc import Iterable, Sequence

from analytics.domain.areas import registry
from analytics.domain.filters import NeedFilter
from analytics.domain.vocabulary import Group, Provenance
from analytics.extracts.contract import CASES, OF_CASES, POPULATION, table
from analytics.extracts.manifest import Delivery, Manifest, weakest

_OF_CASES = frozenset(each.name.value for each in OF_CASES)


def counted_districts(need_filter: NeedFilter) -> tuple[str, ...]:
    """Return the districts whose needs a filter counts; empty for all."""
    areas = registry()
    limits = [set(need_filter["district"]), {unit[:5] for unit in need_filter["unit"]}]
    groups = need_filter["group"]
    of_groups = {unit.district for unit in areas.evaluation_units if unit.group in groups}
    if Group.UNASSIGNED in groups:
        of_groups |= set(areas.split_districts)
    given = [limit for limit in (*limits, of_groups) if limit]
    return tuple(sorted(set.intersection(*given))) if given else ()


def table_origin(manifest: Manifest, name: str, districts: Sequence[str] = ()) -> Provenance:
    """Return where the rows of a table come from, or its rows of some districts.

    Args:
        manifest: Of the snapshot.
        name: A contract table that the snapshot has.
        districts: Only the rows of these; empty for all.
    """
    entry = manifest.tables[name]
    if entry.provenance is not Provenance.SYNTHETIC:
        return entry.provenance
    here = {
        sender: delivery
        for sender, delivery in delivered_to(manifest, name).items()
        if not districts or sender[:5] in districts
    }
    if not here:
        return Provenance.SYNTHETIC
    # Population is replaced date by date, so synthetic rows may remain of any district.
    is_complete = districts and name != POPULATION.name and _senders(name, districts) <= set(here)
    return weakest(*(d.provenance for d in here.values())) if is_complete else Provenance.MIXED


def beside_invented(
    manifest: Manifest, tables: Iterable[str], district: str, others: Sequence[str] = ()
) -> bool:
    """Say whether rows that a district has delivered would be held against invented ones.

    Then nothing may be judged: the others' figures say nothing of anybody.

    Args:
        manifest: Of the snapshot.
        tables: What the figure is made of.
        district: AGS-5.
        others: The districts that it is compared with; empty for all.
    """
    names = [name for name in tables if name in manifest.tables]
    own = together(table_origin(manifest, name, (district,)) for name in names)
    beside = together(table_origin(manifest, name, others) for name in names)
    return own is not Provenance.SYNTHETIC and beside in (Provenance.SYNTHETIC, Provenance.MIXED)


def delivered_to(manifest: Manifest, name: str) -> dict[str, Delivery]:
    """Return the deliveries to a table by sender.

    Who has delivered cases has no synthetic referrals any more: they leave with the cases, and so
    does all else that belongs to cases.
    """
    own = dict(manifest.tables[name].deliveries)
    if name not in _OF_CASES or CASES.name not in manifest.tables:
        return own
    return {**manifest.tables[CASES.name].deliveries, **own}


def together(origins: Iterable[Provenance]) -> Provenance:
    """Return the provenance of a figure made of rows of these.

    Nothing known must never look like a statistic, so no rows at all count as synthetic.
    """
    found = set(origins)
    if Provenance.MIXED in found or {Provenance.DELIVERED, Provenance.SYNTHETIC} <= found:
        return Provenance.MIXED
    return weakest(*found) if found else Provenance.SYNTHETIC


def _senders(name: str, districts: Sequence[str]) -> set[str]:
    """Return who must have delivered for no synthetic row of the districts to remain."""
    if table(name).area == "district" and name not in (CASES.name, *_OF_CASES):
        return set(districts)
    return {unit.ags for unit in registry().kim_units if unit.district in districts}
