"""How soon needs lead to a referral in one district, beside all needs of its ring together."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analytics.disclosure import OWN, release_durations
from analytics.domain.areas import registry
from analytics.domain.district_choice import DistrictChoice
from analytics.domain.estimates import Estimate, Status
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import indicator
from analytics.i18n import Words
from analytics.queries.store import ExecutedQuery, ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.formatting import Format, estimate_text, nothing_shown
from analytics.reports.basis.making import Exhibit, based_on
from analytics.reports.basis.origins import beside_invented
from analytics.reports.basis.selection import period_text
from analytics.reports.districts.ring import ring_of, selection
from analytics.reports.indicators.assignment import groups_of
from analytics.reports.indicators.clock import clock_counts
from analytics.reports.indicators.clock_parts import ClockCounts, split
from analytics.reports.indicators.estimation import clock_estimates
from analytics.reports.indicators.group_comparison import difference_of
from analytics.reports.indicators.indicator_estimates import row_estimate
from analytics.reports.referrals.curve_table import curve_columns, curve_rows
from analytics.reports.referrals.referral_times import HEADLINE

_SERIES = ("own", "peers")
_SHARE = Format("share")
_TABLES = ("cases", "referrals")
_Parts = dict[str, ClockCounts | None]
"""Needs of the district (``own``) and of its peers together (``peers``)."""


@figure("district_curve", "district/profile", takes.DISTRICT, "curve")
def curve(store: ParquetStore, choice: DistrictChoice, w: Words) -> Exhibit:
    """Return the cumulative incidence of referral in the district and in its ring.

    Rows of ``curve_columns`` with ``series`` ``own`` or ``peers``: the district's band is that of
    its needs, the ring's that between its districts. Only peers whose own number of
    needs may be shown count, so that two rings cannot be subtracted to tell one of them.
    """
    ring = ring_of(store, choice)
    everybody, shown, query = _parts(store, choice)
    beside = ring_shares(store, choice)
    title, sentence = _finding(choice, beside, w)
    if beside.finding == "invented":
        sentence = f"{sentence} {w('report_district.invented')}"
    labels = {
        "own": registry().district(choice.district).name,
        "peers": w("report_district.ring_together"),
    }
    frame = pd.concat(
        [
            curve_rows(
                shown[name] or everybody[name],
                is_shown=shown[name] is not None,
                is_own=_is_own(store, choice, name),
            ).assign(series=name, label=labels[name])
            for name in _SERIES
        ],
        ignore_index=True,
    )
    return based_on(store, _TABLES, w, districts=(ring.district, *ring.members)).exhibit(
        f"district_curve_{choice.district}",
        title,
        sentence,
        curve_columns(w),
        frame,
        indicators=(HEADLINE,),
        notes=(
            indicator(HEADLINE).caveats[w.language],
            w("report_district.note_curve_counts"),
            w("report_district.note_ring_pooled"),
            w("report_district.note_one_district"),
        ),
        queries=(query,),
        choice=selection(ring, choice.period),
    )


@dataclass(frozen=True, slots=True)
class RingShares:
    """The shares referred within 90 days of a district and of its ring.

    ``finding`` is ``title`` where they differ, ``unclear`` where that is not certain, ``invented``
    where peers are made up, so that nothing is judged.
    """

    own: Estimate
    peers: Estimate
    finding: Literal["title", "unclear", "invented"]


def ring_shares(store: ParquetStore, choice: DistrictChoice) -> RingShares:
    """Return what title and sentence tell of a district beside its ring."""
    ring = ring_of(store, choice)
    everybody, shown, _ = _parts(store, choice)
    own, peers = (
        _share(everybody[name], shown[name], is_own=_is_own(store, choice, name))
        for name in _SERIES
    )
    if beside_invented(store.manifest, _TABLES, ring.district, ring.members):
        return RingShares(own, peers, "invented")
    gap = difference_of(own, peers)
    is_clear = gap is not None and gap.excludes_zero
    return RingShares(own, peers, "title" if is_clear else "unclear")


def _is_own(store: ParquetStore, choice: DistrictChoice, name: str) -> bool:
    """Say whether a curve is of the reader's own rows."""
    return name == "own" and store.own_district == choice.district


