"""Hand-overs in few words."""

from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.deck.short import Short, plain


def waits(exhibit: Exhibit, w: Words) -> Short:
    """Return how the waits are told; the hand-over with the longest one is the title."""
    sizes = exhibit.table.frame["n"].dropna()
    if sizes.empty:
        return plain(exhibit, w)
    limits = {"low": w.number(sizes.min()), "high": w.number(sizes.max())}
    return Short(
        exhibit.title,
        (w("report_deck.line_waits"), w("report_deck.line_waits_n", **limits)),
        (w("report_deck.say_waits"), w("report_deck.say_not_caused")),
    )


def flow(exhibit: Exhibit, w: Words) -> Short:
    """Return how the flow is told; its largest stream is the title."""
    values = exhibit.table.frame["value"]
    if values.empty:
        return plain(exhibit, w)
    return Short(
        exhibit.title,
        (
            w("report_deck.line_flow", all=w.number(values.sum())),
            w("report_deck.line_flow_rest"),
        ),
        (w("report_deck.say_flow"), w("report_deck.say_not_caused")),
    )
