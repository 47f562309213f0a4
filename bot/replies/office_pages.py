"""What stands on the pages of month review and objections, beside their templates."""

from bot.commands.month_reviewing import MonthShown
from bot.replies.asking import KINDS, STATES
from bot.replies.months import ACTIONS
from bot.replies.objections import OUTCOMES
from bot.replies.phrases import day, joined, number, numbers, place_of, quarter, signed
from bot.replies.publicity_refusals import lacking
from bot.replies.refusals import refused
from bot.web.month_sheet import Looked, MonthSheet
from bot.web.objection_sheet import Dispute
from bot.web.quarter_sheet import QuarterSheet
from domain.claim import ClaimState
from domain.ledger import Entry
from domain.objection import Outcome, Stance
from domain.period import Month, Quarter, village_day
from domain.points import show


def month_words(value: Month) -> str:
    """Say a month with its year, as a form of the page says it: 2026年9月."""
    return f"{value.year}年{value.month}月"


def quarter_words(value: Quarter) -> str:
    """Say a quarter with its year: 2026年三季度."""
    return f"{value.year}年{quarter(value)}"


def month_state(shown: MonthShown) -> str:
    """Say how a month stands."""
    if shown.is_confirmed:
        return "已审定"
    return "还没审定" if shown.is_over else "还没过完,过完以后再审定"


def sums(shown: MonthShown) -> str:
    """Say how many awards a month has, and what they come to."""
    count = sum(one.count for _, one in shown.categories)
    points = sum(one.points for _, one in shown.categories)
    return f"加分{count}条,共{show(points)}分" if count else "这个月没有加分"


def looked(one: Looked) -> str:
    """Head a claim to look at: number, item and amount."""
    claim = one.claim
    amount = claim.points if claim.points is not None else claim.expected
    points = "" if amount is None else f" {signed(amount)}"
    return f"{number(claim)} {one.item_name}{points}"


def whose(one: Looked) -> str:
    """Say whose claim it is, of which day, and how it stands."""
    claim = one.claim
    return f"{place_of(one.household)},{day(claim.act.occurred_on)},{STATES[claim.state]}"


def reasons(sheet: MonthSheet) -> tuple[str, ...]:
    """Say why claims are pointed out, a sentence for each kind of hint."""
    flags, told = sheet.shown.flags, []
    for words, keys in (
        ("照片和别的一样", flags.same_photo),
        ("照片很像", flags.like_photo),
        ("过了30天才报", flags.late),
    ):
        if keys:
            told.append(f"{words}:{numbers(key.number for key in keys)}。")
    told += [
        f"{sheet.shown.filers[bulk.filer]}一次记了同样的:{numbers(bulk.numbers)}。"
        for bulk in flags.bulks
    ]
    return tuple(told)


def deductions(shown: MonthShown) -> tuple[str, ...]:
    """List a month's deductions, for the committee alone."""
    return tuple(
        f"{number(claim)} {place_of(household)} {item.short_name} {signed(claim.points or 0)}"
        for claim, item, household in shown.deductions
    )


def reviewers(shown: MonthShown) -> tuple[str, ...]:
    """List what each member decided, for the supervisor."""
    return tuple(f"{who} {ACTIONS[action]} {count}条" for who, action, count in shown.reviewers)


def next_step(sheet: MonthSheet) -> str:
    """Say what is still to be done before the month is confirmed, and by whom."""
    shown = sheet.shown
    if shown.is_confirmed:
        return "这个月审定好了。"
    if shown.waiting:
        return f"还有{len(shown.waiting)}条没审完。都审完,或者移到下月,才能审定。"
    if not shown.is_over:
        return "过完这个月再审定。"
    if shown.agreed:
        return f"{joined(list(shown.agreed))}已同意,还要另一户的委员也点审定。"
    return "没有问题,请两位不同人家的委员各点一次审定。"


def next_release(one: QuarterSheet) -> str:
    """Say what is still to be done before a quarter is shown, and by whom."""
    if one.months or one.numbers:
        return f"还不能发布:{lacking(one.months, one.numbers)}。"
    if one.snapshot is None:
        return "还不能发布。"
    if one.agreed:
        return f"{joined(list(one.agreed))}已同意发布,还要另一户的委员也点发布。"
    told = one.snapshot
    return (
        f"可以发布了:全村{told.eligible}户,今年参加{told.participating}户。"
        "请两位不同人家的委员看过名单,各点一次发布。"
    )


def why_not(one: Looked) -> str:
    """Say why a claim cannot be moved on by this person."""
    return "" if one.barred is None else refused(one.barred)


def dispute(one: Dispute) -> str:
    """Head an objection: its number and what it is about."""
    objection = one.objection
    about = f"#{objection.claim.number}" if objection.claim else f"{quarter(objection.quarter)}总分"
    return f"{objection.number}号 对{about}"


def raised(one: Dispute) -> str:
    """Say who raised an objection, when, and until when it is answered."""
    objection = one.objection
    asked = day(village_day(objection.raised_at))
    return f"{place_of(one.household)},{asked}提的,{day(objection.due_on)}前要答复"


def decided(one: Dispute) -> str:
    """Say what the decision in dispute was."""
    claim = one.claim
    if claim is None:
        return f"{quarter(one.objection.quarter)}一共{show(one.total)}分"
    points = f" {signed(claim.points or 0)}" if claim.state is ClaimState.APPROVED else ""
    by = f"({one.decider}审核)" if one.decider else ""
    done = day(claim.act.occurred_on)
    return f"{one.item_name},{done},{STATES[claim.state]}{points}{by}"


def entry(told: tuple[Entry, str]) -> str:
    """Say an entry of the quarter in one line."""
    one, name = told
    posting = one.posting
    why = f",{posting.reason}" if posting.reason else ""
    return f"{day(village_day(one.at))} {name or KINDS[posting.kind]} {signed(posting.points)}{why}"


def agreed(one: Dispute) -> tuple[str, ...]:
    """Say what others answered so far."""
    return tuple(
        f"{name}的意见是{stance(said, is_claim=one.claim is not None)},"
        "还要另一户没经过手的委员说一样的。"
        for name, said in one.agreed
    )


def stance(said: Stance, *, is_claim: bool) -> str:
    """Say what one person answered."""
    words = OUTCOMES[said.outcome]
    if said.outcome is not Outcome.CHANGE or said.points is None:
        return words
    return f"{words}为{signed(said.points)}" if is_claim else f"{words}总分{signed(said.points)}"


def barred(one: Dispute) -> str:
    """Say why this person may not answer; "" if they may."""
    return "" if one.barred is None else refused(one.barred)
