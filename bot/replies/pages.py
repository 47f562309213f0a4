"""What stands on the pages for one's own household and for review, beside the templates."""

from decimal import Decimal
from typing import Final

from bot.commands.asking import BalanceTold
from bot.commands.reviewing import Twin
from bot.replies.asking import KINDS, STATES
from bot.replies.objections import OUTCOMES
from bot.replies.phrases import BOUNDS, amount, clock, day, joined, number, place_of, signed
from bot.replies.refusals import refused
from bot.replies.reviews import marks
from bot.understanding.reading import Intent, Reading
from bot.web.my_sheet import MyClaim, MyEntry
from bot.web.review_sheet import Card, Recent
from domain.claim import ClaimState
from domain.objection import Outcome
from domain.period import village_day
from domain.points import show, tenths
from domain.scoring import Room
from storage.people import BindRequest
from storage.villages import Household

REASONS: Final = (
    "照片看不清",
    "照片和报的事对不上",
    "照片不是这一次的",
    "这件事已经报过了",
    "时间或地点不对",
    "不在细则里",
)
"""Reasons that reviewers give most; another can be written."""

VERBS: Final = {
    Intent.APPROVE: "通过",
    Intent.REJECT: "驳回",
    Intent.ADJUST: "调整",
    Intent.WITHDRAW_CLAIM: "撤回",
    Intent.CONFIRM_BIND: "确认绑定",
    Intent.REFUSE_BIND: "拒绝绑定",
    Intent.CONSENT: "同意",
    Intent.OBJECTION: "异议",
    Intent.CANCEL_REDEMPTION: "取消兑换",
    Intent.CONFIRM_MONTH: "审定",
    Intent.MONTH_REVIEW: "月审",
    Intent.MOVE_ON: "移到下月",
    Intent.ANSWER_OBJECTION: "异议处理",
}
PUBLIC: Final = {"name": "姓名", "photo": "照片"}
RELEASE: Final = "发布公示"
AMENDING: Final = "更正 {number} {words}"
WAITING: Final = "待审"
MONTH: Final = "月审"
OBJECTIONS: Final = "异议"
TAKEN: Final = "已经收到,正在办。过一会儿再打开这一页看结果。"
TWICE: Final = "同样的话刚刚已经办过了。"


def wanted(act: Reading) -> str:
    """Say in words what a form wants, as the talk then shows it."""
    assert act.intent is not None, "a form wants something"
    slots = act.slots
    if act.intent is Intent.PUBLICITY:
        return f"{'同意' if slots.agrees else '不'}公开{PUBLIC[slots.scope or '']}"
    parts = (
        VERBS[act.intent],
        joined([str(n) for n in slots.claim_ids]),
        OUTCOMES[Outcome(slots.outcome)] if slots.outcome else "",
        slots.occurred.text if slots.occurred else "",
        "" if slots.quantity is None else f"数量{show(tenths(slots.quantity))}",
        "" if slots.points is None else f"{show(tenths(slots.points))}分",
        "" if slots.delta is None else _by(slots.delta),
        slots.reason or "",
    )
    return " ".join(part for part in parts if part)


def _by(delta: Decimal) -> str:
    return f"{'加' if delta >= 0 else '减'}{show(tenths(abs(delta)))}分"


def heading(card: Card) -> str:
    """Head a card: number, item, level and amount."""
    claim, item = card.claim, card.waiting.item
    act = claim.act
    counted = amount(act, item)
    quantity = f" {counted}" if counted else ""
    tier = f" {act.tier}" if act.tier else ""
    return f"{number(claim)} {item.short_name}{tier}{quantity}"


def worth(card: Card) -> str:
    """Say what a claim would bring if it were approved now."""
    if card.quote is None or card.quote.points is None:
        return "分数由您定"
    cut = card.quote.cut
    if cut is not None and cut.bound is not None and cut.cap is not None:
        limit = f"{BOUNDS[cut.bound]}最多{show(abs(cut.cap))}分"
        return f"{signed(card.quote.points)}(细则是{show(abs(cut.cut_from))}分,{limit})"
    return signed(card.quote.points)


def is_open(card: Card) -> bool:
    """Return whether the committee has to choose the points."""
    return card.quote is None or card.quote.points is None


def choices(card: Card) -> tuple[tuple[str, str], ...]:
    """List the levels to choose from, each as the points to send and the words shown."""
    if not is_open(card):
        return ()
    tiers = card.waiting.item.tiers
    return tuple((show(abs(t.points)), f"{t.name} {signed(t.points)}") for t in tiers)


