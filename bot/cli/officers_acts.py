"""Letting officers of town and district in (镇、区干部), listing them, sending them away."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from bot.cli.office import Office, WrongUse, office
from bot.replies import town_cli as words
from bot.replies.town import who
from domain.code import digest, new_code, shown
from domain.officer import Level, Officer
from domain.period import village_day
from storage.officers import Seat
from storage.unit_of_work import Books

LIFE: Final = timedelta(days=14)


def invite(
    towns: Sequence[str], *, district: str, name: str, officer: int | None
) -> tuple[dict[str, Any], str]:
    """Make a code of one use, for a new officer or one who is known; returns facts and words.

    Raises:
        CommandFailed: It is not said for whom, or there is no such town or officer.

    """
    with office() as desk, desk.open_books() as books:
        if officer is None:
            seated = _new(desk, books, [t.strip() for t in towns], district.strip(), name.strip())
        elif towns or district or name:
            raise WrongUse(words.OFFICER_ALONE)
        else:
            seated = _known(books, officer)
        code = new_code()
        mark = digest(desk.settings.secret(), code)
        books.officers.invite(seated, mark, at=desk.now, until=desk.now + LIFE)
        facts = {
            "code": shown(code),
            "officer": seated.number,
            "level": seated.level.value,
            "area": seated.area,
            "towns": list(seated.towns),
        }
        said = words.CODE.format(
            who=who(seated), area=seated.area, code=shown(code), site=desk.settings.site
        )
        return facts, said


def _new(desk: Office, books: Books, towns: list[str], district: str, name: str) -> Officer:
    known = sorted({v.town for v in books.villages.counted()})
    missing = [town for town in towns if town not in known]
    if missing:
        raise WrongUse(words.unknown_towns(missing, known))
    level = Level.DISTRICT if district else Level.TOWN
    if level is Level.TOWN and len(towns) != 1:
        raise WrongUse(words.WHICH)
    return books.officers.add(level, district or towns[0], towns=towns, name=name, at=desk.now)


def _known(books: Books, number: int) -> Officer:
    found = books.officers.get(number)
    if found is None:
        raise WrongUse(words.OFFICER_UNKNOWN.format(number=number))
    return found


def listed() -> list[dict[str, Any]]:
    """Return who sees figures now, and who did."""
    with office() as desk, desk.reading() as books:
        return [_facts(seat) for seat in books.officers.all()]


def dismiss(number: int, *, reason: str) -> tuple[dict[str, Any], str]:
    """Let an officer see nothing from now on; returns facts and words.

    Raises:
        CommandFailed: No reason, or nobody of that number.

    """
    if not reason.strip():
        raise WrongUse(words.REASON_EMPTY)
    with office() as desk, desk.open_books() as books:
        officer = _known(books, number)
        books.officers.end(number, reason=reason.strip(), at=desk.now)
        [seat] = [s for s in books.officers.all() if s.officer.number == number]
        return _facts(seat), words.DISMISSED.format(who=who(officer))


def _facts(seat: Seat) -> dict[str, Any]:
    officer = seat.officer
    return {
        "number": officer.number,
        "level": officer.level.value,
        "area": officer.area,
        "towns": list(officer.towns),
        "name": officer.name,
        "since": village_day(seat.since).isoformat(),
        "ended_at": village_day(seat.ended_at).isoformat() if seat.ended_at else None,
        "reason": seat.reason,
        "phones": seat.phones,
    }
