"""Weigh the patterns (掂量): which intents the words tell, and how surely."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot.understanding.features import Features
from bot.understanding.patterns import PATTERNS, Pattern
from bot.understanding.reading import Intent

IN_ROOM: Final = tuple(pattern for pattern in PATTERNS if pattern.in_room)
CLOSE: Final = 6
"""Two intents whose weights differ by no more are both plausible."""
MOST: Final = 3
SURE: Final = 80
"""From this weight on a pattern may change a record without asking."""
LEAST: Final = 70
RELAXED: Final = frozenset({"q", "whom", "target", "ids"})
"""Features that a guess may lack."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """An intent, its weight, the pattern that told it and the words it found."""

    intent: Intent
    weight: int
    pattern: Pattern
    words: str


def weigh(features: Features, patterns: Iterable[Pattern] = PATTERNS) -> list[Weighed]:
    """Return the intents that the words tell, the heaviest first, each once."""
    best: dict[Intent, Weighed] = {}
    flat = features.flat
    for pattern in patterns:
        known = best.get(pattern.intent)
        if known and known.weight >= pattern.weight:
            continue
        words = pattern.found(flat)
        if words is None or not _fits(pattern, features):
            continue
        best[pattern.intent] = Weighed(pattern.intent, pattern.weight, pattern, words)
    return sorted(best.values(), key=lambda found: -found.weight)


def guessed(features: Features) -> list[Weighed]:
    """Return what the words alone point to, whatever the patterns need or bar besides.

    It is never acted on: it is offered where nothing fits.
    """
    best: dict[Intent, Weighed] = {}
    for pattern in PATTERNS:
        words = pattern.found(features.flat)
        needs = [need for need in pattern.conditions[0] if need not in RELAXED]
        if words is None or pattern.weight < LEAST or not all(map(features.holds, needs)):
            continue
        found = Weighed(pattern.intent, pattern.weight, pattern, words)
        known = best.get(pattern.intent)
        if known is None or known.weight < pattern.weight:
            best[pattern.intent] = found
    return sorted(best.values(), key=lambda found: -found.weight)[:MOST]


def plausible(weighed: list[Weighed]) -> list[Weighed]:
    """Return the heaviest and what comes close to it, at most three."""
    return [w for w in weighed if w.weight >= weighed[0].weight - CLOSE][:MOST]


def _fits(pattern: Pattern, features: Features) -> bool:
    """Whether every needed feature is there and none that bars."""
    needs, bars = pattern.conditions
    return all(map(features.holds, needs)) and not any(map(features.holds, bars))
