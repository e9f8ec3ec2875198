"""One sheet of a workbook, or a whole text file, as a grid of texts: nothing is a header yet."""

from dataclasses import dataclass, field

import pyarrow as pa

from analytics.extracts.readers.block import LINE


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A grid of texts.

    Attributes:
        cells: ``line`` (int64) and one text column a position, named ``"0"``, ``"1"``, …
        name: The sheet's name; None where the format has none.
        is_hidden: Whether the sender does not see it.
        is_1904: Whether serials of days count from 1904.
        hidden_rows: Rows that the sender does not see, by a filter for instance.
        filled_down: Cells that a merged cell above stands for, and where the first ones are.
        valueless: Formulas without a stored value, and where the first ones are.
        formulas: Formulas, and where the first ones are.
    """

    cells: pa.Table
    name: str | None = None
    is_hidden: bool = False
    is_1904: bool = False
    hidden_rows: int = 0
    filled_down: "Cells" = field(default_factory=lambda: Cells())
    valueless: "Cells" = field(default_factory=lambda: Cells())
    formulas: "Cells" = field(default_factory=lambda: Cells())

    @property
    def positions(self) -> int:
        """Return how many columns the grid has."""
        return int(self.cells.num_columns) - 1


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells of one kind: how many, and the addresses of the first."""

    count: int = 0
    examples: tuple[str, ...] = ()


def sheet_table(lines: pa.Array, columns: "list[pa.Array]") -> pa.Table:
    """Return the grid of these columns."""
    return pa.table([lines, *columns], names=[LINE, *map(str, range(len(columns)))])
