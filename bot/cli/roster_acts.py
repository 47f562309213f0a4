"""Doing what the roster's commands say, each in one transaction."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from bot import roster_changes
from bot.cli.office import Office, WrongUse, office, village_named
from bot.cli.slips import keep_slips
from bot.replies import cli, people_cli
from bot.roster_changes import Decision
from bot.understanding.addresses import canonical, find_address
from domain.household import Address
from domain.household_change import ChangeKind, HouseholdChange
from domain.membership import PersonId
from storage.unit_of_work import Books
from storage.villages import Household, Village

Act = Callable[[Books, Village, Decision], HouseholdChange]


def leave(village: str, household: str, *, on: str | None, reason: str) -> dict[str, Any]:
    """Let a household take part no longer."""
    return _done(
        village,
        on,
        reason,
        lambda books, v, why: roster_changes.leave(books, v, at(books, v, household), why),
    )


def admit(
    village: str, household: str, *, head: str, on: str | None, reason: str
) -> dict[str, Any]:
    """Take a household in."""
    return _done(
        village,
        on,
        reason,
        lambda books, v, why: roster_changes.admit(books, v, _address(household), head, why),
    )


def new_head(
    village: str, household: str, *, head: str, on: str | None, reason: str
) -> dict[str, Any]:
    """Let a household have another head."""
    return _done(
        village,
        on,
        reason,
        lambda books, v, why: roster_changes.new_head(books, v, at(books, v, household), head, why),
    )


def merge(
    village: str, household: str, *, into: str, on: str | None, reason: str
) -> dict[str, Any]:
    """Make one household of two."""
    return _done(
        village,
        on,
        reason,
        lambda books, v, why: roster_changes.merge(
            books, v, at(books, v, household), at(books, v, into), why
        ),
    )


def split(
    village: str,
    household: str,
    *,
    to: str,
    head: str,
    members: Sequence[str],
    on: str | None,
    reason: str,
) -> dict[str, Any]:
    """Make a household of its own for some members."""

    def act(books: Books, v: Village, why: Decision) -> HouseholdChange:
        old = at(books, v, household)
        moving = _members(books, v, old, members)
        return roster_changes.split(books, v, old, _address(to), head, members=moving, decision=why)

    return _done(village, on, reason, act)


def history(village: str, household: str | None) -> list[dict[str, Any]]:
    """Return what changed on the roster, oldest first."""
    with office() as desk, desk.reading() as books:
        found = village_named(books, village)
        home = at(books, found, household).id if household else None
        return [_facts(books, found, line) for line in books.changes.history(found.id, home)]


def at(books: Books, village: Village, text: str) -> Household:
    """Return the household at an address.

    Raises:
        CommandFailed: There is none.

    """
    address = _address(text)
    found = books.households.at(village.id, address.group, address.house_no)
    if found is None:
        raise WrongUse(cli.HOUSEHOLD_UNKNOWN.format(text=text))
    return found


def _address(text: str) -> Address:
    read = find_address(text)
    if read is None:
        raise WrongUse(cli.HOUSEHOLD_UNKNOWN.format(text=text))
    return canonical(read.household)


def _done(village: str, on: str | None, reason: str, act: Act) -> dict[str, Any]:
    with office() as desk, desk.open_books() as books:
        found = village_named(books, village)
        line = act(books, found, Decision(_day(desk, on), reason, desk.now))
        if line.kind in {ChangeKind.ADMITTED, ChangeKind.SPLIT}:
            new = line.other or line.household
            keep_slips(desk, books, found.id, (books.households.get(found.id, new),))
        return _facts(books, found, line)


def _day(desk: Office, text: str | None) -> date:
    if text is None:
        return desk.today
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongUse(cli.DATE_UNREADABLE.format(text=text)) from None


def _members(
    books: Books, village: Village, home: Household, wanted: Sequence[str]
) -> list[PersonId]:
    """Return the household's people that are named, by name or number."""
    people = books.changes.people_of(village.id, home.id)
    found: list[PersonId] = []
    for text in wanted:
        fitting = [number for number, name in people if text in {name, str(number)}]
        if len(fitting) != 1:
            listed = [f"{name}({number})" for number, name in people]
            where = cli.address(home.group_no, home.house_no)
            raise WrongUse(
                people_cli.MEMBER_UNKNOWN.format(
                    household=where, text=text, known=people_cli.known(listed)
                )
            )
        found.append(fitting[0])
    return found


def _facts(books: Books, village: Village, line: HouseholdChange) -> dict[str, Any]:
    """Return what ``--json`` tells, with the words for people beside it."""
    home = books.households.get(village.id, line.household)
    other = books.households.get(village.id, line.other) if line.other else None
    name = cli.address(home.group_no, home.house_no)
    other_name = cli.address(other.group_no, other.house_no) if other else ""
    is_consent = line.kind is ChangeKind.CONSENT
    return {
        "number": line.number,
        "kind": line.kind.value,
        "household": name,
        "other": other_name or None,
        "on": line.changed_on.isoformat(),
        "reason": line.reason,
        "was": line.was,
        "by": line.by,
        "words": {
            "day": line.changed_on.isoformat(),
            "kind": people_cli.CHANGE_KINDS[line.kind],
            "household": name,
            "other": other_name,
            "head": home.head,
            "was": line.was,
            "reason": people_cli.CONSENTS[line.reason] if is_consent else line.reason,
        },
    }
