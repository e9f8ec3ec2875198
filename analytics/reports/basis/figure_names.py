"""What people call a figure, whatever its data say: exhibits are titled by their findings."""

from typing import Final

from analytics.domain.indicators import catalogue
from analytics.domain.vocabulary import Module
from analytics.i18n import Words
from analytics.reports.basis.figures import Figure

_NEIGHBOURS: Final = "_neighbours"


def figure_name(figure: Figure, w: Words) -> str:
    """Return the figure's name; different from those of all other figures of its page."""
    name, _, by = figure.id.rpartition("_by_")
    if name in catalogue():
        texts = {"name": catalogue()[name].name[w.language], "by": w(f"dimension.{by}")}
        return w("figure.indicator", **texts)
    if (name := figure.id.removesuffix(_NEIGHBOURS)) in catalogue():
        return w("figure.neighbours", name=catalogue()[name].name[w.language])
    for module in Module:
        if figure.id.endswith(f"_{module}"):
            stem = figure.id.removesuffix(f"_{module}")
            return w(f"figure.{stem}", module=w.label("module", module))
    return w(figure.name or f"figure.{figure.id}")


def place_name(place: str, w: Words) -> str:
    """Return what people call a page, or a tab of one."""
    page, _, tab = place.partition("/")
    name = w(f"ui.page_{page}".replace("-", "_"))
    return f"{name} · {tab_name(page, tab, w)}" if tab else name


def tab_name(page: str, tab: str, w: Words) -> str:
    """Return what people call a tab."""
    return w(f"tab.{page}_{tab}".replace("-", "_"))
