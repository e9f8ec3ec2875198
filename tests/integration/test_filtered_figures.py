"""A figure filtered on its page is the same file from ``download``."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from analytics.cli import main
from analytics.domain.district_choice import DistrictChoice
from analytics.domain.evaluation import ComparisonGroup, EffectOutcome, ModelChoice, Towns
from analytics.domain.filters import NeedFilter, fields, only
from analytics.domain.periods import Period
from analytics.exports.tables import csv_bytes
from analytics.i18n import words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.opening import current_folder, open_snapshot
from analytics.reports.basis.span import PROGRAMME, latest_years
from analytics.reports.districts.curve_report import curve
from analytics.reports.districts.indicator_map import district_panel, map_view
from analytics.reports.districts.quality_course import course
from analytics.reports.districts.ring_exhibits import ring_differences
from analytics.reports.evaluation.site_trends import group_trends
from analytics.reports.evaluation.verdict_report import rule_table
from analytics.reports.referrals import referral_stages, referral_times, referral_trend

W = words("de")
SHARE = "share_referred_90d"
OFFICE = NeedFilter(PROGRAMME, only(provider=("integration_centre",)))
REGIME = NeedFilter(PROGRAMME, only(legal_regime=("sgb2", "asylblg")))
BOTH = NeedFilter(
    Period.parse("2018-01", "2019-06"),
    only(offer_area=("language",), provider=("job_centre",), legal_regime=("sgb2",)),
)
"""Filters of the page on referral times."""


def options(needs: NeedFilter) -> list[str]:
    months = ["--from", str(needs.period.first), "--to", str(needs.period.last)]
    named = [(f"--{fields()[name].option.replace('_', '-')}", c) for name, c in needs.chosen]
    return [*months, *(part for name, codes in named for code in codes for part in (name, code))]


@pytest.fixture(scope="module")
def store(demo_store: Path) -> Iterator[ParquetStore]:
    folder = current_folder(demo_store)
    assert folder is not None
    opened = open_snapshot(folder)
    yield opened
    opened.close()


OF_NEEDS: tuple[tuple[str, Callable[..., Any]], ...] = (
    ("referral_curve_by_group", referral_times.by_group),
    ("referral_measures", referral_times.measures),
    ("referral_stages", referral_stages.stages),
    ("referral_curve_by_offer_area", referral_times.by_offer_area),
    ("referral_by_field", partial(referral_times.by_field, by="residence_status")),
)


@pytest.mark.parametrize("needs", [OFFICE, REGIME, BOTH], ids=["office", "regime", "both"])
@pytest.mark.parametrize(("figure", "report"), OF_NEEDS, ids=[name for name, _ in OF_NEEDS])
def test_a_figure_filtered_by_office_or_regime_is_the_same_file(
    store: ParquetStore, demo_store: Path, tmp_path: Path, figure: str, report: Any, needs: Any
):
    shown = csv_bytes(report(store, needs, w=W), W)
    assert downloaded(demo_store, tmp_path, figure, *options(needs)) == shown
    if len(report(store, needs, w=W).table.frame) > 1:
        assert shown != csv_bytes(report(store, NeedFilter(needs.period), w=W), W)


def test_a_trend_heeds_the_filters_but_no_months(
    store: ParquetStore, demo_store: Path, tmp_path: Path
):
    shown = csv_bytes(referral_trend.trend(store, OFFICE, W), W)
    chosen = options(OFFICE)[4:]
    assert rows(downloaded(demo_store, tmp_path, "referral_trend", *chosen)) == rows(shown)


def test_figures_of_the_map_are_the_same_files(
    store: ParquetStore, demo_store: Path, tmp_path: Path
):
    needs = NeedFilter(PROGRAMME, only(offer_area=("language",), group=("model",)))
    panel = district_panel(store, SHARE, "05315", needs, W)
    expected = {
        f"{SHARE}_by_district": (map_view(store, SHARE, needs, W), []),
        f"{SHARE}_by_quarter": (panel.trend, ["--district", "05315"]),
        f"{SHARE}_neighbours": (panel.neighbours, ["--district", "05315"]),
    }
    for figure, (exhibit, more) in expected.items():
        assert exhibit is not None
        found = downloaded(demo_store, tmp_path, figure, *options(needs), *more)
        assert rows(found) == rows(csv_bytes(exhibit, W))


def test_other_choices_of_pages_are_repeated_too(
    store: ParquetStore, demo_store: Path, tmp_path: Path
):
    ring = ("05334", "05358", "05362")
    choice = DistrictChoice("05315", latest_years(store), ring)
    model = ModelChoice(first_year=2016, towns=Towns.DROP, comparison=ComparisonGroup.MATCHED)
    days, matched = EffectOutcome.DAYS, ComparisonGroup.MATCHED
    peers = ["--district", "05315", *(part for each in ring for part in ("--peer", each))]
    chosen = ["--first-year", "2016", "--towns", "drop", "--comparison", "matched"]
    expected = {
        "district_curve": (curve(store, choice, W), peers),
        "district_ring_differences": (ring_differences(store, choice, W), peers),
        "district_quality_course": (
            course(store, "05315", "cases.legal_regime", W),
            ["--district", "05315", "--field", "cases.legal_regime"],
        ),
        "comparison_trends": (
            group_trends(store, days, matched, W),
            ["--outcome", str(days), "--comparison", "matched"],
        ),
    }
    for figure, (exhibit, asked) in expected.items():
        assert downloaded(demo_store, tmp_path, figure, *asked) == csv_bytes(exhibit, W)
    verdict = rule_table(store, model, W)
    if verdict.table.columns:
        assert downloaded(demo_store, tmp_path, "verdict", *chosen) == csv_bytes(verdict, W)
    else:
        status = main(["download", "verdict", *chosen, "-o", "x", "--store", str(demo_store)])
        assert status != 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["district_quality_course", "--district", "05315", "--field", "x"], "prompt"),
        (["district_curve", "--district", "05315", "--peer", "Lippe"], "Lippe"),
        (["kim_funding", "--provider", "other"], "--provider"),
    ],
)
def test_what_does_not_exist_is_refused(
    demo_store: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
):
    assert main(["download", *arguments, "-o", "x", "--store", str(demo_store)]) != 0
    assert said in capsys.readouterr().err


def downloaded(root: Path, folder: Path, figure: str, *arguments: str) -> bytes:
    target = folder / f"{figure}.csv"
    asked = ["download", figure, *arguments, "-o", str(target), "--store", str(root)]
    assert main([*asked, "--lang", "de"]) == 0
    return target.read_bytes()


def rows(content: bytes) -> list[str]:
    """Return the rows of a file, without what it says of how they were asked for."""
    return [line for line in content.decode("utf-8-sig").splitlines() if line]
