"""What a district delivers is never judged against invented figures, nor divided by them."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pytest
from own_files import current, own_file
from pdf_reading import text_of
from pypdf import PdfReader

from analytics.domain.district_choice import DistrictChoice
from analytics.domain.estimates import Status
from analytics.domain.filters import NeedFilter
from analytics.domain.release import Release
from analytics.exports.csv import csv_bytes
from analytics.exports.pdf import district_pdf
from analytics.extracts.instructions import Instructions
from analytics.i18n import LANGUAGES, Language, words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.opening import open_snapshot
from analytics.reports.basis.span import data_period
from analytics.reports.districts.profile import district_profile
from analytics.reports.districts.upload import Upload, try_out
from analytics.reports.indicators.indicator_estimates import state_estimate
from analytics.reports.indicators.indicator_values import indicator_values

KOELN = "05315"
HEADLINE = "share_referred_90d"
JUDGED: dict[Language, tuple[str, ...]] = {
    "de": (
        "ünstiger als im übrigen Land",
        "nicht zu unterscheiden",
        "in der üblichen Streuung",
        "ist nicht erkennbar",
    ),
    "en": (
        "than in the rest of the state",
        "not to be told apart",
        "within the usual spread",
        "no difference from the comparison ring",
    ),
}


@pytest.fixture(scope="module")
def upload(demo_store: Path) -> Iterator[Upload]:
    files = [own_file(demo_store, table, KOELN) for table in ("cases", "referrals")]
    found = try_out(current(demo_store), files, KOELN)
    assert found.store is not None
    yield found
    found.store.close()


def choice_of(store: ParquetStore) -> DistrictChoice:
    return DistrictChoice(KOELN, data_period(store))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_upload_beside_invented_districts_is_not_judged(
    upload: Upload, language: Language
) -> None:
    w, store = words(language), upload.store
    assert store is not None

    profile = district_profile(store, choice_of(store), w)

    told = w("report_district.invented")
    compared = (profile.scorecard, profile.curve, profile.funnel)
    assert all(told in exhibit.sentence for exhibit in compared)
    assert told in profile.summary
    titles = " ".join([*(each.title for each in compared), *profile.summary])
    assert not [phrase for phrase in JUDGED[language] if phrase in titles]
    needs = profile.scorecard.table.frame.set_index("key")
    assert needs.loc[HEADLINE, "comparison"] == needs.loc[HEADLINE, "spread"] == "none"
    assert needs.loc[HEADLINE, "comparison_text"] == w("report_district.unplaced_invented")
    assert not needs.loc[HEADLINE, "difference_text"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_cases_are_not_divided_by_invented_posts(upload: Upload, language: Language) -> None:
    w, store = words(language), upload.store
    assert store is not None
    needs = NeedFilter(data_period(store))

    shown = indicator_values(store, "cases_per_fte", "district", needs, w)

    frame = shown.table.frame.set_index("key")
    assert frame.loc[KOELN, "status"] == Status.NO_DATA
    assert (frame["status"] == Status.SHOWN).sum() > 10
    reason = w("indicator.note_mixed_origin")
    assert reason in shown.notes
    sign = ";" if language == "de" else ","
    lines = csv_bytes(shown, w).decode("utf-8-sig").splitlines()
    (own,) = [line.split(sign) for line in lines if line.startswith(KOELN)]
    assert own[2] == ""
    # Foreign residents are official: that ratio stands.
    official = indicator_values(store, "cases_per_1000_foreign", "district", needs, w)
    assert official.table.frame.set_index("key").loc[KOELN, "status"] == Status.SHOWN
    assert reason not in official.notes


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_printed_report_says_so_and_calls_an_upload_no_delivery(
    upload: Upload, language: Language
) -> None:
    w, store = words(language), upload.store
    assert store is not None
    profile = district_profile(store, choice_of(store), w)

    text = text_of(PdfReader(BytesIO(district_pdf(profile, w))).pages)

    assert w("report_district.invented") in text
    assert w("report_map.fact_uploaded") in profile.card.facts
    assert not any(
        w("report_map.fact_delivery", date="").rstrip(" .") in f for f in profile.card.facts
    )
    assert not [phrase for phrase in JUDGED[language] if phrase in text]


def test_invented_districts_among_themselves_are_still_judged(demo_store: Path) -> None:
    w = words("de")
    with ParquetStore(current(demo_store)) as store:
        profile = district_profile(store, choice_of(store), w)
    assert w("report_district.invented") not in profile.summary
    assert set(profile.scorecard.table.frame["comparison"]) != {"none"}


def test_what_is_not_recorded_has_no_value_anywhere(demo_store: Path) -> None:
    """The district says "no data", and the state's figure is the released one."""
    w = words("en")

    def lacking(rows: pa.Table) -> pa.Table:
        return rows.drop_columns(["referred_on"])

    told = Instructions(not_recorded=("referred_on",))
    files = [
        own_file(demo_store, "cases", KOELN),
        replace(own_file(demo_store, "referrals", KOELN, lacking), told=told),
    ]
    upload = try_out(current(demo_store), files, KOELN)
    store = upload.store
    assert store is not None
    needs = NeedFilter(data_period(store))
    released = open_snapshot(current(demo_store), Release.RELEASED)

    for name in (HEADLINE, "median_days_to_referral", "open_over_180d_share"):
        shown = indicator_values(store, name, "district", needs, w)
        assert shown.table.frame.set_index("key").loc[KOELN, "status"] == Status.NO_DATA
        assert state_estimate(store, name, needs)[0] == state_estimate(released, name, needs)[0]
    started = indicator_values(store, "share_started_180d", "district", needs, w)
    assert started.table.frame.set_index("key").loc[KOELN, "status"] == Status.SHOWN

    profile = district_profile(store, choice_of(store), w)
    row = profile.scorecard.table.frame.set_index("key").loc[HEADLINE]
    assert row["value_text"] == w("estimate.no_data")
    own = profile.curve.table.frame.query("series == 'own'")
    assert list(own["status"]) == [Status.NO_DATA]
    text = text_of(PdfReader(BytesIO(district_pdf(profile, w))).pages)
    assert w("estimate.no_data") in text
    store.close()


def _others(store: ParquetStore) -> tuple[str, ...]:
    shown = indicator_values(
        store, HEADLINE, "district", NeedFilter(data_period(store)), words("de")
    )
    return tuple(key for key in shown.table.frame["key"] if key != KOELN)
