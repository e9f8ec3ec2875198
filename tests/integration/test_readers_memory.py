"""Files in memory are read as files on the disk are, and nothing of them is written anywhere."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from broken_inputs import CELLS, FLAWED, GOOD, HEADER, PLAIN, ROW, UNUSABLE, parquet, text, workbook

from analytics.domain.areas import registry
from analytics.extracts.check import CheckResult, check
from analytics.extracts.contract import CASES, POPULATION
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.readers import Source, read

OFFICIAL = Path(__file__).parents[1] / "fixtures" / "official" / "AI002-1.csv"
ONLY_ON_DISK = {"missing", "symlink", "directory", "pipe"}
FORMS = {
    "csv": text(HEADER + GOOD),
    "csv of Windows": text(HEADER.replace("opened_on", "Fall eröffnet am") + GOOD, "cp1252"),
    "csv in UTF-16": text(HEADER + GOOD, "utf-16"),
    "xlsx": workbook([*CELLS, ROW], "=TODAY()"),
    "parquet": parquet(PLAIN),
}


def in_memory(path: Path) -> Source:
    return Source(path.name, content=path.read_bytes())


def checked(file: Path | Source) -> CheckResult:
    return check(read(file, CASES), as_of=date(2023, 12, 31), registry=registry())


@pytest.mark.parametrize("form", FORMS)
def test_a_file_in_memory_is_read_as_from_the_disk(form: str, tmp_path: Path) -> None:
    path = FORMS[form](tmp_path)

    on_disk, held = read(path, CASES), read(in_memory(path), CASES)

    assert held.cells.num_rows > 0
    assert held.cells.equals(on_disk.cells)
    assert (held.facts, held.headers, held.notes) == (
        on_disk.facts,
        on_disk.headers,
        on_disk.notes,
    )
    assert held.source.name == path.name


def test_official_statistics_in_memory_are_read_as_from_the_disk() -> None:
    on_disk, held = read(OFFICIAL, POPULATION), read(in_memory(OFFICIAL), POPULATION)

    assert isinstance(held.official, pa.Table)
    assert held.official.equals(on_disk.official)


@pytest.mark.parametrize("name", sorted(UNUSABLE.keys() - ONLY_ON_DISK))
def test_unusable_input_in_memory_says_why(name: str, tmp_path: Path) -> None:
    build, message = UNUSABLE[name]

    with pytest.raises(UnusableInputError) as caught:
        read(in_memory(build(tmp_path)), CASES)

    assert caught.value.message == message


@pytest.mark.parametrize("name", FLAWED)
def test_flawed_input_in_memory_has_the_same_findings(name: str, tmp_path: Path) -> None:
    path = FLAWED[name][0](tmp_path)

    on_disk, held = checked(path), checked(in_memory(path))

    assert held.findings == on_disk.findings
    assert held.accepted.equals(on_disk.accepted)
