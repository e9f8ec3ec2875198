"""Trends of the sites and of those they are compared with, together and site by site."""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.domain.areas import registry
from analytics.domain.estimates import Status
from analytics.domain.evaluation import ComparisonGroup, EffectOutcome
from analytics.domain.vocabulary import Group
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis import takes
from analytics.reports.basis.dimensions import unit_label, units_note
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Column, Exhibit, estimated, internal
from analytics.reports.evaluation.distributions import TABLES, too_few
from analytics.reports.evaluation.groups import (
    before_quarters,
    group_name,
    is_compared,
    is_model,
    unit_panel,
)
from analytics.reports.evaluation.matching import site_peers
from analytics.reports.evaluation.panel import Panel
from analytics.reports.evaluation.refused import or_refusal
from analytics.reports.evaluation.scale import Scale, based_on_outcome
from analytics.stats.peers import Peers
from analytics.stats.unit_means import UnitMeans, unit_means

Floats = NDArray[np.float64]

_SERIES: Final = ("model", "comparison")


@figure("comparison_trends", "effect/comparison", takes.OUTCOME_AND_GROUP, "group_trends")
@or_refusal("comparison_trends", "report_comparison.trends_name", too_few)
def group_trends(
    store: ParquetStore, outcome: EffectOutcome, comparison: ComparisonGroup, w: Words
) -> Exhibit:
    """Return the mean over units of both groups by quarter of need.

    Rows ``series, label, period, value, low, high`` (t interval over units), ``units, status,
    provisional``.
    """
    panel = unit_panel(store, outcome)
    scale = Scale(outcome)
    means = _means(store, panel, comparison)
    labels = {"model": w("code.group.model"), "comparison": group_name(comparison, w)}
    parts = [_series(panel, series, labels[series], mean, scale) for series, mean in means.items()]
    frame = pd.concat(parts, ignore_index=True)
    texts = {"outcome": scale.name(w), "group": labels["comparison"]}
    gaps = _gaps(panel, means)
    before, after = (scale.difference_text(gap, w) for gap in gaps)
    return based_on_outcome(store, TABLES, outcome, panel.queries, w, comparison).exhibit(
        "comparison_trends",
        w("report_comparison.trends_title", before=before, after=after, **texts),
        w("report_comparison.trends_sentence", **texts),
        _columns(scale, w),
        frame,
        notes=(
            w("report_comparison.note_distance_of_lines"),
            w("report_comparison.note_trend"),
            w("report_comparison.note_followed"),
            units_note(w),
        ),
        alt=w("report_comparison.trends_alt", before=before, after=after, **texts),
    )


@figure("comparison_sites", "effect/comparison", takes.OUTCOME, "sites")
@or_refusal("comparison_sites", "report_comparison.sites_name", too_few)
def site_panels(store: ParquetStore, outcome: EffectOutcome, w: Words) -> Exhibit:
    """Return each model site and the mean of its peers by quarter of need.

    Rows ``section`` (the site's name), ``series`` (``model``, ``comparison``), ``label, period,
    value, units`` (with a value), ``status``; of a quarter without enough needs there is no value.
    """
    panel = unit_panel(store, outcome)
    scale = Scale(outcome)
    parts = [_site(panel, code, peers, scale, w) for code, peers in site_peers(store)]
    frame = pd.concat(parts, ignore_index=True)
    towns = [unit for unit in registry().model_units if unit.kind == "town"]
    names = w.join([unit.name for unit in towns])
    texts = {"outcome": scale.name(w), "sites": w.number(len(parts)), "towns": names}
    return based_on_outcome(store, TABLES, outcome, panel.queries, w).exhibit(
        "comparison_sites",
        w("report_comparison.sites_title", **texts),
        w("report_comparison.sites_sentence", **texts),
        _columns(scale, w, by_site=True),
        frame,
        notes=(
            w("report_comparison.note_panels", **texts),
            w("report_comparison.note_towns", towns=names),
            w("report_comparison.note_single_site"),
            w("report_comparison.note_followed"),
        ),
        alt=w("report_comparison.sites_alt", **texts),
    )


def _means(store: ParquetStore, panel: Panel, comparison: ComparisonGroup) -> dict[str, UnitMeans]:
    chosen = dict(zip(_SERIES, (is_model(), is_compared(store, comparison)), strict=True))
    return {series: unit_means(_rows(panel.values, units)) for series, units in chosen.items()}


def _gaps(panel: Panel, means: dict[str, UnitMeans]) -> tuple[float, float]:
    """Return the groups' mean difference before the programme and from 2017 on."""
    before = before_quarters(panel)
    gap = means["model"].mean - means["comparison"].mean
    return _mean(gap[before]), _mean(gap[~before])


def _mean(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else float("nan")


def _series(panel: Panel, series: str, label: str, means: UnitMeans, scale: Scale) -> pd.DataFrame:
    is_shown = np.isfinite(means.mean)
    return pd.DataFrame(
        {
            "series": series,
            "label": label,
            "period": pd.to_datetime(list(panel.quarters)),
            "value": scale.shown(means.mean),
            "low": scale.shown(means.low),
            "high": scale.shown(means.high),
            "units": means.units,
            "status": np.where(is_shown, Status.SHOWN.value, Status.NO_DATA.value),
            "provisional": False,
        }
    )


def _site(panel: Panel, code: str, peers: Peers, scale: Scale, w: Words) -> pd.DataFrame:
    own = _rows(panel.values, np.isin(panel.units, code)).ravel()
    others = _rows(panel.values, np.isin(panel.units, peer_units(peers)))
    seen = np.isfinite(others)
    units = seen.sum(0)
    sums = np.where(seen, others, 0.0).sum(0)
    mean = np.where(units > 0, sums / np.maximum(units, 1), np.nan)
    values = np.concatenate([own, mean])
    site = unit_label(code, w)
    return pd.DataFrame(
        {
            "section": site,
            "series": np.repeat(_SERIES, len(own)),
            "label": np.repeat([site, w("report_comparison.peers_of", site=site)], len(own)),
            "period": pd.to_datetime([*panel.quarters, *panel.quarters]),
            "value": scale.shown(values),
            "units": np.concatenate([np.isfinite(own).astype(int), units]),
            "status": np.where(np.isfinite(values), Status.SHOWN.value, Status.NO_DATA.value),
        }
    )


def _rows(values: Floats, units: NDArray[np.bool_]) -> Floats:
    return values[units]


def peer_units(peers: Peers) -> tuple[str, ...]:
    """Return the comparison units of the districts that a site's peers are."""
    districts = {peer.unit for peer in peers.peers}
    return tuple(
        unit.code
        for unit in registry().evaluation_units
        if unit.group is Group.COMPARISON and unit.district in districts
    )


def _columns(scale: Scale, w: Words, *, by_site: bool = False) -> tuple[Column, ...]:
    form = scale.level
    value, *bounds = estimated(scale.name(w), form.kind, form.digits, w)
    section = (Column("section", w("report_comparison.site")),)
    return (
        *(section if by_site else ()),
        Column("label", w("report_comparison.group")),
        Column("period", w("report_comparison.quarter"), "quarter"),
        value,
        *(() if by_site else bounds),
        # Units are districts and towns, not people: the rule on small counts is not for them.
        Column("units", w("report_comparison.units"), "number"),
        *internal(w, series="report_comparison.group_key", status="indicator.status"),
    )
