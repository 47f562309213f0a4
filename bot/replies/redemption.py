"""What is said of redemption (兑换): the catalogue, orders, codes, handing over, refusals."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from bot.commands import collection, redeeming, redemption_asking, round_planning
from bot.replies import redemption_plan, redemption_rounds
from bot.replies.phrases import clock, day, home, place_of
from bot.replies.redemption_plan import collecting, most, priced, span
from domain import redemption, redemption_round
from domain.code import canonical
from domain.points import show
from domain.redemption import RedemptionState
from domain.redemption_plan import PlanRefused
from domain.refusal import Refusal

STATES: Final = {
    RedemptionState.RESERVED: "还没领",
    RedemptionState.HANDED_OVER: "已经领了",
    RedemptionState.CANCELLED: "取消了,分已退回",
    RedemptionState.LAPSED: "过了日子没领,分已退回",
}
_HALF: Final = 3


def catalogue(result: redemption_asking.CatalogueTold) -> str:
    """List what can be had, what is left, when and where to collect."""
    round_, plan = result.round, result.round.plan
    lines = [f"{plan.name},{span(plan.opens_on, plan.closes_on)}可以换:"]
    for good in plan.goods:
        left = round_.left(good)
        rest = f"还有{left}{good.unit}{most(good)}" if left else "已经换完"
        lines.append(f"{priced(good)},{rest}")
    yours = "" if result.spendable is None else f"您家可兑换{show(result.spendable)}分。"
    lines.append(f"{collecting(plan)}。{yours}要换就回“兑换 {plan.goods[0].name} 1”这样。")
    return "\n".join(lines)


def no_round(result: redemption_asking.NoRoundTold) -> str:
    """Say that nothing can be ordered now, and when there will be or was something."""
    said = []
    if result.collecting:
        plan = result.collecting.plan
        said.append(f"{plan.name}已经截止,{collecting(plan)}。领取码回“我的兑换”看。")
    if result.coming:
        plan = result.coming.plan
        said.append(f"{plan.name}从{day(plan.opens_on)}开始换,到时候在群里通知。")
    if said:
        return "".join(said)
    return _not_open(None, result.last.plan.closes_on if result.last else None)


def _not_open(opens_on: date | None, last_on: date | None) -> str:
    if opens_on:
        return f"现在还不能换,{day(opens_on)}开始,到时候在群里通知。"
    last = f"上一轮是{day(last_on)}截止的。" if last_on else ""
    return f"现在没有积分兑换。{last}下一轮什么时候办,委员会会通知。"


def code_shown(code: str) -> str:
    """Write a code in two groups of three, as it is read out."""
    return f"{canonical(code)[:_HALF]}-{canonical(code)[_HALF:]}"


def _what(result: redeeming.Reserved) -> str:
    good = result.round.good(result.redemption.good)
    return f"{good.name}{result.redemption.quantity}{good.unit}"


def reserved(result: redeeming.Reserved) -> str:
    """Confirm an order: number, price, what is left, the code, when and where, how to undo it."""
    number = result.redemption.key.number
    whose = home(result.household) + ("" if result.is_own else "(您帮忙换的)")
    code = f"领取码 {code_shown(result.code)}"
    ask = "领的时候报这个码" if result.is_own else "请把码告诉他家,领的时候要报"
    return (
        f"{whose}换好了:#{number} {_what(result)},用{show(result.redemption.points)}分,"
        f"还剩{show(result.spendable)}分。{code},{collecting(result.round.plan)},{ask}。"
        f"不要了回“取消兑换 {number}”。"
    )


def mine(result: redemption_asking.MineTold) -> str:
    """List a household's orders of the year, with the codes of those that wait."""
    if not result.orders:
        return f"{home(result.household)}今年还没有换过东西。回“兑换”看能换什么。"
    lines = [f"{home(result.household)}今年的兑换:"]
    for one, what, code in result.orders:
        tail = f",领取码 {code_shown(code)}" if code else ""
        lines.append(f"#{one.key.number} {what} {show(one.points)}分:{STATES[one.state]}{tail}")
    return "\n".join(lines)


def cancelled(result: redeeming.OrderCancelled) -> str:
    """Confirm that an order was taken back."""
    one = result.redemption
    return (
        f"#{one.key.number} {result.what}不换了,{show(one.points)}分退回{home(result.household)},"
        f"现在可兑换{show(result.spendable)}分。"
    )


def collectors(result: redemption_asking.CollectorsTold) -> str:
    """List who still has something to collect, for the committee."""
    if not result.orders:
        return "没有等着领的东西。"
    lines = ["还没领的:"]
    lines += [f"#{one.key.number} {place_of(at)} {what}" for one, what, at in result.orders]
    lines.append("来领的报领取码,您就回“核销 领取码”。")
    return "\n".join(lines)


