"""Frame and router: ``streamlit run app.py`` serves it, each visit runs it."""

from typing import Final

from streamlit.starlette import App

from analytics.ui import errors, frame, server
from analytics.ui.frame import PageFile

TASKS: Final = {
    "overview": (PageFile("pages/results/overview.py", "overview"),),
    "results": (
        PageFile("pages/results/referral_times.py", "referral-times"),
        PageFile("pages/kim/rollout.py", "kim-rollout"),
        PageFile("pages/results/map.py", "map"),
    ),
    "effect": (PageFile("pages/evaluation/effect.py", "effect"),),
    "district": (PageFile("pages/districts/district.py", "district"),),
    "data": (PageFile("pages/data/data_methods.py", "data-methods"),),
    "presentation": (
        PageFile("pages/presentation/deck.py", "presentation"),
        PageFile("pages/presentation/stage.py", "presentation-mode", is_bare=True),
    ),
}
"""Pages by what people come for; a page may have tabs (``domain/pages.py``)."""

if __name__ == "__main__":
    frame.run(TASKS)
else:  # imported by the server that ``streamlit run`` starts
    app = App(
        __file__,
        lifespan=server.lifespan,
        middleware=server.middleware([page.address for pages in TASKS.values() for page in pages]),
        on_script_error=errors.show,
    )
