"""The contributions to the difference from the peers, as one table whose sections add up."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from analytics.domain.areas import registry
from analytics.domain.district_choice import DistrictChoice
from analytics.domain.estimates import Status
from analytics.domain.release import Release
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import dimensions, takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.formatting import Format, misses_sum
from analytics.reports.basis.making import Column, Exhibit, based_on, estimated, internal, readable
from analytics.reports.basis.selection import period_text
from analytics.reports.districts.contributions import (
    BREAKDOWNS,
    LIMIT,
    RESTS,
    TOTAL,
    Contributions,
    Parts,
    contributions_of,
)
from analytics.reports.districts.ring import ring_of, selection

_CHANGE: Final = Format("days_change", 1)
SECTIONS: Final = ("stage", *BREAKDOWNS)
"""Ways in which the whole difference is divided; each adds up to it."""


@figure("district_contributions", "district/profile", takes.DISTRICT, "contributions")
def contributions(
    store: ParquetStore, choice: DistrictChoice, w: Words, *, sections: Sequence[str] = SECTIONS
) -> Exhibit:
    """Return how much longer or shorter needs wait than in the ring, and what contributes.

    Rows ``key, label, section, value`` (days), ``low, high, n, peers_n, own_mean, peers_mean,
    within, mix, status``: the whole difference, then its parts by stage, by offer area and by
    office, as far as ``sections`` asks for them. Each section's values sum to the first row's.
    """
    found = contributions_of(store, choice)
    ring = ring_of(store, choice)
    return based_on(
        store, ("cases", "referrals"), w, districts=(ring.district, *ring.members)
    ).exhibit(
        f"district_contributions_{choice.district}",
        *_finding(choice, found, sections, w, store.release),
        _columns(w),
        _frame(found, sections, w),
        notes=(
            w("report_district.note_waiting", limit=w.number(LIMIT)),
            w("report_district.note_contributions"),
            w("report_district.note_certain_part"),
            *_rounded(found, sections, w),
            w("report_district.note_clustering"),
        ),
        queries=found.queries if found else (),
        choice=selection(ring, choice.period),
        measure=w("report_district.measure_contributions"),
    )


def interval_of(parts: Parts, w: Words) -> str:
    """Return the interval of the whole difference."""
    result = parts.result
    form = _CHANGE.excluding(result.total_low, result.total_high, w)
    low, high = form.bare(result.total_low, w), form.text(result.total_high, w)
    return w("report_district.interval_only", low=low, high=high)


def _frame(found: Contributions | None, sections: Sequence[str], w: Words) -> pd.DataFrame:
    if found is None:
        return pd.DataFrame(columns=[column.name for column in _columns(w)])
    frames = [_rows(found.whole, w("report_district.section_whole"), w)]
    for by in sections:
        divided = found.stages.values() if by == "stage" else [found.breakdowns[by]]
        frames += [_rows(p, w(f"report_district.section_{by}"), w, by=by) for p in divided]
    return pd.concat(frames, ignore_index=True).assign(status=Status.SHOWN.value)


def _rounded(found: Contributions | None, sections: Sequence[str], w: Words) -> tuple[str, ...]:
    """Say that what is shown is rounded, where the parts or the two means miss the difference."""
    if found is None:
        return ()
    means = pd.Series([found.whole.own.mean, -found.whole.peers.mean])
    parts = [means, *(_values(found, by) for by in sections)]
    total = float(found.whole.result.total)
    is_off = any(misses_sum(each, total, _CHANGE.digits) for each in parts)
    return (w("report_district.note_rounded"),) if is_off else ()


def _values(found: Contributions, by: str) -> "pd.Series[float]":
    divided = found.stages.values() if by == "stage" else [found.breakdowns[by]]
    return pd.Series(np.concatenate([parts.result.value for parts in divided]))


def _rows(parts: Parts, section: str, w: Words, *, by: str = "stage") -> pd.DataFrame:
    result = parts.result
    return pd.DataFrame(
        {
            "key": [key if key == TOTAL else f"{by}.{key}" for key in parts.keys],
            "label": [part_label(by, key, w) for key in parts.keys],
            "section": section,
            "value": result.value,
            "low": result.low,
            "high": result.high,
            "n": parts.own.n,
            "peers_n": parts.peers.n,
            "own_mean": parts.own.means,
            "peers_mean": parts.peers.means,
            "within": result.within,
            "mix": result.mix,
        }
    )


def part_label(by: str, key: str, w: Words) -> str:
    """Return what people read for a part of the difference."""
    if key in (TOTAL, *RESTS) or by == "stage":
        return w(f"report_district.part_{key}")
    return dimensions.label("offer_area" if by == "offer_area" else "provider", key, w)


def _finding(
    choice: DistrictChoice,
    found: Contributions | None,
    sections: Sequence[str],
    w: Words,
    release: Release,
) -> tuple[str, str]:
    area = registry().district(choice.district).full_name
    if found is None:
        if release is Release.RELEASED:
            title = w("report_district.contributions_title_closed", district=area)
            return title, w("release.closed")
        return (
            w("report_district.contributions_title_none", district=area),
            w("report_district.contributions_sentence_none"),
        )
    result = found.whole.result
    digits = _CHANGE.excluding(result.total_low, result.total_high, w).digits
    texts = {"district": area, "days": w.days(abs(result.total), digits), "limit": w.number(LIMIT)}
    finding = "invented" if found.is_invented else direction(found)
    title = w(f"report_district.contributions_title_{finding}", **texts)
    sentence = w(
        "report_district.contributions_sentence",
        period=period_text(choice.period, w),
        district=area,
        own=w.days(found.whole.own.mean, 1),
        n=w.number(found.whole.own.size),
        peers=w.days(found.whole.peers.mean, 1),
        peers_n=w.number(found.whole.peers.size),
        difference=w(
            "report_district.difference",
            value=_CHANGE.text(result.total, w),
            interval=interval_of(found.whole, w),
        ),
    )
    if found.is_invented:
        return title, f"{sentence} {w('report_district.invented')}"
    return title, f"{sentence} {largest_parts(found, w, sections)}"


def direction(found: Contributions) -> str:
    """Return ``longer``, ``shorter`` or, where the interval includes zero, ``unclear``."""
    result = found.whole.result
    if result.total_low > 0:
        return "longer"
    return "shorter" if result.total_high < 0 else "unclear"


def largest_parts(found: Contributions, w: Words, sections: Sequence[str] = SECTIONS) -> str:
    """Say which offer area and which office contribute most in the direction of the difference.

    Only parts whose own interval excludes zero are named; without any, the sentence says so.
    """
    asked = [(by, parts) for by, parts in found.breakdowns.items() if by in sections]
    named = [_largest(by, parts, found.whole.result.total, w) for by, parts in asked]
    if not any(named):
        return w("report_district.contributions_none_clear")
    return w("report_district.contributions_largest", largest="; ".join(filter(None, named)))


def _largest(by: str, parts: Parts, total: float, w: Words) -> str:
    """Return the largest clear part of a section with its interval, or nothing."""
    sign, result = float(np.sign(total)) or 1.0, parts.result
    is_clear = (result.low > 0) | (result.high < 0)
    sizes = np.where(is_clear & ~np.isin(parts.keys, RESTS), sign * result.value, 0.0)
    place = int(np.argmax(sizes))
    if sizes[place] <= 0:
        return ""
    low, high = float(result.low[place]), float(result.high[place])
    form = _CHANGE.excluding(low, high, w)
    return w(
        f"report_district.largest_{by}",
        label=part_label(by, parts.keys[place], w),
        value=form.text(result.value[place], w),
        low=form.bare(low, w),
        high=form.bare(high, w),
    )


def _columns(w: Words) -> tuple[Column, ...]:
    return (
        *readable(w, section="report_district.section", label="report_district.part"),
        *estimated(w("report_district.contribution"), "days_change", 1, w),
        *readable(w, "days_change", 1, within="report_district.within", mix="report_district.mix"),
        Column("own_mean", w("report_district.own_mean"), "days", 1),
        Column("peers_mean", w("report_district.peers_mean"), "days", 1),
        *readable(w, "count", n="report_district.n_own", peers_n="report_district.n_peers"),
        *internal(w, key="indicator.key", status="indicator.status"),
    )
