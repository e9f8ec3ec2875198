"""Frame and router: ``streamlit run app.py`` serves it, each visit runs it."""

from typing import Final

from streamlit.starlette import App

from analytics.ui import errors, frame, server
from analytics.ui.frame import PageFile

SECTIONS: Final = {
    "results": (
        PageFile("pages/results/overview.py", "overview"),
        PageFile("pages/results/referral_times.py", "referral-times"),
        PageFile("pages/kim/rollout.py", "kim-rollout"),
        PageFile("pages/results/map.py", "map"),
    ),
    "evaluation": (
        PageFile("pages/evaluation/comparison.py", "comparison"),
        PageFile("pages/evaluation/model_effect.py", "model-effect"),
        PageFile("pages/evaluation/kim_effect.py", "kim-effect"),
        PageFile("pages/evaluation/verdict.py", "verdict"),
        PageFile("pages/evaluation/analysis_plan.py", "analysis-plan"),
    ),
    "districts": (
        PageFile("pages/districts/profile.py", "district-profile"),
        PageFile("pages/districts/peers.py", "district-peers"),
        PageFile("pages/districts/own_data.py", "own-data"),
        PageFile("pages/districts/quality.py", "district-quality"),
    ),
    "methods": (
        PageFile("pages/evaluation/method_check.py", "method-check"),
        PageFile("pages/data/methods.py", "data-methods"),
    ),
    "sharing": (
        PageFile("pages/presentation/deck.py", "presentation"),
        PageFile("pages/presentation/stage.py", "presentation-mode", is_bare=True),
        PageFile("pages/data/downloads.py", "downloads"),
    ),
}

if __name__ == "__main__":
    frame.run(SECTIONS)
else:  # imported by the server that ``streamlit run`` starts
    app = App(
        __file__,
        lifespan=server.lifespan,
        middleware=server.middleware(
            [page.address for pages in SECTIONS.values() for page in pages]
        ),
        on_script_error=errors.show,
    )
