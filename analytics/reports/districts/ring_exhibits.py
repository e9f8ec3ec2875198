"""Who the peers of a district are, on a map, and in what they differ, variable by variable."""

from typing import Final

import pandas as pd

from analytics.domain.areas import registry
from analytics.domain.district_choice import DistrictChoice
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Column, Exhibit, based_on, internal, readable
from analytics.reports.districts.ring import (
    RING_SIZE,
    Ring,
    has_close_peers,
    nearest_of,
    others_of,
    ring_of,
    selection,
)
from analytics.reports.districts.ring_values import (
    Structures,
    structures,
    value_text,
    variable_label,
    variable_name,
)
from analytics.stats.peers import Peer, usual_reach

FEW: Final = 2
"""Up to so many peers a range says little: each of them is one of its ends."""

_NAMED: Final = 3
"""Peers that a title names."""


@figure("district_ring_map", "district/ring", takes.RING, "ring_map")
def ring_map(store: ParquetStore, choice: DistrictChoice, w: Words) -> Exhibit:
    """Return every district as the own one, a peer or another, with its distance in structure.

    Rows ``key, district`` (both AGS-5), ``label, role`` (own, peers, others), ``role_text,
    distance`` (in steps; missing for the own district and where official figures are), in the order
    of the official key.

    Raises:
        UnknownAreaError: If the district or a chosen peer does not exist.
    """
    ring = ring_of(store, choice)
    found = structures(store)
    distances = {peer.unit: peer.distance for peer in _others(store, ring)}
    areas = registry().districts
    roles = [_role(area.ags, ring) for area in areas]
    frame = pd.DataFrame(
        {
            "key": [area.ags for area in areas],
            "district": [area.ags for area in areas],
            "label": [area.name for area in areas],
            "role": roles,
            "role_text": [w(f"report_ring.role_{role}") for role in roles],
            "distance": [distances.get(area.ags) for area in areas],
        }
    ).astype({"distance": "float64"})
    title = _title(store, ring, w)
    sentence = " ".join((_sentence(store, ring, found, w), *_apart(store, ring, found, w)))
    return based_on(store, ("population",), w).exhibit(
        f"district_ring_map_{ring.district}",
        title,
        sentence,
        (
            *readable(w, label="dimension.district", role_text="report_ring.role"),
            Column("distance", w("report_ring.distance"), "number", 1),
            *internal(w, key="indicator.key", role="report_ring.role"),
        ),
        frame,
        notes=_notes(ring, found, w),
        queries=(found.query,),
        choice=selection(ring),
        measure=w("report_ring.measure_map"),
    )


@figure("district_ring_differences", "district/ring", takes.RING, "ring_grid")
def ring_differences(store: ParquetStore, choice: DistrictChoice, w: Words) -> Exhibit:
    """Return in what each member of the ring differs from the district, nearest first.

    Rows ``key`` (AGS-5 of the peer), ``label, distance`` (in steps: standard deviations over all
    districts), ``variable, variable_label, own_text, peer_text`` (the values in words), ``value``
    (peer minus own district, in steps), ``share`` (of the squared distance), ``is_nearest`` (one of
    the most alike); members without official figures are left out.

    Raises:
        UnknownAreaError: If the district or a chosen peer does not exist.
    """
    ring = ring_of(store, choice)
    found = structures(store)
    members = [peer for peer in _others(store, ring) if peer.unit in ring.members]
    frame = _difference_rows(store, ring, members, found, w)
    area = registry().district(ring.district).full_name
    title = _title(store, ring, w)
    sentence = w("report_ring.sentence_none")
    notes = (*_apart(store, ring, found, w), *_notes(ring, found, w))
    if members:
        weightiest, share = _weightiest(frame)
        variable = variable_name(weightiest, w)
        title = w("report_ring.differences_title", district=area, variable=variable)
        sentence = " ".join(_spread(store, ring, members, w))
        steps = {"all": w.number(len(found.table)), "share": w.percent(share)}
        notes = (w("report_ring.steps", variable=variable, **steps), *notes)
    return based_on(store, ("population",), w).exhibit(
        f"district_ring_differences_{ring.district}",
        title,
        sentence,
        _difference_columns(area, w),
        frame,
        notes=notes,
        queries=(found.query,),
        choice=selection(ring),
        measure=w("report_ring.measure_differences"),
    )


def _others(store: ParquetStore, ring: Ring) -> tuple[Peer, ...]:
    found = others_of(store, ring.district)
    return found.peers if found else ()


def _role(ags: str, ring: Ring) -> str:
    if ags == ring.district:
        return "own"
    return "peers" if ags in ring.members else "others"


