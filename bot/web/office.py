"""The office (办事窗口): the pages for one's own household and for review, over the books."""

import asyncio
from collections.abc import Callable
from typing import Final, TypeVar

from bot.chat import Chat, Incoming
from bot.clock import Clock
from bot.commands.case import Case
from bot.gateways.message import Message, MessageKind
from bot.replies import pages
from bot.web.forms import Wish
from bot.web.month_sheet import MonthSheet, month_sheet
from bot.web.my_sheet import MySheet, my_sheet
from bot.web.objection_sheet import ObjectionSheet, objection_sheet
from bot.web.parlour import Parlour
from bot.web.pictures import shown_picture
from bot.web.ports import Done, Tab
from bot.web.review_sheet import ReviewSheet, missed_of, review_sheet
from domain.claim import ClaimKey, Sha256
from domain.mail import InboxState
from domain.membership import Person, Role
from domain.period import Month
from schedules.announcing import WEB
from schedules.month import late_months
from storage.mail import Received
from storage.people import Contact
from storage.performer import Perform
from storage.photo_store import PhotoStore
from storage.unit_of_work import Books

T = TypeVar("T")
ANSWERS_READ: Final = 60
DONE_SECONDS: Final = 20.0


class Office:
    """Reads pages from the books, and hands what their forms want to the assistant."""

    def __init__(
        self,
        chat: Chat,
        parlour: Parlour,
        *,
        look: Perform,
        photos: PhotoStore,
        clock: Clock,
    ) -> None:
        self._chat = chat
        self._parlour = parlour
        self._look = look
        self._photos = photos
        self._clock = clock
        self._doing: set[asyncio.Task[None]] = set()

    async def my_sheet(self, contact: str) -> MySheet:
        """Return the page of a contact's household.

        Raises:
            NotBound: The contact belongs to no household.
        """
        return await self._read(contact, my_sheet)

    async def review_sheet(
        self, contact: str, *, after: ClaimKey | None
    ) -> tuple[ReviewSheet, tuple[Tab, ...]]:
        """Return the waiting claims behind a number, and the tabs.

        Raises:
            NotAllowed: The contact is neither of the committee nor a supervisor.
        """

        def read(case: Case) -> tuple[ReviewSheet, tuple[Tab, ...]]:
            return review_sheet(case, after=after), tabs_of(case)

        return await self._read(contact, read)

    async def month_sheet(
        self, contact: str, month: Month | None
    ) -> tuple[MonthSheet, tuple[Tab, ...]]:
        """Return a month and the tabs.

        Raises:
            NotAllowed: The contact is neither of the committee nor a supervisor.
        """
        return await self._read(contact, lambda case: (month_sheet(case, month), tabs_of(case)))

    async def objection_sheet(self, contact: str) -> tuple[ObjectionSheet, tuple[Tab, ...]]:
        """Return the objections that wait for an answer, and the tabs.

        Raises:
            NotAllowed: The contact is neither of the committee nor a supervisor.
        """
        return await self._read(contact, lambda case: (objection_sheet(case), tabs_of(case)))

    async def photo(
        self, contact: str, key: ClaimKey, sha256: str, *, is_small: bool
    ) -> tuple[bytes, str] | None:
        """Return bytes and media type of a claim's photo; None for whoever may not see it."""
        if not await self._read(contact, lambda case: _may_see(case, key, sha256)):
            return None
        return await shown_picture(self._photos, sha256, is_small=is_small)

    async def do(self, contact: str, wishes: tuple[Wish, ...]) -> Done:
        """Do what a form wants, one wish after another.

        What takes longer than twenty seconds goes on by itself; the page says so.
        """
        is_over = True
        for wish in wishes:
            task = asyncio.create_task(self._parlour.do(contact, wish))
            self._doing.add(task)
            task.add_done_callback(self._doing.discard)
            finished, going_on = await asyncio.wait({task}, timeout=DONE_SECONDS)
            for one in finished:
                one.result()
            is_over = is_over and not going_on
        return Done(".".join(wish.id for wish in wishes), is_over=is_over)

    async def missed(self, contact: str, keys: tuple[ClaimKey, ...]) -> tuple[ClaimKey, ...]:
        """Return the claims on which a decision of this contact does not stand."""
        return await self._read(contact, lambda case: missed_of(case, keys))

    async def answers(self, contact: str, said: str) -> tuple[str, ...]:
        """Return what was answered to forms of this contact."""
        ids = said.split(".") if said else []
        found = await self._read(contact, lambda case: [_answer(case, one) for one in ids])
        return tuple(words for words in found if words)

    async def _read(self, contact: str, act: Callable[[Case], T]) -> T:
        return await self._look(lambda books: act(self._case(books, contact)))

    def _case(self, books: Books, contact: str) -> Case:
        """Return the place of somebody who looks at a page: the same as in the talk."""
        now = self._clock()
        message = Message(WEB, "", MessageKind.OTHER, contact, "", None, now)
        nothing = Received(WEB, "", None, contact, now, "", "")
        return self._chat.case(books, Incoming(message, nothing, now))


def tabs_of(case: Case) -> tuple[Tab, ...]:
    """Return the pages of the review for its reviewers, each with how much waits there."""
    person = case.person
    if person is None or not (person.reviews or Role.SUPERVISOR in person.roles):
        return ()
    books, village = case.books, case.home
    late = late_months(books, village, today=case.today)
    return (
        Tab("/review", pages.WAITING, books.claims.count_waiting(village.id)),
        Tab("/review/month", pages.MONTH, len(late)),
        Tab("/review/objections", pages.OBJECTIONS, len(books.objections.open(village.id))),
    )


def _may_see(case: Case, key: ClaimKey, sha256: str) -> bool:
    """Tell whether a photo is for this person: of their household, or to review or oversee."""
    person: Person | None = case.person
    if person is None:
        return False
    claim = case.books.claims.get(case.home.id, key)
    if claim is None or Sha256(sha256) not in claim.photos:
        return False
    is_official = person.reviews or Role.SUPERVISOR in person.roles
    return is_official or claim.household == person.household


def _answer(case: Case, form: str) -> str:
    """Return what was answered to a form, in the words of the talk; "" if there was none."""
    message_id = f"{case.contact.id}:{form}"
    key = f"reply:{WEB}:{message_id}"
    told = case.books.outbox.to(Contact(WEB, case.contact.id), after=0, limit=ANSWERS_READ)
    for letter in told:
        if letter.draft.key == key:
            return letter.draft.text
    state = case.books.inbox.state(WEB, message_id) or InboxState.LOST
    return {InboxState.RECEIVED: pages.TAKEN, InboxState.DUPLICATE: pages.TWICE}.get(state, "")
