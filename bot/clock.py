"""The only reader of the clock."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Returns the instant now, aware, in UTC."""


def system_clock() -> datetime:
    """Return the instant now."""
    return datetime.now(UTC)
