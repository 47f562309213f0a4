"""The chat: route a message to its desk, word the answer, queue it - in one transaction."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot import asking_back, dialogue, links, mailing
from bot.commands import binding, changing, seating, wording
from bot.commands.case import SILENT, Answer, Case, Tools, VoiceHint
from bot.commands.relaying import check_relayable, own_words, speaker
from bot.desks import CONFIDENTIAL, DESKS, READ_ONLY, WebWay, is_confidential
from bot.gateways.message import Message
from bot.pictures import Picture, wanted
from bot.replies.results import refused, word
from bot.understanding.reading import Intent, Reader, Reading, Scene, Surroundings, Utterance
from domain.claim import Claim
from domain.evidence import PhotoRefused
from domain.mail import InboxState
from domain.membership import CodeWrong, NotBound, PersonId, Role
from domain.period import village_day
from domain.refusal import Refusal
from domain.rulebook import RulebookMissing
from schedules.announcing import WEB
from storage.evidence import LoosePhoto, Photo
from storage.mail import Received
from storage.outbox import Draft
from storage.people import Contact
from storage.unit_of_work import Books


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message, what the inbox keeps of it, and the instant it is worked on.

    ``picture`` names a stored picture that was drawn for it, "" for none.
    """

    message: Message
    received: Received
    now: datetime
    picture: str = ""


def digest_of(message: Message, *, content: str = "") -> str:
    """Return what two messages of the same content share (64 hex digits).

    ``content`` is the SHA-256 of a photo's bytes.
    """
    parts = (message.kind, message.text, message.recalled_id or "", content)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


