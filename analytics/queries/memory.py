"""The latest answers of a store, so that figures which share counts ask for them once."""

from collections.abc import Hashable
from threading import Lock
from typing import Final

import pandas as pd
from cachetools import LRUCache

_MOST_ANSWERS: Final = 64
_MOST_ROWS: Final = 500_000
"""Over all remembered answers: about 30 megabytes."""


class AnswerMemory:
    """Answers by question, the latest used last; the oldest are forgotten when it is full.

    It must not outlive the data that the answers come from. Safe to share between threads.
    """

    def __init__(self) -> None:
        """Start with nothing remembered."""
        self._answers: LRUCache[Hashable, pd.DataFrame] = LRUCache(_MOST_ROWS, getsizeof=len)
        self._lock = Lock()

    def recall(self, key: Hashable) -> pd.DataFrame | None:
        """Return a copy of the answer to ``key``, or None where it is not remembered."""
        with self._lock:
            answer = self._answers.get(key)
            # pandas copies on write: whoever changes this frame changes only their own.
            return None if answer is None else answer.copy(deep=False)

    def keep(self, key: Hashable, answer: pd.DataFrame) -> None:
        """Remember the answer to ``key``, unless it would push out everything else."""
        if len(answer) > _MOST_ROWS // 2:
            return
        with self._lock:
            self._answers.setdefault(key, answer.copy(deep=False))
            while len(self._answers) > _MOST_ANSWERS:
                self._answers.popitem()
