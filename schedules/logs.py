"""Logs: one JSON line each on standard error, never a message's words or a token."""

import logging
import sys
from functools import cached_property
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from structlog.typing import FilteringBoundLogger


class Log:
    """The log of one part of the house.

    What writes it is loaded with the first line: the pages alone write none until something
    goes wrong, and the library would take a twentieth of the start.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def info(self, event: str, **facts: object) -> None:
        """Note what an operator may want to know."""
        self._writer.info(event, **facts)

    def warning(self, event: str, **facts: object) -> None:
        """Note what went wrong and was got over."""
        self._writer.warning(event, **facts)

    def error(self, event: str, **facts: object) -> None:
        """Note what somebody has to look at."""
        self._writer.error(event, **facts)

    def exception(self, event: str, **facts: object) -> None:
        """Note what nobody foresaw, with its traceback; only where one is being handled."""
        self._writer.exception(event, **facts)

    @cached_property
    def _writer(self) -> "FilteringBoundLogger":
        import structlog  # noqa: PLC0415 - see above

        if not structlog.is_configured():
            configure()
        return cast("FilteringBoundLogger", structlog.get_logger(self.name))


def quiet() -> None:
    """Let libraries say no more than warnings while serving."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)


def configure() -> None:
    """Set up how lines are written."""
    import structlog  # noqa: PLC0415 - as above

    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
