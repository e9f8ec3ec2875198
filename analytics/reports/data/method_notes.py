"""What a reader should know about the methods, the accessibility and the version."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from analytics.i18n import Words
from analytics.settings import PROJECT

# In the order in which a reader meets them on the pages.
_NOTES: Final[Mapping[str, str]] = {
    "referral_times": "docs/methods/referral-times.md",
    "competing": "docs/methods/referral-times.md",
    "intervals": "docs/methods/intervals.md",
    "disclosure": "docs/methods/disclosure.md",
    "delay": "docs/methods/referral-times.md",
    "groups": "docs/methods/referral-times.md",
    "no_ranking": "docs/methods/disclosure.md",
    "funnel": "docs/methods/funnel.md",
    "control_chart": "docs/methods/control-charts.md",
    "peers": "docs/methods/peers.md",
    "contributions": "docs/methods/contributions.md",
}

_ACCESSIBILITY: Final = ("standard", "checked", "how", "limits", "feedback")


@dataclass(frozen=True, slots=True)
class Section:
    """A short text under a heading; ``document`` is the file that says more, if any."""

    id: str
    title: str
    text: str
    document: str | None = None


def method_notes(w: Words) -> tuple[Section, ...]:
    """Return the method notes, each with the document that explains the method in full."""
    return tuple(
        Section(
            key, w(f"report_data.method_title_{key}"), w(f"report_data.method_text_{key}"), path
        )
        for key, path in _NOTES.items()
    )


def accessibility_statement(w: Words) -> tuple[Section, ...]:
    """Return what was checked, how, what is known not to work, and how to report barriers."""
    return tuple(
        Section(key, w(f"report_data.access_title_{key}"), w(f"report_data.access_text_{key}"))
        for key in _ACCESSIBILITY
    )


@cache
def program_version() -> str:
    """Return the version of the program as ``pyproject.toml`` states it."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    return str(project["project"]["version"])
