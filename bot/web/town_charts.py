"""The charts of the screens (镇里的图): months, quarters, and wholes in parts."""

from collections.abc import Sequence
from typing import Final

from bot.replies import town as words
from bot.web.charts import Columns, columns
from bot.web.town_sheet import MonthSum, QuarterSum
from domain.participation import Share

EMPTY_TOP: Final = 40
"""Four points: the scale of a year in which nothing was earned."""


def month_chart(months: Sequence[MonthSum]) -> Columns:
    """Draw what was earned and redeemed in each month of the year."""
    series = [(str(m.month.month), (m.earned, m.redeemed)) for m in months]
    is_empty = not any(m.earned > 0 or m.redeemed > 0 for m in months)
    return columns(series, write=words.amount, top=EMPTY_TOP if is_empty else 0)


def shares_of(quarters: Sequence[QuarterSum], now: Share) -> tuple[tuple[str, Share], ...]:
    """Return who took part by each quarter that was shown, and now."""
    shown = (
        (words.quarter_name(one.quarter), Share(one.eligible, 0, one.participating))
        for one in quarters
    )
    return (*shown, (words.NOW, now))


def rate_chart(shares: Sequence[tuple[str, Share]]) -> Columns:
    """Draw rates against the goal."""
    series = [(label, (share.permille,)) for label, share in shares]
    return columns(series, write=words.permille, top=1000, goal=words.GOAL * 10)