def handed_over(result: collection.HandedOver) -> str:
    """Confirm to the committee that goods were handed over."""
    return f"#{result.redemption.key.number} {place_of(result.household)} {result.what},已领。"


def collected(result: collection.Collected) -> str:
    """Tell the household that its goods were handed over, and by whom."""
    by = f"({result.by}经手)" if result.by else ""
    return (
        f"{home(result.household)}#{result.redemption.key.number} {result.what}已经领走{by}。"
        "要是没领到,请马上告诉村委会。"
    )


def photo_asked(result: collection.PhotoAsked) -> str:
    """Ask for the photo that the round wants before anything is written down."""
    return (
        f"码对了:#{result.redemption.key.number} {place_of(result.household)} {result.what}。"
        f"请在{clock(result.until)}前在这里发一张领取照片,收到照片才算领。"
    )


def dropped(_result: round_planning.Dropped) -> str:
    """Confirm that nothing is done."""
    return "好的,先不办了。"


def _unclear(r: redeeming.GoodUnclear) -> str:
    listed = " ".join(f"{i}.{name}" for i, name in enumerate(r.names, start=1))
    return f"是要哪一样?请回数字:{listed}。都不是就回“算了”。"


def _out_of_stock(r: redemption.OutOfStock) -> str:
    if r.left:
        return f"{r.name}只剩{r.left}{r.unit}了,请少换一点。"
    return f"{r.name}已经换完了。回“兑换”看看别的。"


def _limit(r: redemption.LimitReached) -> str:
    whose = "您家" if r.is_own else "这家"
    had = f",{whose}已经换了{r.held}{r.unit}" if r.held else ""
    return f"{r.name}每户最多换{r.limit}{r.unit}{had}。"


def _short(r: redemption.PointsShort) -> str:
    missing = show(-r.points - r.spendable)
    return f"{r.what}要{show(-r.points)}分,现在可兑换{show(r.spendable)}分,还差{missing}分。"


def _settled(r: redemption.RedemptionSettled) -> str:
    return f"#{r.number}{STATES[r.state]},不能再改。"


RESULTS: Final[dict[type, Callable[[Any], str]]] = {
    redemption_asking.CatalogueTold: catalogue,
    redemption_asking.NoRoundTold: no_round,
    redeeming.Reserved: reserved,
    redemption_asking.MineTold: mine,
    redeeming.OrderCancelled: cancelled,
    redemption_asking.CollectorsTold: collectors,
    collection.HandedOver: handed_over,
    collection.Collected: collected,
    collection.PhotoAsked: photo_asked,
    round_planning.Dropped: dropped,
    **redemption_rounds.RESULTS,
}
REFUSALS: Final[dict[type[Refusal], Callable[[Any], str]]] = {
    PlanRefused: redemption_plan.plan_refused,
    round_planning.PlanEmpty: redemption_plan.plan_empty,
    redemption_round.RoundUnknown: lambda r: (
        f"今年没有第{r.number}轮兑换,请看看号码。" if r.number else "请写上第几轮,比如“兑换停 1”。"
    ),
    redemption_round.RoundOver: lambda r: f"第{r.number}轮兑换已经结束了,不能再停。",
    redemption.RoundNotOpen: lambda r: _not_open(r.opens_on, r.last_on),
    redemption.QuantityUnclear: lambda r: (
        f"{r.name}要几{r.unit}?请写个准数,比如“兑换 {r.name} 1”。"
    ),
    redemption.OutOfStock: _out_of_stock,
    redemption.LimitReached: _limit,
    redemption.PointsShort: _short,
    redemption.RedemptionUnknown: lambda r: f"没有找到#{r.number}这笔兑换。回“我的兑换”看号码。",
    redemption.RedemptionNotYours: lambda r: f"#{r.number}不是您家换的,不能取消。",
    redemption.RedemptionSettled: _settled,
    redemption.HandOverOwn: lambda _: "这是您自己家的,请别的委员来核销。",
    redeeming.GoodUnknown: lambda r: f"清单里没有“{r.words}”。回“兑换”看能换什么。",
    redeeming.GoodUnclear: _unclear,
    redeeming.OrderNumberMissing: lambda _: "请写上号码,比如“取消兑换 3”。回“我的兑换”看号码。",
    collection.CollectionCodeWrong: lambda _: "领取码不对,请对方回“我的兑换”再看一遍。",
    collection.CollectionCodeMissing: lambda _: "请写上领取码,比如“核销 7K3-9QF”。",
}
