"""The frame without data, with damaged data, with a mistake on the page, with a new snapshot."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from resealing import reseal

from analytics.domain.vocabulary import Provenance
from analytics.extracts import soundness
from analytics.extracts.demo import DemoConfig, generate
from analytics.extracts.snapshots import SnapshotStore
from analytics.i18n import LANGUAGES, words

from .conftest import OpenPage


@pytest.fixture
def own_store(demo_store: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(demo_store, tmp_path / "store"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_snapshot_says_which_command_helps(open_page: OpenPage, tmp_path: Path, language: str):
    app = open_page("overview", store=tmp_path / "nothing", lang=language)
    assert not app.exception
    assert app.title[0].value == words(language)("ui.no_snapshot_title")
    assert app.code[0].value == "python -m analytics demo"


def _cut_a_table(snapshot: Path) -> None:
    table = snapshot / "referral_clock.parquet"
    table.write_bytes(table.read_bytes()[:100])


def _remove_a_table(snapshot: Path) -> None:
    (snapshot / "cases.parquet").unlink()


def _break_the_manifest(snapshot: Path) -> None:
    (snapshot / "manifest.json").write_text('{"snapshot_id":', "utf-8")


def _point_to_nothing(snapshot: Path) -> None:
    (snapshot.parent / "CURRENT").write_text("../../etc", "utf-8")


@pytest.mark.parametrize(
    "damage", [_cut_a_table, _remove_a_table, _break_the_manifest, _point_to_nothing]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_damage_is_named_without_a_traceback(
    open_page: OpenPage, own_store: Path, damage, language: str
):
    snapshot = SnapshotStore(own_store).current()
    assert snapshot is not None
    damage(snapshot)
    app = open_page("overview", store=own_store, lang=language)
    assert not app.exception
    assert app.title[0].value == words(language)("ui.damaged_title")
    assert app.code[0].value == "python -m analytics doctor"


@pytest.mark.parametrize("language", LANGUAGES)
def test_damage_to_an_open_snapshot_ends_its_figures(
    open_page: OpenPage, own_store: Path, language: str
):
    app = open_page("referral-times", store=own_store, lang=language)
    assert app.header
    snapshot = SnapshotStore(own_store).current()
    assert snapshot is not None
    file = snapshot / "referral_clock.parquet"
    whole = file.read_bytes()
    file.write_bytes(whole[:2000] + bytes([whole[2000] ^ 1]) + whole[2001:])
    app.run()
    assert not app.exception
    assert not app.header
    assert app.title[0].value == words(language)("ui.damaged_title")
    assert any("referral\\_clock" in text.value for text in app.markdown)
    file.write_bytes(whole)
    assert app.run().header


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_pointer_names_what_is_there(open_page: OpenPage, own_store: Path, language: str):
    snapshot = SnapshotStore(own_store).current()
    assert snapshot is not None
    (own_store / "CURRENT").unlink()
    app = open_page("overview", store=own_store, lang=language)
    assert app.title[0].value == words(language)("ui.unusable_title")
    assert any(f"activate {snapshot.name}" in text.value for text in app.markdown)
    assert "python -m analytics demo" not in {code.value for code in app.code}


def test_a_snapshot_that_is_still_checked_says_so(
    open_page: OpenPage, own_store: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(soundness, "LARGE", 0)
    monkeypatch.setattr(soundness.Watch, "_begin", lambda _: None)
    app = open_page("overview", store=own_store)
    assert not app.exception
    assert words("de")("ui.checking") in {info.value for info in app.info}
    assert app.header


def test_a_store_of_an_earlier_release_says_how_to_go_on(open_page: OpenPage, tmp_path: Path):
    fixture = Path(__file__).parents[1] / "fixtures" / "stores" / "release-0.1.0"
    app = open_page("overview", store=Path(shutil.copytree(fixture, tmp_path / "store")))
    assert app.title[0].value == words("de")("ui.unusable_title")
    assert any("snapshots rebuild" in text.value for text in app.markdown)


def test_a_new_snapshot_is_shown_without_a_restart(open_page: OpenPage, own_store: Path):
    app = open_page("referral-times", store=own_store)
    store = SnapshotStore(own_store)
    demo = generate(DemoConfig(cases=1_000, as_of=date(2021, 12, 31)))
    manifest = store.publish(
        demo.tables, as_of=demo.config.as_of, provenance=demo.provenance, source=demo.source
    )
    app.run()
    assert not app.exception
    assert any(manifest.snapshot_id in text.value for text in app.markdown)


def test_the_banner_says_when_some_data_are_real(open_page: OpenPage, own_store: Path):
    snapshot = SnapshotStore(own_store).current()
    assert snapshot is not None
    delivery = {
        "provenance": Provenance.DELIVERED,
        "file": "cases.csv",
        "delivered_at": "2024-01-31T12:00:00+00:00",
        "rows": 10,
    }
    reseal(
        snapshot,
        lambda content: content["tables"]["cases"]["deliveries"].update({"05315": delivery}),
    )
    app = open_page("referral-times", store=own_store)
    banner = "".join(block.proto.body for block in app.get("html"))
    assert words("de")("ui.banner_title_partly") in banner
