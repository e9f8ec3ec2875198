"""Every message exists in both languages, with the same placeholders, and is used."""

import ast
import re
import string
from functools import cache
from pathlib import Path

from analytics.domain import vocabulary
from analytics.i18n import LANGUAGES, words

PROJECT = Path(__file__).parents[2]
SOURCES = [
    PROJECT / "app.py",
    *sorted((PROJECT / "pages").rglob("*.py")),
    *sorted((PROJECT / "analytics").rglob("*.py")),
]
MESSAGE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")


@cache
def _subjects() -> frozenset[str]:
    return frozenset(message.partition(".")[0] for message in words("de").messages)


@cache
def _literals() -> frozenset[str]:
    """Texts in the code that look like message ids of a known subject."""
    parts = {
        id(part)
        for tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    return frozenset(
        node.value
        for tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and id(node) not in parts
        and isinstance(node.value, str)
        and MESSAGE.fullmatch(node.value)
        and node.value.partition(".")[0] in _subjects()
    )


@cache
def _patterns() -> frozenset[str]:
    """Regular expressions of ids that are put together, such as ``dimension.{by}``."""
    found = set()
    for tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z0-9_.]+"
                    for part in node.values
                ]
                if re.match(r"[a-z_]+\\\.", parts[0]):
                    found.add("".join(parts))
    return frozenset(found)


@cache
def _trees() -> tuple[ast.Module, ...]:
    return tuple(ast.parse(path.read_text("utf-8")) for path in SOURCES)


def _data_ids() -> set[str]:
    """Ids that data files carry: rules and the like name their messages themselves."""
    texts = [p.read_text("utf-8") for p in (PROJECT / "analytics").rglob("*.toml")]
    return {match[0] for text in texts for match in MESSAGE.finditer(text)}


def test_both_languages_hold_the_same_messages():
    german, english = (set(words(language).messages) for language in LANGUAGES)
    assert german == english


def test_placeholders_are_the_same():
    german, english = (words(language).messages for language in LANGUAGES)
    different = [m for m in german if placeholders(german[m]) != placeholders(english[m])]
    assert different == []


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_no_text_is_empty():
    empty = {m for language in LANGUAGES for m, t in words(language).messages.items() if not t}
    assert not empty


def test_used_messages_exist():
    files = {"toml", "po", "py", "json", "jsonl", "parquet", "csv", "sql", "xlsx", "tmp"}
    used = {name for name in _literals() if name.rpartition(".")[2] not in files}
    missing = used - set(words("de").messages) - _module_names()
    assert not missing


def test_no_message_is_orphaned():
    patterns = [re.compile(pattern) for pattern in _patterns()]
    named = _literals() | _data_ids()
    orphans = {
        message
        for message in words("de").messages
        if message not in named and not any(pattern.fullmatch(message) for pattern in patterns)
    }
    assert not orphans


def test_every_code_has_a_label():
    lists = {
        re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower(): members
        for name, members in vars(vocabulary).items()
        if isinstance(members, type) and members.__module__ == vocabulary.__name__
    }
    expected = {f"code.{name}.{code}" for name, codes in lists.items() for code in codes}
    assert expected <= set(words("de").messages)


def _module_names() -> set[str]:
    """Dotted names in the code that are tables or modules, not messages."""
    return {name for name in _literals() if (PROJECT / name.replace(".", "/")).exists()}
