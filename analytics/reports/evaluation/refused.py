"""An estimate that cannot be made is an exhibit too: without rows, with the reason."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Final, ParamSpec

import pandas as pd

from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.making import Exhibit, based_on
from analytics.reports.evaluation.panel import NoPanelError
from analytics.stats.did import NoComparisonError, NoSpreadError
from analytics.stats.hazard import NotConvergedError

REFUSING: Final = (NoPanelError, NoComparisonError, NotConvergedError)
"""What an estimator raises where there is no estimate."""

P = ParamSpec("P")
Report = Callable[Concatenate[ParquetStore, P], Exhibit]


def or_refusal(
    exhibit: str, name: str, why_no_comparison: Callable[[ParquetStore, Words], str]
) -> Callable[
    [Callable[Concatenate[ParquetStore, P], Exhibit]],
    Callable[Concatenate[ParquetStore, P], Exhibit],
]:
    """Make a report of an estimate say why there is none instead of raising.

    Args:
        exhibit: Id of the exhibit.
        name: Message that names what cannot be shown.
        why_no_comparison: Says what the snapshot lacks when there is nothing to compare with.
    """

    def refusing(report: Report[P]) -> Report[P]:
        @wraps(report)
        def made(store: ParquetStore, /, *args: P.args, **kwargs: P.kwargs) -> Exhibit:
            w = next(arg for arg in args if isinstance(arg, Words))
            try:
                return report(store, *args, **kwargs)
            except REFUSING as error:
                reason = reason_of(error, store, why_no_comparison, w)
            return refusal(store, exhibit, w(name), reason, w)

        return made

    return refusing


def reason_of(
    error: Exception,
    store: ParquetStore,
    why_no_comparison: Callable[[ParquetStore, Words], str],
    w: Words,
) -> str:
    """Return why there is no estimate, of one of the errors in ``REFUSING``."""
    match error:
        case NoPanelError():
            return w("evaluation.no_panel", as_of=w.date(store.manifest.as_of))
        case NoSpreadError():
            return w("evaluation.no_spread")
        case NoComparisonError():
            return why_no_comparison(store, w)
        case _:
            return w("evaluation.not_converged")


def refusal(store: ParquetStore, exhibit: str, name: str, reason: str, w: Words) -> Exhibit:
    """Return an exhibit without rows that says why."""
    title = w("evaluation.refused_title", name=name)
    return based_on(store, ("cases", "referrals"), w).exhibit(
        exhibit, title, reason, (), pd.DataFrame()
    )
