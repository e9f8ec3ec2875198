"""Which units each site is matched with, and how much each variable has to do with it."""

import pandas as pd

from analytics.domain.areas import registry
from analytics.domain.estimates import Status
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.dimensions import unit_label
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Column, Exhibit, based_on, internal, readable
from analytics.reports.evaluation.matching import PEERS, matched_units, site_peers, structure_before
from analytics.stats.peers import Peer, Peers


@figure("comparison_matched", "effect/comparison", takes.SNAPSHOT, "matched")
def matched_group(store: ParquetStore, w: Words) -> Exhibit:
    """Return for each site its peers, nearest first, and their differences by variable.

    Rows ``section`` (the site), ``key, label`` (the peer), ``variable, variable_label, value``
    (peer minus site, in standard deviations over all districts), ``share`` (of the squared
    distance), ``distance, status``.
    """
    found = site_peers(store)
    _, query = structure_before(store)
    rows = [
        row
        for code, peers in found
        for peer in peers.peers
        for row in _rows(unit_label(code, w), peers, peer, w)
    ]
    names = [registry().unit(code).name for code in _towns()]
    texts = {
        "sites": w.number(len(found)),
        "units": w.number(len(matched_units(store))),
        "peers": w.number(PEERS),
        "towns": w.join(names),
    }
    return based_on(store, ("population",), w).exhibit(
        "comparison_matched",
        w("report_comparison.matched_title", **texts),
        w("report_comparison.matched_sentence", **texts),
        (
            Column("section", w("report_comparison.site")),
            *readable(
                w, label="report_comparison.peer", variable_label="report_comparison.variable"
            ),
            Column("value", w("report_comparison.peer_difference"), "number", 2),
            Column("share", w("report_comparison.share_of_distance"), "share"),
            Column("distance", w("report_comparison.distance"), "number", 2),
            Column("key", w("report_comparison.unit_code"), internal=True),
            *internal(w, variable="report_comparison.variable_key", status="indicator.status"),
        ),
        pd.DataFrame(rows),
        indicators=("foreign_share",),
        notes=(
            w("report_comparison.note_similar"),
            w("report_comparison.note_distance"),
            w("report_comparison.note_towns", towns=texts["towns"]),
            w("report_comparison.note_structure"),
        ),
        queries=(query,),
        alt=w("report_comparison.matched_alt", **texts),
        measure=w("report_comparison.measure_matched"),
    )


def _towns() -> list[str]:
    return [unit.code for unit in registry().model_units if unit.kind == "town"]


def _rows(site: str, peers: Peers, peer: Peer, w: Words) -> list[dict[str, object]]:
    figures = zip(peers.variables, peer.differences, peer.shares, strict=True)
    return [
        {
            "section": site,
            "key": peer.unit,
            "label": registry().district(peer.unit).full_name,
            "variable": variable,
            "variable_label": w(f"report_comparison.variable_{variable}"),
            "value": difference,
            "share": share,
            "distance": peer.distance,
            "status": Status.SHOWN.value,
        }
        for variable, difference, share in figures
    ]
