"""What ``jifen ledger``, ``claims`` and ``publications`` tell (台账、申报、公示), one by one."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any, Final

from bot.replies.cli import address
from bot.replies.phrases import OWN_DOOR
from bot.replies.publicity_refusals import told_to
from domain.basis import Basis
from domain.claim import Claim, ClaimOrigin
from domain.membership import PersonId
from domain.period import village_day
from domain.points import show
from domain.publication import Line
from schedules.lacking import missing, tellings
from schedules.publication import quarters_waiting
from storage.unit_of_work import Books
from storage.villages import Village

CLAIMS_MAX: Final = 1_000_000


def entries(books: Books, village: int, *, year: int) -> Iterator[dict[str, Any]]:
    """Yield a year's entries in the order of the chain; points are numbers of points.

    Everything that an entry's hash covers is told, so that anybody can compute it again.
    """
    names = _Names(books, village)
    for entry in books.ledger.walk(village, year=year):
        posting = entry.posting
        yield {
            "seq": entry.seq,
            "household": names.households[posting.household],
            "kind": posting.kind.value,
            "points": number(posting.points),
            "cause": posting.cause,
            "effective_month": str(posting.effective_month),
            "actors": [names.person(actor) for actor in posting.actors],
            "reason": posting.reason,
            "item": posting.item,
            "household_id": posting.household,
            "actor_ids": list(posting.actors),
            "at": entry.at.isoformat(timespec="microseconds"),
            "previous_hash": entry.previous_hash,
            "hash": entry.hash,
        }


def claims_told(
    books: Books, village: int, *, state: str | None, year: int | None
) -> Iterator[dict[str, Any]]:
    """Yield the claims, oldest first; points are those awarded, null before that.

    What a claim does not name is told as its receipt told it: 自家门口.
    """
    names = _Names(books, village)
    for claim in books.claims.all(village, limit=CLAIMS_MAX):
        if state in {None, claim.state.value} and year in {None, claim.key.year}:
            yield _told(claim, names)


def _told(claim: Claim, names: "_Names") -> dict[str, Any]:
    return {
        "year": claim.key.year,
        "number": claim.key.number,
        "household": names.households[claim.household],
        "item": claim.act.item,
        "state": claim.state.value,
        "points": None if claim.points is None else number(claim.points),
        "occurred_on": claim.act.occurred_on.isoformat(),
        "effective_month": str(claim.effective_month),
        "quantity": None if claim.act.quantity is None else float(claim.act.quantity),
        "tier": claim.act.tier,
        "place": claim.act.place or (OWN_DOOR if claim.origin is ClaimOrigin.CLAIM else ""),
        "photos": len(claim.photos),
        "filed_by": names.person(claim.filed_by),
        "approvals": [names.person(approver) for approver in claim.approvals],
    }


def editions(books: Books, village: int) -> Iterator[dict[str, Any]]:
    """Yield every edition of the publications with its lines, oldest first."""
    names = _Names(books, village)
    for one in books.publications.all(village):
        told = one.snapshot
        yield {
            "quarter": str(one.quarter),
            "edition": one.edition,
            "state": one.state.value,
            "eligible": told.eligible,
            "participating": told.participating,
            "rulebook": told.rulebook_version,
            "adopted": _basis(told.adopted),
            "basis": _basis(told.basis),
            "chain_seq": told.chain_seq,
            "chain_head": told.chain_head,
            "digest": one.digest,
            "released_at": _instant(one.released_at),
            "final_at": _instant(one.final_at),
            "lines": [_line(line, names) for line in told.lines],
        }


def lacking(books: Books, village: Village, *, now: datetime) -> list[dict[str, Any]]:
    """Return what the quarters that wait lack, and on which days that was said to whom."""
    today = village_day(now)
    found = []
    for quarter in quarters_waiting(books, village, today=today):
        months, numbers = missing(books, village, quarter, today=today)
        told = tellings(books, village.id, quarter)
        found.append(
            {
                "quarter": str(quarter),
                "months": [str(month) for month in months],
                "claims": list(numbers),
                "told": [{"on": one.on.isoformat(), "to": told_to(one)} for one in told],
            }
        )
    return found


def _basis(basis: Basis) -> dict[str, str | None]:
    until = basis.until.isoformat() if basis.until else None
    return {"title": basis.title, "since": basis.since.isoformat(), "until": until}


def _instant(at: datetime | None) -> str | None:
    return at.isoformat(timespec="microseconds") if at else None


def _line(line: Line, names: "_Names") -> dict[str, Any]:
    return {
        "household": names.households[line.household],
        "household_id": line.household,
        "group": line.group_no,
        "name": line.name,
        "quarter_points": number(line.quarter_points),
        "year_points": number(line.year_points),
        "quarter_place": line.quarter_place,
        "year_place": line.year_place,
    }


def number(points: int) -> int | float:
    """Return tenths as a number of points for JSON: 10 is 1, 5 is 0.5."""
    written = show(points)
    return float(written) if "." in written else int(written)


class _Names:
    """The village's addresses, and its persons' names as they are needed."""

    def __init__(self, books: Books, village: int) -> None:
        self.households = {
            h.id: address(h.group_no, h.house_no) for h in books.households.all(village)
        }

        @cache
        def person(of: PersonId) -> str:
            return books.people.get(village, of).name

        self.person = person
