"""How many of the funded posts a district has filled, beside the other KIM units."""

from collections.abc import Sequence

import pandas as pd

from analytics.i18n import Words
from analytics.queries.store import ExecutedQuery, ParquetStore

_QUARTILES = {"q1": 0.25, "median": 0.5, "q3": 0.75}


def posts_sentence(
    store: ParquetStore, district: str, ring: Sequence[str], w: Words
) -> tuple[str, list[str], ExecutedQuery]:
    """Say how many posts were filled in the last reported quarter, and beside it in the others.

    Posts are not people, so nothing is hidden. Each of the others counts with its own last quarter.

    Args:
        store: The snapshot.
        district: AGS-5; its units are taken together.
        ring: AGS-5 of the peers.
        w: Language.
    """
    params = {"district": None, "as_of": store.manifest.as_of}
    posts = store.fetch("district_posts", params)
    posts = posts[posts["funded"] > 0]
    places = posts["unit"].str[:5]
    own, others = posts[places == district], posts[places != district]
    beside: list[str] = []
    if len(own) and len(others):
        shares = others["filled"] / others["funded"]
        texts = {name: w.percent(float(shares.quantile(q)), 1) for name, q in _QUARTILES.items()}
        beside.append(w("report_own_rollout.posts_others", **texts))
    peers = posts[places.isin(list(ring))]
    if len(own) and len(peers):
        filled = peers["filled"].sum() / peers["funded"].sum()
        beside.append(w("report_own_rollout.posts_ring", share=w.percent(filled, 1)))
    return _own(own, w), beside, store.executed("district_posts", params)


def _own(own: pd.DataFrame, w: Words) -> str:
    if own.empty:
        return w("report_own_rollout.posts_none")
    return w(
        "report_own_rollout.posts_own",
        quarter=w.quarter(pd.Timestamp(own["quarter"].max()).date()),
        filled=w.number(own["filled"].sum(), 1),
        funded=w.number(own["funded"].sum(), 1),
        share=w.percent(own["filled"].sum() / own["funded"].sum(), 1),
    )
