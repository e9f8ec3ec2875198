"""After one district has delivered, each figure says whether it is delivered, synthetic or both."""

from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from streamlit.testing.v1 import AppTest

from analytics.domain.filters import NeedFilter, only
from analytics.domain.periods import Period
from analytics.domain.vocabulary import Provenance
from analytics.extracts.contract import TABLES
from analytics.extracts.ingest import ingest
from analytics.extracts.manifest import read_manifest
from analytics.extracts.snapshots import SnapshotStore
from analytics.i18n import LANGUAGES, Language, words
from analytics.queries.store import ParquetStore
from analytics.reports.districts.indicator_map import district_panel, map_view
from analytics.reports.indicators.indicator_values import indicator_values

from .conftest import ON_A_MAP, OpenPage

DELIVERING, OTHER = "05315", "05111"


@pytest.fixture(scope="module")
def mixed_store(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store whose demonstration rows of one district have been replaced by a delivery."""
    folder = SnapshotStore(demo_store).current()
    assert folder is not None
    root = tmp_path_factory.mktemp("mixed")
    store = SnapshotStore(root / "store")
    store.publish(
        {name: folder / f"{name}.parquet" for name in _provenance(folder)},
        as_of=date(2023, 12, 31),
        provenance=_provenance(folder),
        source="demo",
    )
    for name in ("cases", "referrals"):
        file = root / f"{name}.parquet"
        rows = pq.read_table(folder / file.name, filters=[("district", "=", DELIVERING)])
        pq.write_table(rows, file)
        report = ingest([file], TABLES[name], store=store, district=DELIVERING)
        assert (report.manifest is not None, report.findings) == (True, ())
    return store.root


def _provenance(folder: Path) -> dict[str, Provenance]:
    entries = read_manifest(folder).tables
    return {name: entries[name].provenance for name in TABLES if name in entries}


def _sources(app: AppTest) -> list[str]:
    """Return the badges, and the source at the foot of each figure."""
    starts = tuple(f":small[:gray[{words(each)('provenance.brief')[:6]}" for each in LANGUAGES)
    told = [text.value for text in app.markdown]
    return [text for text in told if "-badge[" in text or text.startswith(starts)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_panel_says_what_the_district_delivered(
    open_page: OpenPage, mixed_store: Path, language: Language
) -> None:
    w = words(language)
    delivered, synthetic, mixed = (
        w.label("provenance", kind) for kind in ("delivered", "synthetic", "mixed")
    )

    own = open_page(
        "explore",
        **ON_A_MAP,
        store=mixed_store,
        lang=language,
        district=DELIVERING,
    )
    other = open_page("explore", **ON_A_MAP, store=mixed_store, lang=language, district=OTHER)

    assert not own.exception
    assert any(delivered in source for source in _sources(own))
    assert any(mixed in source for source in _sources(own))  # the map
    assert not any(synthetic in source for source in _sources(own))
    assert any(synthetic in source for source in _sources(other))
    assert not any(delivered in source for source in _sources(other))


def test_the_state_is_mixed_and_the_roll_out_synthetic(
    open_page: OpenPage, mixed_store: Path
) -> None:
    w = words("de")
    times = open_page("referral-times", store=mixed_store)
    rollout = open_page("kim-rollout", store=mixed_store)

    assert any(w.label("provenance", "mixed") in source for source in _sources(times))
    assert not any(w.label("provenance", "delivered") in source for source in _sources(times))
    assert not any(w.label("provenance", "mixed") in source for source in _sources(rollout))
    banner = "".join(block.proto.body for block in times.get("html"))
    assert w("ui.banner_title_partly") in banner


def test_the_table_of_districts_tells_each_origin(mixed_store: Path) -> None:
    w = words("de")
    folder = SnapshotStore(mixed_store).current()
    assert folder is not None
    needs = NeedFilter(Period.parse("2018-01", "2019-12"))
    with ParquetStore(folder) as store:
        frame = map_view(store, "share_referred_90d", needs, w).table.frame.set_index("district")
        panel = district_panel(store, "share_referred_90d", DELIVERING, needs, w)
        group = NeedFilter(needs.period, only(group=("comparison",)))
        assert (
            indicator_values(store, "share_referred_90d", "state", group, w).source.provenance
            is Provenance.SYNTHETIC
        )

    assert frame.loc[DELIVERING, "provenance"] == Provenance.DELIVERED
    assert frame.loc[DELIVERING, "origin"] == w.label("provenance", "delivered")
    assert set(frame["origin"].drop(DELIVERING)) == {w.label("provenance", "synthetic")}
    assert panel.source.provenance is Provenance.DELIVERED
    assert w.label("provenance", "mixed") in panel.figure.change
    assert panel.trend is not None
    assert panel.trend.source.provenance is Provenance.DELIVERED
    assert panel.neighbours.source.provenance is Provenance.MIXED
