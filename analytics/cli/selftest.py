"""``python -m analytics selftest``: do the statistics still give the published figures?"""

import json
from typing import Any, Final

import click

from analytics.i18n import Words
from analytics.reports.data.method_check import (
    MethodCheck,
    check_text,
    computed_text,
    method_check,
    method_checks,
)

_DEVIATES: Final = 1


def command(w: Words) -> click.Command:
    """Return the command in the language of ``w``."""

    @click.command("selftest", help=w("cli_selftest.help"))
    @click.option("--json", "as_json", is_flag=True, help=w("cli_selftest.json"))
    def run(as_json: bool) -> int:
        checks = method_checks()
        if as_json:
            click.echo(json.dumps(_document(checks), ensure_ascii=False, indent=2))
        else:
            for check in checks:
                click.echo(_line(check, w))
            exhibit = method_check(w)
            click.echo(f"\n{exhibit.title}\n{exhibit.sentence}")
        return _DEVIATES if any(check.passed is False for check in checks) else 0

    return run


def _line(check: MethodCheck, w: Words) -> str:
    figure = check.figure
    mark = w(f"cli_selftest.mark_{check.result}")
    published = w.number(figure.value, figure.digits)
    if check.computed is None:
        return w(
            "cli_selftest.line_tests_only", mark=mark, what=check_text(check, w),
            published=published, test=figure.test,
        )  # fmt: skip
    return w(
        "cli_selftest.line", mark=mark, what=check_text(check, w), published=published,
        computed=computed_text(check, w), source=figure.source,
    )  # fmt: skip


def _document(checks: tuple[MethodCheck, ...]) -> dict[str, Any]:
    results = [check.result for check in checks]
    counts = {name: results.count(name) for name in ("passed", "failed", "tests_only")}
    return {**counts, "checks": [_entry(check) for check in checks]}


def _entry(check: MethodCheck) -> dict[str, Any]:
    figure = check.figure
    return {
        "method": figure.group,
        "data": figure.data,
        "quantity": figure.quantity,
        "at": figure.at or None,
        "published": figure.value,
        "computed": check.computed,
        "tolerance": figure.tolerance,
        "result": check.result,
        "source": figure.source,
        "test": figure.test or None,
    }
