"""What is said of objections: taken, listed, answered (异议)."""

from collections.abc import Callable
from typing import Any, Final

from bot.commands import answering, objecting
from bot.replies.phrases import BOUNDS, day, home, place_of, quarter, signed
from bot.replies.publicity_refusals import ENDED
from domain.objection import Objection, ObjectionState, Outcome
from domain.points import show
from domain.scoring import Cut

OUTCOMES: Final = {Outcome.UPHOLD: "维持", Outcome.CHANGE: "更正", Outcome.DISMISS: "不受理"}


def taken(result: objecting.ObjectionTaken) -> str:
    """Confirm an objection to who raised it."""
    one = result.objection
    return (
        f"记下了,{home(result.household)}对{_about(one)}有异议({one.number}号)。"
        f"委员会会核实,{day(one.due_on)}前私下答复您。"
    )


def _about(one: Objection) -> str:
    """Name what is disputed; an earlier year's claim by its year as well."""
    if one.claim is None:
        return f"{quarter(one.quarter)}总分"
    year = f"{one.claim.year}年" if one.claim.year != one.year else ""
    return f"{year}#{one.claim.number}"


def listed(result: answering.ObjectionsListed) -> str:
    """List what waits for an answer."""
    if not result.waiting:
        return "现在没有要处理的异议。"
    lines = [f"要处理的异议{result.total}件:"]
    for one, household in result.waiting:
        lines.append(
            f"{one.number}号 {place_of(household)} 对{_about(one)}:{one.words}({day(one.due_on)}前答复)"
        )
    first = result.waiting[0][0]
    change = "更正 2分 原因" if first.claim else "更正 加2分 原因"
    lines.append(
        f"要两位没经过手的委员处理,回“异议处理 {first.number} 维持 原因”,"
        f"或者“{change}”“不受理 原因”。"
    )
    if first.claim and any(one.claim is None for one, _ in result.waiting):
        lines.append("对总分的异议,更正要写加几分还是减几分,比如“更正 加2分 原因”。")
    return "\n".join(lines)


def answer_agreed(result: answering.AnswerAgreed) -> str:
    """Say that another person has to say the same."""
    return (
        f"{result.objection.number}号异议,您的意见是{OUTCOMES[result.outcome]}"
        f"{_amount(result.objection, result.cut)}。请另一户没经过手的委员也回一次。"
    )


def _amount(objection: Objection, cut: Cut | None) -> str:
    if cut is None:
        return ""
    if objection.claim is None:
        return f"总分{signed(cut.points)}"
    return f"为{signed(cut.points)}{_limit(cut)}"


def _limit(cut: Cut | None) -> str:
    """Say which cap cut what a member asked for."""
    if cut is None or cut.bound is None or cut.cap is None:
        return ""
    asked, most = show(abs(cut.cut_from)), show(abs(cut.cap))
    return f"(写的是{asked}分,按细则{BOUNDS[cut.bound]}最多{most}分)"


def settled(result: answering.ObjectionSettled) -> str:
    """Confirm an answer to the committee."""
    one = result.objection
    anew = "更正后的公示已发到村民群。" if result.edition is not None else ""
    return (
        f"{one.number}号异议({home(result.household)})处理好了:{ENDED[one.state]}"
        f"{_change(result)}。{anew}已私下答复。"
    )


def answered(result: answering.ObjectionAnswer) -> str:
    """Tell who raised it how it ended, and why."""
    one = result.settled.objection
    more = "" if one.state is ObjectionState.CHANGED else "还有不同意见,可以找村务监督委员会。"
    return (
        f"您的{one.number}号异议核实过了:{ENDED[one.state]}{_change(result.settled)}。"
        f"原因:{one.reason}。{more}"
    )


def correction_told(result: answering.CorrectionTold) -> str:
    """Tell a household that its claim was corrected, though it did not object itself."""
    one = result.settled.objection
    return (
        f"告诉您一声:村务监督对{home(result.settled.household)}{_about(one)}提了异议,"
        f"核实后{ENDED[one.state]}{_change(result.settled)}。原因:{one.reason}。"
        f"有不同意见,公示期里私聊我回“异议”加原因。"
    )


def _change(result: answering.ObjectionSettled) -> str:
    one = result.objection
    if one.points is None:
        return ""
    if one.claim is None:
        return f",总分{signed(one.points)}"
    if one.points == 0:
        return f",#{one.claim.number}不算了"
    limit = _limit(result.cut)
    if result.before is None:
        return f",#{one.claim.number}现在算{signed(one.points)}{limit}"
    return f",#{one.claim.number}从{signed(result.before)}改为{signed(one.points)}{limit}"


RESULTS: Final[dict[type, Callable[[Any], str]]] = {
    objecting.ObjectionTaken: taken,
    answering.ObjectionsListed: listed,
    answering.AnswerAgreed: answer_agreed,
    answering.ObjectionSettled: settled,
    answering.ObjectionAnswer: answered,
    answering.CorrectionTold: correction_told,
}
"""``bot/replies/__init__.py`` merges them."""
