"""A house whose WeChat account is away, and groups that are served by hand."""

from datetime import timedelta

from domain.relay import HAND
from storage.doors import Room
from storage.outbox import Draft
from storage.people import Contact
from storage.unit_of_work import Books
from tests.web.real import RealHouse

ACCOUNT = "wechaty:bot"
ROOM = "big@chatroom"
RECEIPT = "张三家2026年共1分。其中月审确认0分,待月审1分。本季度1分,可兑换1分。全村6户中排第1名。"
SECRET_WORDS = "3组12号 乱堆物 -2分,有不同意见请回"


def go_away(real: RealHouse, *, minutes: float = 12) -> None:
    """Let the account that serves the village's room be silent for some minutes."""
    village, now = real.cast.village, real.clock.now
    seen = now - timedelta(minutes=minutes)

    def act(books: Books) -> None:
        books.rooms.bind(Room(village, ACCOUNT, ROOM, "villagers"), at=seen)
        books.presence.seen(ACCOUNT, at=seen)
        books.people.bind(village, Contact(ACCOUNT, "wx-zhang"), real.cast.zhang, at=seen)
        books.people.bind(village, Contact(ACCOUNT, "wx-li"), real.cast.li, at=seen)

    real.read(act)


def come_back(real: RealHouse) -> None:
    """Let the account hear again."""
    real.read(lambda books: books.presence.seen(ACCOUNT, at=real.clock.now))


def queue(real: RealHouse, key: str, **changes: object) -> int:
    """Queue a letter, to the room unless told otherwise, and return its number."""
    values: dict[str, object] = {
        "account": ACCOUNT,
        "room": ROOM,
        "contact": "wx-zhang",
        "text": RECEIPT,
        "village": real.cast.village,
    }
    draft = Draft(key, **(values | changes))  # type: ignore[arg-type]

    def act(books: Books) -> int:
        assert books.outbox.put(draft, at=real.clock.now)
        [letter] = books.relays.by_keys(real.cast.village, (key,))
        return letter.id

    return int(real.read(act))


def by_hand(real: RealHouse, *, name: str = "幸福村大群", purpose: str = "villagers") -> Room:
    """Let a group be served by hand."""
    room = Room(real.cast.village, HAND, f"{real.cast.village}.{purpose}", purpose, name)
    real.read(lambda books: books.rooms.bind(room, at=real.clock.now))
    return room


def states(real: RealHouse) -> dict[str, int]:
    """Count the letters in each state."""
    found: dict[str, int] = real.read(lambda books: books.outbox.counts())
    return found
