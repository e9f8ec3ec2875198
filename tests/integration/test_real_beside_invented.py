"""What a district delivers is never judged against invented figures, nor divided by them."""

from pathlib import Path

import pytest
from own_files import current, own_file

from analytics.domain.district_choice import DistrictChoice
from analytics.i18n import Language
from analytics.queries.store import ParquetStore
from analytics.reports.districts.upload import Upload, try_out
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
