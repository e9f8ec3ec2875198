"""What a visitor sees and what is logged when something unexpected happens."""

import logging
import secrets
import traceback
from typing import Final

import streamlit as st
import structlog

from analytics.ui import language

_LOG: Final = structlog.get_logger("analytics.ui")
_STREAMLIT_LOGGER: Final = "streamlit.error_util"


def show(error: Exception) -> bool:
    """Show a short message with an id and log the place of the error under the same id.

    The error's own text is not logged: it may quote values of rows.

    Returns:
        True, so that Streamlit shows nothing of its own.
    """
    error_id = secrets.token_hex(4)
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    _LOG.error("page_failed", error_id=error_id, kind=type(error).__name__, places=places)
    w = language.current()
    st.error(w("ui.error", error_id=error_id), icon=":material/error:")
    return True


class _WithoutValues(logging.Filter):
    """Drops the error's text and traceback from Streamlit's own record; ``show`` logs the rest."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.exc_info = None
        record.exc_text = None
        return True


def keep_values_out_of_logs() -> None:
    """Stop Streamlit from writing errors' texts to its log; safe to call again."""
    logger = logging.getLogger(_STREAMLIT_LOGGER)
    if not any(isinstance(present, _WithoutValues) for present in logger.filters):
        logger.addFilter(_WithoutValues())
