"""Refusals of month review, publication and objections in words."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from bot.commands.month_reviewing import MonthUnnamed, MoveUnnamed
from bot.commands.republishing import QuarterFinal, TooLateToCount
from bot.replies.phrases import BOUNDS, day, joined, month, numbers, quarter
from domain import month_review, objection, publication
from domain.objection import ObjectionState
from domain.period import Month
from domain.points import show
from domain.refusal import Refusal
from schedules import announcing
from schedules import publication as work

ENDED: Final = {
    ObjectionState.RAISED: "正在核实",
    ObjectionState.UPHELD: "维持原来的结果",
    ObjectionState.CHANGED: "已更正",
    ObjectionState.DISMISSED: "没有受理",
}
LACKS: Final = {
    "outcome": "请写明怎么处理:“维持”“更正”或“不受理”,再写原因,比如“异议处理 {n} 维持 照片看得清”。",
    "points": "请写明更正成几分,比如“异议处理 {n} 更正 2分 数量写错”。",
    "delta": "请写明加几分还是减几分,比如“异议处理 {n} 更正 加2分 少算一次”。",
    "reason": "请写上原因,对方要看的,比如“异议处理 {n} 维持 照片看得清”。",
}
DECEMBER: Final = 12
HEARD: Final = {announcing.VILLAGERS: "村民群", announcing.COMMITTEE: "委员群"}
KINDS: Final = {"identity": "身份证号", "phone": "电话号码", "card": "银行卡号"}


def lacking(months: tuple[Month, ...], claims: tuple[int, ...]) -> str:
    """Say what is missing before a quarter can be published."""
    parts = [f"{joined([month(m) for m in months])}还没审定"] if months else []
    parts += [f"{numbers(claims)}还没审完"] if claims else []
    return ",".join(parts)


def _said(told: Iterable[publication.Telling]) -> str:
    return "".join(f"{day(one.on)}已经告诉{whom(one)}。" for one in told)


def whom(told: publication.Telling) -> str:
    """Say who was told what a quarter lacks."""
    return joined(told_to(told))


def told_to(told: publication.Telling) -> list[str]:
    """Name them one by one."""
    return [*["委员群"] * told.in_room, *told.people] or ["委员"]


def _unnamed(r: MonthUnnamed) -> str:
    if not r.late:
        return "没有要审定的月份,上个月以前都审定过了。"
    return f"请写上月份,比如“审定 {month(r.late[0])}”。"


def _stays(r: month_review.YearEndStays) -> str:
    why = "这一年后面的月份都审定了"
    if r.month.month == DECEMBER:
        why = f"#{r.number}是12月的"
    return f"{why},积分不跨年,不能移到下月。请通过或驳回。"


def _found(r: publication.NumberFound) -> str:
    where = f"{r.group_no}组有一户的名字里" if r.group_no is not None else "会议或文件名称里"
    return f"还不能公示:{where}有{KINDS[r.kind]}。请村管理员先改掉。"


def _outside(r: objection.NoObjectionNow) -> str:
    if r.until is not None:
        return "这条不在这次公示的季度里。请先问审核委员,等它公示的时候也可以再提。"
    return "现在不在公示期。对分数有疑问请先问审核委员,会帮您查;下次公示时也可以再提异议。"


def _unchanged(r: objection.NothingCorrected) -> str:
    why = "这样改,分数和原来一样"
    if r.cut is not None and r.cut.bound is not None and r.cut.cap is not None:
        why = f"按细则{BOUNDS[r.cut.bound]}最多{show(abs(r.cut.cap))}分,改了也还是原来的分数"
    return f"{why}。不用改的话,回“异议处理 {r.number} 维持 原因”就好。"


REFUSALS: Final[dict[type[Refusal], Callable[[Any], str]]] = {
    month_review.MonthNotOver: lambda r: f"{month(r.month)}还没过完,下个月1日起才能审定。",
    month_review.MonthConfirmed: lambda r: f"{month(r.month)}已经审定过了。",
    month_review.MonthBlocked: lambda r: (
        f"{month(r.month)}还不能审定:{numbers(r.numbers)}还没审完。"
        f"请先审,或者回“移到下月 {r.numbers[0]} 原因”。"
    ),
    month_review.YearEndStays: _stays,
    month_review.MoveReasonMissing: lambda r: f"请写上原因,比如“移到下月 {r.number} 等补材料”。",
    MonthUnnamed: _unnamed,
    MoveUnnamed: lambda _: "请写上申报的号和原因,比如“移到下月 23 等补材料”。",
    publication.NotPublishable: lambda r: (
        f"{quarter(r.quarter)}还不能公示:{lacking(r.months, r.numbers)}。{_said(r.told[:1])}回“月审”看。"
    ),
    publication.QuarterNotOver: lambda r: (
        f"村里还没有过完一个季度。{quarter(r.quarter)}过完、每个月都审定了,就能公示。"
    ),
    publication.ReleasedAlready: lambda r: (
        f"{quarter(r.quarter)}以前的都公示过了,现在没有要发布的。"
    ),
    publication.NumberFound: _found,
    work.EarlierQuarterWaits: lambda r: f"{quarter(r.quarter)}还没公示,要先公示它。",
    announcing.HeardToday: lambda r: f"{HEARD[r.purpose]}今天已经有一条通知了,明天再发。",
    TooLateToCount: lambda r: (
        f"{r.quarter.year}年{quarter(r.quarter)}的公示已经结束,那时候的分不能再变了。今年的事做了就来报。"
    ),
    QuarterFinal: lambda r: (
        f"{quarter(r.quarter)}的公示已经结束,#{r.number}的分不能再变。还没审的请驳回;真有错,请找村务监督委员会。"
    ),
    objection.ObjectionWordsMissing: lambda _: (
        "请用一句话写明哪里不对,比如“异议 23 少算了1分”,23是申报的号。"
    ),
    objection.NoObjectionNow: _outside,
    objection.NothingToDispute: lambda r: (
        f"#{r.number}没有审出结果,不用提异议。回“进度 {r.number}”看。"
    ),
    objection.ObjectionKnown: lambda r: (
        f"这件事{'您家' if r.is_own else '村务监督'}已经提过异议({r.number}号),{ENDED[r.state]}。"
        + ("" if r.state is ObjectionState.RAISED else "还有不同意见,请找村务监督委员会。")
    ),
    objection.ObjectionUnknown: lambda r: f"没有{r.number}号异议。回“异议处理”看有哪些。",
    objection.ObjectionAnswered: lambda r: f"{r.number}号异议处理过了:{ENDED[r.state]}。",
    objection.NothingCorrected: _unchanged,
    objection.HadPart: lambda _: (
        "这件事您经过手,要请没经过手的两位委员来处理。人不够就请村里加一位委员。"
    ),
    objection.AnswerIncomplete: lambda r: LACKS[r.lacks].format(n=r.number),
}
"""``bot/replies/refusals.py`` merges them."""
