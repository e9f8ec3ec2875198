"""The data contract, version 2: thirteen tables, their columns, keys and parents.

A table is data: readers map delivered columns to it, the check turns text into its types, snapshots
write its schema. Labels and descriptions are messages, see ``Column.label`` and ``Column.about``.
``docs/decisions/0014`` says why an unreadable cell costs the row in one column and not in another.

The seven tables of version 1 are here, the six that version 2 added in ``optional_tables.py``: all
of them may be left out (``Table.is_optional``), so what version 1 wrote is still valid
(``docs/decisions/0047``).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from analytics.domain.vocabulary import (
    AccessPath,
    AgeGroup,
    ClosureReason,
    ComparabilityKind,
    FundingStatus,
    LegalRegime,
    Milestone,
    Module,
    OfferArea,
    Outcome,
    Provider,
    ReceivingBody,
    ResidenceStatus,
    Series,
    Sex,
)
from analytics.extracts.columns import Column, Empty, Kind
from analytics.extracts.optional_tables import (
    AGREEMENTS,
    CONFERENCES,
    HANDOVERS,
    REGIME_CHANGES,
    STRUCTURE,
    TITLES,
)
from analytics.extracts.table_shape import Parent, Table, TableName, code, date, figure, text

__all__ = [
    "AGREEMENTS", "CASES", "COMPARABILITY", "CONFERENCES", "CONTRACT_VERSION", "FUNDING",
    "HANDOVERS", "OF_CASES", "OLDEST_VERSION", "POPULATION", "POSTS", "REFERRALS",
    "REGIME_CHANGES", "ROLLOUT", "STATE", "STRUCTURE", "TABLES", "TITLES", "Column", "Empty",
    "Kind", "Parent", "Table", "TableName", "table", "wording",
]  # fmt: skip

CONTRACT_VERSION: Final = 2
OLDEST_VERSION: Final = 1
"""The oldest version whose snapshots mean the same today; what they lack is optional."""


# Funding rows of the whole state carry the state's key instead of a unit's.
STATE: Final = "05"


CASES: Final = Table(
    TableName.CASES,
    (
        text("case_id", Empty.REFUSED),
        text("district", Empty.REFUSED),
        text("municipality", Empty.WHOLE),
        code("provider", Provider),
        code("access_path", AccessPath),
        date("first_contact_on"),
        date("opened_on", Empty.REFUSED),
        date("closed_on", Empty.NOT_YET),
        code("closure_reason", ClosureReason),
        code("legal_regime", LegalRegime),
        code("residence_status", ResidenceStatus),
        code("age_group", AgeGroup),
        code("sex", Sex),
        date("recorded_on"),
    ),
    key=("district", "case_id"),
    area="district",
    tells_of_people=True,
)

REFERRALS: Final = Table(
    TableName.REFERRALS,
    (
        text("referral_id", Empty.REFUSED),
        text("case_id", Empty.REFUSED),
        text("district", Empty.REFUSED),
        code("offer_area", OfferArea, Empty.REFUSED),
        date("need_recorded_on", Empty.REFUSED),
        date("referred_on", Empty.NOT_YET),
        date("started_on", Empty.NOT_YET),
        date("ended_on", Empty.NOT_YET),
        code("outcome", Outcome, Empty.NOT_YET),
        code("receiving_body", ReceivingBody),
        Column("binding_handover", Kind.BOOLEAN),
        date("recorded_on"),
    ),
    key=("district", "referral_id"),
    area="district",
    parent=Parent(TableName.CASES, ("district", "case_id")),
    tells_of_people=True,
)

ROLLOUT: Final = Table(
    TableName.ROLLOUT,
    (
        text("unit", Empty.REFUSED),
        code("module", Module, Empty.REFUSED),
        code("milestone", Milestone, Empty.REFUSED),
        date("planned_on"),
        date("reached_on", Empty.NOT_YET),
    ),
    key=("unit", "module", "milestone"),
    area="unit",
)

POSTS: Final = Table(
    TableName.POSTS,
    (
        text("unit", Empty.REFUSED),
        code("module", Module, Empty.REFUSED),
        date("quarter", Empty.REFUSED),
        figure("fte_funded", Kind.NUMBER),
        figure("fte_filled", Kind.NUMBER),
    ),
    key=("unit", "module", "quarter"),
    area="unit",
)

FUNDING: Final = Table(
    TableName.FUNDING,
    (
        text("unit", Empty.REFUSED),
        figure("year", Kind.INTEGER, Empty.REFUSED),
        code("module", Module, Empty.WHOLE),
        figure("amount_eur", Kind.NUMBER, Empty.REFUSED),
        code("status", FundingStatus, Empty.REFUSED),
    ),
    key=("unit", "year", "module", "status"),
    area="unit",
)

POPULATION: Final = Table(
    TableName.POPULATION,
    (
        text("district", Empty.REFUSED),
        date("reference_date", Empty.REFUSED),
        figure("population", Kind.INTEGER),
        figure("foreign_population", Kind.INTEGER),
        figure("foreign_share", Kind.SHARE),
        code("series", Series, Empty.REFUSED),
        text("source"),
    ),
    key=("district", "reference_date", "series"),
    area="district",
)

COMPARABILITY: Final = Table(
    TableName.COMPARABILITY,
    (
        text("district", Empty.REFUSED),
        code("table", TableName, Empty.REFUSED),
        text("column", Empty.WHOLE),
        date("valid_from", Empty.REFUSED),
        date("valid_to", Empty.NOT_YET),
        code("kind", ComparabilityKind, Empty.REFUSED),
        text("note"),
    ),
    key=("district", "table", "column", "valid_from", "kind"),
    area="district",
)

_ALL: Final = (
    *(CASES, REFERRALS, ROLLOUT, POSTS, FUNDING, POPULATION, COMPARABILITY),
    *(HANDOVERS, REGIME_CHANGES, CONFERENCES, AGREEMENTS, STRUCTURE, TITLES),
)
TABLES: Final[Mapping[str, Table]] = MappingProxyType({each.name.value: each for each in _ALL})


def table(name: str) -> Table:
    """Return the table of this name.

    Raises:
        KeyError: If the contract has no such table.
    """
    return TABLES[name]


OF_CASES: Final = tuple(each for each in _ALL if each.parent and each.parent.table == CASES.name)
"""The tables whose rows belong to a case, and leave with it."""


def wording(table_name: str, column: str) -> str:
    """Return the name under which the messages of a table's column stand.

    A finding may name what is no column of the table: then it stands for itself.
    """
    found = (each.words for each in TABLES[table_name].columns if each.name == column)
    return next(found, column)
