"""The porter (门房): lets visitors in by code, signed link, or as a sample person."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot import links
from bot.boards import board_path
from bot.clock import Clock
from bot.commands.binding import TRIES_MAX, TRIES_WINDOW
from bot.commands.papers import may_report
from bot.commands.phones import back_by_link, back_by_slip, check_free
from bot.replies.offers import BIND, COMMITTEE, VILLAGER
from bot.replies.town import who
from bot.sample import Player
from bot.web.parlour import Parlour
from bot.web.ports import Knock, Persona, Visitor
from bot.web.relay_sheet import count_by_hand
from domain.code import canonical, digest, shown
from domain.membership import CodeTriesExceeded, Person, Role
from domain.officer import Officer
from schedules.announcing import WEB
from storage.people import Contact
from storage.performer import Perform
from storage.unit_of_work import Books
from storage.villages import Village

SESSION_KEPT: Final = timedelta(days=45)
"""From the last use: from the review of one month to that of the next, and some days."""
COOKIE_BYTES: Final = 32
PEER_TRIES_MAX: Final = 30
"""For each address: a village shares one with its operator's other customers."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """Whom a code lets in; who is new is bound by words."""

    contact: str
    is_new: bool


class Porter:
    """The reception of the web page; personas only while no gateway is configured."""

    def __init__(
        self,
        parlour: Parlour,
        *,
        perform: Perform,
        players: tuple[Player, ...],
        secret: bytes,
        clock: Clock,
    ) -> None:
        self._parlour = parlour
        self._perform = perform
        self._players = {player.key: player for player in players}
        self._secret = secret
        self._clock = clock

    @property
    def personas(self) -> tuple[Persona, ...]:
        """Whom a visitor may play."""
        return tuple(Persona(p.key, p.name, p.about, p.suggestions) for p in self._players.values())

    async def play(self, key: str) -> str | None:
        """Return a new session's cookie for a persona."""
        player = self._players.get(key)
        return await self._open(player.contact) if player else None

    async def enter_by_code(self, code: str, *, knock: Knock) -> str | None:
        """Return a new session's cookie for a slip, role or officer's code; None when it is wrong.

        By a slip a browser of the household comes back as whom it was; only a new
        one is bound, by the words that the talk then shows.

        Raises:
            CodeTriesExceeded: Too many wrong codes from this browser or address.
            SlipFull: The household has as many phones as a slip binds.
        """
        wanted = digest(self._secret, code)
        now = self._clock()
        contact = f"w{secrets.token_hex(8)}"

        def check(books: Books) -> _Entry | None:
            _check_tries(books, knock, now=now)
            slip = books.codes.slip(wanted)
            if slip is not None:
                back = back_by_slip(books, *slip, known=knock.known, now=now)
                if back is None:
                    check_free(books, *slip, now=now)
                return _Entry(back or contact, is_new=back is None)
            invitation = books.codes.invitation(wanted)
            if invitation and invitation.used_at is None and invitation.kind == "role":
                return _Entry(contact, is_new=True)
            if books.officers.use(wanted, Contact(WEB, contact), at=now):
                return _Entry(contact, is_new=False)
            _count_wrong(books, knock, now=now)
            return None

        entry = await self._perform(check)
        if entry is None:
            return None
        cookie = await self._open(entry.contact)
        if entry.is_new:
            words = BIND.format(code=shown(canonical(code)))
            await self._parlour.submit(contact, message_id="enter", text=words, photo=None)
        return cookie

    async def enter_by_link(
        self, token: str, *, knock: Knock, purpose: str = links.LOGIN
    ) -> str | None:
        """Return a new session's cookie for a signed link; a link opens one session.

        A browser of the person's comes back as whom it was. A link of a person who
        has left the village since opens nothing.

        Raises:
            CodeTriesExceeded: It opens nothing, and too many did not before it.
        """
        now = self._clock()
        link = links.read(self._secret, token, now=now, purpose=purpose)
        contact = f"w{secrets.token_hex(8)}"

        def bind(books: Books) -> str | None:
            whom = _linked(books, link, purpose=purpose) if link else None
            is_good = link and whom and books.sessions.use_link(link.digest, at=now)
            if link is None or whom is None or not is_good:
                _check_tries(books, knock, now=now)
                _count_wrong(books, knock, now=now)
                return None
            if isinstance(whom, Officer):
                books.officers.let_in(whom, link.digest, Contact(WEB, contact), at=now)
                return contact
            back = back_by_link(books, link.village, whom.id, known=knock.known, now=now)
            if back is None:
                books.people.bind(link.village, Contact(WEB, contact), whom.id, at=now)
            return back or contact

        entered = await self._perform(bind)
        return await self._open(entered) if entered else None

    async def visitor(self, cookie: str) -> Visitor | None:
        """Return who a cookie belongs to."""
        now = self._clock()
        player_of = {p.contact: p for p in self._players.values()}

        def read(books: Books) -> Visitor | None:
            contact = books.sessions.visit(_digest(cookie), now=now, until=now + SESSION_KEPT)
            if contact is None:
                return None
            home, person = _home(books, contact)
            player = player_of.get(contact)
            suggestions = player.suggestions if player else _suggestions(person)
            name, area = person.name if person else "", home.name if home else ""
            office = books.officers.of(Contact(WEB, contact))
            if office is not None and person is None:
                name, area = who(office), office.area
            return Visitor(
                contact,
                name,
                area,
                suggestions,
                has_home=person is not None and person.household is not None,
                reviews=person is not None and person.reviews,
                oversees=person is not None and Role.SUPERVISOR in person.roles,
                takes_files=may_report(person),
                board=board_path(self._secret, home.id) if home else "",
                office=office,
                by_hand=_by_hand(books, contact, person, now=now),
            )

        return await self._perform(read)

    async def leave(self, cookie: str) -> None:
        """End a session."""
        await self._perform(lambda books: books.sessions.close(_digest(cookie)))

    async def _open(self, contact: str) -> str:
        cookie = secrets.token_urlsafe(COOKIE_BYTES)
        now = self._clock()
        await self._perform(
            lambda books: books.sessions.open(
                _digest(cookie), contact, at=now, until=now + SESSION_KEPT
            )
        )
        return cookie


