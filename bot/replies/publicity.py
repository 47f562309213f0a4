"""What is said of publications and objections, and what the calendar says of them."""

from collections.abc import Callable
from typing import Any, Final

from bot.commands import answering, month_reviewing, objecting, publishing
from bot.replies import months
from bot.replies.phrases import day, home, joined, month, place_of, public_home, quarter, signed
from bot.replies.publicity_refusals import ENDED, lacking
from domain.basis import Basis
from domain.objection import Objection, ObjectionState, Outcome
from domain.points import show
from domain.publication import Line, Publication
from schedules import basis, committee
from schedules import publication as work

TOP_PLACES: Final = 5
TOP_LINES: Final = 8
HEAD_SHOWN: Final = 12
OUTCOMES: Final = {Outcome.UPHOLD: "维持", Outcome.CHANGE: "更正", Outcome.DISMISS: "不受理"}


def _top(publication: Publication) -> list[str]:
    """List the first places with points; names are masked in the snapshot already."""
    best = [
        line
        for line in publication.snapshot.lines
        if line.shown_place is not None and line.shown_place <= TOP_PLACES
    ]
    if not best:
        return ["这个季度还没有人家得分。"]
    lines = [
        f"第{one.shown_place}名 {one.group_no}组{public_home(one.name)} {show(one.quarter_points)}分"
        for one in best[:TOP_LINES]
    ]
    more = [f"并列的还有{len(best) - TOP_LINES}户。"] if len(best) > TOP_LINES else []
    return ["前几名:", *lines, *more]


def _head(village: str, publication: Publication) -> str:
    told = publication.snapshot
    what = f"{village}{told.quarter.year}年{quarter(told.quarter)}积分公示"
    anew = "(更正后的,以这次为准)" if publication.edition > 1 else ""
    return f"{what}{anew}:全村{told.eligible}户,今年参加{told.participating}户。"


def _how_to_object(publication: Publication) -> str:
    until = publication.objections_until
    assert until is not None, "shown editions were released"
    return f"有不同意见,{day(until)}前(含当天)私聊我回“异议”加原因,比如“异议 23 少算了1分”。"


def shown(result: work.PublicationShown) -> str:
    """Tell the villagers' rooms of an edition."""
    one, told = result.publication, result.publication.snapshot
    return "\n".join(
        [
            _head(result.village, one),
            *_top(one),
            "想知道自己家第几名,私聊我回“公示”。",
            _how_to_object(one),
            (
                f"依据:{source(told.basis)}。细则版本:{told.rulebook_version}。"
                f"台账校验码:{told.chain_head[:HEAD_SHOWN]}。"
            ),
            *_board(result.board),
        ]
    )


def source(basis: Basis) -> str:
    """Name what a publication rests on: the document, else the meeting that adopted the rules."""
    if basis.is_policy:
        return f"《{basis.title}》"
    return f"{basis.since.year}年{day(basis.since)}{basis.title}通过的细则"


def _board(address: str) -> list[str]:
    return [f"全村的名次、细则和能换的东西都在这里看:\n{address}"] if address else []


def told(result: publishing.PublicationTold) -> str:
    """Answer 公示: the current publication, and one's own place in private."""
    one = result.publication
    lines = [_head(result.village, one), *_top(one)]
    if result.own is not None:
        lines.append(_own(result.own))
    if result.takes_objections:
        lines.append(_how_to_object(one))
    else:
        lines.append("这次公示提意见的时间已经过了。")
    return "\n".join([*lines, *_board(result.board)])


def _own(line: Line) -> str:
    place = f"第{line.shown_place}名," if line.shown_place is not None else ""
    return (
        f"您家{place}这个季度{show(line.quarter_points)}分,今年到季末{show(line.year_points)}分。"
    )


def nothing_published(_result: publishing.NothingPublished) -> str:
    """Say that there is nothing yet."""
    return "还没有公示过。每个季度过完审好以后公示,会在群里说。"


def prepared(result: work.PublicationPrepared) -> str:
    """Ask the committee to release a quarter."""
    one = result.publication
    return "\n".join(
        [
            (
                f"{quarter(one.quarter)}公示准备好了:全村{one.snapshot.eligible}户,"
                f"今年参加{one.snapshot.participating}户。"
            ),
            *_top(one),
            "请两位不同人家的委员核对后回“发布公示”。",
        ]
    )


def release_agreed(result: work.ReleaseAgreed) -> str:
    """Say that another person has to release it, and what it holds."""
    one = result.publication
    renewed = "上次准备以后分数有变动,已按现在的重新准备。" if result.is_renewed else ""
    return "\n".join(
        [
            f"{renewed}{quarter(one.quarter)}公示您已同意,请另一户的委员也回一次“发布公示”。",
            *_top(one),
        ]
    )


def released(result: work.Released) -> str:
    """Confirm to the committee that it is out."""
    until = result.publication.objections_until
    assert until is not None, "just released"
    return f"{quarter(result.publication.quarter)}公示已发到村民群,{day(until)}前可以提异议。"


