"""Any indicator by district: the map, and the panel of one district beside its neighbours."""

from dataclasses import dataclass, replace

import pandas as pd

from analytics.disclosure import ReleasedTable
from analytics.domain.areas import District, registry
from analytics.domain.estimates import Estimate, Status
from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import Indicator, indicator
from analytics.geography.neighbours import neighbours_of
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.exhibit import Exhibit, KeyFigure, SourceLine
from analytics.reports.basis.formatting import format_of, interval_text, status_text, value_text
from analytics.reports.basis.names import sort_key
from analytics.reports.basis.provenance import source_line
from analytics.reports.basis.selection import selection_text
from analytics.reports.districts.district_facts import district_facts
from analytics.reports.indicators.indicator_estimates import row_estimate, state_estimate
from analytics.reports.indicators.indicator_values import indicator_values
from analytics.reports.kim.district_kim import FactGroup, kim_facts


@dataclass(frozen=True, slots=True, eq=False)
class DistrictPanel:
    """What the map tells about one district.

    Attributes:
        district: AGS-5.
        name: Full name.
        kind: Legal form, as people read it.
        regierungsbezirk: Name of the Regierungsbezirk.
        figure: The indicator's value, with the state's for comparison.
        source: Where the district's value comes from.
        trend: The indicator by quarter; None where it has no quarters, or where the district's
            value is protected and the quarters would add up to it.
        neighbours: The district and those that border on it, by name.
        facts: Sentences from official statistics and published facts, and on the data.
        kim: How far KIM is, for each KIM unit of the district.
    """

    district: str
    name: str
    kind: str
    regierungsbezirk: str
    figure: KeyFigure
    source: SourceLine
    trend: Exhibit | None
    neighbours: Exhibit
    facts: tuple[str, ...]
    kim: tuple[FactGroup, ...]


def map_view(store: ParquetStore, indicator_id: str, need_filter: NeedFilter, w: Words) -> Exhibit:
    """Return an indicator for every district: ``indicator_values`` by district.

    The filter's districts do not apply: what may be shown of one is decided over all of them.

    Raises:
        RefusedError: If the indicator has no meaning by district or for this filter.
        KeyError: If there is no such indicator.
    """
    exhibit = indicator_values(store, indicator_id, "district", _everywhere(need_filter), w)
    return replace(exhibit, notes=(*exhibit.notes, w("report_map.note_no_ranking")))


def district_panel(
    store: ParquetStore, indicator_id: str, district: str, need_filter: NeedFilter, w: Words
) -> DistrictPanel:
    """Return the panel of one district.

    Raises:
        RefusedError: If the indicator has no meaning by district or for this filter.
        UnknownAreaError: If there is no such district.
        KeyError: If there is no such indicator.
    """
    area = registry().district(district)
    on_map = map_view(store, indicator_id, need_filter, w)
    rows = on_map.table.frame.set_index("district", drop=False)
    estimate = row_estimate(rows.loc[[area.ags]].iloc[0])
    chosen = indicator(indicator_id)
    source = source_line(store, chosen.tables, w, districts=(area.ags,))
    figure = _figure(store, chosen, estimate, need_filter, w)
    return DistrictPanel(
        district=area.ags,
        name=area.full_name,
        kind=w(f"report_map.kind_{area.kind}"),
        regierungsbezirk=area.regierungsbezirk,
        figure=_with_state_origin(figure, source, on_map.source, w),
        source=source,
        trend=_trend(store, chosen, area, estimate, need_filter, w),
        neighbours=_neighbours(store, on_map, area, chosen, w),
        facts=district_facts(store, area, w),
        kim=kim_facts(store, area, w),
    )


def _everywhere(need_filter: NeedFilter) -> NeedFilter:
    return need_filter.but(district=(), unit=())


def _figure(
    store: ParquetStore, chosen: Indicator, estimate: Estimate, need_filter: NeedFilter, w: Words
) -> KeyFigure:
    """Put the state's value beside the district's, without judging the difference.

    It counts all needs, as the districts do whose whole it is.
    """
    state, _ = state_estimate(store, chosen.id, replace(_everywhere(need_filter), assigned=False))
    shown = estimate.status is Status.SHOWN
    return KeyFigure(
        indicator=chosen.id,
        label=chosen.name[w.language],
        estimate=estimate,
        value=_value(chosen, estimate, w),
        interval=interval_text(chosen, estimate, w) if shown else "",
        change=w(
            "report_map.state_value",
            selection=selection_text(_everywhere(need_filter), w),
            value=_value(chosen, state, w),
        ),
        direction="none",
    )


