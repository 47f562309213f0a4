"""The changing desk: photos that follow, answers to questions, 更正, 撤回, recall."""

from dataclasses import dataclass, replace

from bot.commands.case import Case
from bot.commands.claim_parts import check_exact, counts_in, note, reload
from bot.commands.filing import ClaimIncomplete, ClaimReceived, PrivateItem, complete
from bot.commands.finding import find_claim, find_item
from bot.understanding.reading import Slots
from domain.authority import may_see, require_member
from domain.claim import (
    CLAIM_STEPS,
    OPEN,
    PHOTO_AFTER,
    PHOTO_BEFORE,
    Act,
    Claim,
    ClaimAction,
    ClaimDecided,
    ClaimKey,
    ClaimNotYours,
    ClaimOrigin,
    ClaimState,
    CommitteeOnly,
    Sha256,
    belongs,
    check_day,
)
from domain.refusal import Refusal
from domain.rulebook import Item, Rulebook
from domain.workflow import step
from storage.evidence import Photo


@dataclass(frozen=True, slots=True)
class ClaimWithdrawn:
    """The claim was taken back by its household."""

    claim: Claim
    item_name: str


@dataclass(frozen=True, slots=True)
class PhotoWaits:
    """A photo that no words belong to yet; said only in direct chat."""


class NothingToAmend(Refusal):
    """The correction says nothing that differs."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.number = number


def rulebook_of(case: Case, claim: Claim) -> Rulebook:
    """Return the version in force on the day of the claim's act."""
    return case.rulebook(claim.act.occurred_on)


def join_photo(case: Case, photo: Photo, *, to: Claim) -> ClaimReceived | ClaimIncomplete | None:
    """Attach a photo to a claim of the person; None when it joins silently.

    A photo that completes a draft brings the receipt; a further one within ten
    minutes says nothing.
    """
    added = case.books.evidence.attach(
        case.home.id,
        to.key,
        photo.sha256,
        account=case.contact.account,
        message_id=case.message_id,
        at=case.now,
    )
    if to.state is not ClaimState.DRAFT or not added:
        return None
    rulebook = rulebook_of(case, to)
    item = rulebook.item(to.act.item)
    joined = replace(to, photos=(*to.photos, photo.sha256))
    return complete(case, joined, item=item, rulebook=rulebook)


def draft_for_photo(case: Case) -> Claim | None:
    """Return the oldest draft of this person, here, that still lacks photos, None without one."""
    for draft in reversed(case.books.claims.drafts(case.home.id, case.contact, case.room)):
        if not _in_time(case, draft):
            continue
        item = rulebook_of(case, draft).item(draft.act.item)
        if len(draft.photos) < item.photos_min:
            return draft
    return None


def _in_time(case: Case, draft: Claim) -> bool:
    end = draft.expires_at or case.sent_at
    return draft.filed_at - PHOTO_BEFORE <= case.sent_at <= end


def filed_before_photo(case: Case) -> Claim | None:
    """Return the undecided claim that a further photo joins by time.

    It is the one this person filed last here, at most ten minutes ago: for
    their own household, for a neighbour (帮), or as a record (代录, 扣分).
    """
    if case.person is None:
        return None
    since = case.sent_at - PHOTO_AFTER
    found = [
        claim
        for year in (case.today.year, case.today.year - 1)
        if (
            claim := case.books.claims.last_filed(
                case.home.id, case.person.id, case.room, since=since, year=year
            )
        )
        and belongs(case.sent_at, words_at=claim.filed_at)
    ]
    return max(found, key=lambda claim: claim.filed_at, default=None)


def answer_draft(case: Case, claim: Claim, slots: Slots) -> ClaimReceived | ClaimIncomplete:
    """Put the answer to a question (几小时? 哪一级?) into the draft and go on."""
    rulebook = rulebook_of(case, claim)
    item = rulebook.item(claim.act.item)
    check_exact(slots, item)
    act = replace(
        claim.act,
        quantity=slots.quantity if slots.quantity is not None else claim.act.quantity,
        tier=slots.tier or claim.act.tier,
    )
    changed = replace(claim, act=act)
    case.books.claims.save(case.home.id, changed)
    return complete(case, changed, item=item, rulebook=rulebook)


def amend(case: Case, number: int, slots: Slots) -> ClaimReceived | ClaimIncomplete:
    """Change an undecided claim (更正 23 …); approvals given so far are void.

    Raises:
        ClaimUnknown, ClaimNotYours, ClaimDecided: Which claim.
        NothingToAmend: The words change nothing.
        CommitteeOnly, PrivateItem, ActInFuture, ClaimTooLate, CapReached, ...: As when filing.

    """
    claim = own_claim(case, number, year=slots.claim_year)
    rulebook = rulebook_of(case, claim)
    is_renamed = bool(slots.item or slots.item_choices)
    item = find_item(slots, rulebook) if is_renamed else rulebook.item(claim.act.item)
    check_exact(slots, item)
    act = _amended(claim.act, slots, item)
    if act == claim.act:
        raise NothingToAmend(number)
    _check(case, act, item=item, rulebook=rulebook)
    is_moved = act.occurred_on != claim.act.occurred_on
    month = counts_in(case, act.occurred_on) if is_moved else claim.effective_month
    draft = _reopen(case, replace(claim, act=act, effective_month=month))
    note(case, claim, "amend", reason=slots.reason or "")
    return complete(case, reload(case, draft), item=item, rulebook=rulebook)


