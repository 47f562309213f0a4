"""Listing roles and taking them back (收回角色)."""

from typing import Any

from bot.cli.office import WrongUse, office, village_named
from bot.replies import people_cli as words
from bot.replies.binding import ROLES
from domain.membership import Role
from domain.period import village_day
from storage.offices import Office


def listed(village: str) -> list[dict[str, Any]]:
    """Return who holds a role now, then who held one before."""
    with office() as desk, desk.reading() as books:
        found = village_named(books, village)
        return [_facts(o) for o in (*books.offices.held(found.id), *books.offices.past(found.id))]


def revoke(village: str, role: str, person: str, *, reason: str) -> dict[str, Any]:
    """Take a role back from the one person that is meant.

    Raises:
        CommandFailed: No reason, nobody of that name with the role, or several.

    """
    if not reason.strip():
        raise WrongUse(words.REASON_EMPTY)
    with office() as desk, desk.open_books() as books:
        found = village_named(books, village)
        holders = [o for o in books.offices.held(found.id) if o.role == role]
        fitting = [o for o in holders if person in {o.name, str(o.person)}]
        name = ROLES[Role(role)]
        if not fitting:
            raise WrongUse(words.PERSON_UNKNOWN.format(text=person, role=name))
        if len(fitting) > 1:
            known = words.known([str(o.person) for o in fitting])
            raise WrongUse(words.PERSON_MANY.format(text=person, role=name, known=known))
        held = fitting[0]
        books.offices.take_back(
            found.id, held.person, held.role, reason=reason.strip(), at=desk.now
        )
        return _facts(
            Office(held.person, held.name, held.role, held.since, desk.now, reason.strip())
        )


def _facts(one: Office) -> dict[str, Any]:
    return {
        "person": one.person,
        "name": one.name,
        "role": one.role.value,
        "role_name": ROLES[one.role],
        "since": village_day(one.since).isoformat(),
        "ended_at": village_day(one.ended_at).isoformat() if one.ended_at else None,
        "reason": words.ROLE_ENDED.get(one.reason, one.reason),
    }
