"""Who the peers of a district are and why: the same distances in words, rows and roles."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from analytics.domain.areas import UnknownAreaError, registry
from analytics.domain.district_choice import DistrictChoice
from analytics.domain.periods import Period
from analytics.extracts.snapshots import SnapshotStore
from analytics.i18n import LANGUAGES, Language, words
from analytics.queries.store import ParquetStore
from analytics.reports.districts.ring import RING_SIZE, has_close_peers, nearest_of, others_of
from analytics.reports.districts.ring_exhibits import ring_differences, ring_map
from analytics.stats.peers import Peers

DE = words("de")
PERIOD = Period.parse("2021-01", "2023-12")
LIPPE, KOELN, PADERBORN = "05766", "05315", "05774"
BOTH = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def store(demo_store: Path) -> Iterator[ParquetStore]:
    folder = SnapshotStore(demo_store).current()
    assert folder is not None
    with ParquetStore(folder) as opened:
        yield opened


def choice(district: str, *ring: str) -> DistrictChoice:
    return DistrictChoice(district, PERIOD, ring)


def others(store: ParquetStore, district: str) -> Peers:
    found = others_of(store, district)
    assert found is not None
    return found


class TestMap:
    def test_every_district_has_one_role(self, store: ParquetStore):
        frame = ring_map(store, choice(LIPPE), DE).table.frame
        assert list(frame["key"]) == [area.ags for area in registry().districts]
        assert list(frame.loc[frame["role"] == "own", "key"]) == [LIPPE]
        nearest = nearest_of(store, LIPPE)
        assert nearest is not None
        members = set(frame.loc[frame["role"] == "peers", "key"])
        assert members == {peer.unit for peer in nearest.peers}
        assert len(members) == RING_SIZE

    def test_distances_are_those_of_the_statistic(self, store: ParquetStore):
        frame = ring_map(store, choice(LIPPE), DE).table.frame.set_index("key")
        for peer in others(store, LIPPE).peers:
            assert frame.loc[peer.unit, "distance"] == peer.distance
        assert np.isnan(frame.loc[LIPPE, "distance"])

    @BOTH
    def test_title_names_the_nearest_first(self, store: ParquetStore, language: Language):
        shown = ring_map(store, choice(LIPPE), words(language))
        names = [registry().district(p.unit).name for p in others(store, LIPPE).peers]
        places = [shown.title.index(name) for name in names[:3]]
        assert places == sorted(places)
        assert names[3] not in shown.title
        assert all(name in shown.sentence for name in names[:RING_SIZE])
        assert words(language).number(len(names)) in shown.sentence

    def test_an_own_ring_says_how_many_are_among_the_most_alike(self, store: ParquetStore):
        shown = ring_map(store, choice(LIPPE, PADERBORN, KOELN), DE)
        assert "1 von 2 unter den 8" in shown.title
        frame = shown.table.frame
        assert set(frame.loc[frame["role"] == "peers", "key"]) == {PADERBORN, KOELN}
        assert dict(shown.choice) == {"district": LIPPE, "peers": f"{KOELN}+{PADERBORN}"}

    def test_few_peers_are_warned_of(self, store: ParquetStore):
        few = DE("report_ring.note_few", count="2")
        assert few in ring_map(store, choice(LIPPE, PADERBORN, KOELN), DE).notes
        three = ring_map(store, choice(LIPPE, PADERBORN, KOELN, "05111"), DE)
        assert not any(note.startswith("Ein Ring aus so wenigen") for note in three.notes)

    def test_nobody_is_unknown(self, store: ParquetStore):
        with pytest.raises(UnknownAreaError):
            ring_map(store, choice(LIPPE, "99999"), DE)


class TestUnusual:
    def test_only_koeln_has_no_close_peers(self, store: ParquetStore):
        apart = [a.ags for a in registry().districts if not has_close_peers(store, a.ags)]
        assert apart == [KOELN]

    @BOTH
    def test_its_title_and_sentence_say_so(self, store: ParquetStore, language: Language):
        w = words(language)
        shown = ring_map(store, choice(KOELN), w)
        names = w.join([registry().district(p.unit).name for p in others(store, KOELN).peers[:3]])
        assert shown.title == w("report_ring.title_apart", district="Köln", names=names)
        distance = w.number(others(store, KOELN).peers[0].distance, 1)
        assert distance in shown.sentence
        usual = ring_map(store, choice(LIPPE), w)
        assert len(usual.sentence) < len(shown.sentence)


class TestDifferences:
    def test_one_row_a_peer_and_variable_nearest_first(self, store: ParquetStore):
        frame = ring_differences(store, choice(LIPPE), DE).table.frame
        assert len(frame) == RING_SIZE * frame["variable"].nunique()
        assert not frame.duplicated(["key", "variable"]).any()
        assert frame["distance"].is_monotonic_increasing

    def test_differences_make_up_the_distance(self, store: ParquetStore):
        frame = ring_differences(store, choice(KOELN), DE).table.frame
        for _, part in frame.groupby("key"):
            assert np.sqrt((part["value"] ** 2).sum()) == pytest.approx(part["distance"].iloc[0])
            assert part["share"].sum() == pytest.approx(1)

    def test_any_member_of_an_own_ring_is_compared(self, store: ParquetStore):
        frame = ring_differences(store, choice(LIPPE, PADERBORN, KOELN), DE).table.frame
        assert list(dict.fromkeys(frame["key"])) == [PADERBORN, KOELN]
        assert list(frame.drop_duplicates("key")["is_nearest"]) == [True, False]

    def test_values_are_those_of_official_statistics(self, store: ParquetStore):
        frame = ring_differences(store, choice(LIPPE, KOELN), DE).table.frame
        told = frame.set_index("variable")
        # 31.12.2019, Statistische Ämter: the exports in data/reference.
        assert told.loc["log_population", "peer_text"] == "1.087.863"
        assert told.loc["log_population", "own_text"] == "347.514"
        assert told.loc["log_density", "peer_text"].endswith("je km²")
        assert told.loc["foreign_share", "peer_text"] == "19,4\u00a0%"
        assert told.loc["foreign_share_change", "peer_text"].startswith("+")
        assert "31.12.2014 bis 31.12.2019" in told.loc["foreign_share_change", "variable_label"]
        assert list(told.loc["independent_city", ["own_text", "peer_text"]]) == [
            DE("report_map.kind_district"),
            DE("report_map.kind_independent_city"),
        ]

    def test_the_sentence_names_the_next_district_outside(self, store: ParquetStore):
        ninth = others(store, LIPPE).peers[RING_SIZE]
        sentence = ring_differences(store, choice(LIPPE), DE).sentence
        outside = DE(
            "report_ring.outside",
            name=registry().district(ninth.unit).name,
            distance=DE.number(ninth.distance, 1),
        )
        assert outside in sentence

    def test_outside_a_ring_of_all_is_nobody(self, store: ParquetStore):
        everyone = [area.ags for area in registry().districts]
        shown = ring_differences(store, choice(LIPPE, *everyone), DE)
        assert "Außerhalb" not in shown.sentence

    def test_the_title_names_the_weightiest_variable(self, store: ParquetStore):
        shown = ring_differences(store, choice(KOELN), DE)
        frame = shown.table.frame
        squares = (frame["value"] ** 2).groupby(frame["variable"]).sum()
        assert DE(f"report_ring.variable_{squares.idxmax()}") in shown.title
        assert DE.percent(squares.max() / squares.sum()) in " ".join(shown.notes)
