"""One fake per port of the web page: a talk kept in memory, a door with two people behind it."""

import hashlib
import secrets
from collections.abc import AsyncGenerator, Callable
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_network

from bot.links import LOGIN, REPORT
from bot.web.api.answers import Answer
from bot.web.api.operations import Operation
from bot.web.api.params import Params
from bot.web.api.problems import Code, Problem
from bot.web.api.room import Bearer
from bot.web.board_sheet import BoardSheet, ListSheet, RulesSheet
from bot.web.forms import Wish
from bot.web.gate import Gate
from bot.web.live import LiveBoard
from bot.web.month_sheet import MonthSheet
from bot.web.my_sheet import MySheet
from bot.web.objection_sheet import ObjectionSheet
from bot.web.ports import (
    Done,
    Knock,
    Line,
    Persona,
    ReportFile,
    ReportShelf,
    ReportTitle,
    Tab,
    Visitor,
)
from bot.web.relay_entry import Entry
from bot.web.relay_sheet import Candidate, Entered, RelaySheet, Slip
from bot.web.review_sheet import ReviewSheet
from bot.web.server import Site
from bot.web.town_place import Place
from bot.web.town_sheet import Sheet
from domain.claim import ClaimKey
from domain.evidence import PhotoFault, PhotoRefused
from domain.membership import CodeTriesExceeded, NotAllowed, NotBound, Role
from domain.officer import Officer
from domain.period import Month, Quarter

CODE = "K7M2-9QXA"
LINK = "good-token"
REPORT_LINK = "report-token"
TRIES_MAX = 3
LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
OPENED = datetime(2026, 9, 16, 4, tzinfo=UTC)
REPLIES = {
    "我家多少分": (
        "张三家:今年 12.5 分(已确认 8 分,待月审 4.5 分)。\n本季度 4.5 分,可用 12.5 分,全村第 3 名。"
    ),
    "申报 垃圾分类": "请发一张照片,今天 20:00 以前都行。",
}
PERSONAS = (
    Persona(
        "zhang",
        "张三",
        "村民,报积分、查积分",
        ("申报 垃圾分类", "我家多少分", "进度", "明细", "帮助"),
    ),
    Persona("wang", "王阿婆", "村民,张三的邻居", ("我家多少分", "帮助")),
    Persona("li", "李会计", "审核委员,看照片、通过、驳回", ("待审", "通过 1", "看图 1")),
    Persona("chen", "陈主任", "委员会主任,两个人都同意才行的由他再审一次", ("待审", "帮助")),
)
RECEIPT = (
    "收到,张三家 #23 垃圾分类,预计+1分(本月还可得3分)。时间9月16日,地点自家门口,照片1张。"
    "审核后告诉您。写错了回“更正 23”。"
)


class FakeConversation:
    """Answers every message at once; a photo that starts with ``bad`` is refused."""

    def __init__(self) -> None:
        self.lines: dict[str, list[Line]] = {}
        self.pictures: dict[str, bytes] = {}
        self.notify: Callable[[str], None] = lambda _: None
        self.now: Callable[[], datetime] = lambda: datetime.now(UTC)

    async def transcript(self, contact: str, *, limit: int) -> tuple[Line, ...]:
        return tuple(self.lines.get(contact, ())[-limit:])

    async def submit(
        self, contact: str, *, message_id: str, text: str, photo: bytes | None
    ) -> None:
        if photo is not None and photo.startswith(b"bad"):
            raise PhotoRefused(PhotoFault.NOT_A_PHOTO)
        if any(line.key == message_id for line in self.lines.get(contact, ())):
            return
        path = None
        if photo is not None:
            name = hashlib.sha256(photo).hexdigest()
            self.pictures[name] = photo
            path = f"/chat/pictures/{name}"
        self.add(contact, Line(message_id, is_mine=True, text=text, at=self.now(), photo=path))
        self.reply(contact, RECEIPT if photo else REPLIES.get(text, f"您说:{text}"))

    async def picture(self, contact: str, *, name: str) -> tuple[bytes, str] | None:
        path = f"/chat/pictures/{name}"
        if not any(line.photo == path for line in self.lines.get(contact, ())):
            return None
        return self.pictures[name], "image/jpeg"

    def reply(self, contact: str, text: str) -> None:
        self.add(contact, Line(f"o{secrets.token_hex(4)}", is_mine=False, text=text, at=self.now()))
        self.notify(contact)

    def add(self, contact: str, line: Line) -> None:
        self.lines.setdefault(contact, []).append(line)


