"""What the comparisons with raw rows share."""

from pathlib import Path

import pytest

from reference.raw_rows import RawRows


@pytest.fixture(scope="session")
def raw(demo_store: Path) -> RawRows:
    """The contract tables of the demonstration snapshot."""
    return RawRows.of(demo_store)