def _with_state_origin(
    figure: KeyFigure, own: SourceLine, state: SourceLine, w: Words
) -> KeyFigure:
    """Name where the state's value comes from where that is not where the district's does."""
    if own.provenance is state.provenance:
        return figure
    origin = w.label("provenance", state.provenance)
    return replace(figure, change=w("report_map.other_origin", text=figure.change, origin=origin))


def _value(chosen: Indicator, estimate: Estimate, w: Words) -> str:
    if estimate.status is Status.SHOWN:
        return value_text(chosen, estimate.value, w)
    return status_text(chosen, estimate, w)


def _trend(
    store: ParquetStore,
    chosen: Indicator,
    area: District,
    estimate: Estimate,
    need_filter: NeedFilter,
    w: Words,
) -> Exhibit | None:
    if "quarter" not in chosen.dimensions or estimate.status is Status.SUPPRESSED:
        return None
    here = need_filter.but(district=(area.ags,), unit=())
    exhibit = indicator_values(store, chosen.id, "quarter", here, w)
    title = w("report_map.trend_title", district=area.full_name, name=_name(chosen, w))
    frame = exhibit.table.frame
    sentence = _trend_sentence(frame, chosen, w)
    drawn = frame if (frame["status"] == Status.SHOWN).any() else frame.iloc[:0]
    return replace(
        exhibit,
        id=f"{exhibit.id}_{area.ags}",
        title=title,
        sentence=sentence,
        table=ReleasedTable(exhibit.table.columns, drawn),
        alt=w("indicator.alt", title=title, sentence=sentence),
        points=(),  # quarters of one district vary too much for its extremes to be named
    )


def _trend_sentence(frame: pd.DataFrame, chosen: Indicator, w: Words) -> str:
    """Say how many quarters have a value, and between which values they lie."""
    shown = frame.loc[frame["status"] == Status.SHOWN, "value"]
    counts = {"shown": w.number(len(shown)), "all": w.number(len(frame))}
    if shown.empty:
        return w("report_map.trend_none", **counts)
    low, high = value_text(chosen, shown.min(), w), value_text(chosen, shown.max(), w)
    if low == high:
        return w("report_map.trend_one_value", value=low, **counts)
    return w(
        "report_map.trend_range", low=format_of(chosen).bare(shown.min(), w), high=high, **counts
    )


def _neighbours(
    store: ParquetStore, on_map: Exhibit, area: District, chosen: Indicator, w: Words
) -> Exhibit:
    """Return the rows of the map for the district and its neighbours, the district first."""
    frame = on_map.table.frame
    around = [neighbour.ags for neighbour in neighbours_of(area.ags)]
    own = frame[frame["district"] == area.ags].assign(section=w("report_map.this_district"))
    others = frame[frame["district"].isin(around)].assign(section=w("report_map.neighbours"))
    others = others.sort_values("label", key=lambda labels: labels.map(sort_key))
    rows = pd.concat([own, others], ignore_index=True)
    title = w("report_map.neighbours_title", district=area.full_name, indicator=_name(chosen, w))
    return replace(
        on_map,
        id=f"{chosen.id}_neighbours_{area.ags}",
        title=title,
        sentence=_neighbour_sentence(own, others, area, w),
        table=ReleasedTable(on_map.table.columns, rows),
        alt=w("report_map.neighbours_alt", title=title),
        source=source_line(store, chosen.tables, w, districts=tuple(rows["district"])),
    )


def _neighbour_sentence(own: pd.DataFrame, others: pd.DataFrame, area: District, w: Words) -> str:
    """Say whose interval overlaps the district's; further than that the data do not reach."""
    with_interval = others[others["low"].notna() & others["high"].notna()]
    low, high = own["low"].iloc[0], own["high"].iloc[0]
    if pd.isna(low) or pd.isna(high) or with_interval.empty:
        return w("report_map.neighbours_plain", count=w.number(len(others)))
    overlapping = (with_interval["low"] <= high) & (with_interval["high"] >= low)
    return w(
        "report_map.neighbours_overlap",
        district=area.full_name,
        count=w.number(int(overlapping.sum())),
        all=w.number(len(with_interval)),
    )


def _name(chosen: Indicator, w: Words) -> str:
    return chosen.name[w.language]
