"""Referral times as exhibits: curves, measures, stages and trend from hand-made needs."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from need_rows import COMPARISON, MODEL, SPLIT, Needs, publish

from analytics.domain.estimates import Status
from analytics.domain.filters import NeedFilter
from analytics.domain.periods import Period
from analytics.domain.vocabulary import OfferArea
from analytics.i18n import Words, words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.exhibit import Exhibit
from analytics.reports.referrals import referral_times
from analytics.reports.referrals.referral_stages import stages
from analytics.reports.referrals.referral_trend import trend

DE, EN = words("de"), words("en")
ALL = NeedFilter(Period.parse("2015-01", "2023-12"))


def _by_status(store: ParquetStore, needs: NeedFilter, w: Words) -> Exhibit:
    return referral_times.by_field(store, needs, "residence_status", w)


REPORTS: tuple[Callable[..., Exhibit], ...] = (
    referral_times.by_group, referral_times.by_offer_area, referral_times.measures,
    _by_status, stages, trend,
)  # fmt: skip

GIVEN = (
    Needs(10, MODEL, referred=10, started=50, contact_before=4),
    Needs(10, MODEL, referred=20, started=60, contact_before=4),
    Needs(20, MODEL, ended=120, contact_before=4),
    Needs(10, COMPARISON, referred=40, started=50, contact_before=2, area="health"),
    Needs(10, COMPARISON, referred=50, started=60, contact_before=2, area="health"),
    Needs(20, COMPARISON, ended=120, contact_before=2, area="health"),
    Needs(6, SPLIT, referred=10, area="housing"),
    Needs(6, SPLIT, ended=120, area="housing"),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ParquetStore]:
    with publish(tmp_path_factory.mktemp("store"), GIVEN) as opened:
        yield opened


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ParquetStore]:
    with publish(tmp_path_factory.mktemp("empty"), ()) as opened:
        yield opened


def _curve(frame: pd.DataFrame, series: str) -> list[tuple[float, float, float]]:
    part = frame.loc[frame["series"] == series, ["days", "estimate", "at_risk"]]
    return list(part.itertuples(index=False, name=None))


def test_curves_start_at_zero_and_step_by_the_referrals(store: ParquetStore) -> None:
    exhibit = referral_times.by_group(store, ALL, DE)
    frame = exhibit.table.frame
    assert _curve(frame, "model") == [(0, 0, 40), (10, 0.25, 40), (20, 0.5, 30)]
    assert _curve(frame, "comparison") == [(0, 0, 40), (40, 0.25, 40), (50, 0.5, 30)]
    assert set(frame["series"]) == {"model", "comparison"}
    assert frame.loc[frame["days"] > 0, ["low", "high"]].isna().all(axis=None)
    assert exhibit.title == (
        "Kein Vergleich mit nur einer Kommune: nach 90 Tagen Modellkommunen 50\u00a0%, "
        "sonst 50\u00a0%"
    )
    assert exhibit.sentence.count("nur eine Kommune, deshalb ohne Intervall") == 2
    assert "eine Wirkung ist damit nicht gezeigt" in exhibit.sentence


def test_a_curve_says_why_it_is_not_there(store: ParquetStore) -> None:
    exhibit = referral_times.by_offer_area(store, ALL, DE)
    first = exhibit.table.frame.groupby("series", sort=False).first()
    assert list(first.index) == [area.value for area in OfferArea]
    status = first["status"]
    assert status[["language", "health"]].eq(Status.SHOWN).all()
    # Only needs of neither group were recorded there.
    assert status["housing"] == Status.NO_DATA
    assert "Angebotsbereiche: 2 von 8." in exhibit.sentence


def test_a_curve_does_not_give_away_a_smaller_one(tmp_path: Path) -> None:
    given = (*GIVEN, Needs(3, COMPARISON, referred=5, area="family"))
    with publish(tmp_path, given) as store:
        frame = referral_times.by_offer_area(store, ALL, DE).table.frame
    hidden = frame[frame["status"] == Status.SUPPRESSED]
    # Three are hidden, and the smallest other area with them: 40 needs in language and in health.
    assert set(hidden["series"]) == {"family", "language", "health"}
    assert hidden[["days", "estimate", "low", "high", "at_risk"]].isna().all(axis=None)


def test_measures_by_hand(store: ParquetStore) -> None:
    exhibit = referral_times.measures(store, ALL, DE)
    found = exhibit.table.frame.set_index(["section", "key"])
    sections = list(dict.fromkeys(exhibit.table.frame["section"]))
    assert sections == ["Median der Tage bis zur Vermittlung", "Anteil vermittelt binnen 30 Tagen",
                        "Anteil vermittelt binnen 90 Tagen"]  # fmt: skip
    # The curve runs flat at exactly one half from day 20 on, until the last needs end on day 120:
    # nobody is referred then, so the median is the day on which one half was reached.
    assert found.loc[(sections[0], "model"), "value"] == 20
    assert found.loc[(sections[1], "model"), "value"] == 0.5
    assert found.loc[(sections[1], "comparison"), "value"] == 0
    assert found.loc[(sections[1], "comparison"), ["low", "high"]].isna().all()
    assert (found["units"] == 1).all()
    assert set(exhibit.table.frame["key"]) == {"model", "comparison"}
    assert exhibit.title == (
        "Kein Vergleich mit nur einer Kommune: zur Hälfte vermittelt nach 20 Tagen, sonst 50"
    )


def test_stages_have_their_own_clocks(store: ParquetStore) -> None:
    exhibit = stages(store, ALL, DE)
    found = exhibit.table.frame.set_index(["series", "stage"])
    assert found.loc[("model", "contact_to_need"), ["value", "n"]].tolist() == [4, 40]
    assert found.loc[("model", "referral"), ["value", "n"]].tolist() == [20, 40]
    assert found.loc[("model", "start_after_referral"), ["value", "n"]].tolist() == [40, 20]
    assert found.loc[("comparison", "start_after_referral"), "value"] == 10
    assert exhibit.title == "Die meiste Zeit vergeht im Abschnitt „Bedarf bis Vermittlung“"
    assert "addieren sich nicht" in exhibit.sentence


def test_the_trend_has_every_quarter_of_both_groups(tmp_path: Path) -> None:
    quarters = [date(2018, 2, 1), date(2018, 5, 1), date(2018, 11, 1)]
    given = [
        Needs(count, district, on=day, **how)
        for day, share in zip(quarters, (10, 20, 30), strict=True)
        for district in (MODEL, COMPARISON)
        for count, how in ((share, {"referred": 20}), (40 - share, {"ended": 100}))
    ]
    # What is entered tells that nothing arrives late.
    given += [Needs(50, MODEL, on=date(2021, 5, 1), referred=1), Needs(6, SPLIT, on=quarters[0])]
    with publish(tmp_path, given) as store:
        exhibit = trend(store, NeedFilter(Period.parse("2018-01", "2018-03")), DE)
    frame = exhibit.table.frame
    assert frame.groupby("series").size().to_dict() == {"model": 24, "comparison": 24}
    model = frame[frame["series"] == "model"].set_index("period")
    assert [model.loc[day.replace(day=1, month=day.month - 1), "value"] for day in quarters] == [
        0.25, 0.5, 0.75
    ]  # fmt: skip
    missing = model.loc[date(2018, 7, 1)]
    assert missing["status"] == Status.NO_DATA
    assert pd.isna(missing["value"])
    assert "unassigned" not in set(frame["series"])
    assert "Modellkommunen von 25\u00a0% auf 75\u00a0%" in exhibit.title
    alone = "nur eine Kommune, deshalb ohne Intervall; n = 40"
    assert exhibit.sentence.count(alone) == exhibit.sentence.count("n = 40") == 4
    assert "eine Wirkung ist damit nicht gezeigt" in exhibit.sentence


@pytest.mark.parametrize("report", REPORTS, ids=lambda r: r.__name__)
@pytest.mark.parametrize("w", [DE, EN], ids=["de", "en"])
def test_empty_snapshots_say_so(empty: ParquetStore, report: Callable[..., Exhibit], w) -> None:
    exhibit = report(empty, ALL, w)
    assert not (exhibit.table.frame["status"] == Status.SHOWN).any()
    assert exhibit.title
    assert exhibit.sentence
    assert "nan" not in f"{exhibit.title} {exhibit.sentence}".lower()


@pytest.mark.parametrize("report", REPORTS, ids=lambda r: r.__name__)
def test_every_exhibit_carries_what_it_needs(
    store: ParquetStore, report: Callable[..., Exhibit]
) -> None:
    exhibit = report(store, ALL, EN)
    assert exhibit.queries
    assert exhibit.indicators
    assert exhibit.notes
    assert "synthetic" in exhibit.source.text
    assert exhibit.title in exhibit.alt
    statuses = exhibit.table.frame["status"]
    assert set(statuses) <= set(Status)


# 18 and 40 needs of the groups, beside 2 of neither: what a narrow filter leaves.
NARROW = (
    Needs(12, MODEL, referred=10, started=50, contact_before=4),
    Needs(6, MODEL, ended=120, contact_before=4),
    Needs(20, COMPARISON, referred=20, started=50, contact_before=2),
    Needs(20, COMPARISON, ended=120, contact_before=2),
)


@pytest.mark.parametrize("report", REPORTS, ids=lambda r: r.__name__)
def test_few_of_neither_group_hide_no_group(report: Callable[..., Exhibit], tmp_path: Path) -> None:
    with publish(tmp_path, (*NARROW, Needs(2, SPLIT, referred=1, started=9))) as store:
        exhibit = report(store, ALL, DE)
    with publish(tmp_path / "without", NARROW) as store:
        without = report(store, ALL, DE)
    frame = exhibit.table.frame
    assert not (frame["status"] == Status.SUPPRESSED).any()
    # Nothing on the page differs by the two needs, so nothing can be subtracted.
    pd.testing.assert_frame_equal(frame, without.table.frame)
    assert any("weniger als 5 Bedarfe" in note for note in exhibit.notes)
    assert any("Alle Bedarfe" in note for note in without.notes)


def test_how_many_are_in_neither_group_is_said(store: ParquetStore) -> None:
    exhibit = referral_times.by_group(store, ALL, DE)
    assert any("Nicht mitgezählt sind 12 Bedarfe" in note for note in exhibit.notes)
    assert [query.name for query in exhibit.queries] == ["clock_counts", "unassigned_needs"]


@pytest.mark.parametrize("report", REPORTS, ids=lambda r: r.__name__)
def test_protected_is_never_called_missing(report: Callable[..., Exhibit], tmp_path: Path) -> None:
    with publish(tmp_path, (Needs(3, MODEL, referred=9),)) as store:
        exhibit = report(store, ALL, DE)
    assert (exhibit.table.frame["status"] == Status.SUPPRESSED).any()
    assert "geschützt" in exhibit.title
    assert "kein Wert" not in exhibit.title
