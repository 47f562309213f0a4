"""The open books (账本): every repository over one transaction."""

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from sqlalchemy import Connection, Engine

from storage.api_keys import ApiKeys
from storage.audit import Audit
from storage.boards import Boards
from storage.bottom_lines import BottomLines
from storage.changes import Changes
from storage.claims import Claims
from storage.doors import Codes, Rooms, Rulebooks
from storage.evidence import Evidence
from storage.figures import Figures
from storage.jobs import Jobs
from storage.leavings import Leavings
from storage.ledger import Ledger
from storage.mail import Dialogues, Inbox, Presence
from storage.month_reviews import MonthReviews
from storage.objections import Objections
from storage.officers import Officers
from storage.offices import Offices
from storage.outbox import Outbox
from storage.participations import Participations
from storage.people import People
from storage.prepared import savepoint
from storage.publications import Publications
from storage.redemptions import Redemptions
from storage.relays import Relays
from storage.retention import Retention
from storage.reviews import Reviews
from storage.rolls import Rolls
from storage.rounds import Rounds
from storage.sessions import Sessions
from storage.sign_offs import SignOffs
from storage.towns import Towns
from storage.villages import Households, Villages
from storage.words import Words
from storage.years import Years


@dataclass(frozen=True)
class Books:
    """The open books of one act: every repository, on a connection in a transaction.

    Acts that are committed together each have books of their own, since the outbox keeps
    what its act began to send.
    """

    connection: Connection

    @cached_property
    def villages(self) -> Villages:
        """Villages and their numbers."""
        return Villages(self.connection)

    @cached_property
    def households(self) -> Households:
        """Households."""
        return Households(self.connection)

    @cached_property
    def people(self) -> People:
        """Persons, bindings, roles."""
        return People(self.connection)

    @cached_property
    def codes(self) -> Codes:
        """Slip, role and room codes."""
        return Codes(self.connection)

    @cached_property
    def rooms(self) -> Rooms:
        """Bound rooms."""
        return Rooms(self.connection)

    @cached_property
    def rulebooks(self) -> Rulebooks:
        """Rulebook versions and their adoption."""
        return Rulebooks(self.connection)

    @cached_property
    def claims(self) -> Claims:
        """Claims."""
        return Claims(self.connection)

    @cached_property
    def reviews(self) -> Reviews:
        """Approvals and the trail."""
        return Reviews(self.connection)

    @cached_property
    def evidence(self) -> Evidence:
        """Photos."""
        return Evidence(self.connection)

    @cached_property
    def ledger(self) -> Ledger:
        """Entries and totals."""
        return Ledger(self.connection)

    @cached_property
    def figures(self) -> Figures:
        """Sums over households."""
        return Figures(self.connection)

    @cached_property
    def api_keys(self) -> ApiKeys:
        """Keys of the HTTP interface."""
        return ApiKeys(self.connection)

    @cached_property
    def inbox(self) -> Inbox:
        """Messages in."""
        return Inbox(self.connection)

    @cached_property
    def outbox(self) -> Outbox:
        """Messages out."""
        return Outbox(self.connection)

    @cached_property
    def relays(self) -> Relays:
        """What is carried by hand."""
        return Relays(self.connection)

    @cached_property
    def dialogues(self) -> Dialogues:
        """Open dialogues."""
        return Dialogues(self.connection)

    @cached_property
    def presence(self) -> Presence:
        """When accounts were last heard."""
        return Presence(self.connection)

    @cached_property
    def sessions(self) -> Sessions:
        """Web sessions."""
        return Sessions(self.connection)

    @cached_property
    def jobs(self) -> Jobs:
        """What the calendar has settled."""
        return Jobs(self.connection)

    @cached_property
    def words(self) -> Words:
        """Aliases, and what nobody could read."""
        return Words(self.connection)

    @cached_property
    def sign_offs(self) -> SignOffs:
        """Agreements of two people."""
        return SignOffs(self.connection)

    @cached_property
    def month_reviews(self) -> MonthReviews:
        """Confirmed months and their rechecks."""
        return MonthReviews(self.connection)

    @cached_property
    def publications(self) -> Publications:
        """The quarters' publications."""
        return Publications(self.connection)

    @cached_property
    def boards(self) -> Boards:
        """What the notice board shows of publications."""
        return Boards(self.connection)

    @cached_property
    def rolls(self) -> Rolls:
        """Who is listed in a publication."""
        return Rolls(self.connection)

    @cached_property
    def objections(self) -> Objections:
        """Objections."""
        return Objections(self.connection)

    @cached_property
    def years(self) -> Years:
        """Honours and closed years."""
        return Years(self.connection)

    @cached_property
    def bottom_lines(self) -> BottomLines:
        """Deductions that bar from honours, and lifted vetoes."""
        return BottomLines(self.connection)

    @cached_property
    def changes(self) -> Changes:
        """What changes on the roster, and its history."""
        return Changes(self.connection)

    @cached_property
    def leavings(self) -> Leavings:
        """What is forgotten of who leaves."""
        return Leavings(self.connection)

    @cached_property
    def offices(self) -> Offices:
        """Roles held now and before."""
        return Offices(self.connection)

    @cached_property
    def participations(self) -> Participations:
        """Who takes part."""
        return Participations(self.connection)

    @cached_property
    def retention(self) -> Retention:
        """What is forgotten when its time is over."""
        return Retention(self.connection)

    @cached_property
    def officers(self) -> Officers:
        """Officers of town and district."""
        return Officers(self.connection)

    @cached_property
    def towns(self) -> Towns:
        """The sums of all villages that the town sees."""
        return Towns(self.connection)

    @cached_property
    def rounds(self) -> Rounds:
        """Rounds of redemption and their catalogues."""
        return Rounds(self.connection)

    @cached_property
    def redemptions(self) -> Redemptions:
        """Reservations and vouchers."""
        return Redemptions(self.connection)

    @cached_property
    def audit(self) -> Audit:
        """The proof of the books."""
        return Audit(self.connection)

    @contextmanager
    def attempt(self) -> Generator[None]:
        """Undo what the block did if it raises, and go on with the transaction."""
        savepoint(self.connection, "SAVEPOINT attempt")
        try:
            yield
        except BaseException:
            savepoint(self.connection, "ROLLBACK TO SAVEPOINT attempt")
            savepoint(self.connection, "RELEASE SAVEPOINT attempt")
            raise
        savepoint(self.connection, "RELEASE SAVEPOINT attempt")


OpenBooks: TypeAlias = Callable[[], AbstractContextManager[Books]]


def books_on(engine: Engine) -> OpenBooks:
    """Return the function that opens the books on this database.

    Leaving the block commits; an exception leaving it rolls everything back.
    Never ``await`` inside the block: other tasks must not see half a step.
    """

    @contextmanager
    def open_books() -> Generator[Books]:
        with engine.begin() as connection:
            yield Books(connection)

    return open_books
