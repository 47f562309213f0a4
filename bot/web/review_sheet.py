"""What the review page shows (审核页): waiting claims with all that a reviewer should know."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.commands.case import Case
from bot.commands.changing import rulebook_of
from bot.commands.claim_parts import needed, others, same_day
from bot.commands.finding import waits
from bot.commands.reviewing import Twin, Waiting, twins
from domain.authority import check_conflict, check_second, require_overseer
from domain.claim import Claim, ClaimKey, ClaimOrigin
from domain.membership import Person
from domain.quote import Quote, check_cooldown, quote
from domain.refusal import Refusal
from domain.review import EvidenceMissing
from domain.rulebook import Item, Rulebook
from domain.usage import GRANTED
from storage.people import BindRequest
from storage.villages import Household

CARDS_MAX: Final = 12
RECENT_MAX: Final = 5
TWINS_MAX: Final = 3


@dataclass(frozen=True, slots=True)
class Recent:
    """An earlier claim of the same household, with its item's name."""

    claim: Claim
    item_name: str


@dataclass(frozen=True, slots=True)
class Card:
    """One waiting claim and what the reviewer should know before deciding.

    ``barred`` is why this reviewer may not decide it at all, ``seconded`` why
    they may not approve it (any more), ``doubts`` what approving would be
    refused for whoever does it, ``same_day`` the household's like acts of that
    day. ``twins`` are the first earlier photos that look
    like one of it, with whose they are. ``quote`` is what it would bring now, None
    when the rule cannot tell. ``filer`` is "" where the household filed itself,
    ``relayer`` "" where nobody brought the claim in by hand.
    """

    waiting: Waiting
    twins: tuple[tuple[Twin, Household], ...]
    quote: Quote | None
    needed: int
    recent: tuple[Recent, ...]
    filer: str
    relayer: str
    agreed: tuple[str, ...]
    barred: Refusal | None
    seconded: Refusal | None
    doubts: tuple[Refusal, ...]
    same_day: tuple[Claim, ...] = ()

    @property
    def claim(self) -> Claim:
        """The claim itself."""
        return self.waiting.claim

    @property
    def takes(self) -> bool:
        """Whether it takes points away."""
        return self.waiting.item.is_deduction


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """The cards of one page, how many claims wait in all, and requests to be bound.

    ``more`` is the last number shown when there are others behind it; ``reviews`` is
    false for a supervisor, who looks and decides nothing.
    """

    cards: tuple[Card, ...]
    total: int
    more: ClaimKey | None
    requests: tuple[tuple[BindRequest, Household], ...]
    reviews: bool = True


def review_sheet(case: Case, *, after: ClaimKey | None = None) -> ReviewSheet:
    """Return the waiting claims behind a number, oldest first, at most twelve.

    Raises:
        NotAllowed: The person is neither on the committee nor a supervisor.
    """
    person = require_overseer(case.person)
    village = case.home.id
    claims = case.books.claims.waiting(village, limit=CARDS_MAX + 1, after=after)
    shown = claims[:CARDS_MAX]
    asked = case.books.people.requests(village)
    return ReviewSheet(
        cards=tuple(_card(case, claim, person) for claim in shown),
        total=case.books.claims.count_waiting(village),
        more=shown[-1].key if len(claims) > CARDS_MAX else None,
        requests=tuple((r, case.books.households.get(village, r.household)) for r in asked),
        reviews=person.reviews,
    )


def missed_of(case: Case, keys: tuple[ClaimKey, ...]) -> tuple[ClaimKey, ...]:
    """Return the claims on which a decision of this person does not stand."""
    return tuple(key for key in keys if not _stands(case, key))


def _stands(case: Case, key: ClaimKey) -> bool:
    claim = case.books.claims.get(case.home.id, key)
    if claim is None or case.person is None:
        return False
    if waits(claim):
        return case.person.id in claim.approvals
    last = case.books.reviews.decider(case.home.id, key)
    return last is not None and last[0] == case.person.id


def _card(case: Case, claim: Claim, person: Person) -> Card:
    rulebook = rulebook_of(case, claim)
    item = rulebook.item(claim.act.item)
    found = twins(case, claim)
    same = tuple(t.claim for t in found if t.is_same)
    like = tuple(t.claim for t in found if not t.is_same)
    household = case.books.households.get(case.home.id, claim.household)
    beside = others(case, claim)
    offer = _quote(claim, item, rulebook, beside)
    agreed = tuple(case.books.people.get(case.home.id, one) for one in claim.approvals)
    return Card(
        waiting=Waiting(claim, item, household, same, like),
        twins=tuple((twin, _owner(case, twin)) for twin in found[:TWINS_MAX]),
        quote=offer,
        needed=needed(
            claim, item=item, rulebook=rulebook, worth=offer.worth if offer else claim.expected
        ),
        recent=_recent(case, claim),
        filer=_filer(case, claim),
        relayer=_relayer(case, claim),
        agreed=tuple(one.name for one in agreed),
        barred=_refusal(lambda: check_conflict(person, claim)) if person.reviews else None,
        seconded=_refusal(lambda: check_second(person, claim, earlier=agreed))
        if person.reviews
        else None,
        doubts=_doubts(claim, item, beside),
        same_day=same_day(claim, beside),
    )


def _owner(case: Case, twin: Twin) -> Household:
    before = case.books.claims.get(case.home.id, twin.claim)
    assert before is not None, twin.claim
    return case.books.households.get(case.home.id, before.household)


def _relayer(case: Case, claim: Claim) -> str:
    by = claim.relayed_by
    return "" if by is None else case.books.people.get(case.home.id, by).name


def _filer(case: Case, claim: Claim) -> str:
    is_own = claim.origin is ClaimOrigin.CLAIM and not claim.is_for_other
    return "" if is_own else case.books.people.get(case.home.id, claim.filed_by).name


def _quote(claim: Claim, item: Item, rulebook: Rulebook, beside: tuple[Claim, ...]) -> Quote | None:
    try:
        return quote(
            claim.act,
            item=item,
            rulebook=rulebook,
            claims=beside,
            month=claim.effective_month,
            states=GRANTED,
        )
    except Refusal:
        return None


def _recent(case: Case, claim: Claim) -> tuple[Recent, ...]:
    latest = case.books.claims.latest(case.home.id, claim.household, limit=RECENT_MAX + 1)
    rest = [one for one in latest if one.key != claim.key][:RECENT_MAX]
    return tuple(Recent(one, rulebook_of(case, one).item(one.act.item).short_name) for one in rest)


def _doubts(claim: Claim, item: Item, beside: tuple[Claim, ...]) -> tuple[Refusal, ...]:
    """Return what an approval would be refused for: photos missing, another act too near."""
    found: list[Refusal | None] = []
    if claim.origin is ClaimOrigin.CLAIM and len(claim.photos) < item.photos_min:
        found.append(EvidenceMissing(claim.key.number, item.photos_min, len(claim.photos)))
    found.append(
        _refusal(lambda: check_cooldown(claim.act, item=item, claims=beside, states=GRANTED))
    )
    return tuple(one for one in found if one is not None)


def _refusal(check: Callable[[], None]) -> Refusal | None:
    try:
        check()
    except Refusal as refusal:
        return refusal
    return None
