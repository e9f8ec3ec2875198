"""Why a word has no code, although it is understood."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason.

    Attributes:
        name: What names the message, see ``message``.
        is_final: Whether it holds whatever else is written beside the word.
    """

    name: str
    is_final: bool = False

    @property
    def message(self) -> str:
        """Return the message id of the sentence."""
        return f"reason.{self.name}"


Meaning = str | Reason | None
"""A code, why there is none, or None for what is not known."""

SEVERAL = Reason("several")


def combined(found: list[Meaning]) -> Meaning:
    """Return what parts of one text mean together; None as soon as one part is not known.

    A code holds beside a reason: "Niederlassungserlaubnis § 18c" is clear, "§ 18c" alone is not.
    """
    if not found or None in found:
        return None
    reasons = [each for each in found if isinstance(each, Reason)]
    codes = {each for each in found if isinstance(each, str)}
    final = next((reason for reason in reasons if reason.is_final), None)
    if final or not codes:
        return final or next(iter(reasons), None)
    return codes.pop() if len(codes) == 1 else SEVERAL
