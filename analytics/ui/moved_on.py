"""What a page says when the link that led to it was made from another snapshot.

Data are never switched by an address: whoever follows an old link sees the present snapshot, and is
told which one the link is about.
"""

from typing import Final

import streamlit as st

from analytics.extracts.manifest import Manifest
from analytics.i18n import Words
from analytics.reports.basis.opening import NamedSnapshot, named_snapshot
from analytics.settings import settings
from analytics.ui.figure_link import PARAMETER
from analytics.ui.show import plain

_COMMAND: Final = "python -m analytics snapshots activate"


def notice(manifest: Manifest, w: Words) -> None:
    """Say that the link which led here is about another snapshot than the one shown."""
    asked = st.query_params.get(PARAMETER)
    if asked is None or asked == manifest.snapshot_id:
        return
    named = named_snapshot(settings().store, asked)
    st.info("\n\n".join(_sentences(named, manifest, w)), icon=":material/history:")


def _sentences(named: NamedSnapshot | None, manifest: Manifest, w: Words) -> list[str]:
    now = {"now": w.date(manifest.as_of), "shown": manifest.snapshot_id}
    if named is None:
        return [plain(w("figure_link.unknown", **now))]
    then = {"then": w.date(named.as_of), "linked": named.snapshot_id}
    moved = plain(w("figure_link.moved", **now, **then))
    if not named.is_kept:
        return [moved, plain(w("figure_link.gone"))]
    return [moved, f"{plain(w('figure_link.kept'))} `{_COMMAND} {named.snapshot_id}`"]