def _title(store: ParquetStore, ring: Ring, w: Words) -> str:
    area = registry().district(ring.district).full_name
    nearest = _nearest(store, ring)
    if not nearest and not ring.is_own:
        return w("report_ring.title_none", district=area)
    if ring.is_own:
        return w(
            "report_ring.title_own",
            district=area,
            shared=w.number(len(set(ring.members) & set(nearest))),
            count=w.number(len(ring.members)),
            size=w.number(RING_SIZE),
        )
    kind = "nearest" if has_close_peers(store, ring.district) else "apart"
    return w(f"report_ring.title_{kind}", district=area, names=_names(nearest[:_NAMED], w))


def _sentence(store: ParquetStore, ring: Ring, found: Structures, w: Words) -> str:
    nearest = _nearest(store, ring)
    if not nearest:
        return w("report_ring.sentence_none")
    if ring.is_own:
        return w(
            "report_ring.sentence_own",
            names=_names(ring.members, w),
            nearest=_names(nearest, w),
            date=w.date(found.latest),
        )
    return w(
        "report_ring.sentence_nearest",
        all=w.number(len(found.table) - 1),
        names=_names(nearest, w),
        date=w.date(found.latest),
    )


def _nearest(store: ParquetStore, ring: Ring) -> tuple[str, ...]:
    """Return the most alike districts, nearest first."""
    found = nearest_of(store, ring.district)
    return tuple(peer.unit for peer in found.peers) if found else ()


def _names(districts: tuple[str, ...], w: Words) -> str:
    return w.join([registry().district(ags).name for ags in districts])


def _difference_rows(
    store: ParquetStore, ring: Ring, members: list[Peer], found: Structures, w: Words
) -> pd.DataFrame:
    nearest = _nearest(store, ring)
    rows = [
        {
            "key": peer.unit,
            "label": registry().district(peer.unit).name,
            "distance": peer.distance,
            "variable": str(variable),
            "variable_label": variable_label(str(variable), found, w),
            "own_text": value_text(found, ring.district, str(variable), w),
            "peer_text": value_text(found, peer.unit, str(variable), w),
            "value": difference,
            "share": share,
            "is_nearest": peer.unit in nearest,
        }
        for peer in members
        for variable, difference, share in zip(
            found.table.columns, peer.differences, peer.shares, strict=True
        )
    ]
    return pd.DataFrame(rows, columns=[column.name for column in _difference_columns("", w)])


def _weightiest(frame: pd.DataFrame) -> tuple[str, float]:
    """Return the variable that adds most to the squared distances of all members, and its share."""
    squares = (frame["value"].astype(float) ** 2).groupby(frame["variable"], sort=False).sum()
    total = float(squares.sum())
    return str(squares.idxmax()), float(squares.max()) / total if total else 0.0


def _spread(store: ParquetStore, ring: Ring, members: list[Peer], w: Words) -> list[str]:
    """Return sentences on the nearest and the farthest member, and on the next district outside."""

    def told(peer: Peer) -> dict[str, str]:
        name = registry().district(peer.unit).name
        return {"name": name, "distance": w.number(peer.distance, 1)}

    near, far = told(members[0]), told(members[-1])
    sentences = [w("report_ring.spread_one", **near)]
    if len(members) > 1:
        farthest = {"farthest": far["name"], "far": far["distance"]}
        sentences = [w("report_ring.spread", **near, **farthest)]
    outside = [peer for peer in _others(store, ring) if peer.unit not in ring.members]
    return sentences + [w("report_ring.outside", **told(peer)) for peer in outside[:1]]


def _apart(store: ParquetStore, ring: Ring, found: Structures, w: Words) -> tuple[str, ...]:
    """Say of an unusual district that nobody is close to it."""
    others = _others(store, ring)
    if not others or has_close_peers(store, ring.district):
        return ()
    distance = w.number(others[0].distance, 1)
    usual = w.number(usual_reach(found.table), 1)
    return (w("report_ring.note_apart", distance=distance, usual=usual),)


def _notes(ring: Ring, found: Structures, w: Words) -> tuple[str, ...]:
    few = 0 < len(ring.members) <= FEW
    missing = tuple(ags for ags in ring.members if ags not in found.table.index)
    dates = {"latest": w.date(found.latest), "earlier": w.date(found.earlier)}
    return (
        *((w("report_ring.note_few", count=w.number(len(ring.members))),) if few else ()),
        w("report_ring.note_structure"),
        w("report_ring.note_dates", **dates),
        *((w("report_ring.note_missing", names=_names(missing, w)),) if missing else ()),
    )


def _difference_columns(area: str, w: Words) -> tuple[Column, ...]:
    return (
        Column("label", w("report_ring.peer")),
        Column("distance", w("report_ring.distance"), "number", 1),
        Column("variable_label", w("report_ring.variable")),
        Column("own_text", area),
        Column("peer_text", w("report_ring.peer_value")),
        Column("value", w("report_ring.difference"), "number", 1),
        Column("share", w("report_ring.share"), "share"),
        Column("key", w("indicator.key"), internal=True),
        *internal(w, variable="report_ring.variable", is_nearest="report_ring.is_nearest"),
    )
