"""The roll-out month by month: a slider for one month, and a button that plays all of them.

Plotly's own slider and play button are drawn as SVG, which no keyboard reaches.

While the film runs, a bar shows the month and there is no slider: the browser sends a slider's
value with every request, and a request under way when the film moves on would move it back.
"""

from collections.abc import Callable
from typing import Final

import streamlit as st

from analytics.charts import figures
from analytics.domain.periods import Month
from analytics.domain.vocabulary import Module
from analytics.i18n import Words
from analytics.reports.kim.rollout import half_month, progress, rollout_state
from analytics.ui import controls, data, language, show, url

_SECONDS: Final = 1.0
"""Between two months: long enough to read the map's heading."""
_SHOWN: Final = "film_month"
"""The month that the running film shows."""
_STARTED: Final = "film_started"
"""Whether its first month has been drawn, so that none is passed over."""


@st.fragment
def rollout(module: Module) -> None:
    """Show the map of one month, which the slider chooses or the film moves on."""
    w = language.current()
    months = controls.rollout_months(w)
    if _SHOWN not in url.of_visit():
        _still(module, months, w)
        return
    _button(w("page_kim.pause"), ":material/pause:", _stop)
    url.of_visit()[_STARTED] = False
    # A fragment of its own for the clock: it stops as soon as this one is drawn without it.
    st.fragment(_running, run_every=_SECONDS)(module)


def _still(module: Module, months: dict[str, str], w: Words) -> None:
    """Draw the button that starts the film, the slider, and the map of its month."""
    place = st.empty()
    month = controls.month_of_rollout(w, _half_way(module))
    with place:
        _button(w("page_kim.play"), ":material/play_arrow:", _start, month, list(months))
    _map(module, month)


def _half_way(module: Module) -> str:
    """Return the month by which half of the units had begun: a map that shows who was early."""
    month = half_month(data.ask(progress, module).answer().table.frame)
    return str(Month.of(month)) if month else ""


def _running(module: Module) -> None:
    """Draw the next month; the first time, the month that the film starts with."""
    visit = url.of_visit()
    w = language.current()
    months = controls.rollout_months(w)
    if visit[_STARTED]:
        _move_on(list(months))
    visit[_STARTED] = True
    month = visit[_SHOWN]
    st.progress((list(months).index(month) + 1) / len(months), text=months[month])
    _map(module, month)


def _map(module: Module, month: str) -> None:
    state = data.ask(rollout_state, module, until=controls.last_day(month))
    show.exhibit(state, figures.rollout(month))


def _button(label: str, icon: str, act: Callable[..., None], *args: object) -> None:
    st.button(label, icon=icon, key=url.key_of("film"), on_click=act, args=args)


def _start(month: str, months: list[str]) -> None:
    """Play from the month shown; from the first one if it is the last."""
    url.of_visit()[_SHOWN] = months[0] if month == months[-1] else month


def _move_on(months: list[str]) -> None:
    """Show the next month; after the last one the film stops."""
    place = months.index(url.of_visit()[_SHOWN])
    if place + 1 < len(months):
        url.of_visit()[_SHOWN] = months[place + 1]
        return
    _stop()
    st.rerun()


def _stop() -> None:
    """Leave the slider at the month that the film has come to."""
    if month := url.of_visit().pop(_SHOWN, None):
        st.session_state[url.key_of(controls.MONTH)] = month
