"""The parlour (会客): the assistant as the chat page uses it."""

import asyncio
import json
from datetime import datetime
from typing import Any, Final

from bot.assistant import Assistant
from bot.clock import Clock
from bot.gateways.message import Message, MessageKind, PhotoGone
from bot.web.forms import Wish, packed, unpacked
from bot.web.pictures import shown_picture
from bot.web.ports import Line
from bot.web.uploads import Uploads, drop_unneeded
from domain.evidence import PHOTO_BYTES_MAX, PhotoFault, PhotoRefused
from domain.membership import NotBound
from schedules.announcing import WEB
from storage.mail import Received
from storage.outbox import Letter
from storage.people import Contact
from storage.performer import Perform
from storage.photo_store import PhotoStore
from storage.unit_of_work import Books

TEXT_MAX: Final = 2_000
SEEN_MAX: Final = 300


class Parlour:
    """Conversations of web contacts over the assistant and its books."""

    account = WEB

    def __init__(
        self,
        assistant: Assistant,
        *,
        perform: Perform,
        photos: PhotoStore,
        uploads: Uploads,
        clock: Clock,
    ) -> None:
        self._assistant = assistant
        self._perform = perform
        self._photos = photos
        self._uploads = uploads
        self._clock = clock

    async def transcript(self, contact: str, *, limit: int) -> tuple[Line, ...]:
        """Return the latest lines of a contact's talk, oldest first."""
        who = Contact(WEB, contact)

        def read(books: Books) -> list[Line]:
            mine = [_mine(said) for said in books.inbox.said_by(who, limit=limit)]
            theirs = [_theirs(x) for x in books.outbox.to(who, after=0, limit=limit)]
            return sorted([*mine, *theirs], key=lambda line: line.at)

        return tuple((await self._perform(read))[-limit:])

    async def submit(
        self, contact: str, *, message_id: str, text: str, photo: bytes | None
    ) -> None:
        """Take one message of the page; the same id again changes nothing.

        Raises:
            PhotoRefused: The photo is too large.
            NotBound: The photo is of somebody who belongs to no village.
        """
        if photo is not None and len(photo) > PHOTO_BYTES_MAX:
            raise PhotoRefused(PhotoFault.TOO_LARGE)
        now = self._clock()
        name, is_bound = await self._perform(lambda books: _speaker(books, contact))
        if photo is not None and not is_bound:
            raise NotBound
        key = f"{contact}:{message_id}"
        if photo is not None:
            await asyncio.to_thread(self._uploads.put, key, photo)
        kind = MessageKind.TEXT if photo is None else MessageKind.PHOTO
        body = {"kind": kind, "text": text[:TEXT_MAX], "name": name}
        received = Received(WEB, key, None, contact, now, "", json.dumps(body))
        if await self._perform(lambda books: books.inbox.receive(received, at=now)):
            await self._assistant.received(_message(key, contact, now, body))
        elif photo is not None:
            await drop_unneeded(self._uploads, self._perform, WEB, (key,))

    async def do(self, contact: str, wish: Wish) -> None:
        """Take what a form wants and return when it is done; the same wish again changes nothing.

        It takes the way of words: an inbox row first, then its place behind what
        the person said before.
        """
        now = self._clock()
        name, _ = await self._perform(lambda books: _speaker(books, contact))
        key = f"{contact}:{wish.id}"
        text = wish.text[:TEXT_MAX]
        body: dict[str, Any] = {"kind": MessageKind.TEXT, "text": text, "name": name}
        if wish.act is not None:
            body["act"] = packed(wish.act)
        received = Received(WEB, key, None, contact, now, "", json.dumps(body))
        if await self._perform(lambda books: books.inbox.receive(received, at=now)):
            await self._assistant.serve(_message(key, contact, now, body))
        else:
            await self._assistant.settled(WEB, key)

    async def picture(self, contact: str, *, name: str) -> tuple[bytes, str] | None:
        """Return a picture of the contact's own talk, made small enough to show."""
        path = f"/chat/pictures/{name}"
        lines = await self.transcript(contact, limit=SEEN_MAX)
        if not any(line.photo == path for line in lines):
            return None
        return await shown_picture(self._photos, name)

    async def photo(self, message_id: str) -> bytes:
        """Return an uploaded photo.

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
        """Return a message that was taken before a crash."""
        found = await self._perform(lambda books: books.inbox.body(WEB, message_id))
        if found is None:
            return None
        contact, sent_at, body = found
        return _message(message_id, contact, sent_at, json.loads(body))


def _speaker(books: Books, contact: str) -> tuple[str, bool]:
    """Return a contact's name, and whether it is bound in any village."""
    who = Contact(WEB, contact)
    villages = books.people.villages_of(who)
    for village in villages:
        person = books.people.bound(village, who)
        if person is not None and person.name:
            return person.name, True
    return "", bool(villages)


def _message(key: str, contact: str, sent_at: datetime, body: dict[str, Any]) -> Message:
    return Message(
        account=WEB,
        id=key,
        kind=MessageKind(body.get("kind", MessageKind.TEXT)),
        person=contact,
        person_name=body.get("name", ""),
        room=None,
        sent_at=sent_at,
        text=body["text"],
        act=unpacked(body["act"]) if body.get("act") else None,
    )


def _mine(said: Received) -> Line:
    body = json.loads(said.body)
    photo = f"/chat/pictures/{body['photo']}" if body.get("photo") else None
    key = said.message_id.removeprefix(f"{said.contact}:")
    return Line(key, is_mine=True, text=body["text"], at=said.sent_at, photo=photo)


def _theirs(letter: Letter) -> Line:
    draft = letter.draft
    photo = f"/chat/pictures/{draft.photo}" if draft.photo else None
    return Line(f"o{letter.id}", is_mine=False, text=draft.text, at=letter.queued_at, photo=photo)
