"""What is said in review: lists, decisions, and the news for the claimant."""

from bot.commands.amounts import AmountOverruled
from bot.commands.deciding import HalfDecided, Undecided
from bot.commands.republishing import Republished
from bot.commands.reviewing import PendingList, PhotosShown, Waiting
from bot.commands.telling import Decided, Told
from bot.replies.phrases import (
    BOUNDS,
    act_day,
    amount,
    home,
    joined,
    number,
    place_of,
    quarter,
    signed,
)
from bot.replies.refusals import refused
from domain.claim import ClaimKey, ClaimState
from domain.points import Points, show
from domain.review import Verdict


def pending(result: PendingList) -> str:
    """Word 待审: one line per claim, then requests to be bound."""
    lines = [_line(one) for one in result.waiting]
    if not lines and not result.requests:
        return "现在没有待审的申报。"
    if lines:
        more = result.total - len(lines)
        head = f"待审{result.total}条" + (f",先列{len(lines)}条:" if more > 0 else ":")
        first = result.waiting[0].claim.key.number
        lines = [
            head,
            *lines,
            f"看照片回“看图 {first}”,同意回“通过 {first}”,不同意回“驳回 {first} 原因”。",
        ]
    for request, household in result.requests:
        lines.append(
            f"绑定申请{request.number}:{request.name}要绑{place_of(household)},"
            f"回“确认绑定 {request.number}”或“拒绝绑定 {request.number}”。"
        )
    return "\n".join(lines)


def _line(one: Waiting) -> str:
    claim, act = one.claim, one.claim.act
    points = "分数由您定" if claim.expected is None else signed(claim.expected)
    if claim.state is ClaimState.DRAFT:
        points = "还没报完"
    counted = amount(act, one.item)
    quantity = f" {counted}" if counted else ""
    tier = f" {act.tier}" if act.tier else ""
    place = f" {act.place}" if act.place else ""
    photos = f" 照片{len(claim.photos)}张" if claim.photos else ""
    noted = marks(one)
    note = f"(注意:{joined(noted)})" if noted else ""
    return (
        f"{number(claim)} {place_of(one.household)} {one.item.short_name}{tier}{quantity} {points} "
        f"{act_day(claim)}{place}{photos}{note}"
    )


def marks(one: Waiting) -> list[str]:
    """List what a reviewer should heed about a waiting claim."""
    is_other = one.agreed is not None and one.agreed != one.claim.expected
    agreed = signed(one.agreed) if one.agreed is not None and is_other else ""
    found = [f"已有一人同意{agreed}"] if one.claim.state is ClaimState.HALF_APPROVED else []
    found += ["超过30天"] if one.claim.is_late else []
    found += [f"照片和{_numbers(one.same_photo)}一样"] if one.same_photo else []
    found += [f"照片和{_numbers(one.like_photo)}很像"] if one.like_photo else []
    return found


def _numbers(keys: tuple[ClaimKey, ...]) -> str:
    return joined([f"#{key.number}" for key in keys[:3]])


def photos_shown(result: PhotosShown) -> str:
    """Head the photos that follow."""
    line = _line(result.waiting)
    if not result.hidden:
        return f"{line} 照片如下:"
    if result.hidden == len(result.waiting.claim.photos):
        return f"{line} 这次发满了,请回“看图 {result.waiting.claim.key.number}”单独看。"
    return f"{line} 照片如下(还有{result.hidden}张没发,回“网页”可以看全):"


def decided(result: Decided) -> str:
    """Confirm a decision to the reviewer."""
    claim = result.claim
    head = f"{number(claim)} {home(result.household)} {result.item.short_name}"
    if result.verdict is Verdict.REJECT:
        return f"{head} 已驳回{_because(result)}。"
    points = signed(claim.points or 0)
    if result.verdict is Verdict.ADJUST and result.points_before is not None:
        before = signed(result.points_before)
        return f"{head} 已从{before}改为{points}{_cut(result)}{_because(result)}。"
    return f"{head} 已通过 {points}{_ruled(result.rule)}{_cut(result)}{_because(result)}。"


def _because(result: Decided) -> str:
    return f",原因:{result.reason}" if result.reason else ""


