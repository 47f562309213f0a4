"""What is said of publications, and what the calendar says of them."""

from collections.abc import Callable
from typing import Any, Final

from bot.commands import month_reviewing, publishing
from bot.replies import months
from bot.replies.phrases import day, joined, month, public_home, quarter
from bot.replies.publicity_refusals import lacking
from domain.basis import Basis
from domain.objection import ObjectionState
from domain.points import show
from domain.publication import Line, Publication, Snapshot
from schedules import basis, committee
from schedules import publication as work

TOP_PLACES: Final = 5
TOP_LINES: Final = 8
HEAD_SHOWN: Final = 12


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
            _rests_on(told),
            *_board(result.board),
        ]
    )


def _rests_on(told: Snapshot) -> str:
    return (
        f"依据:{source(told.basis)}。细则版本:{told.rulebook_version}。"
        f"台账校验码:{told.chain_head[:HEAD_SHOWN]}。"
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
    return "\n".join([*lines, _rests_on(one.snapshot), *_board(result.board)])


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


def digest(result: committee.CommitteeDigest) -> str:
    """Remind the committee of everything that waits, in one message."""
    lines = ["有几件事等着办:"]
    if result.late:
        first = month(result.late[0])
        lines.append(
            f"{joined([month(m) for m in result.late])}还没审定。"
            f"回“月审”看,没有问题请两位委员回“审定 {first}”。"
        )
    if result.missing.quarters:
        lines.append(missing(result.missing))
    if result.objections:
        soonest = min(one.due_on for one in result.objections)
        until = f"在{day(soonest)}前" if soonest >= result.on else f"{day(soonest)}就到期了"
        lines.append(f"{len(result.objections)}件异议要答复,最早的{until}。回“异议处理”看。")
    if result.release:
        lines.append(f"{quarter(result.release.quarter)}公示准备好了,请两位委员回“发布公示”。")
    return "\n".join(lines)


def missing(result: committee.QuartersMissing) -> str:
    """Say why quarters are not published yet."""
    each = (
        f"{quarter(one.quarter)}还不能公示:{lacking(one.months, one.numbers)}。"
        for one in result.quarters
    )
    return f"{''.join(each)}季度过完10天内要公示。"


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
    committee.CommitteeDigest: digest,
    committee.QuartersMissing: missing,
    basis.PolicyEnding: policy_ending,
}
"""``bot/replies/__init__.py`` merges them."""
