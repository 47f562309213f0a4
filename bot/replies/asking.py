"""What is said to questions: balance, history, rules, status, help."""

from typing import Final

from bot.commands.asking import (
    BalanceTold,
    HelpTold,
    HistoryTold,
    RulesTold,
    RuleTold,
    StatusTold,
)
from bot.commands.case import TryLater
from bot.desks import WebWay
from bot.replies import people
from bot.replies.phrases import act_day, clock, day, home, joined, number, signed
from domain.claim import Claim, ClaimState
from domain.ledger import EntryKind
from domain.membership import REVIEWING, Role
from domain.period import village_day
from domain.points import show
from domain.rulebook import Item, Kind
from schedules.upkeep import WasAway

STATES = {
    ClaimState.DRAFT: "还没报完",
    ClaimState.SUBMITTED: "等待审核",
    ClaimState.HALF_APPROVED: "已有一位委员同意,还要一位",
    ClaimState.APPROVED: "已通过",
    ClaimState.REJECTED: "没有通过",
    ClaimState.WITHDRAWN: "已撤回",
    ClaimState.LAPSED: "超时没补齐,已作废",
}
KINDS = {
    EntryKind.AWARD: "加分",
    EntryKind.DEDUCTION: "扣分",
    EntryKind.ADJUSTMENT: "调整",
    EntryKind.REVERSAL: "冲正",
    EntryKind.REDEMPTION: "兑换",
    EntryKind.REFUND: "退回",
    EntryKind.YEAR_CLOSE: "年末清零",
    EntryKind.TRANSFER: "并户转分",
}
LISTED_MAX = 6
DISPUTED = "(有异议,正在核实)"
HELP_OF_HOUSE: Final = (
    "申报 垃圾分类(再发一张照片)",
    "申报 志愿服务 2小时",
    "我家多少分",
    "明细、进度、细则 垃圾分类",
    "兑换、兑换 洗衣液 2、我的兑换、取消兑换 3",
    "更正 23、撤回 23(23是申报的号)",
    "公示、异议 23 原因(公示期内)",
    "网页(打开网页版)",
    people.HELP_VILLAGER,
)
HELP_WITHOUT_HOUSE: Final = (
    "绑定 加您家小纸条上的码(自己家要报积分,先绑定)",
    "网页(打开网页版)",
)


def balance(result: BalanceTold) -> str:
    """Word a balance: total first, then what is provisional, the quarter, the place."""
    total = result.balance
    lines = [f"{home(result.household)}{result.year}年共{show(total.earned)}分。"]
    if total.earned:
        checked = f"其中月审确认{show(result.confirmed)}分,待月审{show(result.provisional)}分。"
        lines.append(checked)
    lines.append(f"本季度{show(result.this_quarter)}分,可兑换{show(total.spendable)}分。")
    if result.waiting_count:
        more = f",通过后约{signed(result.waiting)}" if result.waiting else ""
        lines.append(f"还有{result.waiting_count}条等审核{more}。")
    if result.disputed:
        lines.append(f"有{result.disputed}件异议正在核实。")
    if result.place is not None:
        lines.append(f"全村{result.place.of}户中排第{result.place.place}名。")
    return "".join(lines)


def history(result: HistoryTold) -> str:
    """Word the latest entries, newest first."""
    if not result.entries:
        return f"{home(result.household)}还没有积分记录。报了等审核通过,就会记在这里。"
    lines = [f"{home(result.household)}最近{len(result.entries)}笔:"]
    for entry, name in result.entries:
        posting = entry.posting
        why = f",{posting.reason}" if posting.reason and posting.kind is not EntryKind.AWARD else ""
        what = name or KINDS[posting.kind]
        mark = DISPUTED if entry.seq in result.disputed else ""
        lines.append(f"{day(village_day(entry.at))} {what} {signed(posting.points)}{why}{mark}")
    return "\n".join(lines)


def rule(result: RuleTold) -> str:
    """Word one item: what it gives, its caps, who files, what to bring."""
    item = result.item
    parts = [f"{item.short_name}:{worth(item)}。{limits(item)}"]
    if not item.may_be_filed_by_villager():
        parts.append("这一项由委员会来记,不用自己报。")
    elif item.is_private:
        parts.append("请私聊我报,不要发在群里。")
    else:
        parts.append(f"这样报:申报 {item.aliases[0] if item.aliases else item.short_name}。")
    return "".join(parts)


def limits(item: Item) -> str:
    """Say an item's caps, how far apart two acts are, and what to bring."""
    caps = [
        f"{period}最多{show(abs(cap))}分"
        for period, cap in (
            ("每月", item.caps.month),
            ("每季", item.caps.quarter),
            ("每年", item.caps.year),
        )
        if cap is not None
    ]
    parts = [f"{joined(caps)}。"] if caps else []
    if item.cooldown_days:
        parts.append(f"两次要隔{item.cooldown_days}天。")
    if item.evidence:
        parts.append(f"要有:{item.evidence}。")
    return "".join(parts)


