"""What is said about claims: receipts, what is missing, withdrawals, records."""

from bot.commands.changing import ClaimWithdrawn, PhotoWaits
from bot.commands.filing import ClaimIncomplete, ClaimReceived, Recorded
from bot.commands.finding import ItemUnclear
from bot.commands.redeeming import GoodUnclear
from bot.desks import Refused
from bot.desks_redemption import OrderRefused
from bot.dialogue import Cancelled
from bot.replies.phrases import (
    BOUNDS,
    OWN_DOOR,
    act_day,
    amount,
    clock,
    home,
    joined,
    number,
    place_of,
    signed,
)
from bot.replies.refusals import refused
from domain.claim import Claim
from domain.period import month_of
from domain.points import show
from domain.quote import Quote
from domain.rulebook import Item
from schedules.upkeep import Lapsed


def received(result: ClaimReceived) -> str:
    """Word the receipt of a complete claim."""
    claim = result.claim
    where = claim.act.place or OWN_DOOR
    photos = f"照片{len(claim.photos)}张" if claim.photos else "不用照片"
    whose = home(result.household)
    by = "" if result.is_own else "(您帮忙报的)"
    return (
        f"收到,{whose}{by} {number(claim)} {result.item.short_name}{_amount(result)},"
        f"{_expected(result.quote, result.item)}。"
        f"时间{act_day(claim)},地点{where},{photos}。{_counts_later(claim)}"
        f"审核后告诉您。写错了回“更正 {claim.key.number}”,不报了回“撤回 {claim.key.number}”。"
    )


def _counts_later(claim: Claim) -> str:
    """Say so when an act counts in a later month, because its own quarter is published."""
    if claim.effective_month == month_of(claim.act.occurred_on):
        return ""
    return f"那个季度已经公示了,这次算在{claim.effective_month.month}月。"


def _amount(result: ClaimReceived) -> str:
    act = result.claim.act
    return f"({act.tier})" if act.tier else amount(act, result.item)


def _expected(quote: Quote, item: Item) -> str:
    if quote.points is None or quote.cut is None:
        low, high = item.low, item.high
        span = f"{show(low)}到{show(high)}分" if low is not None and high is not None else "几分"
        return f"加{span}由委员会定"
    text = f"预计{signed(quote.points)}"
    if quote.cut.bound is not None and quote.cut.cap is not None:
        limit = f"{BOUNDS[quote.cut.bound]}最多{show(quote.cut.cap)}分"
        return f"{text}(原本{show(quote.cut.cut_from)}分,{limit},只能算这些)"
    if quote.left is not None and quote.left.points >= 0:
        rest = quote.left
        more = f"还可得{show(rest.points)}分" if rest.points else "已满"
        return f"{text}({BOUNDS[rest.bound]}{more})"
    return text


def incomplete(result: ClaimIncomplete) -> str:
    """Ask once for what is missing, with the end time."""
    claim, item = result.claim, result.item
    wanted: list[str] = []
    if result.unit:
        wanted.append(f"做了多少{result.unit}")
    if result.tiers:
        listed = " ".join(f"{i}.{name}" for i, name in enumerate(result.tiers, start=1))
        wanted.append(f"是哪一级(回数字:{listed})")
    if result.photos_missing:
        wanted.append(f"{result.photos_missing}张照片")
    until = f"请在{clock(claim.expires_at)}前发来" if claim.expires_at else "请发来"
    return (
        f"{home(result.household)} {number(claim)} {item.short_name},还差{joined(wanted)},{until}。"
    )


def withdrawn(result: ClaimWithdrawn) -> str:
    """Confirm a withdrawal."""
    return f"{number(result.claim)} {result.item_name}已撤回。"


def recorded(result: Recorded) -> str:
    """Confirm what the committee wrote down, and who has to agree."""
    claim = result.claim
    points = "分数待定" if result.quote.points is None else signed(result.quote.points)
    said = "" if result.said is None else f"(细则是这个数,您写的是{show(result.said)}分)"
    others = result.needed - 1 if result.item.is_deduction else result.needed
    who = "另一位委员" if others <= 1 else f"另外{others}位委员"
    return (
        f"已记下 {number(claim)} {place_of(result.household)} {result.item.short_name} {points}{said},"
        f"{act_day(claim)}。请{who}核对后回“通过 {claim.key.number}”。"
    )


def photo_waits(_result: PhotoWaits) -> str:
    """Say that a photo waits for its words."""
    return "照片收到。请说是报什么,比如“申报 垃圾分类”。"


def cancelled(_result: Cancelled) -> str:
    """Confirm that nothing goes on."""
    return "好的,不报了。"


def refused_act(result: Refused) -> str:
    """Say which act of several was refused and why; a choice is not waited for among several."""
    if isinstance(result.refusal, ItemUnclear):
        names = joined([item.short_name for item in result.refusal.choices])
        return f"“{result.words}”没记上:可能是{names},请单独再报一次。"
    return f"“{result.words}”没记上:{refused(result.refusal)}"


def refused_order(result: OrderRefused) -> str:
    """Say which good of several cannot be had and why; a choice is not waited for among several."""
    if isinstance(result.refusal, GoodUnclear):
        return f"“{result.words}”没换上:可能是{joined(list(result.refusal.names))},请单独再说一次。"
    return f"“{result.words}”没换上:{refused(result.refusal)}"


def lapsed(result: Lapsed) -> str:
    """Tell once that a draft lapsed."""
    return (
        f"{number(result.claim)} {result.item}没有补齐,先作废了。"
        f"要报的话请重新说“申报 {result.item}”,再发照片。"
    )
