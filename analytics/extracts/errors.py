"""The one exception of the extracts: input that nothing can be taken from."""


class UnusableInputError(Exception):
    """A file or delivery that cannot be used, with the message that says why.

    Raised only where nothing at all can be taken; rows with mistakes are findings, not errors.

    Attributes:
        message: Id of a message in the catalogues.
        values: Values of the message's placeholders.
    """

    def __init__(self, message: str, /, **values: object) -> None:
        super().__init__(message, values)
        self.message = message
        self.values = values

    def __str__(self) -> str:
        values = ", ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"{self.message} ({values})" if values else self.message
