"""What cannot be said is refused, with the reason."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, TypeVar, cast

from analytics.domain.filters import NeedFilter
from analytics.domain.indicators import Dimension
from analytics.domain.release import Release, Unreleased, unreleased
from analytics.i18n import Words
from analytics.queries.editions import ClosedQueryError
from analytics.queries.store import ParquetStore
from analytics.reports.basis.span import data_period

Report = TypeVar("Report", bound=Callable[..., Any])


class RefusedError(Exception):
    """A question that has no honest answer.

    Attributes:
        reason: Written for people, in the language of the question.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class UnreleasedError(Exception):
    """A question that the released edition does not answer.

    Attributes:
        found: Why, and the nearest question that it does answer.
    """

    def __init__(self, found: Unreleased) -> None:
        super().__init__(found.reason)
        self.found = found


def refuse_unreleased(
    store: ParquetStore, needs: NeedFilter, by: Dimension, across: Dimension = "state"
) -> None:
    """Refuse what is not on the grid of the released edition.

    Raises:
        UnreleasedError: Where figures are released, with the nearest question that is answered.
    """
    if store.release is not Release.RELEASED:
        return
    if found := unreleased(needs, by, data_period(store), across):
        raise UnreleasedError(found)


def refuse_few_people(store: ParquetStore) -> None:
    """Refuse a figure whose rows tell of few people each.

    Raises:
        ClosedQueryError: Where figures are released.
    """
    if store.release is Release.RELEASED:
        raise ClosedQueryError("figure of few people")


@contextmanager
def refusals(w: Words) -> Iterator[None]:
    """Say in words why the released edition does not answer.

    Raises:
        RefusedError: Instead of what the reports within the block raise.
    """
    try:
        yield
    except ClosedQueryError as error:
        raise RefusedError(w("release.closed")) from error
    except UnreleasedError as error:
        nearest = error.found.nearest.period
        months = {"first": w.month(nearest.start), "last": w.month(nearest.last.first_day)}
        raise RefusedError(w(f"release.unreleased_{error.found.reason}", **months)) from error


def worded(report: Report) -> Report:
    """Return the report, which says in its reader's language what is not released."""

    @wraps(report)
    def told(*arguments: Any, **options: Any) -> Any:
        given = (*arguments, *options.values())
        w = next(each for each in given if isinstance(each, Words))
        with refusals(w):
            return report(*arguments, **options)

    return cast(Report, told)