class Chat:
    """Answers messages inside the caller's transaction; knows no platform."""

    def __init__(self, tools: Tools, reader: Reader) -> None:
        self._tools = tools
        self._reader = reader
        self._met: set[tuple[str, str | None, str]] = set()

    def case(self, books: Books, incoming: Incoming) -> Case:
        """Return the message in its place: room, village, person.

        A stranger who writes directly means the only village there is.
        """
        message, relayed = incoming.message, incoming.message.relayed
        contact = Contact(relayed.account if relayed else message.account, message.person)
        room = books.rooms.get(contact.account, message.room) if message.room else None
        home = relayed.village if relayed else room.village if room else None
        if message.room is None and relayed is None:
            home = next(iter(books.people.villages_of(contact)), None) or books.villages.only()
        village = books.villages.get(home) if home is not None else None
        person = speaker(books, home, contact, relayed)
        if person is not None:
            self._met.add((message.account, message.room, message.person))
        return Case(
            books=books,
            tools=self._tools,
            village=village,
            person=person,
            contact=contact,
            contact_name=message.person_name,
            room=message.room,
            room_purpose=room.purpose if room else None,
            message_id=message.id,
            sent_at=message.sent_at,
            now=incoming.now,
            today=village_day(message.sent_at),
            picture=incoming.picture,
            relayed_by=PersonId(relayed.by) if relayed else None,
        )

    def text(self, books: Books, incoming: Incoming) -> tuple[Draft, ...]:
        """Answer words; a message settled before, or its twin, changes nothing."""
        case = self.case(books, incoming)
        message = replace(incoming.message, text=own_words(case, incoming.message.text))
        reading = self._read(case, message)
        is_harmless = case.contact.account == WEB and reading.intent in READ_ONLY
        if not self._settle(case, incoming, checks_twin=not is_harmless):
            return ()
        if case.room_purpose is not None:
            books.rooms.touch(case.contact.account, case.room or "", at=case.now)
        if reading.intent is None or self._is_not_ours(case, message, reading):
            return ()
        if reading.intent is Intent.HELP and reading.asks:
            wording.keep_unread(case, message.text)
        return self._serve(case, reading, message.text)

    @staticmethod
    def _is_not_ours(case: Case, message: Message, reading: Reading) -> bool:
        """Return whether the room serves no village: only its binding is heard, or our @."""
        is_foreign = case.room is not None and case.village is None
        return is_foreign and reading.intent is not Intent.BIND_ROOM and not message.is_mentioned

    def recall(self, books: Books, incoming: Incoming) -> tuple[Draft, ...]:
        """Follow a recalled message: what it claimed is withdrawn while undecided."""
        case = self.case(books, incoming)
        if not self._settle(case, incoming, checks_twin=False) or case.village is None:
            return ()
        results = changing.recall(case, incoming.message.recalled_id or "")
        return mailing.queue(case, Answer(results), is_direct=False) if results else ()

    def voice(self, books: Books, incoming: Incoming) -> tuple[Draft, ...]:
        """Tell how to speak into the keyboard, once a day to each person who sends a voice.

        In a room only to someone whose answer is waited for.
        """
        case = self.case(books, incoming)
        if not self._settle(case, incoming, checks_twin=False):
            return ()
        waiting = books.dialogues.get(case.contact, case.room, now=case.now)
        if case.room is not None and waiting is None:
            return ()
        key = f"voice:{case.contact.account}:{case.contact.id}:{case.room or ''}:{case.today}"
        return mailing.queue_text(case, word((VoiceHint(),)), key=key)

    def pass_over(self, books: Books, incoming: Incoming) -> tuple[Draft, ...]:
        """Settle a message of a kind that says nothing here."""
        self._settle(self.case(books, incoming), incoming, checks_twin=False)
        return ()

    def apologise(self, books: Books, incoming: Incoming, text: str) -> tuple[Draft, ...]:
        """Settle a message that could not be worked off, and say so where it was meant for us."""
        case = self.case(books, incoming)
        if not self._settle(case, incoming, checks_twin=False):
            return ()
        is_meant = case.room is None or incoming.message.is_mentioned
        return mailing.queue_text(case, text) if is_meant else ()

    def knows(self, account: str, room: str | None, person: str) -> bool:
        """Return whether somebody was met here as one of a village; it may be over since."""
        return (account, room, person) in self._met

    def wants_picture(self, books: Books, incoming: Incoming) -> Picture | None:
        """Return what is to be drawn for a message; None if it asks for no picture, or may not."""
        case = self.case(books, incoming)
        return wanted(case, self._read(case, incoming.message).intent)

    def wants_photo(self, books: Books, incoming: Incoming) -> bool:
        """Return whether a photo message is worth fetching: its sender belongs to a village."""
        return self.case(books, incoming).person is not None

    def photo(self, books: Books, incoming: Incoming, photo: Photo) -> tuple[Draft, ...]:
        """Join a stored photo to the claim it belongs to, or keep it for words to come."""
        case = self.case(books, incoming)
        if not self._settle(case, incoming, checks_twin=True) or case.person is None:
            return ()
        books.evidence.keep(case.home.id, photo, at=case.now)
        if dialogue.wants_photo(case):
            return self._serve_with(case, lambda: dialogue.take_photo(case, photo))
        claim = dialogue.claim_for_photo(case)
        if claim is None:
            loose = LoosePhoto(case.message_id, case.sent_at, photo.sha256)
            books.evidence.add_loose(case.contact, case.room, loose)
            is_direct = case.room is None and case.relayed_by is None
            waits = Answer((changing.PhotoWaits(),)) if is_direct else SILENT
            return mailing.queue(case, waits, is_direct=False)
        return self._serve_with(case, lambda: self._join(case, photo, claim))

    def no_photo(
        self, books: Books, incoming: Incoming, refusal: PhotoRefused | NotBound
    ) -> tuple[Draft, ...]:
        """Settle a photo that was not kept; told only to someone who waits for an answer."""
        case = self.case(books, incoming)
        if not self._settle(case, incoming, checks_twin=False):
            return ()
        is_asked = (
            case.room is None
            or case.relayed_by is not None
            or bool(case.village and dialogue.claim_for_photo(case))
        )
        return mailing.queue_text(case, refused(refusal)) if is_asked else ()

    def _join(self, case: Case, photo: Photo, claim: Claim) -> Answer:
        result = changing.join_photo(case, photo, to=claim)
        if result is None:
            return SILENT
        dialogue.follow(case, (result,))
        return Answer((result,))

    def _settle(self, case: Case, incoming: Incoming, *, checks_twin: bool) -> bool:
        inbox, received = case.books.inbox, incoming.received
        keeps = received.account == WEB
        if checks_twin and inbox.has_twin(received):
            inbox.settle(received, state=InboxState.DUPLICATE, keeps_body=keeps)
            return False
        return inbox.settle(received, state=InboxState.DONE, keeps_body=keeps)

    def _read(self, case: Case, message: Message) -> Reading:
        if message.act is not None:
            return message.act
        around = Surroundings()
        if case.village is not None:
            try:
                heads = self._tools.shelf.heads(case.books, case.home.id, case.today)
                around = Surroundings(case.rulebook(), heads)
            except RulebookMissing:
                around = Surroundings()
        waiting = case.books.dialogues.get(case.contact, case.room, now=case.now)
        reviews = case.person is not None and case.person.reviews
        utterance = Utterance(
            text=message.text,
            scene=Scene.DIRECT if message.room is None else Scene.ROOM,
            role=Role.COMMITTEE if reviews else Role.VILLAGER,
            now=message.sent_at,
            is_mentioned=message.is_mentioned,
            open_dialogue=dialogue.question(waiting),
        )
        reading = self._reader.read(utterance, around)
        return dialogue.answered(reading, waiting, reader=self._reader, asked=(utterance, around))

    def _serve(self, case: Case, reading: Reading, text: str) -> tuple[Draft, ...]:
        is_direct = reading.intent in CONFIDENTIAL and case.room_purpose == "villagers"

        def act() -> Answer:
            if case.relayed_by is not None:
                check_relayable(reading)
            asked = asking_back.question(case, reading, text)
            if asked is not None:
                return asked
            chosen = dialogue.chosen_words(case)
            answer = self._desk(case, reading)
            if chosen and reading.slots.item:
                wording.learn(case, chosen, reading.slots.item)
            if reading.intent not in READ_ONLY:
                dialogue.follow(case, answer.results)
            return answer

        return self._serve_with(case, act, text=text, intent=reading.intent, is_direct=is_direct)

    def _desk(self, case: Case, reading: Reading) -> Answer:
        resumed = dialogue.resume(case, reading)
        if resumed is not None:
            return resumed
        if reading.intent is Intent.WEB:
            return Answer((self._web_way(case),))
        desk = DESKS.get(reading.intent) if reading.intent else None
        return desk(case, reading) if desk else SILENT

    def _web_way(self, case: Case) -> WebWay:
        town = seating.town_way(case)
        if case.person is None and town:
            return WebWay("", town)
        if case.person is None:
            raise NotBound
        token = links.sign(
            self._tools.secret, village=case.home.id, person=case.person.id, now=case.now
        )
        return WebWay(f"{self._tools.site}/enter/link?token={token}", town)

    def _serve_with(
        self,
        case: Case,
        act: Callable[[], Answer],
        *,
        text: str = "",
        intent: Intent | None = None,
        is_direct: bool = False,
    ) -> tuple[Draft, ...]:
        """Run an act; a refusal undoes what it did and is said instead."""
        try:
            with case.books.attempt():
                answer = act()
        except Refusal as refusal:
            if isinstance(refusal, CodeWrong):
                binding.count_wrong(case)
            dialogue.ask_about(case, refusal, text=text, intent=intent)
            is_open = case.room is not None and isinstance(refusal, NotBound) and not is_direct
            said = refused(NotBound(in_room=True) if is_open else refusal)
            return mailing.queue_text(case, said, is_direct=is_direct)
        is_private = case.room_purpose == "villagers" and is_confidential(answer.results)
        return mailing.queue(case, answer, is_direct=is_direct or is_private)
