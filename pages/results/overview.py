"""Overview: the answer first, then the numbers, the places and the course of both programmes."""

from functools import partial

from analytics.reports.indicators.movements import movements
from analytics.reports.programme import programme_facts
from analytics.ui import first_screen, headlines, language, long_tables, show

w = language.current()
first_screen.draw(w)
show.pair(partial(show.figure, movements), headlines.draw)
show.pair(
    partial(long_tables.picture, programme_facts.model_map, w("overview.places")),
    partial(long_tables.picture, programme_facts.timeline, w("overview.timeline")),
)
