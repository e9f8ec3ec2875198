"""A district's figures in few words."""

from dataclasses import replace

import pandas as pd

from analytics.domain.areas import registry
from analytics.domain.district_choice import DistrictChoice
from analytics.domain.estimates import Status
from analytics.domain.grid_choice import Finding
from analytics.domain.indicators import indicator
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.formatting import Format, format_of, interval_text, value_text
from analytics.reports.deck.short import Short, plain, side_by_side
from analytics.reports.districts.contributions import RESTS, TOTAL
from analytics.reports.districts.curve_report import ring_shares, share_texts
from analytics.reports.districts.position import positions
from analytics.reports.districts.position_words import difference_text, position_clause
from analytics.reports.districts.themes import COURSE
from analytics.reports.districts.values import district_values
from analytics.reports.exploring.findings import FALSE_SHARE
from analytics.reports.referrals.referral_times import HEADLINE

_CHANGE = Format("days_change", 1)


def funnel(store: ParquetStore, choice: DistrictChoice, exhibit: Exhibit, w: Words) -> Short:
    """Return the district's value with interval and n, and how it differs from the others'."""
    own = district_values(store, HEADLINE, choice.period).of(choice.district)
    position = positions(store, HEADLINE, choice.period).of(choice.district)
    if own.status is not Status.SHOWN or not position.is_judged:
        return plain(exhibit, w)
    chosen = indicator(HEADLINE)
    texts = {
        "name": chosen.name[w.language],
        "position": position_clause(position, w),
        "gap": difference_text(chosen, position, w),
    }
    lines = (*interval_text(chosen, own, w).split("; "), w("report_deck.line_rest", **texts))
    say = w("report_deck.say_rest", **texts), w("report_deck.say_no_rank")
    return Short(
        w("report_deck.funnel_title", **texts), lines, say, number=value_text(chosen, own.value, w)
    )


def curve(store: ParquetStore, choice: DistrictChoice, exhibit: Exhibit, w: Words) -> Short:
    """Return the shares of the district and of its ring, each with interval and n."""
    beside = ring_shares(store, choice)
    own, peers = beside.own, beside.peers
    if own.value is None or peers.value is None:
        return plain(exhibit, w)
    first, second = share_texts(own.value, peers.value, w, is_clear=beside.finding == "title")
    name = registry().district(choice.district).full_name
    title = w(f"report_deck.ring_{beside.finding}", district=name, own=first, peers=second)
    values = ((w("report_deck.own_district"), own), (w("deck.role_peers"), peers))
    return side_by_side(title, values, w("report_deck.line_intervals"), w)


def control(exhibit: Exhibit, w: Words) -> Short:
    """Return the usual range of the latest quarters, and how many needs a quarter has."""
    frame = exhibit.table.frame
    part = frame[frame["segment"] == frame["segment"].max()] if len(frame) else frame
    if part.empty or part["segment"].max() < 0:
        n = w("report_deck.line_needs", n=w.number(float(frame["n"].sum())))
        return replace(plain(exhibit, w), lines=(n,) if len(frame) else ())
    form, last = format_of(indicator(COURSE)), part.iloc[-1]
    texts = {
        "mean": form.text(last["mean"], w),
        "range": form.range(last["lower"], last["upper"], w),
        "count": w.number(len(part)),
        "n": w.number(part["n"].sum()),
        "signals": w.number(int((frame["signal"] != "").sum())),
    }
    lines = (
        w("report_deck.line_usual", **texts),
        w("report_deck.line_quarters", **texts),
        w("report_deck.line_signals", **texts),
    )
    say = w("report_deck.say_usual", **texts), w("report_deck.say_not_caused")
    return Short(exhibit.title, lines, say)


def contributions(exhibit: Exhibit, w: Words) -> Short:
    """Return the whole difference with its interval and n, and its largest part."""
    frame = exhibit.table.frame
    if frame.empty:
        return plain(exhibit, w)
    whole = frame[frame["key"] == TOTAL].iloc[0]
    form = _CHANGE.excluding(whole["low"], whole["high"], w)
    low, high = (form.bare(whole[end], w) for end in ("low", "high"))
    interval = w("estimate.interval", range=w("estimate.from_to", low=low, high=high))
    part, said = _largest(frame, w, is_longer=bool(whole["value"] > 0))
    lines = (
        w("report_deck.line_days", interval=interval),
        w("report_deck.line_both", own=w.number(whole["n"]), peers=w.number(whole["peers_n"])),
        *part,
    )
    say = said or w("report_deck.say_gap"), w("report_deck.say_no_cause")
    return Short(exhibit.title, lines, say, number=form.bare(whole["value"], w))


def _largest(frame: pd.DataFrame, w: Words, *, is_longer: bool) -> tuple[tuple[str, ...], str]:
    """Return the largest named part in the difference's direction, to read and to say."""
    named = [str(key).rpartition(".")[2] not in (TOTAL, *RESTS) for key in frame["key"]]
    parts = frame[named].sort_values("value", ascending=not is_longer)
    if parts.empty:
        return (), ""
    first = parts.iloc[0]
    texts = {"part": first["label"], "size": _CHANGE.bare(first["value"], w)}
    return (w("report_deck.line_part", **texts),), w("report_deck.say_part", **texts)


def beside_ring(choice: DistrictChoice, exhibit: Exhibit, w: Words) -> Short:
    """Return how many cells of a district and its ring stand out, and what their signs mean."""
    frame = exhibit.table.frame
    judged = frame[frame["adjusted"].notna()]
    if judged.empty:
        return plain(exhibit, w)
    texts = {
        "district": registry().district(choice.district).full_name,
        "different": w.number(sum(Finding(each).is_different for each in judged["finding"])),
        "judged": w.number(len(judged)),
    }
    lines = (w("report_deck.line_signs"), w("report_deck.line_false", share=w.percent(FALSE_SHARE)))
    say = w("report_deck.say_false", share=w.percent(FALSE_SHARE)), w("report_deck.say_no_rank")
    return Short(w("report_deck.grid_title", **texts), lines, say)
