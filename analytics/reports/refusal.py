"""What cannot be said is refused, with the reason."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RefusedError(Exception):
    """A question that has no honest answer; ``reason`` is written for people."""

    reason: str

    def __str__(self) -> str:
        return self.reason
