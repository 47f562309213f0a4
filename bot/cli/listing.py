"""What ``jifen ledger`` and ``jifen claims`` tell (台账、申报), one fact after another."""

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from bot.replies.cli import address
from domain.claim import Claim
from domain.membership import PersonId
from domain.points import show
from storage.unit_of_work import Books

CLAIMS_MAX: Final = 1_000_000


def entries(books: Books, village: int, *, year: int) -> Iterator[dict[str, Any]]:
    """Yield a year's entries in the order of the chain; points are numbers of points."""
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
            "hash": entry.hash,
        }


def claims_told(
    books: Books, village: int, *, state: str | None, year: int | None
) -> Iterator[dict[str, Any]]:
    """Yield the claims, oldest first; points are those awarded, null before that."""
    names = _Names(books, village)
    for claim in books.claims.all(village, limit=CLAIMS_MAX):
        if state in {None, claim.state.value} and year in {None, claim.key.year}:
            yield _told(claim, names)


def _told(claim: Claim, names: "_Names") -> dict[str, Any]:
    return {
        "number": claim.key.number,
        "household": names.households[claim.household],
        "item": claim.act.item,
        "state": claim.state.value,
        "points": None if claim.points is None else number(claim.points),
        "occurred_on": claim.act.occurred_on.isoformat(),
        "place": claim.act.place,
        "photos": len(claim.photos),
        "filed_by": names.person(claim.filed_by),
        "approvals": [names.person(approver) for approver in claim.approvals],
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