def _parts(store: ParquetStore, choice: DistrictChoice) -> tuple[_Parts, _Parts, ExecutedQuery]:
    """Return the needs of the district and of its peers together: all, and those shown.

    The reader's own rows are shown, however few; peers are those that are released.
    """
    ring = ring_of(store, choice)
    needs = NeedFilter(choice.period)
    counts, query = clock_counts(store.everybody, "district", needs)
    everybody, shown = _of_ring(counts, ring.district, ring.members)
    if _is_own(store, choice, "own"):
        uploaded, query = clock_counts(store, "district", needs)
        own = {key: part for key, _, part in split(uploaded)}.get(ring.district)
        everybody, shown = everybody | {"own": own}, shown | {"own": own}
    return everybody, shown, query


def _of_ring(
    counts: pd.DataFrame, district: str, members: tuple[str, ...]
) -> tuple[_Parts, _Parts]:
    found = {key: part for key, _, part in split(counts)}
    allowed = release_durations([part.n for part in found.values()], groups=groups_of(found))
    released = {key: part for (key, part), ok in zip(found.items(), allowed, strict=True) if ok}
    everybody, shown = (
        {"own": each.get(district), "peers": _together([each[a] for a in members if a in each])}
        for each in (found, released)
    )
    return everybody, shown


def _together(parts: list[ClockCounts]) -> ClockCounts | None:
    """Return the needs of several districts, each a unit of its own."""
    if not parts:
        return None
    days, event, needs = (
        np.concatenate([getattr(part, name) for part in parts])
        for name in ("days", "event", "needs")
    )
    district = np.repeat(np.arange(len(parts)), [part.days.size for part in parts])
    noise = sum(part.noise for part in parts)
    return ClockCounts(days, event, needs, district, noise)


def _finding(choice: DistrictChoice, beside: RingShares, w: Words) -> tuple[str, str]:
    chosen, area = indicator(HEADLINE), registry().district(choice.district).full_name
    own, peers = beside.own, beside.peers
    if own.value is None or peers.value is None:
        statuses = pd.Series([own.status, peers.status])
        return nothing_shown(chosen, statuses, w), w("report_district.curve_incomparable")
    first, second = share_texts(own.value, peers.value, w, is_clear=beside.finding == "title")
    title = w(f"report_district.curve_{beside.finding}", district=area, own=first, peers=second)
    sentence = w(
        "report_district.curve_sentence",
        period=period_text(choice.period, w),
        district=area,
        own=estimate_text(chosen, own, w),
        peers=estimate_text(chosen, peers, w),
    )
    return title, sentence


def share_texts(own: float, peers: float, w: Words, *, is_clear: bool) -> tuple[str, str]:
    """Return two shares as they stand in a title; those that differ look different."""
    form = _SHARE.apart(own, peers, w) if is_clear else _SHARE
    return form.text(own, w), form.text(peers, w)


def _share(everybody: ClockCounts | None, part: ClockCounts | None, *, is_own: bool) -> Estimate:
    """Return the headline share of one part, of which ``part`` may be shown."""
    if part is None:
        status = Status.NO_DATA if everybody is None else Status.SUPPRESSED
        return Estimate(None, None, None, None, status)
    counts = pd.DataFrame(
        {"key": "", "series": "", "days": part.days, "event": part.event, "needs": part.needs}
    ).assign(noise=part.noise)
    if part.unit is not None:
        counts["unit"] = part.unit
    if is_own:
        counts[OWN] = True
    frame = clock_estimates(indicator(HEADLINE), counts)
    return row_estimate(frame.iloc[0])
