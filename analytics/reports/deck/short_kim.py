"""The roll-out of KIM in few words: what is counted has no interval, what is published says so."""

from analytics.domain.estimates import Status
from analytics.i18n import Words
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.deck.short import Short, plain
from analytics.reports.kim.funding import FINAL_LEVEL, GRANTED, PUBLISHED


def progress(exhibit: Exhibit, w: Words) -> Short:
    """Return how many units have started and how many are fully staffed, of how many."""
    frame = exhibit.table.frame
    if frame.empty or (frame["status"] != Status.SHOWN).all():
        return plain(exhibit, w)
    latest = frame.sort_values("month").drop_duplicates("series", keep="last").set_index("series")
    texts = {
        "total": w.number(float(latest["total"].max())),
        "started": w.number(float(latest["value"].get("started", 0))),
        "staffed": w.number(float(latest["value"].get("fully_staffed", 0))),
        "date": w.date(exhibit.source.as_of),
    }
    lines = (
        w("report_deck.line_started", **texts),
        w("report_deck.line_staffed", **texts),
        w("report_deck.line_counted", **texts),
    )
    say = w("report_deck.say_progress", **texts), w("report_deck.say_rollout")
    return Short(exhibit.title, lines, say, number=texts["started"])


def funding(exhibit: Exhibit, w: Words) -> Short:
    """Return the final level, and what all grants of the snapshot come to."""
    frame = exhibit.table.frame
    final = frame.loc[frame["key"] == FINAL_LEVEL, "value"].iloc[0]
    granted = frame.loc[frame["series"] == GRANTED, "value"].sum()
    missing = frame[(frame["series"] == PUBLISHED) & (frame["status"] != Status.SHOWN)]
    texts = {
        "amount": w.money(float(final)),
        "granted": w.money(float(granted)),
    }
    years = w.join(missing["label"].astype(str).tolist())
    lines = [w("report_deck.line_final", **texts), w("report_deck.line_granted", **texts)]
    lines += [w("report_deck.line_unpublished", years=years)] if years else []
    say = w("report_deck.say_funding", **texts), w("report_deck.say_money")
    return Short(exhibit.title, tuple(lines), say)
