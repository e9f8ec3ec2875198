"""Being told to stop: by Ctrl+C or by the system, a command cleans up and says so."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import current_thread, main_thread
from types import FrameType

from analytics.cli._problems import INTERRUPTED, TERMINATED

_CODES = {signal.SIGINT: INTERRUPTED, signal.SIGTERM: TERMINATED}


@dataclass(slots=True)
class Stop:
    """The exit code of the signal that has told the command to stop; 0 while none has."""

    code: int = 0


@contextmanager
def stoppable() -> Iterator[Stop]:
    """Turn both signals into ``KeyboardInterrupt``, so that what is open is closed and removed."""
    stop = Stop()
    if current_thread() is not main_thread():
        yield stop
        return

    def interrupt(number: int, _: FrameType | None) -> None:
        stop.code = _CODES[signal.Signals(number)]
        raise KeyboardInterrupt

    # A command started in the background is told to ignore Ctrl+C, and goes on doing so.
    heeded = [number for number in _CODES if signal.getsignal(number) != signal.SIG_IGN]
    before = {number: signal.signal(number, interrupt) for number in heeded}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
