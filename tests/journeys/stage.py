"""The stage: a dialogue is played line by line, and every reply must be in the script.

A script has one line for what a person does and one for each answer to it::

    张三: 申报 垃圾分类
      → 张三: 张三家 #1 生活垃圾分类投放,还差1张照片,请在10:10前发来。
    张三: [照片 门口]
      → 张三: 收到,张三家 #1 …
    李会计@村群: 通过 1
      → 李会计@村群: #1 张三家 生活垃圾分类投放 已通过 +1分。
      ⇒ 张三: 张三家 #1 生活垃圾分类投放 审核通过,+1分。
    -- 11分钟

``→`` is a reply, ``⇒`` a notice, ``|`` goes on with the line above, ``…``
stands for any words. ``[照片 b 像 a]`` looks like photo a, ``[收回]`` takes the
person's last words back, ``[收回 a]`` photo a. A pause lets drafts lapse.
"""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import timedelta

from bot.chat import Chat, Incoming, digest_of
from bot.commands.case import Tools
from bot.gateways.message import Message, MessageKind
from bot.replies.results import word
from bot.understanding.plain import PlainReader
from domain.claim import Claim, Sha256
from schedules.upkeep import forget, lapse_drafts
from storage.evidence import Photo
from storage.mail import Received
from storage.outbox import Draft
from storage.unit_of_work import Books, OpenBooks
from tests.builders import ACCOUNT
from tests.cast import COMMITTEE_ROOM, PEOPLE, SECRET, SHELF, VILLAGE_ROOM
from tests.fakes import FixedClock

ROOMS = {"村群": VILLAGE_ROOM, "委员群": COMMITTEE_ROOM, "别的群": "other@chatroom"}
CONTACTS = {name: contact for contact, name, _, _ in PEOPLE}
NAMES = {contact: name for name, contact in CONTACTS.items()}
ROOM_NAMES = {room: name for name, room in ROOMS.items()}
BETWEEN_MESSAGES = timedelta(seconds=11)
"""Longer than the ten seconds within which the same words are one act."""

_LINE = re.compile(r"(?P<who>[^\s:@]+)(?:@(?P<room>\w+))?: (?P<words>.*)", re.DOTALL)
_PAUSE = re.compile(r"-- (?P<number>\d+)(?P<unit>秒|分钟|小时|天)")
_PHOTO = re.compile(r"\[照片 (?P<name>\w+)(?: 像 (?P<like>\w+))?\]")
_RECALL = re.compile(r"\[收回(?: (?P<name>\w+))?\]")
_UNITS = {"秒": "seconds", "分钟": "minutes", "小时": "hours", "天": "days"}


@dataclass(frozen=True, slots=True)
class Heard:
    """One message as it was handled, so that it can be handled again."""

    message: Message
    photo: Photo | None = None


