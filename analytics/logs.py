"""Logging: one line of JSON an event on standard error, at the level of the settings.

Events carry names of queries, counts and durations, never values of rows.
"""

import logging
import sys

import structlog

from analytics.settings import settings


def configure_logging() -> None:
    """Set up logging for this process; done once, however often it is asked for."""
    if structlog.is_configured():
        return
    level = logging.getLevelNamesMapping()[settings().log_level.upper()]
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        # Looked up at each event: standard error may be another file by then.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )
