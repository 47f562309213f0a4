"""What is said of rounds (兑换批次): to administrators, and by the calendar."""

from collections.abc import Callable
from typing import Any, Final

from bot.commands import redeeming, round_planning
from bot.replies.phrases import day, joined
from bot.replies.redemption_plan import collecting, planned, span
from domain.money import show_yuan
from domain.points import show
from domain.redemption import Redemption
from domain.redemption_round import Plan, Round, RoundState
from schedules.redemption import PointsReturned, good_words
from schedules.redemption_notices import (
    CollectingNow,
    PointsEnding,
    RoundClosing,
    RoundDue,
    RoundOpened,
    SecondRoundDue,
)
from schedules.redemption_planning import Liability

NAMED_MAX: Final = 6
FULL: Final = 100
_CLOSING: Final = {0: "今天是最后一天", 1: "明天截止"}


def plan_told(plan: Plan, liability: Liability) -> str:
    """Say a plan as understood and what it may cost, for the one who answers for it."""
    photo = ",领取时要拍照" if plan.needs_photo else ""
    lines = [
        plan.name,
        f"{span(plan.opens_on, plan.closes_on)}可以换",
        f"{collecting(plan)}{photo}",
        f"预算{show_yuan(plan.budget)}元",
        *(planned(good) for good in plan.goods),
        f"全村现在可兑换{show(liability.points)}分,最多换走{show_yuan(liability.at_most)}元的东西;全部换完要{show_yuan(liability.stock)}元。",
    ]
    if min(liability.at_most, liability.stock) > plan.budget:
        lines.append("这比预算多。换到预算用完为止,后面的人就换不到了。")
    return "\n".join(lines)


def previewed(result: round_planning.RoundPreviewed) -> str:
    """Show a plan and ask whether it is right."""
    told = plan_told(result.plan, result.liability)
    return f"请核对:\n{told}\n没问题回1,不对回2,改好再发。"


def stored(result: round_planning.RoundPlanned) -> str:
    """Confirm that a round is kept."""
    number, plan = result.round.key.number, result.round.plan
    if result.round.state is RoundState.OPEN:
        return f"第{number}轮“{plan.name}”开始了,会通知村民群。要停就回“兑换停 {number}”。"
    return (
        f"第{number}轮“{plan.name}”记下了,{day(plan.opens_on)}自动开始,会通知村民群。"
        f"要停就回“兑换停 {number}”。"
    )


def stop_asked(result: round_planning.StopAsked) -> str:
    """Ask whether a round is really to be stopped."""
    back = f"还没领的{result.reserved}笔会取消,分退给各家。" if result.reserved else ""
    return (
        f"真的要停掉第{result.round.key.number}轮“{result.round.plan.name}”吗?{back}停回1,不停回2。"
    )


def stopped(result: round_planning.RoundStopped) -> str:
    """Confirm that a round was stopped."""
    back = f"{result.returned}笔的分已退给各家。" if result.returned else ""
    return f"第{result.round.key.number}轮“{result.round.plan.name}”停了。{back}"


def budget_warned(result: redeeming.BudgetWarned) -> str:
    """Tell an administrator how much of the budget is bespoken."""
    plan, spent = result.round.plan, show_yuan(result.round.spent)
    if result.level >= FULL:
        return f"“{plan.name}”的预算{show_yuan(plan.budget)}元已经订满({spent}元),大家不能再换了。"
    return f"“{plan.name}”已经订了{spent}元,超过预算{show_yuan(plan.budget)}元的{result.level}%了。"


def _listed(round_: Round, redemptions: tuple[Redemption, ...]) -> str:
    return joined([good_words(round_, one) for one in redemptions])


def returned(result: PointsReturned) -> str:
    """Tell a household that it got points back, and why."""
    name, what = result.round.plan.name, _listed(result.round, result.redemptions)
    points = show(sum(one.points for one in result.redemptions))
    if result.is_cancelled:
        return f"“{name}”不办了,您家订的{what}取消了,{points}分已退回。"
    return f"您家在“{name}”订的{what}没有来领,已经取消,{points}分退回了。"


def opened(result: RoundOpened) -> str:
    """Tell the village that a round takes orders."""
    plan = result.round.plan
    named = [f"{good.name}{show(good.price)}分" for good in plan.goods[:NAMED_MAX]]
    more = f"等{len(plan.goods)}样" if len(plan.goods) > NAMED_MAX else ""
    return (
        f"积分兑换开始了:{plan.name},{day(plan.closes_on)}截止。可以换{joined(named)}{more}。"
        f"{collecting(plan)}。想换的私聊我回“兑换”。"
    )


def closing(result: RoundClosing) -> str:
    """Tell the village how long a round still takes orders."""
    plan = result.round.plan
    when = _CLOSING.get(result.days, f"还有{result.days}天截止")
    return f"“{plan.name}”{when}({day(plan.closes_on)})。想换的私聊我回“兑换”。"


def collecting_now(result: CollectingNow) -> str:
    """Tell a household what it has to collect, when and where."""
    what = _listed(result.round, result.redemptions)
    return f"您家换的{what}可以领了:{collecting(result.round.plan)}。领取码回“我的兑换”看。"


def due(result: RoundDue) -> str:
    """Remind the committee of the round before October."""
    soon = "离10月只有几天了。" if result.is_last_call else ""
    if result.running:
        plan = result.running.plan
        return f"今年的积分兑换还没办完,10月前要办完一次。{soon}“{plan.name}”{day(plan.collect_until)}领完。"
    return f"今年还没有办过积分兑换,10月前至少要办一次。{soon}请管理员发“兑换开”安排。"


def second_due(_result: SecondRoundDue) -> str:
    """Remind the committee of the round in December."""
    return "12月1日到20日还没有安排积分兑换。没用的分年底清零,请管理员发“兑换开”安排。"


def points_ending(result: PointsEnding) -> str:
    """Tell the village that points end with the year; amounts only in private."""
    running = result.running
    now = f"“{running.plan.name}”正在办,私聊我回“兑换”。" if running else ""
    return (
        f"{result.year}年的积分还有{result.days}天到期,没用的分不转到明年。{now}"
        "自己家还有多少,私聊我回“我家多少分”。"
    )


RESULTS: Final[dict[type, Callable[[Any], str]]] = {
    round_planning.RoundPreviewed: previewed,
    round_planning.RoundPlanned: stored,
    round_planning.StopAsked: stop_asked,
    round_planning.RoundStopped: stopped,
    redeeming.BudgetWarned: budget_warned,
    PointsReturned: returned,
    RoundOpened: opened,
    RoundClosing: closing,
    CollectingNow: collecting_now,
    RoundDue: due,
    SecondRoundDue: second_due,
    PointsEnding: points_ending,
}
