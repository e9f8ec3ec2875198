"""The house is built as the plan says; import-linter checks the directions, this the rest."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from analytics.queries.editions import QUERIES as DECIDED
from analytics.queries.editions import Told, told
from analytics.settings import Settings

PROJECT = Path(__file__).parents[2]
QUERIES = sorted((PROJECT / "analytics" / "queries").glob("*.sql"))
LISTED = {name for names in DECIDED.values() for name in names}
MODULES = sorted((PROJECT / "analytics").rglob("*.py"))
PAGES = sorted((PROJECT / "pages").rglob("*.py"))


def test_no_page_bypasses_the_frame():
    # Streamlit serves pages/*.py on its own, without app.py's language and checks.
    assert not list((PROJECT / "pages").glob("*.py"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_is_a_table_of_contents(path):
    assert len(path.read_text("utf-8").splitlines()) <= 80


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PROJECT)))
def test_modules_are_small(path):
    assert len(path.read_text("utf-8").splitlines()) <= 300


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_a_query_is_one_statement_that_says_its_grain(path):
    text = path.read_text("utf-8")
    assert text.startswith("-- One row")
    statement = "\n".join(line.partition("--")[0] for line in text.splitlines())
    assert ";" not in statement
    assert "{{" not in statement and "%(" not in statement


def test_every_setting_is_documented():
    text = (PROJECT / "docs" / "SETTINGS.md").read_text("utf-8")
    missing = [name for name in Settings.model_fields if f"EWG_{name.upper()}" not in text]
    assert not missing


def test_the_core_needs_no_web_server():
    code = (
        "import analytics.reports.programme.uncertain, analytics.charts.theme, sys;"
        "import analytics.exports.csv;"
        "sys.exit('streamlit' in sys.modules or 'geopandas' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=False)
    assert result.returncode == 0


def test_every_direct_dependency_has_its_reason():
    architecture = (PROJECT / "docs" / "ARCHITECTURE.md").read_text("utf-8")
    lines = (PROJECT / "requirements.in").read_text("utf-8").splitlines()
    names = [line for line in lines if line and not line.startswith("#")]
    assert not [name for name in names if f"**{name}**" not in architecture]


def test_streamlit_stays_on_this_machine():
    config = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert config["server"]["address"] == "127.0.0.1"
    assert config["browser"]["gatherUsageStats"] is False


def test_no_two_modules_of_the_reports_have_one_name():
    rooms = PROJECT / "analytics" / "reports"
    names = [each.stem for each in MODULES if each.is_relative_to(rooms)]
    assert not sorted({name for name in names if names.count(name) > 1} - {"__init__"})


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_it_is_decided_what_becomes_of_a_query_in_the_released_edition(path):
    assert path.stem in LISTED
    has_keys = "cell_key(" in path.read_text("utf-8")
    assert has_keys or told(path.stem) is not Told.PERTURBED


def test_no_decision_stands_for_a_query_that_there_is_not():
    assert {path.stem for path in QUERIES} == LISTED
