"""Settings come from the environment, are checked, and do not change."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from analytics.cli import main
from analytics.settings import PROJECT, Settings, settings


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"EWG_{name.upper()}", raising=False)


def test_defaults_need_nothing() -> None:
    default = Settings()
    assert default.store == PROJECT / "data" / "extracts"
    assert (default.lang, default.log_level, default.threads) == ("de", "warning", 2)


def test_the_environment_decides(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("EWG_STORE", str(tmp_path))
    monkeypatch.setenv("EWG_LANG", "en")
    monkeypatch.setenv("EWG_THREADS", "4")
    chosen = Settings()
    assert (chosen.store, chosen.lang, chosen.threads) == (tmp_path, "en", 4)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("EWG_LANG", "fr"),
        ("EWG_THREADS", "0"),
        ("EWG_THREADS", "two"),
        ("EWG_LOG_LEVEL", "loud"),
        ("EWG_ADDRESS", "dashboard.example.nrw"),
        ("EWG_ADDRESS", "ftp://example.nrw"),
        ("EWG_ADDRESS", "https://example.nrw/?lang=de"),
        ("EWG_ADDRESS", "https://a b.nrw"),
        ("EWG_ADDRESS", "https://anna:secret@example.nrw"),
        ("EWG_ADDRESS", "javascript:alert(1)"),
    ],
)
def test_nonsense_is_refused_with_the_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError, match=name.removeprefix("EWG_").lower()):
        Settings()


def test_an_address_ends_without_a_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().address == ""
    monkeypatch.setenv("EWG_ADDRESS", "https://example.nrw/einwanderung/")
    assert Settings().address == "https://example.nrw/einwanderung"


def test_settings_are_read_once_and_frozen(use_store: pytest.MonkeyPatch) -> None:
    use_store.setenv("EWG_LANG", "en")
    first = settings()
    use_store.setenv("EWG_LANG", "de")
    assert settings() is first
    with pytest.raises(ValidationError):
        first.lang = "de"


def test_every_setting_says_what_it_is() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_the_command_line_names_a_wrong_setting_in_both_languages(
    use_store: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    use_store.setenv("EWG_THREADS", "0")
    use_store.setenv("EWG_LOG_LEVEL", "loud")
    assert main(["doctor"]) == 2
    german, english = capsys.readouterr().err.splitlines()
    assert german.startswith("Fehler: EWG_LOG_LEVEL, EWG_THREADS: Dieser Wert ist nicht zulässig")
    assert english.startswith("Error: EWG_LOG_LEVEL, EWG_THREADS: this value is not allowed")
