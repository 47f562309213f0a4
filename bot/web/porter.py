"""The porter (门房): lets visitors in by slip code, signed link, or as a sample person."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from bot import links
from bot.boards import board_path
from bot.clock import Clock
from bot.commands.binding import TRIES_MAX, TRIES_WINDOW
from bot.commands.papers import may_report
from bot.replies.offers import BIND, COMMITTEE, VILLAGER
from bot.replies.town import who
from bot.sample import Player
from bot.web.parlour import Parlour
from bot.web.ports import Persona, Visitor
from bot.web.relay_sheet import count_by_hand
from domain.code import canonical, digest, shown
from domain.membership import CodeTriesExceeded, Person, Role
from domain.officer import Officer
from schedules.announcing import WEB
from storage.people import Contact
from storage.performer import Perform
from storage.unit_of_work import Books
from storage.villages import Village

SESSION_KEPT: Final = timedelta(days=30)
COOKIE_BYTES: Final = 32


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

    async def enter_by_code(self, code: str, *, peer: str) -> str | None:
        """Return a new session's cookie for a slip, role or officer's code; None when it is wrong.

        Raises:
            CodeTriesExceeded: Too many wrong codes from this address.
        """
        wanted = digest(self._secret, code)
        now = self._clock()
        contact = f"w{secrets.token_hex(8)}"

        def check(books: Books) -> bool | Officer:
            _check_tries(books, peer, now=now)
            invitation = books.codes.invitation(wanted)
            is_open = invitation is not None and invitation.used_at is None
            if books.codes.slip(wanted) or (is_open and invitation and invitation.kind == "role"):
                return True
            officer = books.officers.use(wanted, Contact(WEB, contact), at=now)
            if officer is None:
                _count_wrong(books, peer, now=now)
            return officer or False

        opened = await self._perform(check)
        if not opened:
            return None
        cookie = await self._open(contact)
        if isinstance(opened, Officer):
            return cookie
        words = BIND.format(code=shown(canonical(code)))
        await self._parlour.submit(contact, message_id="enter", text=words, photo=None)
        return cookie

    async def enter_by_link(
        self, token: str, *, peer: str, purpose: str = links.LOGIN
    ) -> str | None:
        """Return a new session's cookie for a signed link; a link opens one session.

        A link of a person who has left the village since opens nothing.

        Raises:
            CodeTriesExceeded: Too many links that opened nothing from this address.
        """
        now = self._clock()
        link = links.read(self._secret, token, now=now, purpose=purpose)
        contact = f"w{secrets.token_hex(8)}"

        def bind(books: Books) -> bool:
            _check_tries(books, peer, now=now)
            whom = _linked(books, link, purpose=purpose) if link else None
            is_good = link and whom and books.sessions.use_link(link.digest, at=now)
            if link is None or whom is None or not is_good:
                _count_wrong(books, peer, now=now)
                return False
            if isinstance(whom, Officer):
                books.officers.let_in(whom, link.digest, Contact(WEB, contact), at=now)
            else:
                books.people.bind(link.village, Contact(WEB, contact), whom.id, at=now)
            return True

        return await self._open(contact) if await self._perform(bind) else None

    async def visitor(self, cookie: str) -> Visitor | None:
        """Return who a cookie belongs to."""
        now = self._clock()
        player_of = {p.contact: p for p in self._players.values()}

        def read(books: Books) -> Visitor | None:
            contact = books.sessions.contact(_digest(cookie), now=now)
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


def _check_tries(books: Books, peer: str, *, now: datetime) -> None:
    """Refuse an address from which too many wrong codes and links came."""
    tries = books.codes.wrong_tries(WEB, f"peer {peer}", since=now - TRIES_WINDOW)
    if tries >= TRIES_MAX:
        raise CodeTriesExceeded(int(TRIES_WINDOW.total_seconds() // 60))


def _count_wrong(books: Books, peer: str, *, now: datetime) -> None:
    books.codes.count_wrong(WEB, f"peer {peer}", at=now, window=TRIES_WINDOW)


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
