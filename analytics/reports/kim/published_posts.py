"""Posts that districts and towns have published, each with its date and source."""

import pandas as pd

from analytics.domain.programme import LocalPosts, facts
from analytics.domain.vocabulary import Module
from analytics.i18n import Words
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Basis, Column, Exhibit, readable
from analytics.reports.basis.names import sort_key
from analytics.reports.basis.provenance import published_source
from analytics.reports.basis.published import (
    bracketed,
    date_text,
    numbers,
    place_name,
    qualified,
)


@figure("kim_published_posts", "kim-rollout", takes.PUBLISHED)
def published_posts(w: Words) -> Exhibit:
    """Return one row per published figure, by name of the place and in time.

    Columns ``key`` (AGS), ``label, module_label, value`` (full-time posts), ``figure`` (as
    published), ``date, note, source`` (numbers of the sources).
    """
    found = sorted(facts().posts, key=_order)
    frame = pd.DataFrame([_row(post, w) for post in found])
    places = w.number(frame["key"].nunique())
    of_case_management = [p.fte for p in found if p.module is Module.CASE_MANAGEMENT]
    return Basis(published_source(numbers(found), w), w).exhibit(
        "kim_published_posts",
        w("report_kim.published_title", places=places),
        w(
            "report_kim.published_sentence",
            low=_fte(min(of_case_management), w),
            high=_fte(max(of_case_management), w),
        ),
        (
            Column("key", w("report_kim.unit_key"), internal=True),
            Column("label", w("report_kim.place")),
            *readable(w, module_label="report_kim.module", figure="report_kim.posts_value"),
            Column("value", w("report_kim.posts_value"), "number", 1, internal=True),
            *readable(
                w, date="report_kim.date", note="report_kim.remark", source="report_kim.source"
            ),
        ),
        frame,
        notes=(
            w("report_kim.note_posts_no_total"),
            w("report_kim.note_published_apart"),
            w("report_kim.note_published"),
        ),
    )


def _order(post: LocalPosts) -> tuple[str, str, str]:
    return sort_key(place_name(post.ags)), str(post.module or ""), str(post.date or "")


def _row(post: LocalPosts, w: Words) -> dict[str, object]:
    module = post.module
    return {
        "key": post.ags,
        "label": place_name(post.ags),
        "module_label": w.label("module", module) if module else w("report_kim.all_modules"),
        "value": post.fte,
        "figure": qualified(_fte(post.fte, w), post.qualifier, w),
        "date": date_text(post.date, w),
        "note": post.text.in_language(w.language) if post.text else "–",
        "source": bracketed(post),
    }


def _fte(posts: float, w: Words) -> str:
    """Return full-time posts as published: a decimal only where there is one."""
    return w.number(posts, 0 if posts.is_integer() else 1)
