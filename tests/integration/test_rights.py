"""Who may read a store, whatever the umask of the account that makes it."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_tables import AS_OF, case, rows

from analytics.cli import main
from analytics.domain.vocabulary import Provenance
from analytics.extracts.snapshots import SnapshotStore
from analytics.settings import settings


@pytest.fixture(params=[0o000, 0o022, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def publish(root: Path) -> Path:
    store = SnapshotStore(root)
    given = {"as_of": AS_OF, "provenance": Provenance.SYNTHETIC, "source": "test"}
    return root / store.publish({"cases": rows("cases", case("c1"))}, **given).snapshot_id


def modes(folder: Path) -> tuple[int, set[int]]:
    return stat.S_IMODE(folder.stat().st_mode), {
        stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir() if path.is_file()
    }


@pytest.mark.usefixtures("umask")
def test_only_the_owner_reads(tmp_path: Path) -> None:
    folder = publish(tmp_path / "store")
    assert modes(folder) == (0o700, {0o600})
    assert modes(tmp_path / "store") == (0o700, {0o600})


@pytest.mark.usefixtures("umask")
def test_the_group_reads_if_it_is_let(tmp_path: Path, use_store: pytest.MonkeyPatch) -> None:
    use_store.setenv("EWG_STORE_ACCESS", "group")
    settings.cache_clear()
    folder = publish(tmp_path / "store")
    assert modes(folder) == (0o750, {0o640})
    assert stat.S_IMODE((tmp_path / "store" / "CURRENT").stat().st_mode) == 0o640


def test_doctor_mends_what_older_programs_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = publish(tmp_path / "store")
    for path in (folder.parent, folder):
        path.chmod(0o755)
    for path in folder.iterdir():
        path.chmod(0o644)
    main(["doctor", "--store", str(folder.parent), "--lang", "en"])
    assert "Rights to read snapshots mended: 14" in capsys.readouterr().out
    assert modes(folder) == (0o700, {0o600})
    assert modes(folder.parent)[0] == 0o700
    main(["doctor", "--store", str(folder.parent), "--lang", "en"])
    assert "by this account only" in capsys.readouterr().out


def test_doctor_leaves_a_folder_that_is_not_the_stores_alone(tmp_path: Path) -> None:
    folder = publish(tmp_path / "store")
    (folder.parent / "letters").mkdir()
    folder.parent.chmod(0o755)
    folder.chmod(0o755)
    main(["doctor", "--store", str(folder.parent)])
    assert modes(folder.parent)[0] == 0o755
    assert modes(folder)[0] == 0o700