@dataclass
class Stage:
    """A chat over open books, a clock, and everything that was heard."""

    open_books: OpenBooks
    clock: FixedClock = field(default_factory=FixedClock)
    account: str = ACCOUNT
    heard: list[Heard] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chat = Chat(Tools(SECRET, SHELF, "https://points.example"), PlainReader())

    def play(self, script: str) -> None:
        """Play a dialogue; fail on the first answer that differs from the script."""
        for line, expected in _steps(script):
            told = [_shown(draft) for draft in self.act(line)]
            fits = len(told) == len(expected) and all(map(_fits, expected, told))
            assert fits, f"\n{line}\n" + "\n".join(f"  {one}" for one in told or ["(silence)"])

    def transcript(self, script: str) -> str:
        """Return what would be answered; a help for writing scripts, to be read with care."""
        lines = []
        for line, _ in _steps(script):
            lines.append(line)
            for draft in self.act(line):
                lines += ["  " + _shown(draft).replace("\n", "\n  | ")]
        return "\n".join(lines)

    def act(self, line: str) -> tuple[Draft, ...]:
        """Do what one line says and return everything that is answered."""
        pause = _PAUSE.fullmatch(line)
        if pause:
            return self.pause(timedelta(**{_UNITS[pause["unit"]]: int(pause["number"])}))
        found = _LINE.fullmatch(line)
        assert found, line
        who = CONTACTS.get(found["who"], found["who"])
        room = ROOMS[found["room"]] if found["room"] else None
        photo, recall = _PHOTO.fullmatch(found["words"]), _RECALL.fullmatch(found["words"])
        if photo:
            return self.send_photo(who, photo["name"], room=room, like=photo["like"])
        if recall:
            return self.recall(who, recall["name"], room=room)
        return self.say(who, found["words"], room=room)

    def say(self, who: str, text: str, *, room: str | None = None) -> tuple[Draft, ...]:
        """Say words, in a room with @ when they begin with it."""
        is_mentioned = text.startswith("@助手 ")
        words = text.removeprefix("@助手 ")
        message = self._message(who, MessageKind.TEXT, room=room)
        return self.handle(Heard(_with(message, text=words, is_mentioned=is_mentioned)))

    def send_voice(self, who: str, *, room: str | None = None) -> tuple[Draft, ...]:
        """Send a voice message."""
        return self.handle(Heard(self._message(who, MessageKind.VOICE, room=room)))

    def send_photo(
        self, who: str, name: str, *, room: str | None = None, like: str | None = None
    ) -> tuple[Draft, ...]:
        """Send the photo of a name; the same name is the same picture."""
        message = self._message(who, MessageKind.PHOTO, room=room)
        return self.handle(Heard(message, photo_named(name, like=like)))

    def recall(self, who: str, photo: str | None, *, room: str | None = None) -> tuple[Draft, ...]:
        """Take back the last words, or a photo, of a person."""
        sha256 = photo_named(photo).sha256 if photo else None
        recalled = next(
            one.message.id
            for one in reversed(self.heard)
            if one.message.person == who
            and (one.photo.sha256 if one.photo else None) == sha256
            and one.message.kind is not MessageKind.RECALL
        )
        message = self._message(who, MessageKind.RECALL, room=room)
        return self.handle(Heard(_with(message, recalled_id=recalled)))

    def pause(self, how_long: timedelta) -> tuple[Draft, ...]:
        """Let time pass and the housekeeping run."""
        now = self.clock.advance(seconds=how_long.total_seconds())
        with self.open_books() as books:
            forget(books, now=now)
            return lapse_drafts(books, now=now, word=lambda one: word((one,)), item_name=_item_name)

    def handle(self, heard: Heard) -> tuple[Draft, ...]:
        """Announce a message and work it off, as the assistant does."""
        self.heard.append(heard)
        with self.open_books() as books:
            books.inbox.announce(self.account, heard.message.id, at=self.clock.now)
        return self.work(heard)

    def work(self, heard: Heard) -> tuple[Draft, ...]:
        """Work a message off: for the first time, or again after a crash."""
        message, photo = heard.message, heard.photo
        content = photo.source_sha256 if photo else ""
        received = Received(
            message.account,
            message.id,
            message.room,
            message.person,
            message.sent_at,
            digest_of(message, content=content),
            "{}",
        )
        incoming = Incoming(message, received, self.clock.now)
        with self.open_books() as books:
            if photo is not None and self.chat.wants_photo(books, incoming):
                return self.chat.photo(books, incoming, photo)
            if message.kind is MessageKind.VOICE:
                return self.chat.voice(books, incoming)
            if message.kind is MessageKind.RECALL:
                return self.chat.recall(books, incoming)
            return self.chat.text(books, incoming)

    def _message(self, who: str, kind: MessageKind, *, room: str | None) -> Message:
        self.clock.advance(seconds=BETWEEN_MESSAGES.total_seconds())
        number = len(self.heard) + 1
        name = NAMES.get(who, who)
        return Message(self.account, f"m{number}", kind, who, name, room, self.clock.now)


def photo_named(name: str, *, like: str | None = None) -> Photo:
    """Return the photo of a name; ``like`` another one it differs in five bits only."""
    digest = hashlib.sha256(name.encode()).hexdigest()
    looks = hashlib.sha256((like or name).encode()).digest()
    perceptual = int.from_bytes(looks[:8], "big") ^ (0b11111 if like else 0)
    return Photo(Sha256(digest), f"sent-{digest}", perceptual, "image/jpeg", 800, 600, 25_000)


def _with(message: Message, **changes: object) -> Message:
    from dataclasses import replace

    return replace(message, **changes)  # type: ignore[arg-type]


def _item_name(books: Books, village: int, claim: Claim) -> str:
    rulebook = SHELF.in_force(books, village, claim.act.occurred_on)
    return rulebook.item(claim.act.item).short_name


def _steps(script: str) -> list[tuple[str, list[str]]]:
    """Return each line that is done with the answers expected to it."""
    steps: list[tuple[str, list[str]]] = []
    for raw in script.strip().splitlines():
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith(("→", "⇒")):
            steps[-1][1].append(line)
        elif line.startswith("|"):
            steps[-1][1][-1] += "\n" + line.removeprefix("|").strip()
        else:
            steps.append((line.replace("\\n", "\n"), []))
    return steps


def _shown(draft: Draft) -> str:
    who = NAMES.get(draft.contact or "", draft.contact or "")
    place = f"{who}@{ROOM_NAMES[draft.room]}" if draft.room else who
    words = f"[照片 {draft.photo[:6]}]" if draft.photo else draft.text
    return f"{'→' if draft.kind == 'reply' else '⇒'} {place}: {words}"


def _fits(expected: str, told: str) -> bool:
    pattern = ".*".join(re.escape(part) for part in expected.split("…"))
    return re.fullmatch(pattern, told, re.DOTALL) is not None
