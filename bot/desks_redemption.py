"""The counter of redemption (兑换柜台): which desk serves which intent."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.commands import collection, redeeming, redemption_asking, round_planning
from bot.commands.case import Answer, Case, Notice
from bot.understanding.reading import Intent, Reading
from domain.redemption import LimitReached, OutOfStock, PointsShort, QuantityUnclear
from domain.refusal import Refusal

_OF_ONE: Final = (
    redeeming.GoodUnknown, redeeming.GoodUnclear,
    QuantityUnclear, OutOfStock, LimitReached, PointsShort,
)  # fmt: skip
"""What holds up one good of several and not the others."""


@dataclass(frozen=True, slots=True)
class OrderRefused:
    """One good of several that cannot be had, with the words that named it."""

    words: str
    refusal: Refusal


def _redeem(case: Case, reading: Reading) -> Answer:
    """Keep every order of a message; what cannot be had does not hold up the rest."""
    if len(reading.acts) <= 1:
        return redeeming.redeem(case, reading.slots)
    results: list[object] = []
    notices: list[Notice] = []
    for act in reading.acts:
        try:
            with case.books.attempt():
                answer = redeeming.redeem(case, act.slots)
        except _OF_ONE as refusal:
            results.append(OrderRefused(act.slots.item_words, refusal))
        else:
            results += answer.results
            notices += answer.notices
    return Answer(tuple(results), tuple(notices))


DESKS: Final[dict[Intent, Callable[[Case, Reading], Answer]]] = {
    Intent.REDEEM: _redeem,
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
