"""The command line: ``python -m analytics <command>``.

Each module beside this one that is named in ``COMMANDS`` has a function ``command(w)`` that returns
the click command in the language of ``w``.
"""

import os
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module
from types import TracebackType
from typing import Final

import click

from analytics.cli._frame import LazyGroup, prepare
from analytics.cli._language import chosen_language
from analytics.cli._problems import INTERRUPTED, SOFTWARE, UNUSABLE, problem, usage_hint
from analytics.cli._stop import Stop, stoppable
from analytics.extracts.errors import UnusableInputError
from analytics.extracts.faults import fault_of
from analytics.i18n import LANGUAGES, Words, words
from analytics.logs import configure_logging
from analytics.settings import SettingsError, settings

COMMANDS: Final = (
    "demo",
    "check",
    "ingest",
    "snapshots",
    "indicator",
    "ask",
    "download",
    "package",
    "deck",
    "report",
    "evaluate",
    "plan",
    "doctor",
    "selftest",
    "reference",
    "bench",
    "coverage",
    "attack",
    "trial",
)

_PROGRAM: Final = "python -m analytics"
_Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


def group(w: Words) -> click.Command:
    """Return all commands in the language of ``w``."""

    def build(name: str) -> click.Command:
        module = import_module(f"analytics.cli.{name}")
        return prepare(module.command(w), w)

    commands = LazyGroup("analytics", names=COMMANDS, build=build, help_text=w("cli.about"))
    return prepare(commands, w)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; errors go to standard error in words."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        configure_logging()
        w = words(chosen_language(given, os.environ))
    except SettingsError as error:
        return _report_setting(error)
    sys.excepthook = _quiet_hook(w)
    with stoppable() as stop:
        return _run(given, w, stop)


def _run(given: list[str], w: Words, stop: Stop) -> int:
    try:
        code = group(w).main(given, prog_name=_PROGRAM, standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.message)
        return UNUSABLE
    except (click.Abort, KeyboardInterrupt):
        return _stopped(stop, w)
    except (click.ClickException, UnusableInputError, OSError) as error:
        return _report(error, w)
    except Exception as error:
        # A library that was interrupted says so in an exception of its own.
        if stop.code:
            return _stopped(stop, w)
        if fault_of(error) is None:
            raise
        return _report(error, w)
    return code if isinstance(code, int) else 0


def _stopped(stop: Stop, w: Words) -> int:
    click.echo(w("cli.interrupted"), err=True)
    return stop.code or INTERRUPTED


def _report(error: Exception, w: Words) -> int:
    click.echo(w("cli.error", message=problem(error, w)), err=True)
    if hint := usage_hint(error, w):
        click.echo(hint, err=True)
    return UNUSABLE


def _report_setting(error: SettingsError) -> int:
    """Name the wrong setting in every language: which one to speak may be what is wrong."""
    for w in map(words, LANGUAGES):
        click.echo(w("cli.error", message=w("cli.bad_setting", names=error)), err=True)
    return UNUSABLE


def _quiet_hook(w: Words) -> _Hook:
    """Return a hook that reports a mistake of the program without the values a traceback shows."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if settings().log_level == "debug":
            sys.__excepthook__(kind, error, trace)
        click.echo(w("cli.error", message=w("cli.unexpected", kind=kind.__name__)), err=True)
        # What the frames still hold, such as an open database, is closed before the end.
        traceback.clear_frames(trace)
        raise SystemExit(SOFTWARE)

    return hook
