"""Giving a snapshot whose manifest a test has changed the id that it now earns."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from analytics.extracts.manifest import MANIFEST_NAME, content_id


def reseal(folder: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    """Change a manifest, rename the snapshot after its new id, put it in force; return it."""
    path = folder / MANIFEST_NAME
    content = json.loads(path.read_text("utf-8"))
    change(content)
    content["snapshot_id"] = content_id(content)
    path.write_text(json.dumps(content), "utf-8")
    renamed = folder.rename(folder.with_name(content["snapshot_id"]))
    (folder.parent / "CURRENT").write_text(f"{renamed.name}\n", "utf-8")
    return renamed
