"""Rows of estimates say what is missing as what it is."""

import numpy as np
import pandas as pd

from analytics.reports.indicators.protection import Estimated, protected


def test_a_hidden_number_without_a_value_is_protected_and_not_called_no_data() -> None:
    """Three needs hide five: beside the five nothing may say that nobody is there."""
    parts = pd.DataFrame({"key": ["female", "male", "diverse", "unknown"]})
    missing = np.full(4, np.nan)
    estimated = Estimated.of_keys(parts, missing, missing, missing, [3, 5, 40, 0])
    rows = protected(estimated, np.ones(4, dtype=np.bool_)).set_index("key")
    hidden = rows["n"].isna()
    assert hidden["female"] and hidden["male"]
    assert set(rows.loc[hidden & (rows.index != "unknown"), "status"]) == {"suppressed"}
    assert rows.loc["diverse", "status"] == rows.loc["unknown", "status"] == "no_data"
