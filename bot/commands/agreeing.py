"""Agreeing (会签): what two members of two households say before it holds."""

from dataclasses import dataclass

from bot.commands.belonging import lives_elsewhere
from bot.commands.case import Case
from domain.authority import check_placed
from domain.membership import Person, PersonId
from domain.sign_off import holds, signed


@dataclass(frozen=True, slots=True)
class HalfAgreed:
    """One member has agreed; another one, of another household, has to say the same."""


def agree(case: Case, matter: str, person: Person) -> tuple[PersonId, ...] | None:
    """Keep that a member agrees to a matter; return the two once there are two.

    Raises:
        HouseholdUnstated: Nobody knows which household is theirs.
        SignedAlready: The same person, or one of the same household, agreed before.

    """
    check_placed(person, lives_elsewhere=lives_elsewhere(case, person))
    village, books = case.home.id, case.books
    books.villages.lock(village)
    standing = signed(matter, person, earlier=books.sign_offs.standing(village, matter))
    books.sign_offs.keep(village, matter, standing, at=case.now)
    return tuple(one.person for one in standing) if holds(standing) else None
