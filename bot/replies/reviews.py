"""What is said in review: lists, decisions, and the news for the claimant."""

from bot.commands.deciding import HalfDecided, Undecided
from bot.commands.republishing import Republished
from bot.commands.reviewing import PendingList, PhotosShown, Waiting
from bot.commands.telling import Decided, Told
from bot.replies.phrases import BOUNDS, day, home, joined, number, place_of, quarter, signed
from bot.replies.refusals import refused
from domain.claim import ClaimKey, ClaimState
from domain.points import show
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
    quantity = f" {act.quantity.normalize():f}{one.item.unit}" if act.quantity is not None else ""
    tier = f" {act.tier}" if act.tier else ""
    place = f" {act.place}" if act.place else ""
    photos = f" 照片{len(claim.photos)}张" if claim.photos else ""
    noted = marks(one)
    note = f"(注意:{joined(noted)})" if noted else ""
    return (
        f"{number(claim)} {place_of(one.household)} {one.item.short_name}{tier}{quantity} {points} "
        f"{day(act.occurred_on)}{place}{photos}{note}"
    )


def marks(one: Waiting) -> list[str]:
    """List what a reviewer should heed about a waiting claim."""
    found = ["已有一人同意"] if one.claim.state is ClaimState.HALF_APPROVED else []
    found += ["超过30天"] if one.claim.is_late else []
    found += [f"照片和{_numbers(one.same_photo)}一样"] if one.same_photo else []
    found += [f"照片和{_numbers(one.like_photo)}很像"] if one.like_photo else []
    return found


def _numbers(keys: tuple[ClaimKey, ...]) -> str:
    return joined([f"#{key.number}" for key in keys[:3]])


def photos_shown(result: PhotosShown) -> str:
    """Head the photos that follow."""
    return _line(result.waiting) + " 照片如下:"


def decided(result: Decided) -> str:
    """Confirm a decision to the reviewer."""
    claim = result.claim
    head = f"{number(claim)} {home(result.household)} {result.item.short_name}"
    if result.verdict is Verdict.REJECT:
        return f"{head} 已驳回{_because(result)}。"
    points = signed(claim.points or 0)
    if result.verdict is Verdict.ADJUST and result.points_before is not None:
        return f"{head} 已从{signed(result.points_before)}改为{points}{_because(result)}。"
    return f"{head} 已通过 {points}{_cut(result)}。"


def _because(result: Decided) -> str:
    return f",原因:{result.reason}" if result.reason else ""


def _cut(result: Decided) -> str:
    if result.cut_from is None:
        return ""
    whose = "您定" if result.is_set else "按细则是"
    return f"({whose}{show(result.cut_from)}分,{_limit(result)})"


def _limit(result: Decided) -> str:
    """Say which cap cut the points, or that there was no more to take."""
    if result.bound is None or result.cap is None:
        return "家里没有这么多分,扣到0为止"
    return f"{BOUNDS[result.bound]}最多{show(abs(result.cap))}分"


def half_decided(result: HalfDecided) -> str:
    """Say that another person has to agree."""
    claim = result.claim
    what = "改为" if result.verdict is Verdict.ADJUST else ""
    points = "" if result.points is None else f"{what}{signed(result.points)},"
    return (
        f"{number(claim)} {home(result.household)} {result.item.short_name} {points}您已同意。"
        f"这条要两个人,请另一位委员也回一次。"
    )


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
        why = f"原因:{one.reason}。" if one.reason else ""
        return f"{head} 没有通过。{why}有疑问可以问村委员会。"
    points = claim.points or 0
    if one.verdict is Verdict.ADJUST and one.points_before is not None:
        return f"{head} 从{signed(one.points_before)}改为{signed(points)}{_because(one)}。"
    if one.item.is_deduction:
        lost = "这次只提醒,不扣分" if points == 0 else f"扣{show(-points)}分"
        why = f"({_limit(one)})" if one.cut_from is not None else ""
        return f"{head}:{lost}{why}。有不同意见可以向村委员会提出。"
    return f"{head} 审核通过,{signed(points)}{_told_cut(one)}。"


def _told_cut(one: Decided) -> str:
    if one.cut_from is None:
        return ""
    return f"(原本{show(one.cut_from)}分,{_limit(one)},到上限了)"
