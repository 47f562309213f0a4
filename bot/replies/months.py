"""What is said of a month: the reminder, the review, its confirmation, what moves on."""

from bot.commands.month_reviewing import (
    MonthAgreed,
    MonthClosed,
    MonthShown,
    MovedOn,
    MovedOnTold,
)
from bot.replies.phrases import day, home, joined, month, number, numbers, signed
from domain.points import show

ACTIONS = {"approve": "通过", "reject": "驳回", "adjust": "改分"}
DEDUCTIONS_SHOWN = 10


def shown(result: MonthShown) -> str:
    """Show a month to the committee, a line for each thing to look at."""
    name = month(result.month)
    state = "已审定" if result.is_confirmed else "还没审定" if result.is_over else "还没过完"
    lines = [f"{result.month.year}年{name}({state}):", *_sums(result), *_flags(result)]
    if result.waiting:
        waiting = [key.number for key in result.waiting]
        lines.append(f"还没审完:{numbers(waiting)}。请先审,或者回“移到下月 {waiting[0]} 原因”。")
    if result.recheck:
        again = numbers(key.number for key in result.recheck)
        lines.append(f"抽到复查的:{again}(抽签号{result.seed}),请找人再核对一遍。")
    if result.is_of_last_year and (named := _named(result)):
        year = result.month.year
        lines.append(f"这些是{year}年的号,回的时候带上年份,比如“看图 {year}年{named[0]}号”。")
    if result.reviewers:
        told = [f"{who}{ACTIONS[action]}{count}条" for who, action, count in result.reviewers]
        lines.append(f"各位委员:{joined(told)}。")
    if not result.is_confirmed:
        lines.append(_next(result))
    return "\n".join(lines)


def _sums(result: MonthShown) -> list[str]:
    lines = []
    if result.categories:
        count = sum(one.count for _, one in result.categories)
        points = sum(one.points for _, one in result.categories)
        each = joined([f"{name}{s.count}条{show(s.points)}分" for name, s in result.categories])
        lines.append(f"加分{count}条,共{show(points)}分:{each}。")
    else:
        lines.append("没有加分。")
    if result.deductions:
        told = [
            f"{number(claim)} {home(household)} {item.short_name} {signed(claim.points or 0)}"
            for claim, item, household in result.deductions[:DEDUCTIONS_SHOWN]
        ]
        more = "等" if len(result.deductions) > DEDUCTIONS_SHOWN else ""
        lines.append(f"扣分{len(result.deductions)}条(不要外传):{joined(told)}{more}。")
    return lines


def _flags(result: MonthShown) -> list[str]:
    found = result.flags
    told = [
        f"{what}{numbers(key.number for key in keys)}"
        for what, keys in (
            ("照片和别的一样:", found.same_photo),
            ("照片很像:", found.like_photo),
            ("过了30天才报:", found.late),
        )
        if keys
    ]
    told += [
        f"{result.filers[bulk.filer]}一次记了同样的:{numbers(bulk.numbers)}" for bulk in found.bulks
    ]
    return [f"请多看一眼:{';'.join(told)}。"] if told else []


def _named(result: MonthShown) -> list[int]:
    """Return the numbers that were told, those drawn for the recheck first."""
    found = result.flags
    keys = (*result.recheck, *found.same_photo, *found.like_photo, *found.late)
    return [key.number for key in keys]


def _next(result: MonthShown) -> str:
    name = month(result.month)
    if not result.is_over:
        return f"{name}过完以后再审定。"
    if result.agreed:
        return f"{joined(list(result.agreed))}已同意,还要另一户的委员回“审定 {name}”。"
    return f"没有问题请两位不同人家的委员回“审定 {name}”。"


def agreed(result: MonthAgreed) -> str:
    """Say that another person has to confirm as well."""
    return f"{month(result.month)}您已同意,请另一户的委员也回一次“审定 {month(result.month)}”。"


def closed(result: MonthClosed) -> str:
    """Say that the month is confirmed."""
    return f"{month(result.month)}审定好了。"


def moved_on(result: MovedOn) -> str:
    """Confirm to the committee that a claim counts later."""
    claim = result.claim
    passed = f"({month(result.passed)}已经审定)" if result.passed else ""
    return (
        f"{number(claim)} {home(result.household)} {result.item.short_name} "
        f"移到{month(claim.effective_month)}了{passed},原因:{result.reason}。"
    )


def moved_on_told(result: MovedOnTold) -> str:
    """Tell who filed it."""
    one = result.moved
    return (
        f"{home(one.household)} {number(one.claim)} {one.item.short_name}"
        f"({day(one.claim.act.occurred_on)})算到{month(one.claim.effective_month)}里审,"
        f"原因:{one.reason}。审好告诉您。"
    )
