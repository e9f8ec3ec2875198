"""What can be chosen about the demonstration data."""

from dataclasses import dataclass
from datetime import date
from typing import Final

FIRST_START: Final = date(2015, 1, 1)
LAST_DATA_CUT: Final = date(2023, 12, 31)
DEFAULT_CASES: Final = 60_000
DEFAULT_SEED: Final = 2021
_MOST_CASES: Final = 20_000_000


@dataclass(frozen=True, slots=True)
class DemoConfig:
    """The size, the seed and the effects of a demonstration data set.

    Attributes:
        cases: Cases opened between ``start`` and ``as_of``; rows not yet recorded at the data cut
            are absent, so the table holds slightly fewer.
        seed: Equal configurations give equal bytes.
        start: First day on which a case can be opened.
        as_of: The data cut.
        model_effect: Multiplies the effects of the model programme; 0 switches them off.
        kim_effect: Multiplies the effects of KIM; 0 switches them off.
        binding_effect: Multiplies what an agreed appointment does; 0 switches it off.

    Raises:
        ValueError: If a value lies outside the process that ``docs/methods/demonstration-data.md``
            describes.
    """

    cases: int = DEFAULT_CASES
    seed: int = DEFAULT_SEED
    start: date = FIRST_START
    as_of: date = LAST_DATA_CUT
    model_effect: float = 1.0
    kim_effect: float = 1.0
    binding_effect: float = 1.0

    def __post_init__(self) -> None:
        if not 1 <= self.cases <= _MOST_CASES:
            raise ValueError(f"cases must lie in 1 to {_MOST_CASES}: {self.cases}")
        if self.seed < 0:
            raise ValueError(f"seed must not be negative: {self.seed}")
        if not FIRST_START <= self.start < self.as_of <= LAST_DATA_CUT:
            raise ValueError(f"dates must lie in {FIRST_START} to {LAST_DATA_CUT}, in order")
        if min(self.model_effect, self.kim_effect, self.binding_effect) < 0:
            raise ValueError("effects must not be negative")
