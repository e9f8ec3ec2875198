"""The numbers of the whole state: what is uncertain, key figures and how far they have moved."""

from datetime import date
from pathlib import Path

import pytest
from need_rows import COMPARISON, MODEL, SPLIT, Needs, publish

from analytics.domain.estimates import Status
from analytics.domain.filters import NeedFilter
from analytics.i18n import Words, words
from analytics.reports.basis.span import BEFORE_PROGRAMME, PROGRAMME
from analytics.reports.deck.headlines import overview_slide
from analytics.reports.indicators import key_figures as figures
from analytics.reports.programme.uncertain import uncertain_needs

DE, EN = words("de"), words("en")
DURING, BEFORE = NeedFilter(PROGRAMME), NeedFilter(BEFORE_PROGRAMME)
THEN = date(2016, 2, 1)

MODELS = ("05124", "05315", "05378", "05515", MODEL)
OTHERS = ("05111", "05112", "05113", "05114", COMPARISON)


def around(
    middle: int, districts: tuple[str, ...], on: date = date(2018, 2, 1)
) -> tuple[Needs, ...]:
    """Return 20 needs of each district, of which ``middle`` - 2 to ``middle`` + 2 are referred."""
    return tuple(
        needs
        for place, district in enumerate(districts)
        for needs in (
            Needs(middle + place - 2, district, referred=30),
            Needs(22 - middle - place, district, ended=200),
        )
    )


# The shares of five districts lie 5 points apart: their standard deviation is 5 · √2.5 = 7.9
# points, the error of the mean 3.5, that of a difference of two such means 5, and t with 8 degrees
# of freedom 2.306: 30 points ± 11.5, a point more down and less up, as shares stop at 100 %.
FAST, SLOW = around(16, MODELS), around(10, OTHERS)


def uncertain(root: Path, given: tuple[Needs, ...], w: Words = DE) -> str:
    with publish(root, given) as store:
        return uncertain_needs(store, DURING, w)


def test_uncertain_are_the_open_and_the_unassigned(tmp_path: Path) -> None:
    given = (*FAST, *SLOW, Needs(10, SPLIT, referred=30), Needs(40, COMPARISON))
    german = uncertain(tmp_path, given)
    assert "Zum Datenstand sind noch 16,0\u00a0% der Bedarfe offen." in german  # 40 of 250
    assert (
        "4,0\u00a0% der Bedarfe gehören zu keiner Gruppe, weil die Gemeinde fehlt." in german
    )  # 10 of 250
    assert "ähneln" not in german


def test_uncertain_gives_away_no_small_count(tmp_path: Path) -> None:
    english = uncertain(tmp_path, (*FAST, *SLOW, Needs(3, SPLIT, referred=9)), EN)
    assert "At the data cut no need is open any more." in english
    assert "Fewer than 5 needs belong to neither group" in english


@pytest.mark.parametrize(
    ("given", "start"),
    [((), "Für diese Auswahl liegen keine Bedarfe vor"),
     ((Needs(3),), "Für diese Auswahl liegen weniger als 5 Bedarfe vor")],
)  # fmt: skip
def test_none_and_few_are_told_apart(tmp_path: Path, given: tuple[Needs, ...], start: str) -> None:
    assert uncertain(tmp_path, given).startswith(start)


def test_the_slide_says_what_is_open_but_nothing_of_a_comparison_not_on_it(tmp_path: Path) -> None:
    given = (*FAST, *SLOW, Needs(10, SPLIT, referred=30), Needs(40, COMPARISON))
    with publish(tmp_path, given) as store:
        slide = overview_slide(store, DURING, DE)
        assert slide.lines == (uncertain_needs(store, DURING, DE),)
    assert slide.lines[0].startswith("Zum Datenstand sind noch 16,0\u00a0% der Bedarfe offen.")


def test_key_figures_and_their_change(tmp_path: Path) -> None:
    # Districts gain 50 to 70 points from 50 % each; left out, they move the gain by 2.5 or 0.
    before = [
        needs
        for district in OTHERS
        for needs in (
            Needs(10, district, THEN, referred=30), Needs(10, district, THEN, ended=200)
        )
    ]  # fmt: skip
    after = [
        needs
        for place, district in enumerate(OTHERS)
        for needs in (
            Needs(14 + place, district, referred=20, started=60),
            Needs(6 - place, district, ended=200),
        )
    ]
    with publish(tmp_path, (*before, *after)) as store:
        share, median, started, binding = figures.key_figures(store, DURING, BEFORE, DE)
    assert share.value == "80,0\u00a0%"
    assert "n = 100" in share.interval
    # 5 · √2.5 / √5 = 3.54 points, t with 4 degrees of freedom 2.776: 30 ± 9.8.
    assert share.change == "+30,0 Prozentpunkte (95-%-Intervall +20,2 bis +39,8)"
    assert share.direction == "better"
    assert median.value == "20\u00a0Tage"
    assert started.value == "80,0\u00a0%"
    assert binding.estimate.status is Status.NO_DATA
    assert (binding.value, binding.interval) == ("keine Daten", "")
    assert binding.change == "kein Vergleich mit Jan. 2015 bis Dez. 2016 möglich"
    assert binding.direction == "unclear"


def test_a_change_within_chance_is_unclear(tmp_path: Path) -> None:
    before = (Needs(50, on=THEN, referred=30), Needs(50, on=THEN, ended=200))
    after = (Needs(52, referred=30), Needs(48, ended=200))
    with publish(tmp_path, (*before, *after)) as store:
        share = figures.key_figures(store, DURING, BEFORE, EN)[0]
    assert share.change.startswith("+2.0 percentage points")
    assert share.direction == "unclear"


def test_slower_is_worse(tmp_path: Path) -> None:
    # A quarter each around four days: the curve runs at one half from day 19 to 20, and 74 to 80.
    given = [
        Needs(5, district, on, referred=days + place)
        for place, district in enumerate(OTHERS)
        for on, waits in ((THEN, (10, 15, 20, 25)), (date(2018, 2, 1), (60, 70, 80, 90)))
        for days in waits
    ]
    with publish(tmp_path, given) as store:
        median = figures.key_figure(store, "median_days_to_referral", DURING, BEFORE, DE)
    assert median.estimate.value == 77
    assert median.change.startswith("+57,5 Tage (95-%-Intervall")
    assert median.direction == "worse"


def test_hidden_figures_say_why(tmp_path: Path) -> None:
    with publish(tmp_path, (Needs(3, referred=30),)) as store:
        share, median, *_ = figures.key_figures(store, DURING, BEFORE, DE)
    for figure in (share, median):
        assert figure.estimate.status is Status.SUPPRESSED
        assert figure.value.startswith("geschützt")
        assert figure.interval == ""
        assert figure.estimate.n is None
