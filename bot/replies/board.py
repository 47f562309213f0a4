"""What stands on the notice board (公示栏), beside the templates."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from bot.replies.asking import limits, worth
from bot.replies.phrases import UNNAMED, day, joined, month, quarter
from bot.replies.publicity import HEAD_SHOWN, source
from bot.replies.redemption_plan import collecting, most, span
from bot.web.board_sheet import Coming, ComingKind, ListSheet, RulesInForce
from domain.objection import ANSWER_WITHIN
from domain.period import Quarter, village_day
from domain.points import show
from domain.publication import Line, PublicationState
from domain.redemption_round import Good, Round, RoundState
from domain.rulebook import Item
from storage.boards import Edition

ROUND_STATES: Final = {
    RoundState.DRAFT: "还没开始",
    RoundState.OPEN: "现在可以换",
    RoundState.CLOSED: "不能再换,等着领",
}
SINCE: Final = {ComingKind.PUBLICATION, ComingKind.MONTH_REVIEW, ComingKind.YEAR_CLOSES}
LINES: Final[dict[ComingKind, Callable[[Any], str]]] = {
    ComingKind.OBJECTIONS_END: lambda q: f"对{period(q)}公示提意见的最后一天",
    ComingKind.MONTH_REVIEW: lambda m: f"委员会开始核对{month(m)}报的事,还没报的请早点报",
    ComingKind.PUBLICATION: lambda q: f"{period(q)}积分公示:三个月都审定好了就公布",
    ComingKind.PUBLICATION_LATE: lambda q: f"{period(q)}积分公示正在准备,审定好了就公布",
    ComingKind.ORDERS_BEGIN: lambda r: f"{r.plan.name}:可以换东西",
    ComingKind.ORDERS_END: lambda r: f"{r.plan.name}:换东西的最后一天",
    ComingKind.COLLECTING: lambda r: f"{r.plan.name}:到{r.plan.place}领东西",
    ComingKind.YEAR_ENDS: lambda y: f"{y}年的积分用到这一天,不带到下一年",
    ComingKind.YEAR_CLOSES: lambda y: f"开始办{y}年的年终结算和评优",
}


def period(value: Quarter) -> str:
    """Say a quarter with its year: 2026年三季度."""
    return f"{value.year}年{quarter(value)}"


def full_day(value: date) -> str:
    """Say a day with its year."""
    return f"{value.year}年{day(value)}"


def title(edition: Edition) -> str:
    """Head an edition."""
    return f"{period(edition.quarter)}积分公示"


def standing(edition: Edition, today: date) -> str:
    """Say how an edition stands: open for objections, being answered, final, corrected."""
    if edition.state is PublicationState.CORRECTED:
        return "后来更正过,以更正后的为准"
    if edition.state is PublicationState.FINAL:
        return "已经定下来了"
    until = day(edition.objections_until)
    if edition.takes_objections(today):
        return f"正在公示,{until}前(含当天)可以提意见"
    return f"提意见的时间到{until}为止,正在答复"


def facts(edition: Edition, today: date) -> tuple[tuple[str, str], ...]:
    """List what an edition says of itself, each with its label."""
    share = edition.participating * 100 // edition.eligible if edition.eligible else 0
    basis = edition.basis
    ended = basis.until is not None and basis.until < today
    over = f"({full_day(basis.until)}到期,公示的时候还有效)" if ended and basis.until else ""
    told = (
        ("公布", full_day(village_day(edition.released_at))),
        ("情况", standing(edition, today)),
        ("参加", f"全村{edition.eligible}户,今年参加{edition.participating}户,占{share}%"),
        ("依据", source(basis) + over),
        ("细则", f"{edition.rulebook_version}版"),
        ("校验码", edition.chain_head[:HEAD_SHOWN]),
    )
    first = ("第几版", f"第{edition.number}版,更正后的") if edition.number > 1 else None
    return (first, *told) if first else told


def household(line: Line) -> str:
    """Say whose line it is; the name stands as it may be shown."""
    return f"{line.name}家" if line.name else UNNAMED


def place(value: int | None) -> str:
    """Say a place; a household without one has a dash."""
    return "—" if value is None else str(value)


def earlier(edition: Edition) -> str:
    """Say an earlier edition in one line."""
    anew = f"第{edition.number}版," if edition.number > 1 else ""
    return f"{title(edition)}({anew}{full_day(village_day(edition.released_at))}公布)"


def when(one: Coming, today: date) -> str:
    """Say on which day something comes."""
    if one.kind is ComingKind.PUBLICATION_LATE:
        return "这几天"
    if one.on == today and one.until is None:
        return "今天"
    if one.until is not None and one.until != one.on:
        return span(one.on, one.until)
    since = "起" if one.kind in SINCE else ""
    return f"{day(one.on) if one.on.year == today.year else full_day(one.on)}{since}"


def coming(one: Coming) -> str:
    """Say what comes."""
    return LINES[one.kind](one.subject)


def objecting(edition: Edition | None, today: date) -> str:
    """Say until when objections are taken, or when they will be."""
    if edition is None:
        return "公示以后七天里可以提意见。"
    if edition.takes_objections(today):
        until = day(edition.objections_until)
        return f"这次公示可以提意见,{until}前(含当天)都行。"
    return "这次公示提意见的时间已经过了。对分数有疑问,随时可以问审核委员;下次公示时也可以再提。"


def answering() -> str:
    """Say within how many working days an objection is answered."""
    return f"{ANSWER_WITHIN}个工作日里一定答复,由没经过手的两位委员核实。答复只告诉您一家。"


def left(round_: Round, good: Good) -> str:
    """Say what is left of a good."""
    rest = round_.left(good)
    return f"还有{rest}{good.unit}" if rest else "已经换完"


def each(good: Good) -> str:
    """Say how many a household may have."""
    return most(good).lstrip(",") or "每户不限"


def price(good: Good) -> str:
    """Say what one piece costs."""
    return f"{show(good.price)}分1{good.unit}"


def days(round_: Round) -> str:
    """Say when a round takes orders, and when and where things are collected."""
    plan = round_.plan
    return f"{span(plan.opens_on, plan.closes_on)}可以换,{collecting(plan)}。"


def adopted(rules: RulesInForce) -> str:
    """Say which meeting adopted the rules, and how it voted."""
    one = rules.adoption
    return (
        f"{full_day(one.held_on)}{one.meeting}通过:到会{one.present}人,"
        f"同意{one.votes_for}人,反对{one.votes_against}人。"
        f"{full_day(one.published_on)}在{one.published_at}公布,{full_day(one.in_force_on)}起用。"
    )


def gives(item: Item) -> str:
    """Say what an item gives."""
    return worth(item)


def asks(item: Item) -> str:
    """Say an item's limits and what it asks for."""
    veto = f"有这种情况,当年不参加{item.veto}。" if item.veto else ""
    return f"{limits(item)}{veto}"


def said(item: Item) -> str:
    """Show how an item is said, as an example; else who enters it."""
    if not item.may_be_filed_by_villager():
        return "不用自己报,由委员会来记。"
    words = item.aliases[0] if item.aliases else item.short_name
    alone = "(私聊小助手,不要发在群里)" if item.is_private else ""
    return f"这样报:“申报 {words}”{alone}"


def pages(sheet: ListSheet) -> str:
    """Say which page of how many this is."""
    return f"第{sheet.number}页,共{sheet.pages}页"


def groups(sheet: ListSheet) -> str:
    """Say which households a page lists."""
    return "全村" if sheet.group is None else f"{sheet.group}组"


def examples(rules: RulesInForce) -> str:
    """Give the first items that villagers file, as they are said."""
    filed = [
        item
        for item in rules.rulebook.offered()
        if item.may_be_filed_by_villager() and not item.is_private and not item.is_deduction
    ]
    return joined([f"“申报 {(i.aliases or (i.short_name,))[0]}”" for i in filed[:3]])