def span(card: Card) -> str:
    """Say from how many to how many points the committee may choose."""
    low, high = card.waiting.item.low, card.waiting.item.high
    if low is None or high is None:
        return "最多一位小数"
    least, most = sorted((abs(low), abs(high)))
    return f"{show(least)}到{show(most)}分"


def facts(card: Card) -> tuple[tuple[str, str], ...]:
    """List what is known of a claim, each with its label; what was not said is left out."""
    claim = card.claim
    filed = f"{day(village_day(claim.filed_at))} {clock(claim.filed_at)}"
    if card.filer:
        filed += f"({card.filer}报的)"
    if card.relayer:
        filed += f"({card.relayer}代录的)"
    known = (
        ("哪一户", place_of(card.waiting.household)),
        ("哪一天", day(claim.act.occurred_on)),
        ("在哪里", claim.act.place),
        ("说明", claim.act.reason),
        ("上报", filed),
        ("佐证", card.waiting.item.evidence),
        ("上限", _room(card.quote.left if card.quote and card.quote.cut else None)),
    )
    return tuple((label, value) for label, value in known if value)


def _room(left: Room | None) -> str:
    if left is None:
        return ""
    rest = f"批了这条还剩{show(abs(left.points))}分" if left.points else "批了这条就满了"
    return f"{BOUNDS[left.bound]}最多{show(abs(left.cap))}分,{rest}"


def cautions(card: Card) -> tuple[str, ...]:
    """List what a reviewer should heed, the weightiest first."""
    found = [refused(one) for one in (card.barred, *card.doubts) if one is not None]
    hints = marks(card.waiting)
    if card.agreed:
        hints[0] = f"{joined(list(card.agreed))}已同意,还要一位"
    elif card.needed > 1:
        hints.append("这条要两位委员都同意")
    if card.same_day:
        named = joined([number(one) for one in card.same_day])
        hints.append(f"同一天还有一条一样的:{named},看看是不是报了两次")
    if card.seconded is not None and card.barred is None:
        found.append(refused(card.seconded))
    return (*found, *(f"{hint}。" for hint in hints))


def recent(one: Recent) -> str:
    """Say an earlier claim of the household in one line."""
    claim = one.claim
    points = f" {signed(claim.points or 0)}" if claim.state is ClaimState.APPROVED else ""
    done = day(claim.act.occurred_on)
    return f"{number(claim)} {done} {one.item_name} {STATES[claim.state]}{points}"


def twin(card: Card, found: Twin, owner: Household) -> str:
    """Say which two photos stand side by side, and whose the earlier one is."""
    before = found.claim
    is_own = owner.id == card.claim.household
    whose = "同一户" if is_own else place_of(owner)
    year = "" if before.year == card.claim.key.year else f"({before.year}年)"
    return (
        f"{'同一张照片' if found.is_same else '很像的照片'}:左边是这条 {number(card.claim)},"
        f"右边是{whose}以前的 #{before.number}{year}"
    )


def request(asked: BindRequest, household: Household) -> str:
    """Say who wants to be bound where."""
    who = asked.name or "有人"
    return f"绑定申请{asked.number}:{who}说是{place_of(household)}的"


def place(told: BalanceTold) -> str:
    """Say the household's place in the village."""
    if told.place is None:
        return "不再参加排名" if told.balance.earned > 0 else "有了积分就有名次"
    return f"全村{told.place.of}户中第{told.place.place}名"


def waiting(told: BalanceTold) -> str:
    """Say how many claims wait, and what they may bring."""
    if not told.waiting_count:
        return ""
    more = f",通过后约{signed(told.waiting)}" if told.waiting else ""
    return f"还有{told.waiting_count}条等审核{more}"


def state(one: MyClaim) -> str:
    """Say how one's own claim stands."""
    claim = one.claim
    text = STATES[claim.state]
    if claim.state is ClaimState.DRAFT and claim.expires_at is not None:
        return f"{text},{clock(claim.expires_at)}前补齐才算"
    if claim.state is ClaimState.REJECTED:
        return (
            text + (f":{one.reason}" if one.reason else "") + (f"({one.by}审核)" if one.by else "")
        )
    if claim.expected is not None:
        return f"{text},预计{signed(claim.expected)}"
    return text


def entered(one: MyEntry) -> str:
    """Say when an entry was made, for which claim, and why."""
    posting = one.entry.posting
    number_ = f" #{one.claim.number}" if one.claim else ""
    why = f",{posting.reason}" if posting.reason else ""
    return f"{day(village_day(one.entry.at))}{number_}{why}"


def entry(one: MyEntry) -> str:
    """Say what an entry is: its item, else its kind."""
    posting = one.entry.posting
    kind = KINDS[posting.kind]
    if not one.item_name:
        return kind
    return one.item_name if kind == "加分" else f"{one.item_name}({kind})"
