"""Are the statistics right? Published figures, recomputed with the code that the pages use."""

from dataclasses import dataclass

import pandas as pd

from analytics.domain.published_figures import PublishedFigure, published_figures
from analytics.i18n import Words
from analytics.reports.basis import takes
from analytics.reports.basis.figures import figure
from analytics.reports.basis.making import Column, Exhibit, readable, stated
from analytics.reports.data.method_values import recomputed

# Beyond the last printed digit, so that one sees by how much a value differs.
_MORE_DIGITS = 2


@dataclass(frozen=True, slots=True)
class MethodCheck:
    """A published figure beside the computed one.

    Attributes:
        figure: What is published.
        computed: None where the data belong to the tests alone.
        passed: Whether they agree; None where only the tests can tell.
    """

    figure: PublishedFigure
    computed: float | None
    passed: bool | None

    @property
    def result(self) -> str:
        """Return ``passed``, ``failed`` or ``tests_only``."""
        if self.passed is None:
            return "tests_only"
        return "passed" if self.passed else "failed"


def method_checks() -> tuple[MethodCheck, ...]:
    """Recompute every published figure whose data are part of the project."""
    return tuple(_checked(figure) for figure in published_figures())


@figure("method_check", "data-methods/check", takes.PUBLISHED)
def method_check(w: Words) -> Exhibit:
    """Return one row per published figure, in groups of the method.

    Columns ``section`` (method), ``data``, ``quantity``, ``published``, ``computed``,
    ``tolerance`` and ``result`` as text, ``outcome`` (code: passed, failed, tests_only),
    ``source`` and ``test``.
    """
    checks = method_checks()
    counts = {
        "passed": sum(check.passed is True for check in checks),
        "failed": sum(check.passed is False for check in checks),
        "tests_only": sum(check.passed is None for check in checks),
    }
    numbers = {name: w.number(count) for name, count in counts.items()}
    message = "method_check.title_failed" if counts["failed"] else "method_check.title"
    sources = _sources(checks)
    line = w("method_check.source", sources="; ".join(sources))
    brief = w("method_check.source_brief", count=w.number(len(sources)))
    return stated(line, w, brief).exhibit(
        "method_check",
        w(message, **numbers),
        w("method_check.sentence", total=w.number(len(checks)), **numbers),
        _columns(w),
        pd.DataFrame([_row(check, w) for check in checks]),
        notes=(w("method_check.note_tests"), w("method_check.note_tolerance")),
    )


def _checked(figure: PublishedFigure) -> MethodCheck:
    if not figure.is_live:
        return MethodCheck(figure, None, None)
    computed = recomputed(figure)
    # A value exactly on the border of the tolerance is rounded to the printed one.
    return MethodCheck(
        figure, computed, abs(computed - figure.value) <= figure.tolerance * (1 + 1e-9)
    )


def _columns(w: Words) -> tuple[Column, ...]:
    texts = ("section", "data", "quantity", "published", "computed", "tolerance", "result")
    return (
        *(Column(name, w(f"method_check.column_{name}")) for name in texts),
        Column("outcome", w("method_check.column_result"), internal=True),
        *readable(w, source="method_check.column_source", test="method_check.column_test"),
    )


def _row(check: MethodCheck, w: Words) -> dict[str, str]:
    figure = check.figure
    return {
        "section": w(f"method_check.group_{figure.group}"),
        "data": figure.data,
        "quantity": _quantity(figure, w),
        "published": w.number(figure.value, figure.digits),
        "computed": computed_text(check, w),
        "tolerance": f"± {_shortest(figure.tolerance, w)}",
        "result": w(f"method_check.result_{check.result}"),
        "outcome": check.result,
        "source": figure.source,
        "test": figure.test or "–",
    }


def check_text(check: MethodCheck, w: Words) -> str:
    """Return method, data and quantity in one line, as in a list."""
    figure = check.figure
    method = w(f"method_check.group_{figure.group}")
    return f"{method} · {figure.data} · {_quantity(figure, w)}"


def computed_text(check: MethodCheck, w: Words) -> str:
    """Return the computed value with more digits than are printed; a dash where there is none."""
    if check.computed is None:
        return "–"
    return w.number(check.computed, check.figure.digits + _MORE_DIGITS)


def _quantity(figure: PublishedFigure, w: Words) -> str:
    return w(f"method_check.quantity_{figure.quantity}", at=_localised(figure.at, w))


def _localised(at: str, w: Words) -> str:
    """Return a fraction with the language's decimal sign; years and codes stay as they are."""
    whole, dot, decimals = at.partition(".")
    is_fraction = dot and whole.isdigit() and decimals.isdigit()
    return w.number(float(at), len(decimals)) if is_fraction else at


def _shortest(tolerance: float, w: Words) -> str:
    """Return a tolerance with as many digits as it needs."""
    text = f"{tolerance:.10f}".rstrip("0")
    return w.number(tolerance, len(text.partition(".")[2]))


def _sources(checks: tuple[MethodCheck, ...]) -> list[str]:
    """Name each source once, packages and books before their chapters."""
    return sorted({check.figure.source.partition(", ")[0] for check in checks})
