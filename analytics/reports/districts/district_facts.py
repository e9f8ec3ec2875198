"""What is known of a district besides the indicators, one sentence each."""

import pandas as pd

from analytics.domain.areas import District, registry
from analytics.domain.programme import ModelSite, facts
from analytics.domain.vocabulary import Series
from analytics.extracts.contract import table
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.published import bracketed, date_text
from analytics.reports.kim.district_kim import freshness_facts


def district_facts(store: ParquetStore, area: District, w: Words) -> tuple[str, ...]:
    """Return sentences on population, model sites, the data's age and breaks in them."""
    return (
        *_structure(store, area, w),
        *_model_sites(area, w),
        *freshness_facts(store, area, w),
        *_breaks(store, area, w),
    )


def _structure(store: ParquetStore, area: District, w: Words) -> list[str]:
    params = {"district": area.ags, "series": Series.POPULATION_UPDATE.value}
    known = store.fetch("district_facts", params).iloc[0]
    sentences = [w("report_map.fact_area", area=w.number(area.area_km2, 1))]
    if pd.notna(known["residents"]) and pd.notna(known["foreign_share"]):
        sentences.insert(0, _population(known, w))
    return sentences


def _population(known: "pd.Series[float]", w: Words) -> str:
    return w(
        "report_map.fact_population",
        date=w.date(pd.Timestamp(known["reference_date"]).date()),
        residents=w.number(known["residents"]),
        share=w.percent(known["foreign_share"], 1),
    )


def _model_sites(area: District, w: Words) -> list[str]:
    """Name the model sites that are the district or lie in it, with the start where published."""
    sentences = []
    for site in sites_of(area):
        name = registry().unit(site.ags).name
        start = w("report_map.start_unknown")
        if site.start is not None:
            start = w("report_map.start_known", date=date_text(site.start, w))
        sentences.append(w("report_map.fact_model", name=name, start=start, source=bracketed(site)))
    return sentences


def sites_of(area: District) -> tuple[ModelSite, ...]:
    """Return the model sites that are the district or lie in it, as published."""
    units = registry().model_units
    return tuple(facts().site(unit.code) for unit in units if unit.district == area.ags)


def _breaks(store: ParquetStore, area: District, w: Words) -> list[str]:
    breaks = store.fetch("comparability_breaks")
    own = breaks[breaks["district"] == area.ags]
    return [
        w(
            "report_map.fact_break",
            date=w.date(pd.Timestamp(since).date()),
            kind=w.label("comparability_kind", kind),
            table=w(table(name).label),
        )
        for since, kind, name in zip(
            own["valid_from"], own["kind"], own["contract_table"], strict=True
        )
    ]
