"""What the web page needs from the assistant behind it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.links import LOGIN
from bot.web.board_sheet import BoardSheet, ListSheet, RulesSheet
from bot.web.forms import Wish
from bot.web.month_sheet import MonthSheet
from bot.web.my_sheet import MySheet
from bot.web.objection_sheet import ObjectionSheet
from bot.web.review_sheet import ReviewSheet
from domain.claim import ClaimKey
from domain.officer import Officer
from domain.period import Month, Quarter


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a conversation as the page shows it.

    ``key`` is unique and stable (the page drops what it has already shown);
    ``photo`` is the path of a picture on this server, or None. ``is_mine`` is
    true for what the visitor wrote.
    """

    key: str
    is_mine: bool
    text: str
    at: datetime
    photo: str | None = None


@dataclass(frozen=True, slots=True)
class Persona:
    """A person of the sample village whom a visitor may play."""

    key: str
    name: str
    about: str
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Knock:
    """Who stands at the door: from which address, in which browser, and whom it was before.

    ``known`` is the contact of the browser's last session, "" if there was none.
    """

    peer: str
    browser: str
    known: str = ""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is logged in: the web contact, the name shown, and phrases offered as buttons.

    ``has_home``, ``reviews``, ``oversees`` (村务监督) and ``takes_files`` say which
    pages are theirs, ``office`` what lies under somebody of the town or district,
    ``by_hand`` how many letters wait to be carried; all are read from the books at
    every request. ``board`` is the path of the village's notice board.
    """

    contact: str
    name: str
    village: str
    suggestions: tuple[str, ...] = ()
    has_home: bool = False
    reviews: bool = False
    oversees: bool = False
    takes_files: bool = False
    board: str = ""
    office: Officer | None = None
    by_hand: int = 0


@dataclass(frozen=True, slots=True)
class ReportTitle:
    """One file that is offered; ``key`` and ``ending`` stand in its address."""

    key: str
    title: str
    about: str
    ending: str = "xlsx"


@dataclass(frozen=True, slots=True)
class ReportShelf:
    """The files of a village, by year, the latest year first."""

    village: str
    years: tuple[tuple[int, tuple[ReportTitle, ...]], ...]


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A file as it is handed over."""

    name: str
    content: bytes


class Reports(Protocol):
    """The files of a village; every call asks anew whether the contact may have them."""

    async def shelf(self, contact: str) -> ReportShelf | None:
        """Return the files a contact may take; None when there are none for them."""

    async def file(self, contact: str, name: str, *, year: int) -> ReportFile | None:
        """Return one file; None when it is not theirs to take, or not there."""


class NoticeBoard(Protocol):
    """What hangs on the board of the village that an address names; None if it names none."""

    async def front(self, name: str) -> BoardSheet | None:
        """Return the front of the board."""

    async def listed(
        self, name: str, quarter: Quarter, *, number: int | None, group: int | None, page: int
    ) -> ListSheet | None:
        """Return a page of an edition, the last of its quarter without a number."""

    async def rules(self, name: str) -> RulesSheet | None:
        """Return the rules in force."""


class Conversation(Protocol):
    """The assistant as the chat page uses it."""

    async def transcript(self, contact: str, *, limit: int) -> tuple[Line, ...]:
        """Return the latest lines of a contact's talk, oldest first."""

    async def submit(
        self, contact: str, *, message_id: str, text: str, photo: bytes | None
    ) -> None:
        """Take one message of the page. The same ``message_id`` again changes nothing.

        Raises:
            domain.refusal.Refusal: The photo is refused; bot.replies words it.
        """

    async def picture(self, contact: str, *, name: str) -> tuple[bytes, str] | None:
        """Return bytes and media type of a picture in the contact's talk, or None."""


class Reception(Protocol):
    """How a visitor gets in."""

    @property
    def personas(self) -> tuple[Persona, ...]:
        """Whom a visitor may play; empty when a gateway is configured."""

    async def play(self, key: str) -> str | None:
        """Return a new session's cookie value for a persona; None when it does not exist."""

    async def enter_by_code(self, code: str, *, knock: Knock) -> str | None:
        """Return a session's cookie value for a slip or role code; None when it is wrong.

        Raises:
            domain.refusal.Refusal: Too many tries, or no room; bot.replies words it.
        """

    async def enter_by_link(self, token: str, *, knock: Knock, purpose: str = LOGIN) -> str | None:
        """Return a session's cookie value for a signed link; None when it is not valid.

        A link opens only what it was made for.

        Raises:
            domain.refusal.Refusal: Too many tries; bot.replies words it.
        """

    async def visitor(self, cookie: str) -> Visitor | None:
        """Return who a session's cookie belongs to; None when it has run out."""

    async def leave(self, cookie: str) -> None:
        """End a session."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of the review: its address, its name, how much waits there."""

    path: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Done:
    """What a form led to: ``said`` names the answers; not over is what still goes on."""

    said: str
    is_over: bool


class Desk(Protocol):
    """The pages with forms: what they show, and who does what the forms want."""

    async def my_sheet(self, contact: str) -> MySheet:
        """Return the page of a contact's household.

        Raises:
            NotBound: The contact belongs to no household.
        """

    async def review_sheet(
        self, contact: str, *, after: ClaimKey | None
    ) -> tuple[ReviewSheet, tuple[Tab, ...]]:
        """Return the waiting claims behind a number, and the tabs of the review.

        Raises:
            NotAllowed: The contact is neither of the committee nor a supervisor.
        """

    async def month_sheet(
        self, contact: str, month: Month | None
    ) -> tuple[MonthSheet, tuple[Tab, ...]]:
        """Return a month, the oldest that is not confirmed without one, and the tabs.

        Raises:
            NotAllowed: The contact is neither of the committee nor a supervisor.
        """

    async def objection_sheet(self, contact: str) -> tuple[ObjectionSheet, tuple[Tab, ...]]:
        """Return the objections that wait for an answer, and the tabs.

        Raises:
            NotAllowed: The contact is neither of the committee nor a supervisor.
        """

    async def photo(
        self, contact: str, key: ClaimKey, sha256: str, *, is_small: bool
    ) -> tuple[bytes, str] | None:
        """Return bytes and media type of a claim's photo; None for whoever may not see it."""

    async def do(self, contact: str, wishes: tuple[Wish, ...]) -> Done:
        """Do what a form wants; what takes long goes on by itself."""

    async def missed(self, contact: str, keys: tuple[ClaimKey, ...]) -> tuple[ClaimKey, ...]:
        """Return the claims on which a decision of this contact does not stand."""

    async def answers(self, contact: str, said: str) -> tuple[str, ...]:
        """Return what was answered to a form of this contact, by the name ``do`` gave."""
