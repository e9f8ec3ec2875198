"""The answer first: the data decide which sentence stands there, and none claims an effect."""

import re
from datetime import date
from pathlib import Path

import pytest
from need_rows import COMPARISON, MODEL, SPLIT, Needs, publish

from analytics.domain.estimates import Status
from analytics.domain.filters import NeedFilter
from analytics.i18n import Words, words
from analytics.reports import key_figures as figures
from analytics.reports.overview import statements
from analytics.reports.span import BEFORE_PROGRAMME, PROGRAMME

DE, EN = words("de"), words("en")
DURING, BEFORE = NeedFilter(PROGRAMME), NeedFilter(BEFORE_PROGRAMME)
THEN = date(2016, 2, 1)

# 80 of 100 have 70.7 to 86.6 %, 50 of 100 have 39.9 to 59.3 %. The difference of 30 points reaches
# down by √(9.3² + 9.3²) = 13.1 and up by √(6.6² + 10.1²) = 12.1.
FAST = (Needs(80, MODEL, referred=30), Needs(20, MODEL, ended=200))
SLOW = (Needs(50, COMPARISON, referred=30), Needs(50, COMPARISON, ended=200))


def said(root: Path, given: tuple[Needs, ...], w: Words = DE) -> tuple[str, str, str]:
    with publish(root, given) as store:
        model, kim, uncertain = statements(store, DURING, w)
    return model.text, kim.text, uncertain.text


def swapped(given: tuple[Needs, ...], district: str) -> tuple[Needs, ...]:
    return tuple(Needs(n.count, district, n.on, n.referred, ended=n.ended) for n in given)


def test_more_where_the_interval_lies_above_zero(tmp_path: Path) -> None:
    german = said(tmp_path, (*FAST, *SLOW))[0]
    assert "In den Modellkommunen wurden 80,0\u00a0% der Bedarfe" in german
    assert "in den übrigen Kreisen und Städten 50,0\u00a0%" in german
    assert german.endswith("Das sind 30,0 Prozentpunkte mehr (95-%-Intervall 16,9 bis 42,1).")


def test_less_where_the_interval_lies_below_zero(tmp_path: Path) -> None:
    given = (*swapped(FAST, COMPARISON), *swapped(SLOW, MODEL))
    english = said(tmp_path, given, EN)[0]
    assert "30.0 percentage points less (95% interval 16.9 to 42.1)" in english


def test_alike_where_the_interval_holds_zero(tmp_path: Path) -> None:
    given = (Needs(52, MODEL, referred=30), Needs(48, MODEL, ended=200), *SLOW)
    german = said(tmp_path, given)[0]
    assert german.endswith("Ein Unterschied ist damit nicht belegt.")
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
    german = said(tmp_path, (Needs(60, MODEL, referred=30), *SLOW))[0]
    assert "wurden 100,0\u00a0% der Bedarfe" in german
    assert "50,0 Prozentpunkte mehr" in german


def test_uncertain_are_the_open_and_the_unassigned(tmp_path: Path) -> None:
    given = (*FAST, *SLOW, Needs(10, SPLIT, referred=30), Needs(40, COMPARISON))
    german = said(tmp_path, given)[2]
    assert "Zum Datenstand noch offen: 16,0\u00a0% der Bedarfe." in german  # 40 of 250
    assert "weil die Gemeinde fehlt: 4,0\u00a0% der Bedarfe." in german  # 10 of 250


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
@pytest.mark.parametrize("given", [(*FAST, *SLOW), (*SLOW, *swapped(SLOW, MODEL)), ()])
def test_effects_are_only_denied(
    tmp_path: Path, given: tuple[Needs, ...], w: Words, effect: str
) -> None:
    model, kim, uncertain = said(tmp_path, given, w)
    assert not re.search(effect, f"{model} {kim}", re.IGNORECASE)
    for sentence in re.split(r"(?<=[.:]) ", uncertain):
        if re.search(effect, sentence, re.IGNORECASE):
            assert re.search("keine Wirkung|not prove an effect", sentence)


def test_key_figures_and_their_change(tmp_path: Path) -> None:
    before = (Needs(50, on=THEN, referred=30), Needs(50, on=THEN, ended=200))
    after = (Needs(80, referred=20, started=60), Needs(20, ended=200))
    with publish(tmp_path, (*before, *after)) as store:
        share, median, started, binding = figures.key_figures(store, DURING, BEFORE, DE)
    assert share.value == "80,0\u00a0%"
    assert "n = 100" in share.interval
    assert share.change.startswith("+30,0 Prozentpunkte gegenüber Jan. 2015 bis Dez. 2016")
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
    # A quarter each on four days: the curve runs at one half between the second and the third.
    before = [Needs(25, on=THEN, referred=days) for days in (10, 15, 20, 25)]
    after = [Needs(25, referred=days) for days in (60, 70, 80, 90)]
    with publish(tmp_path, (*before, *after)) as store:
        median = figures.key_figure(store, "median_days_to_referral", DURING, BEFORE, DE)
    assert median.estimate.value == 75
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
