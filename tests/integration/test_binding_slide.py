"""Starts with and without an appointment on a slide: the page's numbers, and no cause."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from shared import demonstration, shared_folder

from analytics.disclosure import ReleasedTable
from analytics.domain.deck import DeckChoice, Story
from analytics.domain.release import Release
from analytics.i18n import LANGUAGES, Language, words
from analytics.reports.basis.formatting import Format
from analytics.reports.basis.opening import current_folder, open_snapshot
from analytics.reports.cooperation.binding_report import handover_binding
from analytics.reports.deck import Slide, slides
from analytics.reports.deck.short_cooperation import started_with_appointment

DECK = DeckChoice((Story.COOPERATION,))
FEW = 2_000
"""Cases of whom too few are handed over to release a comparison."""


def slide_of(root: Path, language: Language, release: Release) -> Slide:
    folder = current_folder(root)
    assert folder is not None
    with open_snapshot(folder, release) as store:
        return slides(store, DECK, words(language))[-1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_tells_the_numbers_of_the_page(demo_store: Path, language: Language) -> None:
    w = words(language)
    slide = slide_of(demo_store, language, Release.CONFIDENTIAL)
    assert (slide.id, slide.kind) == ("cooperation.binding", "chart")
    assert slide.exhibit is not None and slide.exhibit.needs is not None
    with open_snapshot(current_folder(demo_store)) as store:
        page = handover_binding(store, "started", slide.exhibit.needs, w)
    assert slide.title == page.title
    row = page.table.frame.iloc[0]
    share, points = Format("share"), Format("points", 1)
    beside = " ".join(slide.lines)
    for text in (
        share.text(row["bound"], w),
        share.text(row["unbound"], w),
        points.range(row["low"], row["high"], w),
        w.number(row["n"]),
    ):
        assert text in beside


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_says_aloud_that_appointments_did_it(demo_store: Path, language: Language) -> None:
    w = words(language)
    slide = slide_of(demo_store, language, Release.CONFIDENTIAL)
    assert slide.lines[-1] == w("report_deck.line_described")
    assert slide.sections[0].lines[-1] == w("report_deck.say_chosen")
    may_not = next(each for each in slide.sections if each.name == "may_not")
    assert may_not.lines == (w("report_deck.not_caused"),)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_difference_without_an_interval_is_told_as_one(
    demo_store: Path, language: Language
) -> None:
    w = words(language)
    exhibit = slide_of(demo_store, language, Release.CONFIDENTIAL).exhibit
    assert exhibit is not None
    rows = exhibit.table.frame.assign(low=np.nan, high=np.nan)
    alone = replace(exhibit, table=ReleasedTable(exhibit.table.columns, rows))
    told = started_with_appointment(alone, w)
    assert told.lines[1] == w("estimate.n", n=w.number(rows["n"].iloc[0]))
    assert told.say[0] == w("report_deck.say_gap")


def test_what_the_released_edition_does_not_compare_is_said(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    w, few = words("de"), demonstration(shared_folder(tmp_path_factory), FEW)
    slide = slide_of(few, "de", Release.RELEASED)
    assert (slide.id, slide.kind) == ("cooperation.binding", "text")
    assert slide.exhibit is None
    assert w("release.closed") in " ".join(slide.lines)
