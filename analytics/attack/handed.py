"""Hand-overs and ways of cases: matrices against the tables of their margins, parts of all ways."""

from itertools import product
from typing import Final

import numpy as np

from analytics.attack.claims import REFERRED, WAYS, Cell, Claims
from analytics.attack.crossed import BOTH, add_table, of_matrix
from analytics.attack.view import View, sampled, years
from analytics.attack.wholes import Wholes
from analytics.domain.filters import BREAKDOWNS, Chosen, fields, only
from analytics.domain.periods import Period
from analytics.reports.basis.figures import Asked
from analytics.reports.cooperation.handovers import BODY, OFFICE
from analytics.reports.cooperation.way_counts import MANY

_FEW: Final = ("1", "2")


def handovers(view: View, cells: int) -> Claims:
    """Put the matrix of hand-overs of each year beside tables by office and by receiving body.

    Args:
        view: What is answered.
        cells: Hidden cells whose extremes are looked for.
    """
    wholes = Wholes()
    for year in years(view.covered):
        wholes.add(dict(of_matrix(view, year)))
        add_table(view, wholes, OFFICE, BODY, year, REFERRED)
    return wholes.claims(view, cells)


def ways(view: View, tables: int, cells: int) -> Claims:
    """Take shares of cases by number of bodies for counts: parts of those with many and of all.

    Args:
        view: What is answered.
        tables: Codes and years that are drawn besides all cases of each year.
        cells: Hidden cells whose extremes are looked for.
    """
    choices = [only(**{name: [code]}) for name in BREAKDOWNS for code in fields()[name].all_codes()]
    wholes = Wholes()
    drawn = sampled(list(product(years(view.covered), choices)), tables)
    for year, chosen in (*((each, ()) for each in years(view.covered)), *drawn):
        _add_ways(view, wholes, year, chosen)
    return wholes.claims(view, cells)


def _add_ways(view: View, wholes: Wholes, year: Period, chosen: Chosen) -> None:
    rows = view.figure("way_bodies", Asked(period=year, chosen=chosen))
    if rows is None or rows.empty:
        return
    told = rows.set_index("key")
    everybody = told["n"].dropna()
    whole = float(everybody.iloc[0]) if len(everybody) else np.nan
    among = only(group=BOTH, **dict(chosen))
    cell = {key: Cell("way_bodies", key, year, among, WAYS) for key in (*_FEW, *MANY)}
    counts = (told["value"] * whole).round()
    # A number of bodies that no case has is no row.
    wholes.add({each: float(counts.get(key, 0.0)) for key, each in cell.items()})
    wholes.add_sum(whole, cell.values())
    many = float(counts.get("many", np.nan))
    wholes.add_sum(many, [cell[key] for key in MANY])
    wholes.add_sum(whole - many, [cell[key] for key in _FEW])
