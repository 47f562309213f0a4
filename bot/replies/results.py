"""Which words belong to which result of an act."""

from collections.abc import Callable
from typing import Any, Final

from bot.commands import (
    amounts,
    belonging,
    changing,
    deciding,
    entering,
    filing,
    republishing,
    reviewing,
    seating,
    telling,
)
from bot.commands import asking as ask
from bot.commands import binding as bind
from bot.commands.case import TryLater
from bot.desks import Refused, WebWay
from bot.desks_redemption import OrderRefused
from bot.dialogue import Cancelled
from bot.replies import (
    asking,
    binding,
    claims,
    notices,
    objections,
    paper,
    people,
    publicity,
    redemption,
    reviews,
    unsure,
    wording,
)
from bot.replies.refusals import refused
from schedules.month import MonthReminder
from schedules.upkeep import Lapsed, WasAway

RESULTS: Final[dict[type, Callable[[Any], str]]] = {
    filing.ClaimReceived: claims.received,
    filing.ClaimIncomplete: claims.incomplete,
    filing.Recorded: claims.recorded,
    changing.ClaimWithdrawn: claims.withdrawn,
    changing.PhotoWaits: claims.photo_waits,
    Cancelled: claims.cancelled,
    Refused: claims.refused_act,
    OrderRefused: claims.refused_order,
    reviewing.PendingList: reviews.pending,
    reviewing.PhotosShown: reviews.photos_shown,
    telling.Decided: reviews.decided,
    deciding.HalfDecided: reviews.half_decided,
    deciding.Undecided: reviews.undecided,
    telling.Told: reviews.told,
    amounts.AmountOverruled: reviews.overruled,
    republishing.Republished: reviews.republished,
    ask.BalanceTold: asking.balance,
    ask.HistoryTold: asking.history,
    ask.RuleTold: asking.rule,
    ask.RulesTold: asking.rules,
    ask.StatusTold: asking.status,
    ask.HelpTold: asking.help_,
    WebWay: asking.web_way,
    entering.Bound: binding.bound,
    bind.RoleGiven: binding.role_given,
    seating.OfficerSeated: binding.officer_seated,
    bind.CodeSeen: binding.code_seen,
    bind.BindAsked: binding.bind_asked,
    bind.BindRequested: binding.bind_requested,
    bind.BindSettled: binding.bind_settled,
    bind.BindRefused: binding.bind_refused,
    belonging.RoomBound: binding.room_bound,
    belonging.Consented: binding.consented,
    belonging.ElsewhereStated: binding.elsewhere_stated,
    belonging.ConsentAsked: binding.consent_asked,
    belonging.Left: binding.left,
    belonging.KinDeclared: binding.kin_declared,
    Lapsed: claims.lapsed,
    WasAway: asking.was_away,
    MonthReminder: notices.month_reminder,
    TryLater: asking.try_later,
    **wording.RESULTS,
    **paper.RESULTS,
    **unsure.RESULTS,
    **publicity.RESULTS,
    **objections.RESULTS,
    **people.RESULTS,
    **redemption.RESULTS,
}


def word(results: tuple[object, ...]) -> str:
    """Word the results of one message in one reply, a paragraph each."""
    return "\n".join(RESULTS[type(result)](result) for result in results)


__all__ = ["refused", "word"]