def worth(item: Item) -> str:
    """Say what an item gives in few words."""
    match item.kind:
        case Kind.FIXED:
            return signed(item.points or 0)
        case Kind.UNIT:
            per = f"每{item.unit_size}{item.unit}" if item.unit_size > 1 else f"每{item.unit}"
            return f"{per}{signed(item.points or 0)}"
        case Kind.RANGE:
            return f"加{show(item.low or 0)}到{show(item.high or 0)}分,由委员会定"
        case Kind.TIER:
            return joined([f"{tier.name}{signed(tier.points)}" for tier in item.tiers])
        case Kind.STEP:
            return joined(
                [f"第{i}次{signed(p) if p else '提醒'}" for i, p in enumerate(item.steps, start=1)]
            )
        case Kind.HOUR:
            return _hours(item)


def _hours(item: Item) -> str:
    parts, start = [], 1
    for band in item.bands:
        span = f"第{start}到{band.until}小时" if band.until else f"第{start}小时起"
        per = "每小时" if band.per == 1 else f"每{band.per}小时"
        parts.append(f"{span}{per}{signed(band.points)}")
        start = (band.until or start) + 1
    return joined(parts)


def rules(result: RulesTold) -> str:
    """List what can be claimed, a line per category."""
    lines = ["可以自己报的有:"]
    for name, items in result.categories:
        if items:
            short = [item.aliases[0] if item.aliases else item.short_name for item in items]
            shown = joined(short[:LISTED_MAX]) + ("等" if len(short) > LISTED_MAX else "")
            lines.append(f"{name}:{shown}")
    lines.append("想看哪一项,回“细则 垃圾分类”这样。")
    return "\n".join(lines)


def status(result: StatusTold) -> str:
    """Word how claims stand, one line each."""
    if not result.claims:
        return "您家还没有申报过。"
    return "\n".join(
        _state(*one) + (DISPUTED if one[0].key in result.disputed else "") for one in result.claims
    )


def _state(claim: Claim, name: str, by: str, reason: str) -> str:
    state = "核实后取消了" if claim.cancelled_at else STATES[claim.state]
    text = f"{number(claim)} {name} {act_day(claim)}:{state}"
    if claim.state is ClaimState.APPROVED and not claim.cancelled_at:
        text += f",{signed(claim.points or 0)}"
    if claim.state in {ClaimState.APPROVED, ClaimState.REJECTED} and by:
        text += f"({by}审核" + (f",{reason}" if reason else "") + ")"
    return text


def help_(result: HelpTold) -> str:
    """Say what this person can say, by their own role."""
    lines = ["这句没听懂。您可以这样说:" if result.not_understood else "您可以这样说:"]
    if not result.is_bound:
        where = ",加我好友私下发,别发在群里" if result.in_room else ""
        lines.append(f"绑定 加小纸条上的码,比如:绑定 ABCDE-23456{where}")
        lines.append("没有纸条就说:绑定 3组12号 张三")
        return "\n".join(lines)
    lines += HELP_OF_HOUSE if result.has_household else HELP_WITHOUT_HOUSE
    if result.roles & REVIEWING:
        lines += [
            "委员可以说:",
            "待审、看图 23",
            "通过 23、通过 12-15、全部通过除了14",
            "驳回 23 照片看不清",
            "调整 23 2分 原因",
            "代录 3组12号 垃圾分类",
            "扣分 3组12号 乱堆物",
            "亲属 3组12号(登记回避)、我家不在本村",
            "月审、审定 8月、移到下月 23 原因",
            "发布公示、异议处理",
            *people.HELP_COMMITTEE,
            "核销 7K3-9QF(领取码)、领取名单",
            "代兑换 3组12号 洗衣液 2",
            "排名图、公示图、兑换目录图、报表",
        ]
    if Role.ADMINISTRATOR in result.roles:
        lines += ["管理员可以说:", "兑换开、兑换停 1、排名图、公示图、兑换目录图、报表"]
    if Role.SUPERVISOR in result.roles:
        lines.append("监督员可以说:进度 23、月审、报表")
    return "\n".join(lines)


def web_way(result: WebWay) -> str:
    """Give the signed links to the web page."""
    own = f"点开就是网页版,10分钟内有效,只能用一次,别转给别人:\n{result.url}"
    town = f"看各村的情况点这里,10分钟内有效,只能用一次,别转给别人:\n{result.town}"
    return "\n".join([own] * bool(result.url) + [town] * bool(result.town))


def was_away(result: WasAway) -> str:
    """Tell a room that messages may have been missed."""
    start, end = clock(result.down_from), clock(result.down_to)
    return f"积分小助手{start}到{end}不在线,这段时间发给我的没有收到,请再发一次。"


def try_later(result: TryLater) -> str:
    """Say that something of ours broke."""
    return f"小助手出了点小毛病,请过几分钟再发一次。还不行就告诉村委会这个号:{result.code}"
