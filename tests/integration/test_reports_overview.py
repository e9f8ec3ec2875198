"""The answer first: the data decide which sentence stands there, and none claims an effect."""

import re
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
from analytics.reports.programme.overview import statements

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


def said(root: Path, given: tuple[Needs, ...], w: Words = DE) -> tuple[str, str, str]:
    with publish(root, given) as store:
        model, kim, uncertain = statements(store, DURING, w)
    return model.text, kim.text, uncertain.text


def test_more_where_the_interval_lies_above_zero(tmp_path: Path) -> None:
    german = said(tmp_path, (*FAST, *SLOW))[0]
    assert "In den Modellkommunen wurden 80,0\u00a0% der Bedarfe" in german
    assert "in den übrigen Kreisen und Städten 50,0\u00a0%" in german
    assert "n = 100 aus 5 Kommunen" in german
    assert german.endswith("Das sind 30,0 Prozentpunkte mehr (95-%-Intervall 17,5 bis 40,8).")


def test_less_where_the_interval_lies_below_zero(tmp_path: Path) -> None:
    english = said(tmp_path, (*around(16, OTHERS), *around(10, MODELS)), EN)[0]
    assert "30.0 percentage points less (95% interval 17.5 to 40.8)" in english


def test_alike_where_the_interval_holds_zero(tmp_path: Path) -> None:
    # Two points more a district are 10 points, less than the 11.5 that the interval reaches.
    german = said(tmp_path, (*around(12, MODELS), *SLOW))[0]
    assert "Ein Unterschied ist damit nicht belegt (95-%-Intervall −" in german
    assert "mehr" not in german


def test_a_single_unit_is_not_compared(tmp_path: Path) -> None:
    german, english = (
        said(tmp_path / w.language, (*around(16, (MODEL,)), *SLOW), w)[0] for w in (DE, EN)
    )
    assert "(nur eine Kommune, deshalb ohne Intervall; n = 20)" in german
    assert german.endswith("deshalb wird nicht verglichen.")
    assert english.endswith("so nothing is compared.")
    assert "Prozentpunkte" not in german


@pytest.mark.parametrize(
    "model",
    [(), (Needs(4, MODEL, referred=30),), (Needs(3, MODEL, referred=9), Needs(40, MODEL, ended=9))],
)
def test_no_comparison_with_few_or_none(tmp_path: Path, model: tuple[Needs, ...]) -> None:
    german = said(tmp_path, (*model, *SLOW))[0]
    assert german.endswith("ein Vergleich ist nicht möglich.")
    assert "%" not in german


def test_everybody_referred_in_one_group_is_still_compared(tmp_path: Path) -> None:
    everybody = (Needs(20, district, referred=30) for district in MODELS)
    german = said(tmp_path, (*everybody, *SLOW))[0]
    assert "wurden 100,0\u00a0% der Bedarfe" in german
    assert "50,0 Prozentpunkte mehr" in german


def test_uncertain_are_the_open_and_the_unassigned(tmp_path: Path) -> None:
    given = (*FAST, *SLOW, Needs(10, SPLIT, referred=30), Needs(40, COMPARISON))
    german = said(tmp_path, given)[2]
    assert "Zum Datenstand noch offen: 16,0\u00a0% der Bedarfe." in german  # 40 of 250
    assert "weil die Gemeinde fehlt: 4,0\u00a0% der Bedarfe." in german  # 10 of 250
    assert "ähneln" not in german


def test_uncertain_gives_away_no_small_count(tmp_path: Path) -> None:
    english = said(tmp_path, (*FAST, *SLOW, Needs(3, SPLIT, referred=9)), EN)[2]
    assert "Still open at the data cut: no need." in english
    assert "municipality is missing: fewer than 5 needs." in english


@pytest.mark.parametrize(
    ("given", "start"),
    [((), "Für diese Auswahl liegen keine Bedarfe vor"),
     ((Needs(3),), "Für diese Auswahl liegen weniger als 5 Bedarfe vor")],
)  # fmt: skip
def test_none_and_few_are_told_apart(tmp_path: Path, given: tuple[Needs, ...], start: str) -> None:
    model, kim, uncertain = said(tmp_path, given)
    assert uncertain.startswith(start)
    assert model.endswith("nicht möglich.")
    assert kim


@pytest.mark.parametrize(("w", "effect"), [(DE, r"wirk|effekt"), (EN, r"effect|impact")])
@pytest.mark.parametrize("given", [(*FAST, *SLOW), (*SLOW, *around(10, MODELS)), ()])
def test_nothing_is_called_an_effect(
    tmp_path: Path, given: tuple[Needs, ...], w: Words, effect: str
) -> None:
    assert not re.search(effect, " ".join(said(tmp_path, given, w)), re.IGNORECASE)


def test_the_slide_says_what_is_open_but_nothing_of_a_comparison_not_on_it(tmp_path: Path) -> None:
    given = (*FAST, *SLOW, Needs(10, SPLIT, referred=30), Needs(40, COMPARISON))
    with publish(tmp_path, given) as store:
        page = statements(store, DURING, DE)[-1].text
        slide = overview_slide(store, DURING, DE)
    assert "Der Vergleich zeigt nicht" in page
    assert page.endswith(slide.sentence)
    assert slide.sentence.startswith("Zum Datenstand noch offen: 16,0\u00a0% der Bedarfe.")


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
    assert share.change == (
        "+30,0 Prozentpunkte gegenüber Jan. 2015 bis Dez. 2016 (95-%-Intervall +20,2 bis +39,8)"
    )
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
    assert median.change.startswith("+57,5 Tage gegenüber Jan. 2015 bis Dez. 2016")
    assert median.direction == "worse"


def test_hidden_figures_say_why(tmp_path: Path) -> None:
    with publish(tmp_path, (Needs(3, referred=30),)) as store:
        share, median, *_ = figures.key_figures(store, DURING, BEFORE, DE)
    for figure in (share, median):
        assert figure.estimate.status is Status.SUPPRESSED
        assert figure.value.startswith("geschützt")
        assert figure.interval == ""
        assert figure.estimate.n is None
