"""What cannot be said is refused, with the reason."""


class RefusedError(Exception):
    """A question that has no honest answer.

    Attributes:
        reason: Written for people, in the language of the question.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
