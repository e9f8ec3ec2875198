"""How far KIM is in one district, who works there, and how fresh its data are."""

from dataclasses import dataclass

import pandas as pd

from analytics.disclosure import release_counts
from analytics.domain.areas import District, KimUnit, registry
from analytics.domain.release import Release
from analytics.domain.vocabulary import Milestone, Module
from analytics.extracts.trial import is_trial
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.origins import delivered_to, table_origin, together


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Sentences that belong together, and what they are about and come from."""

    title: str
    facts: tuple[str, ...]


def kim_facts(store: ParquetStore, area: District, w: Words) -> tuple[FactGroup, ...]:
    """Return for each KIM unit of the district how far each module is, and its posts."""
    params = {"district": area.ags, "as_of": store.manifest.as_of}
    milestones = store.fetch("district_milestones", params)
    posts = store.fetch("district_posts", params)
    own = [unit for unit in registry().kim_units if unit.district == area.ags]
    origins = [table_origin(store.manifest, name, (area.ags,)) for name in ("rollout", "posts")]
    origin = w.label("provenance", together(origins))
    groups = []
    for unit in own:
        reached = milestones[milestones["unit"] == unit.ags]
        facts = [_apart(unit, area, w)] if unit.ags != area.ags else []
        facts += [_module(reached, module, w) for module in Module]
        facts += _posts(posts[posts["unit"] == unit.ags], w)
        name = "report_map.kim" if len(own) == 1 else "report_map.kim_of_unit"
        groups.append(FactGroup(w(name, unit=unit.name, origin=origin), tuple(facts)))
    return tuple(groups)


def freshness_facts(store: ParquetStore, area: District, w: Words) -> tuple[str, ...]:
    """Return when the district last delivered and when a need was last entered there."""
    manifest = store.manifest
    delivered = [
        delivery.delivered_at.date()
        for name in manifest.tables
        for sender, delivery in delivered_to(manifest, name).items()
        if sender[:5] == area.ags
    ]
    if is_trial(manifest):
        sentences = [w("report_map.fact_uploaded")]
    elif delivered:
        sentences = [w("report_map.fact_delivery", date=w.date(max(delivered)))]
    else:
        sentences = [w("report_map.fact_no_delivery")]
    if store.release is Release.RELEASED:  # the day of the last entry is that of one person
        return tuple(sentences)
    entries = store.fetch("district_entries", {"district": area.ags}).iloc[0]
    if entries["entries"] > 0 and release_counts([int(entries["entries"])])[0]:
        day = pd.Timestamp(entries["last_entry"]).date()
        origin = w.label("provenance", table_origin(manifest, "referrals", (area.ags,)))
        sentences.append(w("report_map.fact_entry", date=w.date(day), origin=origin))
    return tuple(sentences)


def _apart(unit: KimUnit, area: District, w: Words) -> str:
    return w("report_map.fact_own_unit", unit=unit.name, district=area.full_name)


def _module(reached: pd.DataFrame, module: Module, w: Words) -> str:
    """Say when the unit reached each milestone of the module."""
    days = reached[reached["module"] == module].set_index("milestone")["reached_on"]
    steps = [
        w(
            "report_map.step",
            milestone=w.label("milestone", milestone).lower(),
            month=w.month(pd.Timestamp(days[milestone]).date()),
        )
        for milestone in Milestone
        if milestone in days.index
    ]
    return w(
        "report_map.fact_module",
        module=w.label("module", module),
        steps=", ".join(steps) or w("report_map.no_step"),
    )


def _posts(latest: pd.DataFrame, w: Words) -> list[str]:
    return [
        w(
            "report_map.fact_posts",
            quarter=w.quarter(pd.Timestamp(quarter).date()),
            filled=w.number(filled, 1),
            funded=w.number(funded, 1),
        )
        for quarter, funded, filled in zip(
            latest["quarter"], latest["funded"], latest["filled"], strict=True
        )
    ]
