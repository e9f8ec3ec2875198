"""Axes of printed charts in the language of the document."""

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analytics.charts.axes import tick_text
from analytics.disclosure import Column
from analytics.i18n import Words
from analytics.reports.formatting import Format


def value_axis(axes: Axes, column: Column, w: Words, *, most: int = 5) -> None:
    """Label the vertical axis with values of ``column``, at most ``most`` of them."""
    axes.yaxis.set_major_locator(MaxNLocator(most, steps=[1, 2, 2.5, 5, 10]))
    low, high = axes.get_ylim()
    ticks = [float(tick) for tick in axes.get_yticks() if low <= tick <= high]
    form = Format(column.kind)
    axes.set_yticks(ticks, [tick_text(tick, ticks, form, w) for tick in ticks])
