"""Every figure of the catalogue can be made, under the id and at the page that it names."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

import app
from analytics.domain.evaluation import EffectOutcome, ModelChoice
from analytics.domain.indicators import catalogue
from analytics.domain.pages import parted
from analytics.exports.file_names import file_stem
from analytics.i18n import LANGUAGES, Language, words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.basis.figure_names import figure_name
from analytics.reports.basis.figures import Asked
from analytics.reports.basis.opening import current_folder, open_snapshot
from analytics.reports.basis.span import PROGRAMME
from analytics.reports.catalogue.figures_catalogue import figure_exhibit, figures

W = words("de")
LONGEST = 15
"""Words of a finding, numbers included: about a dozen, and the name of an indicator or place."""


@pytest.fixture(scope="module")
def store(demo_store: Path) -> Iterator[ParquetStore]:
    folder = current_folder(demo_store)
    assert folder is not None
    opened = open_snapshot(folder)
    yield opened
    opened.close()


Shown = Callable[[str, Language], Exhibit]


@pytest.fixture(scope="module")
def shown(store: ParquetStore) -> Shown:
    """Each figure as it is usually asked for, made once a language."""

    @cache
    def make(figure_id: str, language: Language) -> Exhibit:
        asked = Asked(district="05766" if "district" in figures()[figure_id].required else None)
        return figure_exhibit(store, figure_id, asked, words(language))

    return make


@pytest.mark.parametrize("figure_id", figures())
def test_a_figure_is_the_exhibit_of_its_name(shown: Shown, figure_id: str) -> None:
    figure = figures()[figure_id]
    exhibit = shown(figure_id, "de")
    goes_on = bool(figure.required)
    assert exhibit.id.startswith(f"{figure_id}_") if goes_on else exhibit.id == figure_id
    assert exhibit.source.text
    # What is described as a number is one: spreadsheets calculate with it.
    kinds = {c.name for c in exhibit.table.columns if c.kind not in ("text", "date", "month")}
    cells = exhibit.table.frame[sorted(kinds - {"period", "start"})].to_numpy(object).ravel()
    assert not [cell for cell in cells if not pd.api.types.is_number(cell) and not pd.isna(cell)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_finding_is_short_and_says_below_what_is_measured(
    shown: Shown, language: Language
) -> None:
    for figure in figures().values():
        exhibit = shown(figure.id, language)
        said = [word for word in exhibit.title.split() if any(map(str.isalnum, word))]
        assert len(said) <= LONGEST, f"{figure.id}: {exhibit.title}"
        if figure.drawing and exhibit.table.columns:
            assert exhibit.subtitle, figure.id


def test_a_subtitle_names_measure_place_and_period(store: ParquetStore) -> None:
    shown = figure_exhibit(store, "share_referred_90d_by_group", Asked(PROGRAMME), W)
    measure = "Anteil vermittelt binnen 90 Tagen, in Prozent"
    assert shown.subtitle == f"{measure} · Nordrhein-Westfalen · 2017 bis 2019"
    of_district = figure_exhibit(store, "district_curve", Asked(PROGRAMME, district="05766"), W)
    assert of_district.subtitle.endswith("in Prozent · Kreis Lippe · 2017 bis 2019")
    # Whom figures count is said as well: a picture has nothing else that would.
    chosen = (("district", ("05315", "05913")), ("offer_area", ("language",)), ("sex", ("female",)))
    of_some = figure_exhibit(store, "share_referred_90d_by_group", Asked(PROGRAMME, chosen), W)
    assert of_some.subtitle == f"{measure} · Sprache · Weiblich · Köln und Dortmund · 2017 bis 2019"
    # Published facts are of a place and time of their own, not of the data cut.
    assert (
        W.date(store.manifest.as_of)
        not in figure_exhibit(store, "course_waits", Asked(), W).subtitle
    )


def test_a_headline_of_the_overview_counts_the_needs_of_both_groups(store: ParquetStore) -> None:
    name = "share_referred_90d"
    by_state = figure_exhibit(store, f"{name}_by_state", Asked(), W).table.frame
    by_group = figure_exhibit(store, f"{name}_by_group", Asked(PROGRAMME), W).table.frame
    assert by_state["n"].sum() == by_group["n"].sum() > 0


def test_figures_of_different_outcomes_have_different_file_names(store: ParquetStore) -> None:
    heeding = [figure for figure in figures().values() if "outcome" in figure.heeds]
    made = [
        figure.make(store, Asked(outcome=each), W) for figure in heeding for each in EffectOutcome
    ]
    names = [file_stem(exhibit) for exhibit in made if exhibit.table.columns]  # else it is refused
    assert len(names) > 2 * len(EffectOutcome)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_has_a_name_of_its_own_on_its_page(language: Language) -> None:
    names = [(each.page, figure_name(each, words(language))) for each in figures().values()]
    assert len(set(names)) == len(names)


def test_every_page_of_the_catalogue_exists() -> None:
    addresses = {page.address for pages in app.TASKS.values() for page in pages}
    assert {parted(figure.page)[0] for figure in figures().values()} <= addresses


def test_every_indicator_is_there_by_each_of_its_dimensions() -> None:
    expected = {f"{name}_by_{by}" for name, e in catalogue().items() for by in e.dimensions}
    assert expected <= set(figures())


def test_what_is_chosen_is_what_is_shown(store: ParquetStore) -> None:
    asked = Asked(district="05315", indicator="median_days_to_referral")
    assert figure_exhibit(store, "district_control", asked, W).id.endswith("referral_05315")
    assert Asked(outcome=EffectOutcome.DAYS).of_model() == ModelChoice(EffectOutcome.DAYS)