def withdraw(case: Case, number: int, *, year: int | None = None) -> ClaimWithdrawn:
    """Take an undecided claim back (撤回 23).

    Raises:
        ClaimUnknown, ClaimNotYours, ClaimDecided: Which claim.

    """
    return _withdraw(case, own_claim(case, number, year=year))


def recall(case: Case, message_id: str) -> tuple[ClaimWithdrawn | ClaimIncomplete, ...]:
    """Follow a recalled message: its undecided claims are withdrawn, its photo is taken off."""
    account = case.contact.account
    done: list[ClaimWithdrawn | ClaimIncomplete] = [
        _withdraw(case, claim)
        for village, claim in case.books.claims.from_message(account, message_id)
        if village == case.home.id and claim.state in OPEN and _is_filer(case, claim)
    ]
    case.books.evidence.drop_loose(account, message_id)
    found = case.books.evidence.claim_of_message(account, message_id)
    if found and found[0] == case.home.id:
        changed = _without_photo(case, found[1], found[2])
        done += [changed] if changed else []
    return tuple(done)


def _without_photo(case: Case, key: ClaimKey, sha256: Sha256) -> ClaimIncomplete | None:
    claim = find_claim(case, key.number, year=key.year)
    if claim.state not in OPEN or not _is_filer(case, claim):
        return None
    case.books.evidence.detach(case.home.id, claim.key, sha256)
    note(case, claim, "photo recalled")
    rulebook = rulebook_of(case, claim)
    item = rulebook.item(claim.act.item)
    left = reload(case, claim)
    if len(left.photos) >= item.photos_min:
        return None
    draft = _reopen(case, left)
    household = case.books.households.get(case.home.id, claim.household)
    missing = item.photos_min - len(left.photos)
    return ClaimIncomplete(draft, item, household, missing, is_own=not claim.is_for_other)


def own_claim(case: Case, number: int, *, year: int | None = None) -> Claim:
    """Return an open claim of the person's household, or one they filed.

    What the committee wrote down (代录, 扣分) is taken back by its recorder only:
    nobody withdraws the deduction that waits against their own household.

    Raises:
        NotBound, ClaimUnknown, ClaimNotYours, ClaimDecided: It is not.

    """
    household = require_member(case.person) if not _reviews(case) else None

    def is_theirs(claim: Claim) -> bool:
        is_own = claim.household == household and claim.origin is ClaimOrigin.CLAIM
        return is_own or _is_filer(case, claim)

    def is_meant(claim: Claim) -> bool:
        return claim.state in OPEN and is_theirs(claim)

    claim = find_claim(case, number, year=year, fits=(is_meant, is_theirs))
    if not is_theirs(claim):
        raise ClaimNotYours(number, may_see=may_see(case.person, claim))
    if claim.state not in OPEN:
        raise ClaimDecided(number, claim.state, decider_name(case, claim))
    return claim


def decider_name(case: Case, claim: Claim) -> str:
    """Return the name behind the last step of a claim, "" when nobody is known."""
    last = case.books.reviews.decider(case.home.id, claim.key)
    return case.books.people.get(case.home.id, last[0]).name if last else ""


def _reviews(case: Case) -> bool:
    return case.person is not None and case.person.household is None and case.person.reviews


def _is_filer(case: Case, claim: Claim) -> bool:
    return case.person is not None and claim.filed_by == case.person.id


def _withdraw(case: Case, claim: Claim) -> ClaimWithdrawn:
    state = step(CLAIM_STEPS, claim.state, ClaimAction.WITHDRAW)
    withdrawn = replace(claim, state=state, expires_at=None)
    case.books.reviews.clear_approvals(case.home.id, claim.key)
    case.books.claims.save(case.home.id, withdrawn)
    note(case, withdrawn, "withdraw")
    return ClaimWithdrawn(withdrawn, rulebook_of(case, claim).item(claim.act.item).short_name)


def _reopen(case: Case, claim: Claim) -> Claim:
    """Make an undecided claim a draft again; approvals so far are void."""
    state = step(CLAIM_STEPS, claim.state, ClaimAction.AMEND)
    draft = replace(claim, state=state, expected=None, expires_at=case.now + PHOTO_AFTER)
    case.books.reviews.clear_approvals(case.home.id, claim.key)
    case.books.claims.save(case.home.id, draft)
    return draft


def _amended(act: Act, slots: Slots, item: Item) -> Act:
    is_same_item = item.code == act.item
    kept = act.quantity if is_same_item else None
    return replace(
        act,
        item=item.code,
        occurred_on=slots.occurred.date if slots.occurred else act.occurred_on,
        place=slots.place or act.place,
        quantity=(slots.quantity if item.is_counted else None) or kept,
        tier=slots.tier or (act.tier if is_same_item else None),
    )


def _check(case: Case, act: Act, *, item: Item, rulebook: Rulebook) -> None:
    if not item.may_be_filed_by_villager() and not _reviews(case):
        raise CommitteeOnly(item.short_name)
    if item.is_private and case.room is not None:
        raise PrivateItem(item.short_name)
    check_day(
        act.occurred_on,
        today=case.today,
        deadline_days=rulebook.claim_deadline_days,
        closed_through=case.home.closed_through,
    )
