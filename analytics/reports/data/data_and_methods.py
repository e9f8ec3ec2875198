"""Data and methods: where the data come from, how good they are, how figures are made.

One name for the page and the documents; the parts live in modules of their own.
"""

from analytics.reports.data.catalogue_report import indicator_catalogue
from analytics.reports.data.contract_report import data_description
from analytics.reports.data.data_quality import (
    completeness,
    data_quality,
    field_completeness,
    plausibility,
    promptness,
    timeliness,
)
from analytics.reports.data.findings_report import latest_findings
from analytics.reports.data.method_notes import (
    Section,
    accessibility_statement,
    method_notes,
    program_version,
)
from analytics.reports.data.snapshot_report import (
    comparability_breaks,
    deliveries,
    snapshot_overview,
)
from analytics.reports.data.sources_report import programme_sources, sources

__all__ = [
    "Section",
    "accessibility_statement",
    "comparability_breaks",
    "completeness",
    "data_description",
    "data_quality",
    "deliveries",
    "field_completeness",
    "indicator_catalogue",
    "latest_findings",
    "method_notes",
    "plausibility",
    "program_version",
    "programme_sources",
    "promptness",
    "snapshot_overview",
    "sources",
    "timeliness",
]
