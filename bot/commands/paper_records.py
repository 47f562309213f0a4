"""Paper claims of a month as records on behalf (代录批量): the desk and rules of the chat."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from bot.commands.case import Case, Tools
from bot.commands.claim_parts import others, same_day
from bot.commands.filing import record
from bot.commands.finding import address
from bot.papers.claim_cells import (
    Fault,
    FaultKind,
    Remark,
    RemarkKind,
    address_words,
    head_forms,
)
from bot.papers.claim_rows import PaperClaim
from bot.understanding.items import Named, index_of
from bot.understanding.normalise import tidy
from bot.understanding.reading import Intent, Occurred, Reading, Slots
from domain.claim import Claim, ClaimOrigin
from domain.mail import InboxState
from domain.membership import HouseholdAmbiguous, HouseholdId, HouseholdUnknown, Person
from domain.refusal import Refusal
from domain.rulebook import Rulebook
from storage.mail import Received
from storage.people import Contact
from storage.unit_of_work import Books
from storage.villages import Household, Village

Alike = tuple[HouseholdId, str, date]
PAPER: Final = "paper"
"""The account of what came on paper: nothing is ever sent to it."""


class RowAction(StrEnum):
    """What becomes of a line: recorded now, recorded by an earlier import, or not recorded."""

    RECORDED = "recorded"
    KNOWN = "known"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """A line with its answer; ``number`` is the claim's, None where there is none."""

    paper: PaperClaim
    action: RowAction
    number: int | None = None
    faults: tuple[Fault, ...] = ()
    refusal: Refusal | None = None
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Clerk:
    """Who records, where and when; ``books`` are open.

    ``seen`` holds the line of the sheet on which an act was recorded, by household,
    item and day.
    """

    books: Books
    tools: Tools
    village: Village
    person: Person
    now: datetime
    today: date
    seen: dict[Alike, int] = field(default_factory=dict)


def keys_of(rows: Iterable[PaperClaim]) -> Iterator[tuple[str, PaperClaim]]:
    """Yield every line with its natural key: what it says, and which of its like it is.

    The same file again, or the file with other lines mended, records nothing
    twice; two equal lines of one file are two acts.
    """
    seen: Counter[str] = Counter()
    for row in rows:
        said = (row.day, row.group, row.house_no, row.head, row.item_words, row.quantity)
        digest = hashlib.sha256(repr((*said, row.place, row.reason)).encode()).hexdigest()[:40]
        seen[digest] += 1
        yield f"{digest}:{seen[digest]}", row


def record_row(clerk: Clerk, key: str, row: PaperClaim) -> RowOutcome:
    """Record one line in the name of the clerk; it waits for other members of the committee.

    A line that was recorded before changes nothing. Whatever the chat would
    refuse is refused here, with the same words.
    """
    if row.faults:
        return RowOutcome(row, RowAction.REJECTED, faults=row.faults, remarks=row.remarks)
    case = _case(clerk, f"{clerk.village.id}:{key}")
    known = clerk.books.claims.from_message(PAPER, case.message_id)
    if known:
        return RowOutcome(row, RowAction.KNOWN, known[0][1].key.number)
    try:
        with clerk.books.attempt():
            home = _household(clerk, row)
            fault = _other_head(row, home)
            if fault is not None:
                return RowOutcome(row, RowAction.REJECTED, faults=(fault,), remarks=row.remarks)
            _settle_once(case)
            recorded = record(case, _reading(case, row, home), ClaimOrigin.RECORD)
    except Refusal as refusal:
        return RowOutcome(row, RowAction.REJECTED, refusal=refusal, remarks=row.remarks)
    remarks = (*row.remarks, *_remarks(clerk, case, row, recorded.claim))
    return RowOutcome(row, RowAction.RECORDED, recorded.claim.key.number, remarks=remarks)


def _remarks(clerk: Clerk, case: Case, row: PaperClaim, claim: Claim) -> Iterator[Remark]:
    """Yield what a clerk should look at again: the same act twice, an act long past."""
    act = claim.act
    alike = (claim.household, act.item, act.occurred_on)
    if alike in clerk.seen:
        yield Remark(RemarkKind.SAME_LINE, clerk.seen[alike])
    elif twin := next(iter(same_day(claim, others(case, claim))), None):
        yield Remark(RemarkKind.SAME_CLAIM, twin.key.number)
    clerk.seen.setdefault(alike, row.line)
    if claim.is_late:
        yield Remark(RemarkKind.LATE)


def _settle_once(case: Case) -> None:
    """Keep the line in the inbox, whose key makes it once for ever."""
    digest = hashlib.sha256(case.message_id.encode()).hexdigest()
    received = Received(PAPER, case.message_id, None, case.contact.id, case.now, digest, "{}")
    is_new = case.books.inbox.receive(received, at=case.now)
    assert is_new, "a line in the inbox has its claim"
    case.books.inbox.settle(received, state=InboxState.DONE)


def _case(clerk: Clerk, message_id: str) -> Case:
    return Case(
        books=clerk.books,
        tools=clerk.tools,
        village=clerk.village,
        person=clerk.person,
        contact=Contact(PAPER, f"person {clerk.person.id}"),
        contact_name=clerk.person.name,
        room=None,
        room_purpose=None,
        message_id=message_id,
        sent_at=clerk.now,
        now=clerk.now,
        today=clerk.today,
    )


def _household(clerk: Clerk, row: PaperClaim) -> Household:
    """Return whose line it is: by the address, without one by the head's whole name.

    Raises:
        HouseholdUnknown: Nobody lives there, or bears the name.
        HouseholdAmbiguous: Several heads bear it.

    """
    households, village = clerk.books.households, clerk.village.id
    if row.group is not None:
        at = households.at(village, row.group, row.house_no)
        if at is None:
            raise HouseholdUnknown(address_words(row.group, row.house_no))
        return at
    for name in head_forms(row.head):
        named = [home for home in households.headed(village, name) if home.head == name]
        if len(named) > 1:
            raise HouseholdAmbiguous(name, tuple(address(home) for home in named))
        if named:
            return named[0]
    raise HouseholdUnknown(row.head)


def _other_head(row: PaperClaim, home: Household) -> Fault | None:
    """Return a fault where the head on paper is not the one of the roster."""
    is_same = not row.head or "".join(home.head.split()) in head_forms(row.head)
    return None if is_same else Fault(FaultKind.HEAD_OTHER, row.head, home.head)


def _reading(case: Case, row: PaperClaim, home: Household) -> Reading:
    """Return a line as the reader would have understood it in chat."""
    assert row.day is not None, "a line without a day has a fault"
    named = _named(row.item_words, case.rulebook(min(row.day, case.today)))
    slots = Slots(
        household=address_words(home.group_no, home.house_no),
        place=row.place or None,
        reason=row.reason or None,
        occurred=Occurred(row.day.isoformat(), row.day),
        quantity=row.quantity,
        quantity_is_rough=row.is_rough,
        item_words=row.item_words,
    )
    if named is not None:
        slots = replace(slots, item=named.code, item_choices=named.choices)
    return Reading(Intent.RECORD_FOR, slots)


def _named(words: str, rulebook: Rulebook) -> Named | None:
    """Return the item that the words are the name of, else what they sound like."""
    for item in rulebook.offered():
        if words in {item.name, item.short_name, *item.aliases}:
            return Named(item.code, (), words, "")
    index = index_of(rulebook)
    text = tidy(words)
    return index.find(text) or index.find(text, deductions=True)
