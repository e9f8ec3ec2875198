"""Both groups side by side in few words: how far apart they are, and whether that is certain."""

from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import indicator
from analytics.domain.vocabulary import Group
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.formatting import Format
from analytics.reports.deck.short import Short, plain, side_by_side
from analytics.reports.indicators.assignment import assigned
from analytics.reports.indicators.clock import clock_counts
from analytics.reports.indicators.estimation import clock_estimates
from analytics.reports.indicators.group_comparison import Compared, compared
from analytics.reports.referrals.referral_times import HEADLINE

_POINTS = Format("points", 1)


def groups(store: ParquetStore, exhibit: Exhibit, needs: NeedFilter, w: Words) -> Short:
    """Return the difference of both groups with its interval; where there is none, both values."""
    counts, _ = clock_counts(store, "group", assigned(needs), split_by_unit=True)
    found = compared(clock_estimates(indicator(HEADLINE), counts))
    if found is None:
        return plain(exhibit, w)
    title = _title(found, w)
    if found.finding == "single" or found.gap is None:
        groups = (Group.MODEL, found.model), (Group.COMPARISON, found.comparison)
        values = [(w.label("group", group), estimate) for group, estimate in groups]
        return side_by_side(title, values, w("report_deck.line_intervals"), w)
    form = _POINTS.excluding(found.gap.low, found.gap.high, w)
    limits = form.range(found.gap.low, found.gap.high, w)
    bare = w("estimate.from_to", low=form.bare(found.gap.low, w), high=form.bare(found.gap.high, w))
    sizes = {"first": w.number(found.model.n), "second": w.number(found.comparison.n)}
    lines = (
        w("report_deck.line_gap", interval=w("estimate.interval", range=bare)),
        w("report_deck.line_sizes", **sizes),
        w("report_deck.line_not_caused"),
    )
    sure = w("report_deck.say_difference", gap=form.text(found.gap.estimate, w), range=limits)
    return Short(
        title,
        lines,
        (sure, w("report_deck.say_not_caused")),
        number=form.bare(found.gap.estimate, w),
    )


def _title(found: Compared, w: Words) -> str:
    form = Format("share")
    form = form.apart(*found.shown, w) if found.finding == "title" else form
    first, second = (form.text(value, w) for value in found.shown)
    texts = {"model": first, "comparison": second}
    return w(f"report_deck.groups_{found.finding}", **texts)
