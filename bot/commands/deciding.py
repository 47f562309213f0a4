"""The review desk: 通过, 驳回, 调整, over one claim or many."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.commands.amounts import (
    Amount,
    AmountOverruled,
    Overruled,
    agreed_before,
    amount_of,
    choices,
    overruled_notice,
    quoted,
    reason_before,
    said_amount,
)
from bot.commands.belonging import require_placed
from bot.commands.case import Answer, Case, Notice
from bot.commands.changing import decider_name, rulebook_of
from bot.commands.choosing import chosen, nothing_chosen
from bot.commands.claim_parts import check_exact, note, others
from bot.commands.finding import find_claim, waits
from bot.commands.republishing import check_not_final, republish
from bot.commands.telling import Decided, notices
from bot.understanding.reading import Slots
from domain.authority import check_conflict, check_second
from domain.claim import Claim, ClaimOrigin, ClaimState
from domain.membership import Person
from domain.period import month_of
from domain.points import Points
from domain.quote import check_cooldown
from domain.refusal import Refusal
from domain.review import (
    AmountMissing,
    Decision,
    EvidenceMissing,
    NothingAdjusted,
    Verdict,
    adjust,
    approve,
    check_undecided,
    reject,
)
from domain.rulebook import Item
from domain.scoring import Cut
from domain.usage import GRANTED
from storage.villages import Household


@dataclass(frozen=True, slots=True)
class HalfDecided:
    """One approval of two is given; another person has to agree.

    ``rule`` is what the rule gives where something else was set, ``overruled``
    who agreed to another amount before.
    """

    claim: Claim
    item: Item
    household: Household
    verdict: Verdict
    points: Points | None
    rule: Points | None = None
    overruled: Overruled | None = None


@dataclass(frozen=True, slots=True)
class Undecided:
    """A claim of a list that was left as it is, and why."""

    number: int
    refusal: Refusal


def decide(case: Case, decisions: Sequence[tuple[Verdict, Slots]]) -> Answer:
    """Decide the claims that the words name; each stands or falls by itself.

    Raises:
        NotAllowed: The person is not on the committee; nothing is changed.
        HouseholdUnstated: Nobody knows which household is theirs.
        NothingToDecide: No claim is named.
        NothingWaits: Nothing of what is meant is waiting.
        NumberFound: A corrected publication would show a number that nobody may publish.

    """
    person = require_placed(case)
    meant = [
        (verdict, slots, number) for verdict, slots in decisions for number in chosen(case, slots)
    ]
    if not meant:
        raise nothing_chosen(case, [slots for _, slots in decisions])
    case.books.villages.lock(case.home.id)
    steps = {Verdict.APPROVE: _approve, Verdict.REJECT: _reject, Verdict.ADJUST: _adjust}
    results: list[Decided | HalfDecided | Undecided] = []
    told: list[Notice] = []
    for verdict, slots, number in meant:
        try:
            with case.books.attempt():
                claim = find_claim(case, number, year=slots.claim_year, fits=(waits,))
                result = steps[verdict](case, claim, person, slots)
        except Refusal as refusal:
            results.append(Undecided(number, refusal))
        else:
            results.append(result)
            told += _overruled(case, result, by=person)
    decided = tuple(r for r in results if isinstance(r, Decided))
    now = month_of(case.today).quarter
    past = [q for r in decided if (q := r.claim.effective_month.quarter) < now]
    shown, drafts = republish(case, past)
    return Answer((*results, *shown), (*notices(case, decided), *told), announced=drafts)


def _overruled(case: Case, result: Decided | HalfDecided, *, by: Person) -> tuple[Notice, ...]:
    """Tell the one who agreed to another amount before, if there is one."""
    overruled = result.overruled
    points = result.points if isinstance(result, HalfDecided) else result.claim.points
    if overruled is None or points is None:
        return ()
    told = AmountOverruled(
        result.claim,
        result.item,
        result.household,
        result.verdict,
        by.name,
        overruled.points,
        points,
    )
    return overruled_notice(case, overruled, told)


def _approve(case: Case, claim: Claim, person: Person, slots: Slots) -> Decided | HalfDecided:
    """Count an approval; the caps are checked again now, against what is approved."""
    check_undecided(claim, by=decider_name(case, claim))
    check_conflict(person, claim)
    check_not_final(case, claim)
    item = rulebook_of(case, claim).item(claim.act.item)
    _check_evidence(claim, item)
    check_cooldown(claim.act, item=item, claims=others(case, claim), states=GRANTED)
    why = reason_before(case, claim, slots)
    amount = amount_of(case, claim, slots, reason=why)
    found = amount.found
    if found.worth is None or found.points is None:
        raise AmountMissing(claim.key.number, choices(item))
    insists = amount.is_said and bool(slots.reason)
    earlier, overruled = agreed_before(case, claim, person, found.worth, insists=insists)
    check_second(person, claim, earlier=earlier)
    why = why if amount.is_said else ""
    decision = approve(
        claim,
        reviewer=person,
        earlier=earlier,
        points=found.points,
        needed=amount.people,
        balance=case.books.ledger.balance(
            case.home.id, claim.household, year=claim.effective_month.year
        ),
        reason=why,
    )
    case.books.reviews.add_approval(
        case.home.id, claim.key, person=person.id, points=found.worth, at=case.now
    )
    household = case.books.households.get(case.home.id, claim.household)
    _save(case, decision, action=Verdict.APPROVE, reason=slots.reason or why)
    if decision.posting is None:
        return HalfDecided(
            decision.claim, item, household, Verdict.APPROVE, found.worth, amount.rule, overruled
        )
    decided = _decided(decision.claim, amount, item, household, why)
    return replace(decided, overruled=overruled)


def _decided(
    claim: Claim, amount: Amount, item: Item, household: Household, reason: str
) -> Decided:
    """Return an approval with what cut it: a cap, or what the balance bears."""
    found = amount.found
    is_cut = claim.points != found.worth
    is_capped = is_cut and claim.points == found.points
    return Decided(
        claim,
        item,
        household,
        Verdict.APPROVE,
        reason,
        cut_from=found.worth if is_cut else None,
        bound=found.cut.bound if is_capped and found.cut else None,
        cap=found.cut.cap if is_capped and found.cut else None,
        is_said=amount.is_said,
        rule=amount.rule,
    )


def _reject(case: Case, claim: Claim, person: Person, slots: Slots) -> Decided | HalfDecided:
    check_undecided(claim, by=decider_name(case, claim))
    reason = slots.reason or ""
    decision = reject(claim, reviewer=person)
    case.books.reviews.clear_approvals(case.home.id, claim.key)
    _save(case, decision, action=Verdict.REJECT, reason=reason)
    item = rulebook_of(case, claim).item(claim.act.item)
    household = case.books.households.get(case.home.id, claim.household)
    return Decided(decision.claim, item, household, Verdict.REJECT, reason)


def _adjust(case: Case, claim: Claim, person: Person, slots: Slots) -> Decided | HalfDecided:
    """Approve an undecided claim with another amount, or mend an approved one."""
    item = rulebook_of(case, claim).item(claim.act.item)
    if slots.quantity is not None and slots.points is None:
        check_exact(slots, item)
        claim = replace(claim, act=replace(claim.act, quantity=slots.quantity))
        target = quoted(case, claim, item, None).worth
        slots = replace(slots, points=None if target is None else Decimal(abs(target)) / 10)
    if said_amount(claim, slots, item) is None:
        raise AmountMissing(claim.key.number, ())
    if claim.state is not ClaimState.APPROVED:
        return _approve(case, claim, person, slots)
    check_conflict(person, claim)
    check_not_final(case, claim)
    amount = amount_of(case, claim, slots, reason=slots.reason or "")
    cut = amount.found.cut
    assert cut is not None, "an amount was given"
    if cut.points == claim.points:
        raise NothingAdjusted(claim.key.number, cut.points, bound=cut.bound, cap=cut.cap)
    agreed, overruled = agreed_before(
        case, claim, person, cut.points, insists=bool(slots.reason), kind="adjustment"
    )
    check_second(person, claim, earlier=agreed)
    if len(agreed) + 1 >= amount.people:
        mended = _mend(case, claim, person, agreed, cut=cut, reason=slots.reason or "")
        return replace(mended, overruled=overruled)
    case.books.reviews.add_approval(
        case.home.id,
        claim.key,
        person=person.id,
        points=cut.points,
        at=case.now,
        kind="adjustment",
    )
    household = case.books.households.get(case.home.id, claim.household)
    return HalfDecided(claim, item, household, Verdict.ADJUST, cut.points, amount.rule, overruled)


def _mend(
    case: Case,
    claim: Claim,
    person: Person,
    agreed: tuple[Person, ...],
    *,
    cut: Cut,
    reason: str,
) -> Decided:
    decision = adjust(
        claim,
        reviewer=person,
        agreed=tuple(p.id for p in agreed),
        points=cut.points,
        reason=reason,
        round_=case.books.claims.count_adjustment(case.home.id, claim.key),
    )
    case.books.reviews.clear_approvals(case.home.id, claim.key, kind="adjustment")
    _save(case, decision, action=Verdict.ADJUST, reason=reason)
    return Decided(
        decision.claim,
        rulebook_of(case, claim).item(claim.act.item),
        case.books.households.get(case.home.id, claim.household),
        Verdict.ADJUST,
        reason,
        cut_from=cut.cut_from if cut.bound else None,
        bound=cut.bound,
        cap=cut.cap,
        points_before=claim.points,
        is_said=True,
    )


def _check_evidence(claim: Claim, item: Item) -> None:
    """Refuse an award without its stored evidence; paper records keep theirs on paper."""
    if claim.origin is ClaimOrigin.CLAIM and len(claim.photos) < item.photos_min:
        raise EvidenceMissing(claim.key.number, item.photos_min, len(claim.photos))


def _save(case: Case, decision: Decision, *, action: Verdict, reason: str) -> None:
    """Store the claim, its posting and its trail in this transaction."""
    village, claim = case.home.id, decision.claim
    if decision.posting is not None:
        case.books.ledger.post(village, decision.posting, at=case.now)
    case.books.claims.save(village, claim)
    note(case, claim, action, points=claim.points, reason=reason)
