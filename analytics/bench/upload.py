"""How long a district waits for its own file: checked, tried out, and told beside the others."""

import io
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq

from analytics.domain.district_choice import DistrictChoice
from analytics.extracts.contract import REFERRALS
from analytics.extracts.readers import Source
from analytics.i18n import words
from analytics.reports.basis.span import latest_years
from analytics.reports.districts.contributions_report import contributions
from analytics.reports.districts.curve_report import curve
from analytics.reports.districts.scorecard import scorecard
from analytics.reports.districts.summary import summary
from analytics.reports.districts.upload import OwnFile, try_out

ROWS: Final = 200_000
_DISTRICT: Final = "05766"
_TOLD: Final = (summary, scorecard, curve, contributions)


@dataclass(frozen=True, slots=True)
class UploadTime:
    """Seconds for a correct CSV file of referrals of so many rows."""

    rows: int
    check: float
    profile: float


def measure_upload(folder: Path, rows: int = ROWS) -> UploadTime:
    """Check such a file against the snapshot in ``folder``, and compute what the profile tells."""
    file = OwnFile(Source("referrals.csv", content=_csv(folder, rows)), REFERRALS)
    started = time.perf_counter()
    upload = try_out(folder, [file], _DISTRICT)
    checked = time.perf_counter()
    if upload.store is None:
        raise ValueError("the measured file is not usable")
    with upload.store as store:
        choice = DistrictChoice(_DISTRICT, latest_years(store))
        for report in _TOLD:
            report(store, choice, words("de"))
    return UploadTime(rows, checked - started, time.perf_counter() - checked)


def _csv(folder: Path, rows: int) -> bytes:
    """Return the district's referrals, repeated under keys of their own."""
    filters = [("district", "==", _DISTRICT)]
    own = pq.read_table(folder / f"{REFERRALS.name}.parquet", filters=filters)
    repeated = own.take([place % own.num_rows for place in range(rows)])
    keys = pa.array([f"r-{place}" for place in range(rows)])
    place = repeated.column_names.index("referral_id")
    content = io.BytesIO()
    arrow_csv.write_csv(repeated.set_column(place, "referral_id", keys), content)
    return content.getvalue()
