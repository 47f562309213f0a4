"""What stands on one's own page of orders, objections and consents, beside the template."""

from bot.replies.phrases import day, quarter, signed
from bot.replies.publicity_refusals import ENDED
from bot.replies.redemption import STATES, code_shown
from bot.replies.redemption_plan import collecting
from bot.web.my_sheet import MyOrder, MySheet
from domain.objection import Objection, ObjectionState
from domain.points import show
from storage.villages import Household


def order(one: MyOrder) -> str:
    """Head an order: number and what."""
    return f"#{one.redemption.key.number} {one.what}"


def ordered(one: MyOrder) -> str:
    """Say what an order costs and how it stands."""
    return f"用{show(one.redemption.points)}分,{STATES[one.redemption.state]}"


def code(one: MyOrder) -> str:
    """Write an order's code as it is read out."""
    return code_shown(one.code)


def where(one: MyOrder) -> str:
    """Say when and where an order is collected."""
    return f"{collecting(one.plan)},领的时候报这个码"


def objection(one: Objection) -> str:
    """Head an objection: its number and what it is about."""
    about = f"#{one.claim.number}" if one.claim else f"{quarter(one.quarter)}总分"
    return f"{one.number}号:对{about}"


def standing(one: Objection) -> str:
    """Say how an objection stands, and why."""
    if one.state is ObjectionState.RAISED:
        return f"正在核实,{day(one.due_on)}前私下答复您"
    amount = ""
    if one.points is not None:
        amount = f",改为{signed(one.points)}" if one.claim else f",总分{signed(one.points)}"
    why = f"。原因:{one.reason}" if one.reason else ""
    return f"{ENDED[one.state]}{amount}{why}"


def window(sheet: MySheet) -> str:
    """Say until when the total can be objected to, or why not now."""
    if sheet.published is None:
        return "现在不在公示期。公示以后七天里,可以在这里对总分提意见。"
    if not sheet.may_dispute_total:
        return "这个季度的总分您家已经提过了,下面看得到怎么样了。"
    until = day(sheet.published.objections_until)
    return f"{quarter(sheet.published.quarter)}正在公示,{until}前(含当天)可以提。"


def photos_shown(household: Household) -> str:
    """Say whether the household's photos may be shown."""
    if household.consents_photo:
        return "您同意了公开照片,村里宣传时可以用。"
    return "照片不公开,只有您家和审核的人看得到。"