def _check_tries(books: Books, knock: Knock, *, now: datetime) -> None:
    """Refuse a browser or an address from which too many wrong codes and links came."""
    for counted, most in _counted(knock).items():
        if books.codes.wrong_tries(WEB, counted, since=now - TRIES_WINDOW) >= most:
            raise CodeTriesExceeded(int(TRIES_WINDOW.total_seconds() // 60))


def _count_wrong(books: Books, knock: Knock, *, now: datetime) -> None:
    for counted in _counted(knock):
        books.codes.count_wrong(WEB, counted, at=now, window=TRIES_WINDOW)


def _counted(knock: Knock) -> dict[str, int]:
    """Return under which names wrong ones are counted, and how many are let pass."""
    browser = _digest(knock.browser)
    return {f"peer {knock.peer}": PEER_TRIES_MAX, f"browser {browser}": TRIES_MAX}


def _linked(books: Books, link: links.Link, *, purpose: str) -> Person | Officer | None:
    """Return whom a link is for, None when they have left or were never there."""
    if purpose == links.TOWN:
        return books.officers.get(link.person)
    person = books.people.find(link.village, link.person)
    if person is None or not books.people.contacts_of(link.village, person.id):
        return None
    return person


def _digest(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()


def _home(books: Books, contact: str) -> tuple[Village | None, Person | None]:
    who = Contact(WEB, contact)
    for village in books.people.villages_of(who):
        return books.villages.get(village), books.people.bound(village, who)
    return None, None


def _by_hand(books: Books, contact: str, person: Person | None, *, now: datetime) -> int:
    """Return how many letters wait for a reviewer's hand."""
    if person is None or not person.reviews:
        return 0
    [village, *_] = books.people.villages_of(Contact(WEB, contact))
    return count_by_hand(books, village, now=now)


def _suggestions(person: Person | None) -> tuple[str, ...]:
    return COMMITTEE if person is not None and person.reviews else VILLAGER
