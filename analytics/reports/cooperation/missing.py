"""What figures of hand-overs lack: never told as zero, nor as not delivered where it is recent.

Some columns a sender says that it does not record (``Delivery.not_recorded``); of others it is seen
that none of its hand-overs has them.
"""

from collections.abc import Mapping
from typing import Final, NoReturn

import pandas as pd

from analytics.domain.areas import registry
from analytics.domain.filters import UNKNOWN, NeedFilter
from analytics.domain.vocabulary import Provenance
from analytics.extracts.contract import REFERRALS
from analytics.i18n import Words
from analytics.queries.store import ParquetStore
from analytics.reports.basis.origins import counted_districts
from analytics.reports.basis.refusal import RefusedError
from analytics.reports.cooperation.handovers import APART

REFERRED: Final = "referred_on"
"""Without it nobody is known to have been handed over."""

_ENOUGH: Final = 10
"""Hand-overs of a district from which on a field that none of them has counts as not delivered."""


def refuse_missing(
    store: ParquetStore, needs: NeedFilter, columns: tuple[str, ...], otherwise: str, w: Words
) -> NoReturn:
    """Refuse a figure that has nothing to count, with the reason.

    Args:
        store: The snapshot.
        needs: Which needs count.
        columns: Of referrals, that the figure takes.
        otherwise: What is said where somebody who counts records all of them.
        w: Language.

    Raises:
        RefusedError: Always. It names the column that nobody who counts records, if there is one.
    """
    missing = _unrecorded(store, needs, columns)
    everybody = set(counted_districts(needs)) or _senders(store)
    for column, districts in missing.items():
        if everybody <= set(districts):
            raise RefusedError(w("cooperation.not_delivered", field=_label(column, w)))
    raise RefusedError(" ".join((otherwise, *_notes(missing, w))))


def unrecorded_notes(
    store: ParquetStore, needs: NeedFilter, columns: tuple[str, ...], w: Words
) -> tuple[str, ...]:
    """Return who does not record a column of referrals that a figure takes, a note each column."""
    return _notes(_unrecorded(store, needs, columns), w)


def refuse_not_delivered(counts: pd.DataFrame, field: str, w: Words) -> None:
    """Refuse a measure whose field nobody that counts has delivered: that is not zero.

    Args:
        counts: ``key, trials``: of which hand-overs the field is known.
        field: Column of the contract.
        w: Language.

    Raises:
        RefusedError: It says which field is missing.
    """
    if counts.empty or not counts["trials"].sum():
        raise RefusedError(w("cooperation.not_delivered", field=_label(field, w)))


def not_delivered_note(
    needs: pd.DataFrame, known: pd.DataFrame, field: str, w: Words
) -> tuple[str, ...]:
    """Return which districts hand over, but do not deliver a field; nothing where all do.

    Args:
        needs: ``unit, trials`` of all hand-overs.
        known: ``unit, trials`` of those of which the field is known.
        field: Column of the contract.
        w: Language.
    """
    had, has = (_by_district(frame) for frame in (needs, known))
    missing = [ags for ags, count in had.items() if count >= _ENOUGH and not has.get(ags, 0)]
    return _notes({field: tuple(sorted(missing))} if missing else {}, w)


def of_known_body(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of pairs whose receiving body is known."""
    return frame[~frame["key"].str.endswith(APART + UNKNOWN)]


def _unrecorded(
    store: ParquetStore, needs: NeedFilter, columns: tuple[str, ...]
) -> dict[str, tuple[str, ...]]:
    """Return by column who counts and says that it does not record it: districts, towns apart."""
    counted = counted_districts(needs)
    deliveries = store.manifest.tables[REFERRALS.name].deliveries
    found = {
        column: tuple(
            sender
            for sender, each in sorted(deliveries.items())
            if column in each.not_recorded and (not counted or sender[:5] in counted)
        )
        for column in columns
    }
    return {column: districts for column, districts in found.items() if districts}


def _senders(store: ParquetStore) -> set[str]:
    """Return the districts that have any needs."""
    entry = store.manifest.tables[REFERRALS.name]
    if entry.provenance is Provenance.DELIVERED:
        return set(entry.deliveries)
    return {district.ags for district in registry().districts}


def _notes(missing: Mapping[str, tuple[str, ...]], w: Words) -> tuple[str, ...]:
    return tuple(
        w(
            "cooperation.note_not_delivered",
            field=_label(column, w),
            districts=w.join([registry().kim_unit(ags).name for ags in districts]),
            count=w.number(len(districts)),
        )
        for column, districts in missing.items()
    )


def _label(column: str, w: Words) -> str:
    return w(f"column.label.{column}")


def _by_district(frame: pd.DataFrame) -> dict[str, int]:
    named = frame[frame["unit"] != ""]
    summed = named.groupby(named["unit"].str[:5])["trials"].sum()
    return {str(ags): int(count) for ags, count in summed.items()}
