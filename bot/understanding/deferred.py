"""Patterns that are compiled when they are first asked, not when they are read.

The reader holds some six hundred; to compile them all takes a quarter of a start.
``ready_all`` does it once the house is open, so that the first villager does not wait.
"""

import re
from typing import Any, Final, cast

_WAITING: Final[list["_Deferred"]] = []


class _Deferred:
    """Stands for a compiled pattern; its methods are the pattern's own from the first use."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        method = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, method)
        return method

    def ready(self) -> None:
        compiled = re.compile(self.pattern, self._flags)
        for name in ("search", "match", "fullmatch", "sub", "finditer", "split", "findall"):
            setattr(self, name, getattr(compiled, name))


def deferred(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return what behaves as ``re.compile(pattern, flags)`` does.

    A pattern that is wrong is told when it is first used; the tests use every one.
    """
    waiting = _Deferred(pattern, flags)
    _WAITING.append(waiting)
    return cast("re.Pattern[str]", waiting)


def ready_all() -> int:
    """Compile what is still waiting; return how many patterns there were."""
    count = len(_WAITING)
    while _WAITING:
        _WAITING.pop().ready()
    return count
