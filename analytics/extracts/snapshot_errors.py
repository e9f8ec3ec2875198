"""What can be wrong with a store or a snapshot, as messages in either language."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from analytics.extracts.errors import UnusableInputError
from analytics.i18n import Words


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong; ``kind`` is the part of the message id after ``snapshot.``."""

    kind: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """Return the message id."""
        return f"snapshot.{self.kind}"

    def text(self, words: Words) -> str:
        """Return the sentence, with how to mend it where the user can."""
        values = dict(self.values)
        # A sender knows a table by its label; others, such as clocks, have none.
        if label := words.messages.get(f"column.tables.{values.get('table')}"):
            values["table"] = f"{label} ({values['table']})"
        return words(self.message, **values)


class SnapshotError(UnusableInputError):
    """The store cannot do what was asked and has changed nothing.

    Attributes:
        problems: Why; the first one is also the error's own message.
    """

    def __init__(self, first: Problem, *others: Problem) -> None:
        super().__init__(first.message, **first.values)
        self.problems = (first, *others)

    def __reduce__(self) -> tuple[type["SnapshotError"], tuple[Problem, ...]]:
        """Let it pass from one process to another."""
        return type(self), self.problems