class FakeRelay:
    """Nobody is of a committee here."""

    async def sheet(self, contact: str) -> RelaySheet:
        raise NotAllowed(Role.COMMITTEE)

    async def candidates(self, contact: str, words: str) -> tuple[Candidate, ...]:
        raise NotAllowed(Role.COMMITTEE)

    async def letters(self, contact: str, ids: tuple[int, ...]) -> tuple[Slip, ...]:
        raise NotAllowed(Role.COMMITTEE)

    async def tick(self, contact: str, ids: tuple[int, ...]) -> None:
        raise NotAllowed(Role.COMMITTEE)

    async def take_back(self, contact: str, letter: int) -> None:
        raise NotAllowed(Role.COMMITTEE)

    async def picture(self, contact: str, letter: int) -> tuple[bytes, str] | None:
        raise NotAllowed(Role.COMMITTEE)

    async def add_room(self, contact: str, *, name: str, purpose: str) -> None:
        raise NotAllowed(Role.COMMITTEE)

    async def change_room(self, contact: str, key: str, *, name: str | None) -> None:
        raise NotAllowed(Role.COMMITTEE)

    async def enter(self, contact: str, entry: Entry) -> None:
        raise NotAllowed(Role.COMMITTEE)

    async def entered(self, contact: str, form_id: str) -> Entered | None:
        raise NotAllowed(Role.COMMITTEE)


class FakeReception:
    """Knows two people, one slip code and one link."""

    def __init__(self, personas: tuple[Persona, ...]) -> None:
        self.personas = personas
        self.sessions: dict[str, Visitor] = {}
        self.peers: list[str] = []

    async def play(self, key: str) -> str | None:
        found = next((one for one in self.personas if one.key == key), None)
        return found and self._open(found.key, found.name, found.suggestions)

    async def enter_by_code(self, code: str, *, knock: Knock) -> str | None:
        self.peers.append(knock.peer)
        if self.peers.count(knock.peer) > TRIES_MAX:
            raise CodeTriesExceeded(15)
        return self._open("w1", "王五", ("我家多少分",)) if code == CODE else None

    async def enter_by_link(self, token: str, *, knock: Knock, purpose: str = LOGIN) -> str | None:
        self.peers.append(knock.peer)
        if (token, purpose) == (REPORT_LINK, REPORT):
            return self._open("li", "李会计", ())
        return self._open("w2", "赵六", ()) if (token, purpose) == (LINK, LOGIN) else None

    async def visitor(self, cookie: str) -> Visitor | None:
        return self.sessions.get(cookie)

    async def leave(self, cookie: str) -> None:
        self.sessions.pop(cookie, None)

    def _open(self, contact: str, name: str, suggestions: tuple[str, ...]) -> str:
        cookie = secrets.token_urlsafe(16)
        self.sessions[cookie] = Visitor(contact, name, "幸福村(样板)", suggestions)
        return cookie


class FakeReports:
    """Has one file, for 李会计 alone."""

    async def shelf(self, contact: str) -> ReportShelf | None:
        if contact != "li":
            return None
        return ReportShelf("幸福村", ((2026, (ReportTitle("ledger", "台账", "每一笔"),)),))

    async def file(self, contact: str, name: str, *, year: int) -> ReportFile | None:
        is_there = (contact, name, year) == ("li", "ledger", 2026)
        return ReportFile("幸福村2026年台账.xlsx", b"PK a workbook") if is_there else None


