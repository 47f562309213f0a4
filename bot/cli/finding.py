"""What the doctor finds (体检结果)."""

from dataclasses import dataclass
from typing import Any, Literal

Level = Literal["ok", "warning", "failed"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One check, how it ended, and how to mend what is wrong."""

    check: str
    level: Level
    message: str
    mend: str = ""

    @property
    def is_ok(self) -> bool:
        """Whether the village can work with it; a warning does not stop it."""
        return self.level != "failed"

    @property
    def facts(self) -> dict[str, Any]:
        """What ``--json`` tells."""
        return {
            "check": self.check,
            "ok": self.is_ok,
            "level": self.level,
            "message": self.message,
            "mend": self.mend,
        }


def good(check: str, message: str) -> Finding:
    """Return a finding that all is well."""
    return Finding(check, "ok", message)


def warned(check: str, message: str, mend: str) -> Finding:
    """Return a finding that should be looked at."""
    return Finding(check, "warning", message, mend)


def failed(check: str, message: str, mend: str) -> Finding:
    """Return a finding that stops the village from working."""
    return Finding(check, "failed", message, mend)
