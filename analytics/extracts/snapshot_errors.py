"""What can be wrong with a store or a snapshot, as messages in either language."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from analytics.i18n import Words


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong; ``message`` is the part of the message id after ``snapshot.``."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, words: Words) -> str:
        """Return the sentence, with how to mend it where the user can."""
        return words(f"snapshot.{self.message}", **self.values)


class SnapshotError(Exception):
    """The store cannot do what was asked; ``problems`` say why and are meant for the user."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"{p.message} {dict(p.values)}" for p in problems))
        self.problems = problems

    def text(self, words: Words) -> str:
        """Return all problems, one a line."""
        return "\n".join(problem.text(words) for problem in self.problems)
