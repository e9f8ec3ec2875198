"""Plans of several versions, written down as a maintainer does: as text, with fitting checksums."""

import tomllib
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from typing import Any

from analytics.domain.analysis_plan import AnalysisPlan, checksum, read_plans


def first_version() -> dict[str, Any]:
    """Return the first version as it stands in the file, to be changed at will."""
    text = (files("analytics.domain") / "analysis_plan.toml").read_text("utf-8")
    return dict(tomllib.loads(text)["plan"][0])


def sealed(**changes: Any) -> dict[str, Any]:
    """Return the first version with changes, each a value or part of a table, and its checksum."""
    given = first_version()
    for name, value in changes.items():
        key = name.replace("_rollout", "-rollout").replace("model_project", "model-project")
        given[key] = {**given[key], **value} if isinstance(value, dict) else value
    return {**given, "checksum": checksum(given)}


def toml_of(*versions: Mapping[str, Any]) -> str:
    """Return the versions as the text of the file."""
    return "\n".join(f"[[plan]]\n{_body(version)}" for version in versions)


def three_versions() -> tuple[AnalysisPlan, ...]:
    """Return a plan that was decided with another end, and changed once more for KIM."""
    decided = {"de": "Fachreferat, Vermerk", "en": "Division in charge, note"}
    later = {"number": 2, "dated": date(2027, 3, 1), "decided_by": decided}
    reason = {"de": "Mit zwei weiteren Quartalen", "en": "With two more quarters"}
    second = sealed(**later, reason=reason, model_project={"end": "2020-06"})
    kim = {"primary": "hazard_ratio", "secondary": []}
    third = {**later, "number": 3, "dated": date(2027, 5, 2), "kim_rollout": kim}
    return read_plans(toml_of(sealed(), second, sealed(**third, model_project={"end": "2020-06"})))


def _body(version: Mapping[str, Any]) -> str:
    values = {name: value for name, value in version.items() if not isinstance(value, dict)}
    tables = {name: value for name, value in version.items() if isinstance(value, dict)}
    lines = [f"{name} = {_value(value)}" for name, value in values.items()]
    for name, table in tables.items():
        lines += [f"[plan.{name}]", *(f"{key} = {_value(value)}" for key, value in table.items())]
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return str(value)
