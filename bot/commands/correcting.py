"""A correction (更正): what was asked for within the caps, and its entry in the ledger."""

from bot.commands.case import Case
from bot.commands.changing import rulebook_of
from bot.commands.claim_parts import named_amount, note, others
from bot.understanding.reading import Slots
from domain.claim import Claim
from domain.objection import Correction, Objection, check_changes, corrected, total_mended
from domain.points import ZERO, Points, tenths
from domain.quote import quote
from domain.rulebook import Item
from domain.scoring import ChoiceOutOfRange, Cut
from domain.usage import GRANTED


def asked_for(case: Case, objection: Objection, claim: Claim | None, slots: Slots) -> Cut:
    """Return what a correction makes of a claim within its caps, or adds to the total.

    Raises:
        ChoiceOutOfRange: The item does not give so many points.
        NothingCorrected: The points would stay as they are.

    """
    if claim is None:
        assert slots.delta is not None, "checked before"
        delta = tenths(slots.delta)
        return Cut(delta, delta)
    rulebook = rulebook_of(case, claim)
    item = rulebook.item(claim.act.item)
    found = quote(
        claim.act,
        item=item,
        rulebook=rulebook,
        claims=others(case, claim),
        month=claim.effective_month,
        states=GRANTED,
        amount=_amount(claim, item, slots),
    )
    assert found.cut is not None, "an amount was given"
    check_changes(objection.number, claim, found.cut)
    return found.cut


def _amount(claim: Claim, item: Item, slots: Slots) -> Points:
    """Return the amount that was named; deductions are negative, 0 takes it back whole."""
    if slots.points is not None:
        amount = named_amount(claim, item, slots.points)
    else:
        assert slots.delta is not None, "checked before"
        changed = (claim.points or ZERO) + tenths(slots.delta)
        amount = Points(min(0, changed) if item.is_deduction else max(0, changed))
    is_open = item.low is not None and item.high is not None
    if amount and is_open and not (item.low or 0) <= amount <= (item.high or 0):
        raise ChoiceOutOfRange(item, amount)
    return amount


def enter(case: Case, objection: Objection, claim: Claim | None, to: Correction) -> None:
    """Enter the correction; the claim and its trail say so."""
    books, village = case.books, case.home.id
    if claim is None:
        books.ledger.post(village, total_mended(objection, to), at=case.now)
        return
    round_ = books.claims.count_adjustment(village, claim.key)
    decision = corrected(claim, to, round_=round_)
    assert decision.posting is not None, "a correction is entered"
    books.ledger.post(village, decision.posting, at=case.now)
    books.claims.save(village, decision.claim)
    note(case, decision.claim, "adjust", points=decision.claim.points, reason=to.reason)
