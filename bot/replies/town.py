"""What the screens of town and district say (一屏观天下); figures and steps, never a name."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from bot.replies.phrases import day
from bot.replies.phrases import month as month_name
from bot.replies.phrases import quarter as quarter_name
from bot.replies.shares import percent
from domain.objection import ObjectionState
from domain.officer import Level, Officer
from domain.participation import FULL_PERCENT, GOAL_PERCENT, Share
from domain.period import parse_month, parse_quarter, village_day
from domain.points import show
from domain.publication import PublicationState
from domain.redemption import RedemptionState
from domain.redemption_round import RoundState
from domain.town import Light, Step, Why
from domain.town_sum import StepName, StepSum, TownSum

GOAL: Final = GOAL_PERCENT
FULL: Final = FULL_PERCENT
STEPS: Final = {
    StepName.REGISTER: "登记",
    StepName.REVIEW: "审核",
    StepName.PUBLISH: "公示",
    StepName.REDEEM: "兑换",
}
LIGHTS: Final = {
    Light.GREEN: "正常",
    Light.YELLOW: "该办了",
    Light.RED: "晚了",
    Light.GREY: "还办不了",
}
OBJECTIONS: Final = {
    ObjectionState.RAISED: "还没答复",
    ObjectionState.UPHELD: "维持原来的",
    ObjectionState.CHANGED: "已更正",
    ObjectionState.DISMISSED: "不受理",
}
VOUCHERS: Final = {
    RedemptionState.RESERVED: "等着领",
    RedemptionState.HANDED_OVER: "领走了",
    RedemptionState.CANCELLED: "取消了",
    RedemptionState.LAPSED: "过期没领",
}
ROUNDS: Final = {
    RoundState.DRAFT: "还没开",
    RoundState.OPEN: "正在兑换",
    RoundState.CLOSED: "正在领取",
    RoundState.ENDED: "办完了",
    RoundState.CANCELLED: "取消了",
}
SHOWN: Final = {
    PublicationState.PREPARED: "还没公示",
    PublicationState.RELEASED: "公示中",
    PublicationState.CORRECTED: "更正后再公示",
    PublicationState.FINAL: "公示完了",
}
NOW: Final = "现在"
TEN_THOUSAND: Final = 10_000
_TENTHS: Final = 10
_LAST_MONTH: Final = 12
_LAST_QUARTER: Final = 4


def reason(step: Step) -> str:
    """Say how a step stands in a few words: 正常, or what is missing and how late it is."""
    words = _WHY[step.why].format(period=_period(step))
    late = f",晚{step.days_late}天" if step.days_late else ""
    return words + late


_WHY: Final = {
    Why.FINE: "正常",
    Why.NO_ROSTER: "没有花名册",
    Why.NO_RULEBOOK: "细则还没通过",
    Why.NOTHING_RECORDED: "今年还没有记录",
    Why.MONTH_OPEN: "{period}没审定",
    Why.QUARTER_UNPUBLISHED: "{period}没公示",
    Why.NOT_REDEEMED: "今年没兑换",
}


def _period(step: Step) -> str:
    """Say the period; a December or fourth quarter that is over is always last year's."""
    if step.why is Why.MONTH_OPEN:
        month = parse_month(step.period)
        return ("去年" if month.month == _LAST_MONTH else "") + month_name(month)
    if step.why is Why.QUARTER_UNPUBLISHED:
        quarter = parse_quarter(step.period)
        return ("去年" if quarter.quarter == _LAST_QUARTER else "") + quarter_name(quarter)
    return ""


def goal(share: Share, percent_: int = GOAL_PERCENT) -> str:
    """Say whether a goal is reached, or how many households it still takes."""
    if not share.eligible:
        return "没有应参加的户"
    missing = share.missing_to(percent_)
    return f"离{percent_}%还差{missing}户" if missing else f"到了{percent_}%"


def kinds(stars: Share, party: Share) -> str:
    """Say how far star and party households are, all of which are to take part."""
    named = (("星级户", stars), ("党员户", party))
    return ",".join(
        f"{name}{percent(share)}" if share.eligible else f"{name}没有" for name, share in named
    ) + ("(都要到100%)" if stars.eligible or party.eligible else "")


def of(share: Share) -> str:
    """Say how many of how many households take part."""
    return f"{share.taking_part}户/{share.eligible}户"


def standing(one: StepSum) -> str:
    """Say how many villages stand how with a step."""
    counts = (one.green, one.yellow, one.red, one.grey)
    counted = zip(counts, LIGHTS, strict=True)
    return ",".join(f"{count}个{LIGHTS[light]}" for count, light in counted if count)


def worst_first(steps: Iterable[tuple[StepName, Step]]) -> tuple[tuple[StepName, Step], ...]:
    """Return the steps that wait for the village, red ones first, then the latest."""
    found = (one for one in steps if one[1].light in {Light.YELLOW, Light.RED})
    return tuple(sorted(found, key=lambda one: (one[1].light is Light.YELLOW, -one[1].days_late)))


def headline(sums: TownSum) -> str:
    """Say in a sentence how many villages are fine."""
    if not sums.villages:
        return "还没有村。"
    if sums.fine == sums.villages:
        return f"{sums.villages}个村四步都正常。"
    return (
        f"{sums.villages}个村,四步都正常的{sums.fine}个,有事要办的{sums.villages - sums.fine}个。"
    )


def amount(points: int) -> str:
    """Say many points shortly: 3200, 1.2万."""
    units = points // _TENTHS
    if units < TEN_THOUSAND:
        return show(points)
    whole, rest = divmod(units * _TENTHS // TEN_THOUSAND, _TENTHS)
    return f"{whole}.{rest}万" if rest else f"{whole}万"


def villages(count: int) -> str:
    """Say a number of villages."""
    return f"{count}个村"


BEFORE: Final = "那时还没开始"
"""What is said of a month before the village began."""


def confirmed(at: datetime | None, *, is_over: bool) -> str:
    """Say when a month was confirmed; one that still runs is not late."""
    if at:
        return f"{day(village_day(at))}审定"
    return "还没审定" if is_over else "这个月还没过完"


def permille(value: int) -> str:
    """Say a height of the scale of rates: 800 is 80%."""
    return f"{value // _TENTHS}%"


def part(value: int, every: int) -> str:
    """Say a part of a whole in percent, rounded down."""
    return f"{value * 100 // every}%" if every > 0 and value > 0 else "0%"


def category(letter: str, name: str) -> str:
    """Say a category of the rulebook."""
    if not letter:
        return "没写条目的"
    return f"{letter} {name}" if name else f"{letter}类"


def who(officer: Officer) -> str:
    """Say who looks, when the operator gave no name."""
    return officer.name or ("镇干部" if officer.level is Level.TOWN else "区干部")


__all__ = [
    "FULL",
    "GOAL",
    "LIGHTS",
    "NOW",
    "OBJECTIONS",
    "ROUNDS",
    "SHOWN",
    "STEPS",
    "VOUCHERS",
    "amount",
    "category",
    "confirmed",
    "goal",
    "headline",
    "month_name",
    "of",
    "part",
    "percent",
    "permille",
    "quarter_name",
    "reason",
    "standing",
    "villages",
    "who",
    "worst_first",
]
