"""The map and the panel of a district: same values, neighbours by name, nothing given away."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from analytics.domain.areas import UnknownAreaError, registry
from analytics.domain.filters import NeedFilter, only
from analytics.domain.indicators import catalogue
from analytics.domain.periods import Period
from analytics.domain.vocabulary import Provenance
from analytics.extracts.contract import TABLES
from analytics.extracts.snapshots import SnapshotStore
from analytics.i18n import LANGUAGES, Language, words
from analytics.queries.store import ParquetStore
from analytics.reports.districts.indicator_map import district_panel, map_view
from analytics.reports.indicators.indicator_values import indicator_values
from analytics.reports.indicators.process import optional_table

DE = words("de")
NEEDS = NeedFilter(Period.parse("2018-01", "2019-12"))
SHARE = "share_referred_90d"
AS_OF = date(2020, 12, 31)
KÖLN, BONN, WESEL = "05315", "05314", "05170"
SMALL = "05966"


def _rows(district: str, count: int) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    cases: list[dict[str, object]] = []
    referrals: list[dict[str, object]] = []
    for number in range(count):
        need = date(2018, 1, 1) + timedelta(days=7 * (number % 100))
        days = 20 if number % 3 else 200
        cases.append({"case_id": f"c{number}", "district": district, "opened_on": need})
        referrals.append(
            {
                "referral_id": f"r{number}",
                "case_id": f"c{number}",
                "district": district,
                "offer_area": "language",
                "need_recorded_on": need,
                "referred_on": need + timedelta(days=days),
                "outcome": "referred",
                "recorded_on": need,
            }
        )
    return cases, referrals


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ParquetStore]:
    cases: list[dict[str, object]] = []
    referrals: list[dict[str, object]] = []
    for place, area in enumerate(registry().districts):
        # Sizes differ: parts of the same size would be hidden together.
        more = _rows(area.ags, 3 if area.ags == SMALL else 90 + 3 * place)
        cases += more[0]
        referrals += more[1]
    rows = {
        "cases": cases,
        "referrals": referrals,
        "population": [
            {
                "district": KÖLN,
                "reference_date": date(2019, 12, 31),
                "population": 1_087_863,
                "foreign_population": 211_000,
                "foreign_share": 0.194,
                "series": "population_update",
            }
        ],
        "rollout": [
            {
                "unit": KÖLN,
                "module": "case_management",
                "milestone": "started",
                "reached_on": date(2020, 10, 1),
            }
        ],
        "posts": [
            {
                "unit": KÖLN,
                "module": "case_management",
                "quarter": date(2020, 7, 1),
                "fte_funded": 4.0,
                "fte_filled": 2.5,
            }
        ],
        "comparability": [
            {
                "district": KÖLN,
                "table": "cases",
                "valid_from": date(2018, 7, 1),
                "kind": "software",
            }
        ],
    }
    root: Path = tmp_path_factory.mktemp("store")
    SnapshotStore(root).publish(
        {name: pa.Table.from_pylist(r, TABLES[name].schema) for name, r in rows.items()},
        as_of=AS_OF,
        provenance=Provenance.SYNTHETIC,
        source="test",
    )
    folder = SnapshotStore(root).current()
    assert folder is not None
    with ParquetStore(folder) as opened:
        yield opened


def test_the_map_shows_every_district_whatever_districts_are_chosen(store: ParquetStore) -> None:
    chosen = NeedFilter(NEEDS.period, only(district=(KÖLN,)))
    frame = map_view(store, SHARE, chosen, DE).table.frame
    assert list(frame["district"]) == [area.ags for area in registry().districts]


def test_the_panel_shows_the_value_of_the_map(store: ParquetStore) -> None:
    frame = map_view(store, SHARE, NEEDS, DE).table.frame.set_index("district")
    panel = district_panel(store, SHARE, KÖLN, NEEDS, DE)
    assert panel.figure.estimate.value == frame.loc[KÖLN, "value"]
    assert (panel.name, panel.kind, panel.regierungsbezirk) == ("Köln", "Kreisfreie Stadt", "Köln")
    assert panel.figure.change.startswith("Nordrhein-Westfalen, 2018 bis 2019: ")


def test_the_state_beside_a_district_names_the_selection(store: ParquetStore) -> None:
    needs = NeedFilter(Period.parse("2018-01", "2019-06"), only(offer_area=("language", "housing")))
    panel = district_panel(store, SHARE, KÖLN, needs, DE)
    period = "Jan. 2018 bis Juni 2019"
    start = f"Nordrhein-Westfalen, Wohnen und Sprache, {period}: "
    assert panel.figure.change.startswith(start)


def test_neighbours_are_sorted_by_name_after_the_district(store: ParquetStore) -> None:
    panel = district_panel(store, SHARE, KÖLN, NEEDS, DE)
    frame = panel.neighbours.table.frame
    assert frame["district"].iloc[0] == KÖLN
    assert list(frame["label"].iloc[1:]) == sorted(frame["label"].iloc[1:])
    assert BONN not in set(frame["district"])
    assert f"{len(frame) - 1} von {len(frame) - 1}" in panel.neighbours.sentence


def test_a_protected_district_has_no_trend_that_adds_up_to_it(store: ParquetStore) -> None:
    panel = district_panel(store, SHARE, SMALL, NEEDS, DE)
    assert panel.figure.estimate.value is None
    assert panel.figure.value == "geschützt"
    assert panel.trend is None
    assert district_panel(store, SHARE, KÖLN, NEEDS, DE).trend is not None


def test_facts_name_origin_and_source(store: ParquetStore) -> None:
    facts = district_panel(store, SHARE, KÖLN, NEEDS, DE).facts
    text = " ".join(facts)
    assert "1.087.863, davon 19,4\u00a0%" in text
    assert "Letzte Lieferung: bisher keine" in text
    assert "Letzte Erfassung eines Bedarfs: " in text
    assert "Köln; Beginn: Apr. 2017 [4]" in text
    assert "ab 01.07.2018: Neues Fachverfahren (Fälle)" in text
    wesel = " ".join(district_panel(store, SHARE, WESEL, NEEDS, DE).facts)
    assert "Moers; Beginn in keiner Quelle gefunden [14] [27] [28]" in wesel


def test_kim_in_a_district_has_its_modules_and_posts(store: ParquetStore) -> None:
    (group,) = district_panel(store, SHARE, KÖLN, NEEDS, DE).kim
    assert group.title == "KIM – Demonstrationsdaten (synthetisch)"
    assert "Baustein 2: Case Management: begonnen Okt. 2020." in group.facts
    assert sum("noch kein Meilenstein" in fact for fact in group.facts) == 2
    assert "KIM-Stellen im 3. Quartal 2020: 2,5 von 4,0" in group.facts[-1]


def test_stadt_aachen_is_a_kim_unit_of_its_own(store: ParquetStore) -> None:
    region, town = district_panel(store, SHARE, "05334", NEEDS, DE).kim
    assert "Städteregion Aachen" in region.title
    assert "Stadt Aachen" in town.title
    assert "eigene KIM-Einheit" in town.facts[0]


def test_quarters_with_too_few_cases_are_not_drawn_and_said_to_be(store: ParquetStore) -> None:
    needs = NeedFilter(Period.parse("2018-01", "2018-03"))
    trend = district_panel(store, SHARE, WESEL, needs, DE).trend
    assert trend is not None
    shown = (trend.table.frame["status"] == "shown").sum()
    assert trend.title.startswith("Kreis Wesel – Anteil vermittelt binnen 90 Tagen")
    assert ("1 von 1 Quartalen ausgewiesen" in trend.sentence) == (shown == 1)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "indicator_id",
    [i.id for i in catalogue().values() if "district" in i.dimensions and not optional_table(i)],
)
def test_every_indicator_has_a_panel(
    store: ParquetStore, indicator_id: str, language: Language
) -> None:
    panel = district_panel(store, indicator_id, KÖLN, NEEDS, words(language))
    assert panel.figure.value
    assert panel.neighbours.title
    assert all("{" not in fact for fact in panel.facts)


def test_a_single_value_is_not_told_as_a_range(store: ParquetStore) -> None:
    exhibit = indicator_values(store, SHARE, "offer_area", NEEDS, DE)
    assert (exhibit.table.frame["status"] == "shown").sum() == 1
    assert " bis " not in exhibit.title
    assert "nur ein Wert ausgewiesen, Sprache: " in exhibit.sentence


def test_an_unknown_district_is_refused(store: ParquetStore) -> None:
    with pytest.raises(UnknownAreaError):
        district_panel(store, SHARE, "05999", NEEDS, DE)
