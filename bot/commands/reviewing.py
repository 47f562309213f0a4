"""What a reviewer looks at: 待审 and 看图, with hints about reused photos."""

from dataclasses import dataclass

from bot.commands.case import Album, Answer, Case
from bot.commands.changing import rulebook_of
from bot.commands.finding import find_claim, waits
from bot.understanding.reading import Slots
from domain.authority import require_committee
from domain.claim import Claim, ClaimKey, Sha256
from domain.points import Points
from domain.refusal import Refusal
from domain.rulebook import Item
from storage.people import BindRequest
from storage.villages import Household

LIST_MAX = 15
PHOTOS_MAX = 9


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of 待审: the claim, how it looks, and numbers of claims with like photos.

    ``agreed`` is the amount that one of two people agreed to already.
    """

    claim: Claim
    item: Item
    household: Household
    same_photo: tuple[ClaimKey, ...] = ()
    like_photo: tuple[ClaimKey, ...] = ()
    agreed: Points | None = None


@dataclass(frozen=True, slots=True)
class Twin:
    """A photo of an earlier claim: the same as ``beside``, or one that looks like it."""

    claim: ClaimKey
    photo: Sha256
    beside: Sha256
    is_same: bool


@dataclass(frozen=True, slots=True)
class PendingList:
    """The first claims that wait, how many there are in all, and requests to be bound."""

    waiting: tuple[Waiting, ...]
    total: int
    requests: tuple[tuple[BindRequest, Household], ...] = ()


@dataclass(frozen=True, slots=True)
class PhotosShown:
    """The photos of a claim follow this line; ``hidden`` more are not sent."""

    waiting: Waiting
    hidden: int = 0


class NoPhotos(Refusal):
    """The claim has no photos."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.number = number


class PhotosForgotten(Refusal):
    """The claim's photos were forgotten, because their time was over; ``count`` there were."""

    def __init__(self, number: int, count: int) -> None:
        super().__init__(f"{number} {count}")
        self.number = number
        self.count = count


def pending(case: Case) -> PendingList:
    """List what waits for a decision, oldest first, at most fifteen.

    Raises:
        NotAllowed: The person is not on the committee.

    """
    require_committee(case.person)
    claims = case.books.claims.waiting(case.home.id, limit=LIST_MAX)
    total = case.books.claims.count_waiting(case.home.id)
    requests = case.books.people.requests(case.home.id)
    asked = tuple((r, case.books.households.get(case.home.id, r.household)) for r in requests)
    return PendingList(tuple(waiting(case, claim) for claim in claims), total, asked)


def photos(case: Case, slots: Slots) -> Answer:
    """Send the photos of claims to the reviewer who asked (看图 23), nine at most in all.

    Raises:
        NotAllowed: The person is not on the committee.
        ClaimUnknown, NoPhotos, PhotosForgotten: There is nothing to show.

    """
    require_committee(case.person)
    albums: list[Album] = []
    left = PHOTOS_MAX
    for number in slots.claim_ids[:LIST_MAX]:
        claim = find_claim(case, number, year=slots.claim_year, fits=(waits,))
        if not claim.photos:
            _check_forgotten(case, claim)
            raise NoPhotos(number)
        sent = claim.photos[:left]
        left -= len(sent)
        shown = PhotosShown(waiting(case, claim), len(claim.photos) - len(sent))
        albums.append(Album(shown, sent))
    return Answer(albums=tuple(albums))


def _check_forgotten(case: Case, claim: Claim) -> None:
    count = case.books.retention.forgotten(case.home.id, claim.key)
    if count:
        raise PhotosForgotten(claim.key.number, count)


def waiting(case: Case, claim: Claim) -> Waiting:
    """Return a claim with what a reviewer should know: other claims with like photos."""
    item = rulebook_of(case, claim).item(claim.act.item)
    household = case.books.households.get(case.home.id, claim.household)
    same, like = reused(case, claim)
    given = case.books.reviews.approvals(case.home.id, claim.key) if claim.approvals else ()
    return Waiting(claim, item, household, same, like, agreed=given[0][1] if given else None)


def reused(case: Case, claim: Claim) -> tuple[tuple[ClaimKey, ...], tuple[ClaimKey, ...]]:
    """Return earlier claims showing the same photo, and those with photos that look alike.

    A hint for the reviewer, never a verdict.
    """
    found = twins(case, claim)
    same = tuple(twin.claim for twin in found if twin.is_same)
    return same, tuple(twin.claim for twin in found if not twin.is_same)


def twins(case: Case, claim: Claim) -> tuple[Twin, ...]:
    """Return one photo of each earlier claim that shows the same photo, or one that looks alike."""
    evidence, village = case.books.evidence, case.home.id
    found: dict[ClaimKey, Twin] = {}
    for sha256 in claim.photos:
        for key in evidence.claims_with(village, sha256):
            found.setdefault(key, Twin(key, sha256, sha256, is_same=True))
    for sha256 in claim.photos:
        photo = evidence.get(village, sha256)
        for other in evidence.similar(village, photo) if photo else ():
            for key in evidence.claims_with(village, other):
                found.setdefault(key, Twin(key, other, sha256, is_same=False))
    return tuple(twin for key, twin in found.items() if key < claim.key)
