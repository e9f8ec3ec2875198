"""Frame and router: ``streamlit run app.py`` serves it, each visit runs it."""

from streamlit.starlette import App

from analytics.ui import errors, frame, server
from analytics.ui.places import TASKS

if __name__ == "__main__":
    frame.run(TASKS)
else:  # imported by the server that ``streamlit run`` starts
    app = App(
        __file__,
        lifespan=server.lifespan,
        middleware=server.middleware([page.address for pages in TASKS.values() for page in pages]),
        on_script_error=errors.show,
    )