def final(result: work.PublicationFinal) -> str:
    """Tell the villagers' rooms that a quarter is final, and how objections ended."""
    ended = [
        f"{word}{result.ended[state]}件"
        for state, word in (
            (ObjectionState.UPHELD, "维持"),
            (ObjectionState.CHANGED, "更正"),
            (ObjectionState.DISMISSED, "不受理"),
        )
        if result.ended[state]
    ]
    count = sum(result.ended.values())
    heard = f"收到异议{count}件:{joined(ended)}" if count else "没有收到异议"
    return f"{result.quarter.year}年{quarter(result.quarter)}积分公示结束,{heard}。结果就这样定了。"


def taken(result: objecting.ObjectionTaken) -> str:
    """Confirm an objection to who raised it."""
    one = result.objection
    about = f"#{one.claim.number}" if one.claim else f"{quarter(one.quarter)}总分"
    return (
        f"记下了,{home(result.household)}对{about}有异议({one.number}号)。"
        f"委员会会核实,{day(one.due_on)}前私下答复您。"
    )


def listed(result: answering.ObjectionsListed) -> str:
    """List what waits for an answer."""
    if not result.waiting:
        return "现在没有要处理的异议。"
    lines = [f"要处理的异议{result.total}件:"]
    for one, household in result.waiting:
        about = f"#{one.claim.number}" if one.claim else f"{quarter(one.quarter)}总分"
        lines.append(
            f"{one.number}号 {place_of(household)} 对{about}:{one.words}({day(one.due_on)}前答复)"
        )
    number = result.waiting[0][0].number
    lines.append(
        f"要两位没经过手的委员处理,回“异议处理 {number} 维持 原因”,"
        f"或者“更正 2分 原因”“不受理 原因”。"
    )
    return "\n".join(lines)


def answer_agreed(result: answering.AnswerAgreed) -> str:
    """Say that another person has to say the same."""
    return (
        f"{result.objection.number}号异议,您的意见是{OUTCOMES[result.outcome]}"
        f"{_amount(result.objection, result.points)}。请另一户没经过手的委员也回一次。"
    )


def _amount(objection: Objection, points: int | None) -> str:
    if points is None:
        return ""
    return f"为{signed(points)}" if objection.claim else f"总分{signed(points)}"


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


def _change(result: answering.ObjectionSettled) -> str:
    one = result.objection
    if one.points is None:
        return ""
    if one.claim is None:
        return f",总分{signed(one.points)}"
    if one.points == 0:
        return f",#{one.claim.number}不算了"
    if result.before is None:
        return f",#{one.claim.number}现在算{signed(one.points)}"
    return f",#{one.claim.number}从{signed(result.before)}改为{signed(one.points)}"


def digest(result: committee.CommitteeDigest) -> str:
    """Remind the committee of everything that waits, in one message."""
    lines = ["有几件事等着办:"]
    if result.late:
        first = month(result.late[0])
        lines.append(
            f"{joined([month(m) for m in result.late])}还没审定。"
            f"回“月审”看,没有问题请两位委员回“审定 {first}”。"
        )
    if result.missing:
        lines.append(missing(result.missing))
    if result.objections:
        soonest = min(one.due_on for one in result.objections)
        lines.append(
            f"{len(result.objections)}件异议要答复,最早的在{day(soonest)}前。回“异议处理”看。"
        )
    if result.release:
        lines.append(f"{quarter(result.release.quarter)}公示准备好了,请两位委员回“发布公示”。")
    return "\n".join(lines)


def missing(result: committee.QuarterMissing) -> str:
    """Say why a quarter is not published yet."""
    return (
        f"{quarter(result.quarter)}还不能公示:{lacking(result.months, result.numbers)}。"
        f"季度过完10天内要公示。"
    )


def policy_ending(result: basis.PolicyEnding) -> str:
    """Tell the administrators that a policy ends."""
    ends = result.policy.ends_on
    when = f"{ends.year}年{day(ends)}"
    left = f"{when}到期,还有{result.days}天" if result.days > 0 else f"{when}到期"
    return (
        f"《{result.policy.title}》{left}。到期后公示不再写它,只写村里开会通过细则的记录。"
        f"镇里有了新文件,请告诉维护人员。"
    )


RESULTS: Final[dict[type, Callable[[Any], str]]] = {
    month_reviewing.MonthShown: months.shown,
    month_reviewing.MonthAgreed: months.agreed,
    month_reviewing.MonthClosed: months.closed,
    month_reviewing.MovedOn: months.moved_on,
    month_reviewing.MovedOnTold: months.moved_on_told,
    publishing.PublicationTold: told,
    publishing.NothingPublished: nothing_published,
    work.PublicationPrepared: prepared,
    work.PublicationShown: shown,
    work.PublicationFinal: final,
    work.ReleaseAgreed: release_agreed,
    work.Released: released,
    objecting.ObjectionTaken: taken,
    answering.ObjectionsListed: listed,
    answering.AnswerAgreed: answer_agreed,
    answering.ObjectionSettled: settled,
    answering.ObjectionAnswer: answered,
    committee.CommitteeDigest: digest,
    committee.QuarterMissing: missing,
    basis.PolicyEnding: policy_ending,
}
"""``bot/replies/__init__.py`` merges them."""
