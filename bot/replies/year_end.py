"""What is said about honours, the bottom line and the year's end."""

from collections.abc import Callable
from typing import Any, Final

from bot.commands.honouring import Bar, Candidates, HonourGiven, VetoLifted
from bot.replies.phrases import day, joined, place_of, quarter
from bot.replies.publicity_refusals import lacking
from domain import bottom_line, honours, year_close
from domain.period import village_day
from domain.points import show
from domain.refusal import Refusal
from schedules.year import Commendation, YearCanClose, YearClosing


def candidates(result: Candidates) -> str:
    """List who may be honoured, and who is barred and why."""
    head = _candidates_head(result)
    if not result.standings:
        return f"{head}现在还没有人家有积分。"
    lines = [head]
    lines += [
        f"第{standing.place}名 {place_of(household)} {show(standing.points)}分"
        for standing, household in result.standings
    ]
    if result.barred:
        number = result.barred[0].because[0][0].key.number
        when = f"{result.year}年" if result.is_past else "今年"
        lines.append(f"碰了底线,{when}不能参评:")
        lines += [_barred(bar) for bar in result.barred]
        lines.append(f"已经改好的,请两位委员回“恢复评优 {number} 原因”。")
    if result.name is None:
        lines.append("年终结算时按这个名单授予。名单请不要发到村民群。")
    else:
        first = result.standings[0][1]
        what = f"{result.year} {result.name}" if result.is_past else result.name
        lines.append(f"定下来请两位委员回“授予 {what} {first.group_no}组{first.house_no}号”。")
    return "\n".join(lines)


def _candidates_head(result: Candidates) -> str:
    if result.name is None:
        count = len(result.standings)
        return f"{result.year}年度奖,参加的{result.taking_part}户里取5%左右,现在是{count}户:"
    return f"“{result.name}”候选,按{result.year}年积分:"


def _barred(bar: Bar) -> str:
    why = joined([f"#{claim.key.number} {name}" for claim, name in bar.because])
    return f"{place_of(bar.household)} {show(bar.points)}分({why})"


def honour_given(result: HonourGiven) -> str:
    """Confirm an honour."""
    who = place_of(result.household)
    if not result.is_new:
        return f"{who}已经有{result.year}年的“{result.name}”了,不用再授。"
    return f"好了,“{result.name}”授予{who},记在{result.year}年的荣誉里。"


def veto_lifted(result: VetoLifted) -> str:
    """Confirm that a veto is lifted."""
    number, who = result.claim.key.number, place_of(result.household)
    if not result.is_new:
        return f"#{number} 早就解除了,{who}可以评优。"
    return f"好了,#{number} 不再影响评优(原因:{result.reason})。{who}可以参评了,扣的分不变。"


def year_closing(result: YearClosing) -> str:
    """Tell what a year's close did, or that it was done before."""
    close = result.close
    award = ""
    if result.honoured:
        names = joined([place_of(household) for _, household in result.honoured])
        award = f"年度奖{len(result.honoured)}户:{names}。"
    if not result.is_new:
        on = day(village_day(close.closed_at))
        return f"{close.year}年{on}已经结清过了,没有再动。{award}"
    ended = f"{close.households_ended}户没用完的{show(close.ended)}分清零"
    return (
        f"{close.year}年结清了:{ended},全年得分和名次都留着。{award}"
        f"新的一年从0分开始。有年度奖的,表扬通知会在白天发到村民群。"
    )


def year_can_close(result: YearCanClose) -> str:
    """Tell the committee that the year can be closed."""
    year = result.year
    return (
        f"{year}年都审定了,可以年终结算。先回“评优 {year}”看年度奖名单,"
        f"没有问题请两位委员回“年终结算 {year}”。"
    )


def commendation(result: Commendation) -> str:
    """Commend the households of the year, named only as far as they agreed."""
    names = [name for household in result.honoured if (name := household.public_name)]
    quiet = len(result.honoured) - len(names)
    who = joined([f"{name}家" for name in names])
    if quiet:
        who += f",还有{quiet}户不愿留名的人家" if who else f"{quiet}户不愿留名的人家"
    return (
        f"{result.year}年的积分评出来了,表扬{who}。"
        f"谢谢大家一年来为村里出力!新的一年积分从0开始,欢迎接着参加。"
    )


def _barred_refusal(r: honours.HouseholdBarred) -> str:
    numbers = joined([f"#{n}" for n in r.numbers])
    return (
        f"{r.head}家{r.year}年碰了底线({numbers}),不能评优。"
        f"已经改好的,请两位委员回“恢复评优 {r.numbers[0]} 原因”。"
    )


def _unfinished(r: year_close.YearUnfinished) -> str:
    if not (r.months or r.numbers):
        quarters = joined([quarter(q) for q in r.quarters])
        return f"{r.year}年{quarters}的公示还没定下来。公示期满、异议都答复了才能结算。"
    return f"{r.year}年还不能结算:{lacking(r.months, r.numbers)}。都审好了再来。"


RESULTS: Final[dict[type, Callable[[Any], str]]] = {
    Candidates: candidates,
    HonourGiven: honour_given,
    VetoLifted: veto_lifted,
    YearClosing: year_closing,
    YearCanClose: year_can_close,
    Commendation: commendation,
}
REFUSALS: Final[dict[type[Refusal], Callable[[Any], str]]] = {
    bottom_line.NoBar: lambda r: f"#{r.number} 没有影响评优,不用恢复。",
    bottom_line.LiftUnclear: lambda r: (
        f"请写明是哪一条和原因,比如“恢复评优 {r.number or 23} 已经拆除”。"
    ),
    honours.HonourNameMissing: lambda _: "请写明荣誉的名字和哪一户,比如“授予 最美家庭 3组12号”。",
    honours.HouseholdBarred: _barred_refusal,
    year_close.YearNotOver: lambda r: f"{r.year}年还没过完,过了年再结算。",
    year_close.YearUnfinished: _unfinished,
    year_close.OrdersOpen: lambda r: (
        f"{r.year}年还有{r.count}份兑换没领。发掉或者取消了再结算,过了领取日的会自动退分。"
    ),
    year_close.NothingToClose: lambda r: f"{r.year}年村里还没有积分,没有要结算的。",
    year_close.EarlierYearOpen: lambda r: f"{r.year}年还没结清,请先回“年终结算 {r.year}”。",
}
