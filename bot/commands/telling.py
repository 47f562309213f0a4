"""Telling (告知): every claimant hears of a decision once, where it is theirs to hear."""

from dataclasses import dataclass

from bot.commands.amounts import Overruled
from bot.commands.case import Case, Notice
from domain.claim import Claim, ClaimOrigin
from domain.membership import has_left
from domain.points import Points
from domain.review import Verdict
from domain.rulebook import Item, Publicity
from domain.scoring import Bound
from storage.people import Contact
from storage.villages import Household


@dataclass(frozen=True, slots=True)
class Decided:
    """One claim after a decision; ``cut_from`` is the value before it was cut.

    ``bound`` and ``cap`` name the cap that cut it; without them it was the
    balance that bore no more of a deduction. ``is_said`` means that the reviewer
    named the value, ``rule`` is what the rule gives where that is something else,
    ``overruled`` who agreed to another one before.
    """

    claim: Claim
    item: Item
    household: Household
    verdict: Verdict
    reason: str = ""
    cut_from: Points | None = None
    bound: Bound | None = None
    cap: Points | None = None
    points_before: Points | None = None
    is_said: bool = False
    rule: Points | None = None
    overruled: Overruled | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """Decisions in the words for the claimant."""

    decided: tuple[Decided, ...]


def notices(case: Case, decided: tuple[Decided, ...]) -> tuple[Notice, ...]:
    """Tell every claimant once, all their decisions of this command together."""
    told: dict[tuple[Contact, str | None], list[Decided]] = {}
    for one in decided:
        for place in _places(case, one):
            told.setdefault(place, []).append(one)
    return tuple(
        Notice(
            f"decision:{case.contact.account}:{case.message_id}:{contact.id}:{room or ''}",
            contact,
            room,
            Told(tuple(theirs)),
        )
        for (contact, room), theirs in told.items()
    )


def _places(case: Case, one: Decided) -> tuple[tuple[Contact, str | None], ...]:
    """Return where a decision is told: where the claim was made, or directly when private.

    Of a claim whose filer has left the household's phones hear directly.

    A record on paper is told to the household's phones, a deduction too; both
    directly. Nobody is told by a message what they decided themselves.
    """
    village, claim = case.home.id, one.claim
    origin = case.books.claims.origin(village, claim.key)
    if claim.origin is not ClaimOrigin.CLAIM or has_left(origin.contact.id):
        contacts = case.books.people.of_household(village, claim.household)
        return tuple((contact, None) for contact in contacts)
    is_private = one.item.is_private or one.item.publicity is Publicity.NEVER
    return ((origin.contact, None if is_private else origin.room),)
