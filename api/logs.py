"""Log lines: JSON, one a line, names of events in the past tense, the request they belong to beside them."""

from __future__ import annotations

import logging
import sys
from typing import TextIO, cast

import structlog


class StandardError:
    """Where standard error goes at the moment of writing, not when logs were configured."""

    def write(self, text: str) -> int:
        """Hand it on."""
        return sys.stderr.write(text)

    def flush(self) -> None:
        """Have it seen."""
        sys.stderr.flush()


def quiet_logs() -> None:
    """For a command that answers a person: only what went wrong is logged, beside its answer and never in it."""
    if not structlog.is_configured():
        configure_logs("warning", cast("TextIO", StandardError()))


def configure_logs(level: str = "info", stream: TextIO | None = None) -> None:
    """Send every log line of this process to a stream (standard error when none is given), from `level` up."""
    number = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            # Without the values of variables: those may hold texts that are to be forgotten one day.
            structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False)),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(stream or sys.stderr),
        cache_logger_on_first_use=False,
    )
    # Libraries speak through the standard library: their warnings take the same road.
    handler = _ToStructlog()
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)


class _ToStructlog(logging.Handler):
    """Hand what a library logs to structlog."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line for one record."""
        structlog.get_logger(record.name).log(
            record.levelno,
            "library_logged",
            message=record.getMessage(),
            logger=record.name,
            exc_info=record.exc_info or None,
        )
