"""Results that several figures of one snapshot share, kept as long as the store is open."""

from collections.abc import Callable, Hashable
from functools import wraps
from threading import Lock
from typing import Concatenate, Final, ParamSpec, TypeVar, cast
from weakref import WeakKeyDictionary

from cachetools import LRUCache

from analytics.queries.store import ParquetStore

_MOST: Final = 128

P = ParamSpec("P")
Result = TypeVar("Result")

_results: WeakKeyDictionary[ParquetStore, LRUCache[Hashable, object]] = WeakKeyDictionary()
_lock = Lock()


def once_per_snapshot(
    compute: Callable[Concatenate[ParquetStore, P], Result],
) -> Callable[Concatenate[ParquetStore, P], Result]:
    """Remember the results of ``compute(store, *hashable)``: a snapshot never changes.

    Two threads that ask at the same moment may both compute; both get the same result. The result
    is shared, so it must be frozen.
    """

    @wraps(compute)
    def remembered(store: ParquetStore, *args: P.args, **kwargs: P.kwargs) -> Result:
        key = (compute, args, tuple(sorted(kwargs.items())))
        with _lock:
            known = _results.setdefault(store, LRUCache(_MOST))
            if key in known:
                return cast(Result, known[key])
        result = compute(store, *args, **kwargs)
        with _lock:
            return cast(Result, known.setdefault(key, result))

    return cast(Callable[Concatenate[ParquetStore, P], Result], remembered)
