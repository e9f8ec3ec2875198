"""The profile of a district as one value: what the page shows in parts and the PDF as a whole."""

from dataclasses import dataclass

from analytics.domain.district_choice import DistrictChoice
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.exhibit import Exhibit, SourceLine
from analytics.reports.districts.card import Card, card
from analytics.reports.districts.contributions_report import contributions
from analytics.reports.districts.control_report import control
from analytics.reports.districts.curve_report import curve
from analytics.reports.districts.funnel_report import funnel
from analytics.reports.districts.ring_exhibits import ring_map
from analytics.reports.districts.rollout_report import rollout
from analytics.reports.districts.scorecard import scorecard
from analytics.reports.districts.summary import summary
from analytics.reports.districts.themes import COURSE
from analytics.reports.referrals.referral_times import HEADLINE


@dataclass(frozen=True, slots=True, eq=False)
class DistrictProfile:
    """Everything that is told about a district; see the functions that make the parts."""

    choice: DistrictChoice
    card: Card
    summary: tuple[str, ...]
    scorecard: Exhibit
    curve: Exhibit
    funnel: Exhibit
    control: Exhibit
    contributions: Exhibit
    rollout: Exhibit
    locator: Exhibit

    @property
    def source(self) -> SourceLine:
        """Return the source line that covers all figures."""
        return self.scorecard.source


def district_profile(store: ParquetStore, choice: DistrictChoice, w: Words) -> DistrictProfile:
    """Return the profile of a district, its funnel of ``HEADLINE`` and its chart of ``COURSE``.

    Raises:
        UnknownAreaError: If the district or a chosen peer does not exist.
    """
    return DistrictProfile(
        choice=choice,
        card=card(store, choice, w),
        summary=summary(store, choice, w),
        scorecard=scorecard(store, choice, w),
        curve=curve(store, choice, w),
        funnel=funnel(store, choice, HEADLINE, w),
        control=control(store, choice, COURSE, w),
        contributions=contributions(store, choice, w),
        rollout=rollout(store, choice, w),
        locator=ring_map(store, choice, w),
    )