class FakeBoard:
    """No village has a board here; the real one stands in tests/web/real.py."""

    async def front(self, name: str) -> BoardSheet | None:
        return None

    async def listed(
        self, name: str, quarter: Quarter, *, number: int | None, group: int | None, page: int
    ) -> ListSheet | None:
        return None

    async def rules(self, name: str) -> RulesSheet | None:
        return None


class FakeAnswers:
    """Knows no key; the real answers are tested in tests/web/test_api.py."""

    async def answer(
        self, operation: Operation, bearer: Bearer, read: Callable[[], Params]
    ) -> Answer:
        raise Problem(Code.KEY_WRONG if bearer.key else Code.KEY_MISSING)


class FakeDesk:
    """A desk at which nobody has a home and nobody reviews; the real one stands in tests/web/real.py."""

    async def my_sheet(self, contact: str) -> MySheet:
        raise NotBound

    async def review_sheet(
        self, contact: str, *, after: ClaimKey | None
    ) -> tuple[ReviewSheet, tuple[Tab, ...]]:
        raise NotAllowed(Role.COMMITTEE)

    async def month_sheet(
        self, contact: str, month: Month | None
    ) -> tuple[MonthSheet, tuple[Tab, ...]]:
        raise NotAllowed(Role.COMMITTEE)

    async def objection_sheet(self, contact: str) -> tuple[ObjectionSheet, tuple[Tab, ...]]:
        raise NotAllowed(Role.COMMITTEE)

    async def photo(
        self, contact: str, key: ClaimKey, sha256: str, *, is_small: bool
    ) -> tuple[bytes, str] | None:
        return None

    async def do(self, contact: str, wishes: tuple[Wish, ...]) -> Done:
        raise AssertionError("nobody of the fakes sees a form")

    async def missed(self, contact: str, keys: tuple[ClaimKey, ...]) -> tuple[ClaimKey, ...]:
        return keys

    async def answers(self, contact: str, said: str) -> tuple[str, ...]:
        return ()


class FakeFigures:
    """Figures of nothing; the real ones stand in tests/web/test_town_page.py."""

    async def sheet(self, officer: Officer, place: Place) -> Sheet | None:
        return None

    async def changes(self, officer: Officer, place: Place) -> AsyncGenerator[str]:
        yield ""

    def close(self) -> None:
        """Nobody watches."""


async def seven_messages() -> bytes:
    return b"jifen_messages_total 7\n"


class FakeHouse:
    """A site over the fakes; ``health`` is what /healthz tells."""

    def __init__(
        self, *, personas: tuple[Persona, ...] = PERSONAS, poll_every: float = 5.0
    ) -> None:
        self.conversation = FakeConversation()
        self.reception = FakeReception(personas)
        self.health = {"ok": True, "database": "ok"}
        self.site = Site(
            conversation=self.conversation,
            reception=self.reception,
            desk=FakeDesk(),
            live=LiveBoard(poll_every=poll_every),
            health=self._health,
            metrics=seven_messages,
            secret=b"a secret of the tests",
            base_url="http://jifen.test",
            is_secure=False,
            reports=FakeReports(),
            board=FakeBoard(),
            figures=FakeFigures(),
            api=FakeAnswers(),
            relay=FakeRelay(),
            gate=Gate(lambda: OPENED),
            proxies=LOOPBACK,
        )
        self.conversation.notify = self.site.live.notify

    def reopened(self) -> Site:
        """The same house after a restart: only what is stored is still there."""
        live = LiveBoard()
        self.conversation.notify = live.notify
        self.site = replace(self.site, live=live)
        return self.site

    async def _health(self) -> dict[str, object]:
        return dict(self.health)
