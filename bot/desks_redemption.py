"""The counter of redemption (兑换柜台): which desk serves which intent."""

from collections.abc import Callable
from typing import Final

from bot.commands import collection, redeeming, redemption_asking, round_planning
from bot.commands.case import Answer, Case
from bot.understanding.reading import Intent, Reading

DESKS: Final[dict[Intent, Callable[[Case, Reading], Answer]]] = {
    Intent.REDEEM: lambda case, reading: redeeming.redeem(case, reading.slots),
    Intent.REDEEM_LIST: lambda case, _: Answer((redemption_asking.catalogue(case),)),
    Intent.MY_REDEMPTIONS: lambda case, _: Answer((redemption_asking.mine(case),)),
    Intent.CANCEL_REDEMPTION: lambda case, reading: redeeming.cancel(case, reading.slots),
    Intent.COLLECTORS: lambda case, _: Answer((redemption_asking.collectors(case),)),
    Intent.HAND_OVER: lambda case, reading: collection.collect(case, reading.slots),
    Intent.OPEN_ROUND: lambda case, reading: round_planning.preview(case, reading.slots),
    Intent.STOP_ROUND: lambda case, reading: round_planning.ask_stop(case, reading.slots),
}
READ_ONLY: Final = frozenset({Intent.REDEEM_LIST, Intent.MY_REDEMPTIONS, Intent.COLLECTORS})
CONFIDENTIAL: Final = frozenset(DESKS) - {Intent.REDEEM_LIST}
"""Codes, balances and who orders what are nobody else's business."""
