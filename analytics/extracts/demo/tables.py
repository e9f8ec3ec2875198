"""Make the demonstration data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import pyarrow as pa

from analytics.domain.vocabulary import Provenance
from analytics.extracts.contract import TableName
from analytics.extracts.demo.case_tables import cases_table, referrals_table
from analytics.extracts.demo.config import DemoConfig
from analytics.extracts.demo.disturbance import UNDISTURBED, Disturbance
from analytics.extracts.demo.endings import draw_endings
from analytics.extracts.demo.handover_tables import (
    conferences_table,
    handovers_table,
    regime_changes_table,
)
from analytics.extracts.demo.history import draw_history
from analytics.extracts.demo.process import Process, build_process
from analytics.extracts.demo.programme_tables import (
    comparability_table,
    population_table,
    programme_tables,
)
from analytics.extracts.demo.recording import draw_changes, draw_recording
from analytics.extracts.demo.structure_tables import (
    agreements_table,
    structure_table,
    titles_table,
)

SOURCE: Final = "Demonstrationsdaten (synthetisch)"
_POPULATION_SOURCE: Final = "Statistische Ämter des Bundes und der Länder, dl-de/by-2-0"

Progress = Callable[[str], None]
"""Called with the step that begins: ``cases``, ``endings``, ``tables``."""


@dataclass(frozen=True)
class DemoData:
    """All contract tables of one configuration, and the process that they are drawn from."""

    config: DemoConfig
    process: Process
    tables: Mapping[str, pa.Table]

    @property
    def provenance(self) -> Mapping[str, Provenance]:
        """Return where each table's rows come from: the population is official."""
        official = {TableName.POPULATION.value: Provenance.OFFICIAL}
        return {name: official.get(name, Provenance.SYNTHETIC) for name in self.tables}

    @property
    def source(self) -> Mapping[str, str]:
        """Return the words for each table's source line."""
        official = {TableName.POPULATION.value: _POPULATION_SOURCE}
        return {name: official.get(name, SOURCE) for name in self.tables}


def generate(
    config: DemoConfig,
    progress: Progress | None = None,
    *,
    disturbance: Disturbance = UNDISTURBED,
) -> DemoData:
    """Draw the demonstration data; equal configurations give equal tables."""
    tell = progress or _silent
    process = disturbance.process(build_process(config))
    tell("cases")
    drawn = draw_history(
        process,
        config.cases,
        change_people=disturbance.people,
        change_needs=disturbance.needs,
    )
    history = disturbance.history(process, drawn)
    tell("endings")
    endings = disturbance.endings(process, history, draw_endings(process, history))
    changes = draw_changes(process)
    recording = draw_recording(process, history, changes)
    tell("tables")
    programme = programme_tables(process)
    tables = {
        TableName.CASES: cases_table(process, history, endings, recording),
        TableName.REFERRALS: referrals_table(process, history, endings, recording),
        TableName.ROLLOUT: programme.rollout,
        TableName.POSTS: programme.posts,
        TableName.FUNDING: programme.funding,
        TableName.POPULATION: population_table(process),
        TableName.COMPARABILITY: comparability_table(process, changes),
        TableName.HANDOVERS: handovers_table(process, history, endings, recording),
        TableName.REGIME_CHANGES: regime_changes_table(process, history, endings, recording),
        TableName.CONFERENCES: conferences_table(process, history, endings, recording),
        TableName.AGREEMENTS: agreements_table(process),
        TableName.STRUCTURE: structure_table(process),
        TableName.TITLES: titles_table(process),
    }
    named = {name.value: table for name, table in tables.items()}
    return DemoData(config, process, MappingProxyType(named))


def _silent(_: str) -> None:
    """Take no notice of progress."""
