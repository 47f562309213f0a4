"""The relay room (代发间): ticks, rooms by hand, and messages brought in for somebody else."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Final, TypeVar

from bot.assistant import Assistant
from bot.clock import Clock
from bot.commands.relaying import open_room
from bot.gateways.message import Message, MessageKind, PhotoGone, Relayed
from bot.replies.relay_page import COMMITTEE_ROOM, VILLAGE_ROOM
from bot.web.pictures import shown_picture
from bot.web.relay_entry import (
    PHOTOS_MAX,
    Entry,
    message_of,
    progress,
    receive,
    room_named,
)
from bot.web.relay_finding import candidates
from bot.web.relay_sheet import (
    Candidate,
    Entered,
    RelaySheet,
    Slip,
    Viewer,
    may_read,
    relay_sheet,
    slip_of,
)
from bot.web.uploads import Uploads, drop_unneeded
from domain.authority import require_committee
from domain.membership import NotAllowed, Role
from domain.relay import HAND, UNDO_WITHIN, check_said, is_gone
from schedules.announcing import WEB
from storage.outbox import Letter
from storage.people import Contact
from storage.performer import Perform
from storage.photo_store import PhotoStore
from storage.unit_of_work import Books

T = TypeVar("T")
SERVE_SECONDS: Final = 20.0
WORDS: Final = "w"
NAMES: Final = (VILLAGE_ROOM, COMMITTEE_ROOM)


class RelayRoom:
    """The relay page over the books; also the gateway of what is brought in by hand."""

    account = HAND

    def __init__(
        self,
        assistant: Assistant,
        *,
        perform: Perform,
        look: Perform,
        photos: PhotoStore,
        uploads: Uploads,
        clock: Clock,
    ) -> None:
        self._assistant = assistant
        self._perform = perform
        self._look = look
        self._photos = photos
        self._uploads = uploads
        self._clock = clock
        self._serving: set[asyncio.Task[None]] = set()

    async def sheet(self, contact: str) -> RelaySheet:
        """Return what waits, for somebody of the committee.

        Raises:
            NotAllowed: The contact is nobody of a committee.
        """
        now = self._clock()
        return await self._read(contact, lambda b, v: relay_sheet(b, v, names=NAMES, now=now))

    async def candidates(self, contact: str, words: str) -> tuple[Candidate, ...]:
        """Return who may be meant by a name or a house number."""
        return await self._read(contact, lambda b, v: candidates(b, v.village.id, words))

    async def letters(self, contact: str, ids: tuple[int, ...]) -> tuple[Slip, ...]:
        """Return how some letters of the village stand."""

        def read(books: Books, viewer: Viewer) -> tuple[Slip, ...]:
            found = books.relays.some(viewer.village.id, ids)
            return tuple(slip_of(books, viewer, letter) for letter in found)

        return await self._read(contact, read)

    async def tick(self, contact: str, ids: tuple[int, ...]) -> None:
        """Keep that the contact has carried some letters; what has gone since stays gone."""
        now = self._clock()

        def act(books: Books, viewer: Viewer) -> None:
            books.relays.relay(viewer.village.id, ids, by=viewer.person, at=now)

        await self._do(contact, act)

    async def take_back(self, contact: str, letter: int) -> None:
        """Let a letter wait again that was ticked by mistake within half an hour."""
        now = self._clock()

        def act(books: Books, viewer: Viewer) -> None:
            books.relays.take_back(viewer.village.id, letter, at=now, since=now - UNDO_WITHIN)

        await self._do(contact, act)

    async def picture(self, contact: str, letter: int) -> tuple[bytes, str] | None:
        """Return bytes and media type of a letter's picture; None for whoever may not see it."""

        def read(books: Books, viewer: Viewer) -> Letter | None:
            found = books.relays.some(viewer.village.id, (letter,))
            return found[0] if found and may_read(books, viewer, found[0]) else None

        found = await self._read(contact, read)
        if found is None or found.draft.photo is None:
            return None
        return await shown_picture(self._photos, found.draft.photo)

    async def add_room(self, contact: str, *, name: str, purpose: str) -> None:
        """Let a group be served by hand from now on."""
        now = self._clock()
        await self._do(contact, lambda b, v: open_room(b, v.village.id, name, purpose, at=now))

    async def change_room(self, contact: str, key: str, *, name: str | None) -> None:
        """Rename a room; without a name give it up, if no account has served it for a day.

        Raises:
            EntryWrong: There is no such room in the village.
        """
        now = self._clock()

        def act(books: Books, viewer: Viewer) -> None:
            room = room_named(books, viewer.village.id, key)
            if name is not None:
                books.relays.name_room(room, name)
            elif is_gone(books.relays.seen(viewer.village.id).get(room.account, now), now=now):
                books.relays.close_room(room)

        await self._do(contact, act)

    async def enter(self, contact: str, entry: Entry) -> None:
        """Bring in a message: photos first, then the words, and wait until they are worked off.

        Raises:
            NotAllowed: The contact is nobody of a committee.
            EntryWrong: The form names nobody, or no room.
            SaidWhen: The instant is not possible.
        """
        now = self._clock()
        check_said(entry.sent_at or now, now=now)
        viewer = await self._read(contact, lambda _, v: v)
        first = f"{viewer.village.id}.{viewer.person}.{entry.form_id}"
        kept = {f"{first}.{n}": photo for n, photo in enumerate(entry.photos, start=1)}
        for key, photo in kept.items():
            await asyncio.to_thread(self._uploads.put, key, photo)

        def act(books: Books, viewer: Viewer) -> tuple[Message, ...]:
            said = message_of(books, viewer, entry, now=now)
            parts = [(MessageKind.PHOTO, str(n)) for n in range(1, len(entry.photos) + 1)]
            parts += [(MessageKind.TEXT, WORDS)] if entry.text else []
            made = (replace(said, id=f"{first}.{part}", kind=kind) for kind, part in parts)
            return tuple(one for one in made if receive(books, one, now=now))

        try:
            messages = await self._do(contact, act)
        finally:
            await drop_unneeded(self._uploads, self._perform, HAND, kept)
        task = asyncio.create_task(self._serve(messages))
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)
        await asyncio.wait({task}, timeout=SERVE_SECONDS)

    async def _serve(self, messages: tuple[Message, ...]) -> None:
        for message in messages:
            await self._assistant.serve(message)

    async def entered(self, contact: str, form_id: str) -> Entered | None:
        """Return what became of a form's message; None if this contact sent no such form."""

        def read(books: Books, viewer: Viewer) -> Entered | None:
            first = f"{viewer.village.id}.{viewer.person}.{form_id}"
            ids = [f"{first}.{part}" for part in (*range(1, PHOTOS_MAX + 1), WORDS)]
            states = [books.inbox.state(HAND, one) for one in ids]
            if not any(states):
                return None
            rooms = books.relays.rooms(viewer.village.id)
            accounts = {HAND, *(room.account for room in rooms)}
            keys = [f"reply:{account}:{one}" for account in sorted(accounts) for one in ids]
            found = books.relays.by_keys(viewer.village.id, keys)
            return Entered(progress(states), tuple(slip_of(books, viewer, x) for x in found))

        return await self._read(contact, read)

    async def photo(self, message_id: str) -> bytes:
        """Return a photo that was brought in.

        Raises:
            PhotoGone: The upload is not there.
        """
        content = await asyncio.to_thread(self._uploads.get, message_id)
        if content is None:
            raise PhotoGone(message_id)
        return content

    async def done(self, message_id: str) -> None:
        """Drop an upload that is evidence now."""
        await asyncio.to_thread(self._uploads.drop, message_id)

    async def reload(self, message_id: str) -> Message | None:
        """Return a message that was brought in before a crash."""
        found = await self._perform(lambda books: books.inbox.body(HAND, message_id))
        if found is None:
            return None
        contact, sent_at, body = found
        told = json.loads(body)
        return Message(
            account=HAND,
            id=message_id,
            kind=MessageKind(told["kind"]),
            person=contact,
            person_name=told["name"],
            room=told["room"],
            sent_at=sent_at,
            text=told["text"],
            is_mentioned=True,
            relayed=Relayed(**told["relayed"]),
        )

    async def _read(self, contact: str, act: Callable[[Books, Viewer], T]) -> T:
        return await self._look(lambda books: act(books, _viewer(books, contact)))

    async def _do(self, contact: str, act: Callable[[Books, Viewer], T]) -> T:
        return await self._perform(lambda books: act(books, _viewer(books, contact)))


def _viewer(books: Books, contact: str) -> Viewer:
    """Return who looks, for the village that they are bound in.

    Raises:
        NotAllowed: They are nobody of its committee.
    """
    who = Contact(WEB, contact)
    for village in books.people.villages_of(who):
        person = require_committee(books.people.bound(village, who))
        return Viewer(books.villages.get(village), person.id)
    raise NotAllowed(Role.COMMITTEE)
