"""One message and everything an act needs to answer it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from domain.membership import NotBound, Person, PersonId
from domain.rulebook import Rulebook
from storage.outbox import Draft
from storage.people import Contact
from storage.unit_of_work import Books
from storage.villages import Village


class Shelf(Protocol):
    """Where rulebooks in force are looked up."""

    def in_force(self, books: Books, village: int, day: date) -> Rulebook:
        """Return the village's rulebook on a day.

        Raises:
            RulebookMissing: None was adopted.

        """

    def heads(self, books: Books, village: int, day: date) -> Mapping[str, str]:
        """Return the heads of the village by name, each with its address."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What every act may use; built once.

    ``is_reachable`` says whether people can open ``site``: an address of theirs is set.
    """

    secret: bytes
    shelf: Shelf
    site: str
    keeps_unread: bool = True
    is_reachable: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """One message in its place: open books, village, who, where, when.

    ``today`` is the village day of ``sent_at``. ``picture`` names a stored
    picture that was drawn for this message, "" for none. ``relayed_by`` is who of
    the committee brought it in by hand; its person then has no role.
    """

    books: Books
    tools: Tools
    village: Village | None
    person: Person | None
    contact: Contact
    contact_name: str
    room: str | None
    room_purpose: str | None
    message_id: str
    sent_at: datetime
    now: datetime
    today: date
    picture: str = ""
    relayed_by: PersonId | None = None

    @property
    def home(self) -> Village:
        """The village of the case.

        Raises:
            NotBound: The person and the room belong to none.

        """
        if self.village is None:
            raise NotBound
        return self.village

    def rulebook(self, day: date | None = None) -> Rulebook:
        """Return the rulebook in force on a day, today by default."""
        return self.tools.shelf.in_force(self.books, self.home.id, day or self.today)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something told to someone else: a result worded for them, and where it goes.

    ``key`` makes it once; with ``room`` None it goes to the contact directly.
    ``is_quiet`` waits for the daytime: nobody is waiting for it.
    """

    key: str
    contact: Contact
    room: str | None
    result: object
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Album:
    """A result that is worded by itself, before the photos it is about."""

    result: object
    photos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes of a message: results to be worded in one reply, notices, photos to send.

    ``albums`` follow, each with its words and its photos.
    ``announced`` was queued by the act itself and may leave at once. No results
    is silence.
    """

    results: tuple[object, ...] = ()
    notices: tuple[Notice, ...] = field(default=())
    photos: tuple[str, ...] = ()
    announced: tuple[Draft, ...] = ()
    albums: tuple[Album, ...] = ()


@dataclass(frozen=True, slots=True)
class TryLater:
    """Something of ours broke; ``code`` finds it in the log."""

    code: str


@dataclass(frozen=True, slots=True)
class VoiceHint:
    """A voice message came: nobody can read it; how to speak into the keyboard."""


SILENT = Answer()
