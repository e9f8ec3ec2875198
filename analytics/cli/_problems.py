"""What went wrong, in words; users never see a traceback."""

import errno
import re

import click
from click import exceptions

from analytics.extracts.errors import UnusableInputError
from analytics.extracts.faults import fault_of
from analytics.extracts.snapshot_errors import SnapshotError
from analytics.i18n import Words

# Exit codes: 1 means "findings" for check and ingest, so everything unusable is 2.
UNUSABLE = 2
# sysexits.h: a mistake of the program itself.
SOFTWARE = 70
INTERRUPTED = 130
TERMINATED = 143

_NAMED_BY_REASON = {"forbidden", "read_only", "vanished"}
"""Faults about a path that somebody has given: there the reason is enough."""

# Click has no class of its own for this mistake.
_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)")


def problem(error: Exception, w: Words) -> str:
    """Return the sentence that says what is wrong and, where known, how to mend it."""
    if isinstance(error, SnapshotError):
        return " ".join(problem.text(w) for problem in error.problems)
    if isinstance(error, UnusableInputError):
        return w(error.message, **error.values)
    if isinstance(error, click.UsageError):
        return _usage_problem(error, w)
    if isinstance(error, click.ClickException):
        return error.format_message()
    if (fault := fault_of(error)) and not (fault.path and fault.kind in _NAMED_BY_REASON):
        return w(f"cli.fault_{fault.kind}", path=fault.path or "–")
    if isinstance(error, OSError):
        return w("cli.os_error", path=error.filename or "", reason=_reason(error, w))
    return w("cli.unexpected", kind=type(error).__name__)


def _reason(error: OSError, w: Words) -> str:
    """Return why a file cannot be used: in words for what happens to users, else the system's."""
    code = errno.errorcode.get(error.errno or 0, "")
    known = f"cli.os_{code.lower()}"
    return w(known) if known in w.messages else error.strerror or ""


def _usage_problem(error: click.UsageError, w: Words) -> str:
    if isinstance(error, exceptions.NoSuchOption):
        return w("cli.no_such_option", name=error.option_name)
    if isinstance(error, exceptions.NoSuchCommand):
        return w("cli.no_such_command", name=error.command_name)
    if isinstance(error, click.MissingParameter):
        return w("cli.missing", name=_name(error))
    if isinstance(error, click.BadParameter):
        return _bad_parameter(error, w)
    if isinstance(error, click.BadOptionUsage):
        return w("cli.bad_usage", name=error.option_name)
    if error.ctx is not None and isinstance(error.ctx.command, click.Group):
        return w("cli.missing_command")
    if extra := _EXTRA.match(error.message):
        return w("cli.extra_arguments", values=extra[1])
    return error.format_message()


def _bad_parameter(error: click.BadParameter, w: Words) -> str:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        choices = ", ".join(str(choice) for choice in kind.choices)
        return w("cli.bad_choice", name=_name(error), choices=choices)
    if isinstance(kind, click.types.IntParamType):
        return w("cli.bad_number", name=_name(error))
    if isinstance(kind, click.DateTime):
        return w("cli.bad_date", name=_name(error))
    if isinstance(kind, click.Path):
        return w("cli.bad_path", name=_name(error))
    return w("cli.bad_value", name=_name(error), message=error.message)


def _name(error: click.BadParameter) -> str:
    hint = error.param_hint or (error.param.get_error_hint(error.ctx) if error.param else "")
    return hint.replace("'", "") if isinstance(hint, str) else ", ".join(hint)


def usage_hint(error: Exception, w: Words) -> str:
    """Return the line that says where to find help, or an empty text."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    return w("cli.try_help", command=context.command_path) if context else ""
