"""Code lists of the data contract (version 2).

The codes are what extracts contain and what the URL carries; their German and English labels are
messages (``code.<list>.<code>``). German terms are explained in ``docs/GLOSSARY.md``.
"""

from enum import StrEnum


class Provider(StrEnum):
    """The office or body that keeps the case."""

    INTEGRATION_CENTRE = "integration_centre"
    IMMIGRATION_OFFICE = "immigration_office"
    NATURALISATION_OFFICE = "naturalisation_office"
    JOB_CENTRE = "job_centre"
    EMPLOYMENT_AGENCY = "employment_agency"
    SOCIAL_WELFARE_OFFICE = "social_welfare_office"
    YOUTH_WELFARE_OFFICE = "youth_welfare_office"
    SCHOOL_OFFICE = "school_office"
    WELFARE_ASSOCIATION = "welfare_association"
    OTHER = "other"


class AccessPath(StrEnum):
    """How the person or household found the counselling."""

    SELF = "self"
    AUTHORITY = "authority"
    JOB_CENTRE = "job_centre"
    SCHOOL = "school"
    COUNSELLING_SERVICE = "counselling_service"
    VOLUNTEER = "volunteer"
    OUTREACH = "outreach"
    OTHER = "other"


class ClosureReason(StrEnum):
    """Why a case was closed."""

    GOALS_MET = "goals_met"
    HANDED_OVER = "handed_over"
    MOVED_AWAY = "moved_away"
    CONTACT_LOST = "contact_lost"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    OTHER = "other"


class LegalRegime(StrEnum):
    """The benefit regime (Rechtskreis) that applies to the case."""

    ASYLBLG = "asylblg"
    SGB2 = "sgb2"
    SGB3 = "sgb3"
    SGB12 = "sgb12"
    NONE = "none"
    UNKNOWN = "unknown"


class ResidenceStatus(StrEnum):
    """The residence status in groups."""

    ASYLUM_PROCEDURE = "asylum_procedure"
    TOLERATED = "tolerated"
    PROTECTION = "protection"
    TEMPORARY_PROTECTION = "temporary_protection"
    EU_CITIZEN = "eu_citizen"
    OTHER_PERMIT = "other_permit"
    SETTLEMENT = "settlement"
    UNKNOWN = "unknown"


class AgeGroup(StrEnum):
    """Age in groups, years completed."""

    UNDER_18 = "under_18"
    FROM_18_TO_24 = "18_24"
    FROM_25_TO_34 = "25_34"
    FROM_35_TO_54 = "35_54"
    FROM_55 = "55_plus"
    UNKNOWN = "unknown"


class Sex(StrEnum):
    """Sex as registered."""

    FEMALE = "female"
    MALE = "male"
    DIVERSE = "diverse"
    UNKNOWN = "unknown"


class OfferArea(StrEnum):
    """The kind of offer that a need is about."""

    LANGUAGE = "language"
    EDUCATION = "education"
    LABOUR_MARKET = "labour_market"
    HOUSING = "housing"
    HEALTH = "health"
    RESIDENCE_LAW = "residence_law"
    FAMILY = "family"
    OTHER = "other"


class Outcome(StrEnum):
    """How far a need has come."""

    OPEN = "open"
    REFERRED = "referred"
    STARTED = "started"
    NO_PLACE = "no_place"
    NOT_ENTITLED = "not_entitled"
    DECLINED = "declined"
    BROKEN_OFF = "broken_off"
    MOVED_AWAY = "moved_away"
    CONTACT_LOST = "contact_lost"


class ReceivingBody(StrEnum):
    """Who receives the person."""

    INTEGRATION_COURSE = "integration_course"
    VOCATIONAL_LANGUAGE_COURSE = "vocational_language_course"
    SCHOOL = "school"
    VOCATIONAL_TRAINING = "vocational_training"
    HIGHER_EDUCATION = "higher_education"
    JOB_CENTRE = "job_centre"
    EMPLOYMENT_AGENCY = "employment_agency"
    EMPLOYER = "employer"
    RECOGNITION_OFFICE = "recognition_office"
    COUNSELLING_SERVICE = "counselling_service"
    AUTHORITY = "authority"
    OTHER = "other"


