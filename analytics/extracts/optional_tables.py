"""The tables that version 2 of the data contract added: how authorities work together.

Nobody has to deliver them. What they leave out, they leave out on purpose: no name, no office
below the kind of body, no nationality; and ``titles`` has no case, as how long an office takes
needs nobody's way through the counselling (``docs/decisions/0047``).
"""

from typing import Final

from analytics.domain.vocabulary import (
    Body,
    Decision,
    LegalRegime,
    OfferArea,
    ReturnReason,
    TitleDecision,
    TitleKind,
)
from analytics.extracts.columns import Column, Empty, Kind
from analytics.extracts.table_shape import Parent, Table, TableName, code, date, text

_CASE: Final = Parent(TableName.CASES, ("district", "case_id"))

HANDOVERS: Final = Table(
    TableName.HANDOVERS,
    (
        text("handover_id", Empty.REFUSED),
        text("case_id", Empty.REFUSED),
        text("district", Empty.REFUSED),
        text("referral_id"),
        code("from_body", Body),
        code("to_body", Body),
        date("agreed_on", Empty.REFUSED),
        Column("appointment_agreed", Kind.BOOLEAN),
        Column("appointment_kept", Kind.BOOLEAN),
        date("answered_on", Empty.NOT_YET),
        date("returned_on", Empty.NOT_YET),
        code("return_reason", ReturnReason, Empty.NOT_YET),
        date("recorded_on"),
    ),
    key=("district", "handover_id"),
    area="district",
    parent=_CASE,
    is_optional=True,
    tells_of_people=True,
)

REGIME_CHANGES: Final = Table(
    TableName.REGIME_CHANGES,
    (
        text("case_id", Empty.REFUSED),
        text("district", Empty.REFUSED),
        date("changed_on", Empty.REFUSED),
        code("old_regime", LegalRegime),
        code("new_regime", LegalRegime),
        date("first_benefit_on", Empty.NOT_YET),
        date("recorded_on"),
    ),
    key=("district", "case_id", "changed_on"),
    area="district",
    parent=_CASE,
    is_optional=True,
    tells_of_people=True,
)

CONFERENCES: Final = Table(
    TableName.CONFERENCES,
    (
        text("case_id", Empty.REFUSED),
        text("district", Empty.REFUSED),
        date("held_on", Empty.REFUSED),
        Column("bodies", Kind.INTEGER),
        Column("decisions", Kind.INTEGER),
        date("done_on", Empty.NOT_YET),
        date("recorded_on"),
    ),
    key=("district", "case_id", "held_on"),
    area="district",
    parent=_CASE,
    is_optional=True,
    tells_of_people=True,
)

AGREEMENTS: Final = Table(
    TableName.AGREEMENTS,
    (
        text("unit", Empty.REFUSED),
        code("first_body", Body, Empty.REFUSED),
        code("second_body", Body, Empty.REFUSED),
        date("signed_on", Empty.REFUSED),
        date("valid_to", Empty.NOT_YET),
    ),
    key=("unit", "first_body", "second_body", "signed_on"),
    area="unit",
    is_optional=True,
)

STRUCTURE: Final = Table(
    TableName.STRUCTURE,
    (
        text("unit", Empty.REFUSED),
        text("theme_id", Empty.REFUSED),
        code("offer_area", OfferArea),
        date("found_on", Empty.REFUSED),
        date("raised_on", Empty.NOT_YET),
        date("decided_on", Empty.NOT_YET),
        code("decision", Decision, Empty.NOT_YET),
        date("implemented_on", Empty.NOT_YET),
    ),
    key=("unit", "theme_id"),
    area="unit",
    is_optional=True,
)

TITLES: Final = Table(
    TableName.TITLES,
    (
        text("application_id", Empty.REFUSED),
        text("district", Empty.REFUSED),
        code("kind", TitleKind, Empty.REFUSED, wording="title_kind"),
        date("applied_on", Empty.REFUSED),
        date("decided_on", Empty.NOT_YET),
        code("decision", TitleDecision, Empty.NOT_YET),
        date("recorded_on"),
    ),
    key=("district", "application_id"),
    area="district",
    is_optional=True,
    tells_of_people=True,
)