def _ruled(rule: Points | None) -> str:
    return "" if rule is None else f"(按细则是{show(rule)}分)"


def _cut(result: Decided) -> str:
    if result.cut_from is None:
        return ""
    whose = "您定的" if result.is_said else "按细则"
    return f"({whose}是{show(result.cut_from)}分,{_limit(result)})"


def _limit(result: Decided) -> str:
    """Say which cap cut the points, or that there was no more to take."""
    if result.bound is None or result.cap is None:
        return "家里没有这么多分,扣到0为止"
    return f"{BOUNDS[result.bound]}最多{show(abs(result.cap))}分"


def half_decided(result: HalfDecided) -> str:
    """Say that another person has to agree, and what another one said before."""
    claim, before = result.claim, result.overruled
    what = "改为" if result.verdict is Verdict.ADJUST else ""
    points = "" if result.points is None else f"{what}{signed(result.points)}{_ruled(result.rule)},"
    other = ""
    if before is not None:
        other = f"{before.name}原先同意的是{show(before.points)}分,我去告诉一声。"
    return (
        f"{number(claim)} {home(result.household)} {result.item.short_name} {points}您已同意。{other}"
        f"这条要两个人,请另一位委员也回一次。"
    )


def overruled(result: AmountOverruled) -> str:
    """Tell the one who agreed first that another amount was set, and how to agree to it."""
    key, points = result.claim.key, show(abs(result.points))
    head = f"#{key.number} {home(result.household)} {result.item.short_name}:您同意的是"
    head += f"{show(result.points_before)}分,{result.by}改成{show(result.points)}分了。"
    if result.claim.state is ClaimState.HALF_APPROVED:
        return f"{head}您也同意就回“通过 {key.number} {points}分”,不同意请两个人商量一下。"
    if result.claim.points != result.points:
        return f"{head}您也同意就回“调整 {key.number} {points}分”加上原因,不同意请两个人商量一下。"
    return f"{head}不同意请两个人商量一下。"


def undecided(result: Undecided) -> str:
    """Say which claim of a list was left, and why."""
    return f"#{result.number} 没有处理:{refused(result.refusal)}"


def republished(result: Republished) -> str:
    """Say that what was shown is shown again, corrected."""
    return f"{quarter(result.quarter)}更正后的公示已发到村民群。"


def told(result: Told) -> str:
    """Tell the claimant, all decisions in one message."""
    lines = [_told(one) for one in result.decided]
    if len(lines) == 1:
        return lines[0]
    return "审核结果:\n" + "\n".join(lines)


def _told(one: Decided) -> str:
    claim = one.claim
    head = f"{home(one.household)} {number(claim)} {one.item.short_name}"
    if one.verdict is Verdict.REJECT:
        why = f"原因:{one.reason}。" if one.reason else "委员没有写原因。"
        return f"{head} 没有通过。{why}有疑问可以问村委会。"
    points = claim.points or 0
    if one.verdict is Verdict.ADJUST and one.points_before is not None:
        before = signed(one.points_before)
        return f"{head} 从{before}改为{signed(points)}{_told_cut(one)}{_because(one)}。"
    if one.item.is_deduction:
        lost = f"扣{show(-points)}分" if points else _not_lost(one)
        why = f"({_limit(one)})" if one.cut_from is not None else ""
        return f"{head}:{lost}{why}{_because(one)}。有不同意见可以向村委会提出。"
    before = "" if one.rule is None else f"(原本{show(one.rule)}分)"
    return f"{head} 审核通过,{signed(points)}{before}{_told_cut(one)}{_because(one)}。"


def _not_lost(one: Decided) -> str:
    """Say a reminder, which is worth 0 by the rule, apart from a loss that was cut to 0."""
    if one.cut_from is None:
        return "这次只提醒,不扣分"
    return f"该扣{show(-one.cut_from)}分,这次没有扣"


def _told_cut(one: Decided) -> str:
    if one.cut_from is None:
        return ""
    whose = "委员定的" if one.is_said else "原本"
    return f"({whose}{show(one.cut_from)}分,{_limit(one)},到上限了)"
