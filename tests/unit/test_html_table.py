"""A table as HTML: one of words folds into cards on a phone, numbers stay in columns."""

import pandas as pd
import pytest

from analytics.disclosure import Column, ReleasedTable
from analytics.ui.html_table import markup


@pytest.mark.parametrize(("kinds", "folds"), [("text", True), ("number", False)])
def test_only_a_table_of_words_becomes_cards(kinds: str, folds: bool) -> None:
    columns = (Column("label", "Indikator"), *(Column(n, f"Spalte {n}", kinds) for n in "ab"))
    texts = pd.DataFrame([["Anteil", "1 <2>", "2"]], columns=[each.label for each in columns])
    frame = pd.DataFrame([["Anteil", 1, 2]], columns=["label", "a", "b"])
    shown = markup(ReleasedTable(columns, frame), texts, "Titel")
    assert ('class="twin folds"' in shown) is folds
    assert 'data-label="Spalte a">1 &lt;2&gt;</td>' in shown
    assert ('class="number"' in shown) is not folds
