"""What a district delivers is never judged against invented figures, nor divided by them."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from own_files import current, own_file
from pdf_reading import text_of

from analytics.domain.district_choice import DistrictChoice
from analytics.domain.estimates import Status
from analytics.domain.filters import NeedFilter
from analytics.exports.csv import exhibit_csv
from analytics.exports.pdf import district_pdf
from analytics.extracts.instructions import Instructions
from analytics.i18n import LANGUAGES, Language, words
from analytics.queries.store import ParquetStore
from analytics.reports.districts.contributions_report import contributions
from analytics.reports.districts.curve_report import curve
from analytics.reports.districts.funnel_report import funnel
from analytics.reports.districts.scorecard import scorecard
from analytics.reports.districts.summary import summary
from analytics.reports.districts.upload import Upload, try_out
from analytics.reports.indicator_values import indicator_values
from analytics.reports.span import data_period

KOELN = "05315"
JUDGEMENTS: dict[Language, tuple[str, ...]] = {
    "de": ("auffällig", "als der Zufall erwarten lässt", "nicht erkennbar"),
    "en": ("notable", "chance would have it", "no difference"),
}


@pytest.fixture(scope="module")
def upload(demo_store: Path) -> Upload:
    files = [own_file(demo_store, table, KOELN) for table in ("cases", "referrals")]
    found = try_out(current(demo_store), files, KOELN)
    assert found.store is not None
    yield found
    found.store.close()


def choice_of(store: ParquetStore) -> DistrictChoice:
    return DistrictChoice(KOELN, data_period(store))
