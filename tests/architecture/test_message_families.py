"""Ids of messages that are put together at run time are declared, and all of them exist.

What is used as it stands is checked by ``test_messages``; nothing else would notice a text that is
missing for one of many codes before somebody opens the page.
"""

import ast
import re
import tomllib
import typing
from collections.abc import Iterable
from enum import Enum
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from analytics.i18n import LANGUAGES, words

PROJECT = Path(__file__).parents[2]
SOURCES = [
    PROJECT / "app.py",
    *sorted((PROJECT / "pages").rglob("*.py")),
    *sorted((PROJECT / "analytics").rglob("*.py")),
]
DECLARED: dict[str, str | list[str]] = tomllib.loads(
    Path(__file__).with_name("message_families.toml").read_text("utf-8")
)


@cache
def used() -> dict[str, str]:
    """Return the patterns in the code, with a star for what is filled in, and where they stand."""
    subjects = {message.partition(".")[0] for message in words("de").messages}
    found: dict[str, str] = {}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                pattern = "".join(
                    str(part.value) if isinstance(part, ast.Constant) else "*"
                    for part in node.values
                )
                subject = pattern.partition(".")[0]
                if subject in subjects and re.match(r"[a-z_]+\.[a-z0-9_.*]+$", pattern):
                    found[pattern] = f"{path.relative_to(PROJECT)}:{node.lineno}"
    return found


def members(pattern: str) -> list[str]:
    """Return what the stars of a declared pattern stand for."""
    told = DECLARED[pattern]
    if isinstance(told, list):
        return told
    module, _, name = told.partition(":")
    return [str(each) for each in _listed(getattr(import_module(module), name))]


def _listed(codes: Any) -> Iterable[object]:
    if isinstance(codes, type) and issubclass(codes, Enum):
        return [each.value for each in codes]
    return typing.get_args(codes) or list(codes)


def ids(pattern: str) -> list[str]:
    """Return the ids that a declared pattern stands for."""
    found = []
    for member in members(pattern):
        parts = iter(member.split("|"))
        found.append(re.sub(r"\*", lambda _, parts=parts: next(parts), pattern))
    return found


def test_every_pattern_is_declared():
    messages = words("de").messages
    unknown = {
        pattern: [m for m in messages if re.fullmatch(_expression(pattern), m)]
        for pattern in used()
        if pattern not in DECLARED
    }
    told = [f'{used()[each]}: declare "{each}" (fits {fits})' for each, fits in unknown.items()]
    assert told == [], "tests/architecture/message_families.toml lacks:\n" + "\n".join(told)


def test_no_pattern_is_declared_in_vain():
    assert sorted(set(DECLARED) - set(used())) == []


@pytest.mark.parametrize("pattern", DECLARED)
def test_every_member_exists_in_every_language(pattern: str):
    assert members(pattern)
    missing = [
        f"{message} ({language})"
        for language in LANGUAGES
        for message in ids(pattern)
        if message not in words(language).messages
    ]
    assert missing == []


def _expression(pattern: str) -> str:
    return re.escape(pattern).replace(r"\*", "[a-z0-9_]+")