class Body(StrEnum):
    """Who hands a person over, or receives them.

    Every code of ``Provider`` and of ``ReceivingBody``, once each: in a handover an office that
    keeps cases may stand on either side.
    """

    INTEGRATION_CENTRE = "integration_centre"
    IMMIGRATION_OFFICE = "immigration_office"
    NATURALISATION_OFFICE = "naturalisation_office"
    JOB_CENTRE = "job_centre"
    EMPLOYMENT_AGENCY = "employment_agency"
    SOCIAL_WELFARE_OFFICE = "social_welfare_office"
    YOUTH_WELFARE_OFFICE = "youth_welfare_office"
    SCHOOL_OFFICE = "school_office"
    WELFARE_ASSOCIATION = "welfare_association"
    INTEGRATION_COURSE = "integration_course"
    VOCATIONAL_LANGUAGE_COURSE = "vocational_language_course"
    SCHOOL = "school"
    VOCATIONAL_TRAINING = "vocational_training"
    HIGHER_EDUCATION = "higher_education"
    EMPLOYER = "employer"
    RECOGNITION_OFFICE = "recognition_office"
    COUNSELLING_SERVICE = "counselling_service"
    AUTHORITY = "authority"
    OTHER = "other"


class ReturnReason(StrEnum):
    """Why the receiving body gave a handover back."""

    NOT_RESPONSIBLE = "not_responsible"
    DOCUMENTS_MISSING = "documents_missing"
    NO_CAPACITY = "no_capacity"
    PERSON_ABSENT = "person_absent"
    OTHER = "other"


class Decision(StrEnum):
    """What the steering group (Lenkungsgruppe) decided about a theme."""

    ADOPTED = "adopted"
    REJECTED = "rejected"
    DEFERRED = "deferred"


class TitleKind(StrEnum):
    """What was applied for at the immigration or naturalisation office."""

    RESIDENCE_TITLE = "residence_title"
    NATURALISATION = "naturalisation"


class TitleDecision(StrEnum):
    """How such an application ended; ``withdrawn`` by the person."""

    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Module(StrEnum):
    """The three components (Bausteine) of KIM, in their official order."""

    COORDINATION = "coordination"
    CASE_MANAGEMENT = "case_management"
    AUTHORITIES = "authorities"


class Milestone(StrEnum):
    """Steps of a KIM module in a unit, in the order in which they are reached."""

    APPLIED = "applied"
    GRANTED = "granted"
    STARTED = "started"
    FULLY_STAFFED = "fully_staffed"


class FundingStatus(StrEnum):
    """How binding an amount is."""

    BUDGETED = "budgeted"
    GRANTED = "granted"
    PAID = "paid"


class Series(StrEnum):
    """Which population statistic a figure comes from; never mixed in one rate."""

    POPULATION_UPDATE = "population_update"
    AZR = "azr"


class ComparabilityKind(StrEnum):
    """Why values before and after a date may not be comparable."""

    DEFINITION = "definition"
    SOFTWARE = "software"
    COVERAGE = "coverage"
    PROCESS = "process"


class Group(StrEnum):
    """Model municipality or comparison unit.

    ``unassigned`` holds cases from a district with a model town whose municipality is unknown:
    they may or may not belong to the town, so they count in neither group.
    """

    MODEL = "model"
    COMPARISON = "comparison"
    UNASSIGNED = "unassigned"


class Provenance(StrEnum):
    """Where rows come from; ``mixed`` is said of figures only: delivered and synthetic rows."""

    OFFICIAL = "official"
    PUBLISHED = "published"
    DELIVERED = "delivered"
    SYNTHETIC = "synthetic"
    MIXED = "mixed"

    @property
    def is_made_up(self) -> bool:
        """Say whether anything of it is made up, which slides and frames mark."""
        return self in (Provenance.SYNTHETIC, Provenance.MIXED)
