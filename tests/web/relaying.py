"""A house whose WeChat account is away, and groups that are served by hand."""

from datetime import timedelta

from domain.mail import OutboxState
from domain.relay import HAND
from storage.doors import Room
from storage.outbox import Draft
from storage.people import Contact
from storage.unit_of_work import Books
from tests.pictures import jpeg
from tests.web.real import RealHouse

ACCOUNT = "wechaty:bot"
ROOM = "big@chatroom"
RECEIPT = "张三家2026年共1分。其中月审确认0分,待月审1分。本季度1分,可兑换1分。全村6户中排第1名。"
SECRET_WORDS = "3组12号 乱堆物 -2分,有不同意见请回"
NOTICE = "通知:9月20日前请把上个月的积分报上来。\n有照片的一起发来,不会弄的找李会计。"


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


def a_full_relay(real: RealHouse) -> None:
    """Let there be letters of every sort, and groups served both ways."""
    room = by_hand(real)
    go_away(real)
    picture = real.house.ground.photos.keep(jpeg(3)).sha256
    queue(real, "a")
    queue(real, "b", text=NOTICE, kind="notice", contact=None)
    queue(real, "c", room=None, text=SECRET_WORDS, kind="notice")
    queue(real, "d", text="", photo=picture)
    waits = "王桂英家 #3 生活垃圾分类投放,还差1张照片,请在10:25前发来。"
    queue(real, "e", account=HAND, room=room.room, contact="hand:1:p2", text=waits)
    doubtful = queue(real, "f", text="排名表已经贴在公告栏了。")
    given_up = queue(
        real, "g", text="明天上午9点在村委会门口领洗衣液。", kind="notice", contact=None
    )
    now = real.clock.now
    real.read(lambda books: books.outbox.begin((doubtful, given_up)))
    real.read(lambda books: books.outbox.settle(doubtful, OutboxState.UNCERTAIN, at=now))
    real.read(lambda books: books.outbox.settle(given_up, OutboxState.DEAD, at=now))
