"""The readings (读法) as data: patterns with a weight, and sentences that prove each."""

from bot.understanding.patterns.acting import ACTING
from bot.understanding.patterns.asking import ASKING
from bot.understanding.patterns.board import BOARD
from bot.understanding.patterns.claiming import CLAIMING
from bot.understanding.patterns.faint import FAINT
from bot.understanding.patterns.following import FOLLOWING
from bot.understanding.patterns.pattern import Pattern
from bot.understanding.patterns.redeeming import REDEEMING
from bot.understanding.patterns.reviewing import REVIEWING

__all__ = ["PATTERNS", "Pattern"]

PATTERNS: tuple[Pattern, ...] = (
    *CLAIMING,
    *ACTING,
    *REDEEMING,
    *ASKING,
    *FOLLOWING,
    *BOARD,
    *REVIEWING,
    *FAINT,
)
"""Every pattern; their order means nothing."""
