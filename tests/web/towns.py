"""A town of many villages with figures as they come: some done, some late, one empty."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from domain.code import digest
from domain.ledger import EntryKind
from domain.membership import HouseholdId, PersonId
from domain.officer import Level, Officer
from domain.period import Month, Quarter, day_start
from domain.points import Points
from storage.ledger import REVIEW
from storage.objections import OBJECTION
from storage.people import Contact
from storage.publications import PUBLICATION
from storage.rounds import ROUND
from storage.statements import insert
from storage.unit_of_work import Books
from storage.villages import HOUSEHOLD
from tests.builders import a_posting
from tests.cast import adopt_draft

TOWN = "白鹤镇"
BEGAN = datetime(2025, 12, 20, 1, 0, tzinfo=UTC)
NAMES = [
    "青龙",
    "白云",
    "清水",
    "石桥",
    "柳树",
    "大湾",
    "双河",
    "红旗",
    "新民",
    "和平",
    "团结",
    "长岭",
    "金竹",
    "龙潭",
    "高坪",
    "松林",
    "花园",
    "马鞍",
    "黄泥",
    "三元",
    "五里",
    "观音",
    "桃源",
    "梨树",
    "茶店",
    "凤凰",
    "玉泉",
    "天星",
    "永兴",
    "太平",
    "庙坝",
    "沙坪",
    "竹园",
    "杨柳",
    "东升",
    "西河",
]
LETTERS = ("A101", "A101", "B101", "C101", "D101", "D101", "A101")
LATE, UNFOUNDED = 7, 23
"""One village whose calendar is late, and one that has nothing but its name."""
STARS, PARTY, IN_GROUP = 9, 7, 20


@dataclass(frozen=True)
class Filling:
    """How much is in each village, and until which day its calendar was kept."""

    homes: int = 25
    today: date = date(2026, 9, 16)


def fill_town(
    books: Books, *, town: str = TOWN, names: Sequence[str] = NAMES, filling: Filling = Filling()
) -> tuple[int, ...]:
    """Found villages and fill them; returns their ids."""
    ids = []
    for number, name in enumerate(names):
        village = books.villages.add(town=town, name=f"{name}村", at=BEGAN).id
        ids.append(village)
        if number == UNFOUNDED:
            continue
        adopt_draft(books, village, now=BEGAN)
        _people(books, village, filling.homes)
        _points(books, village, number, filling)
        _calendar(books, village, number, filling.today)
        _objections(books, village, number)
        _round(books, village, number)
    return tuple(ids)


def seat(books: Books, contact: Contact, *, area: str = TOWN, level: Level = Level.TOWN) -> Officer:
    """Let a contact in as an officer, as a code does."""
    towns = (area,) if level is Level.TOWN else ()
    officer = books.officers.add(level, area, towns=towns, name="周镇长", at=BEGAN)
    mark = digest(b"tests", f"{contact.id}{officer.number}")
    books.officers.invite(officer, mark, at=BEGAN, until=BEGAN + timedelta(days=365))
    found = books.officers.use(mark, contact, at=BEGAN)
    assert found is not None
    return found


def _people(books: Books, village: int, homes: int) -> None:
    rows = [
        {"group_no": 1 + n // IN_GROUP, "house_no": str(n), "head": f"户主{n}"}
        for n in range(1, homes + 1)
    ]
    books.households.save(village, rows, since=date(2026, 1, 1))
    own = HOUSEHOLD.c.village == village
    star = HOUSEHOLD.update().where(own, HOUSEHOLD.c.id % STARS == 0)
    party = HOUSEHOLD.update().where(own, HOUSEHOLD.c.id % PARTY == 0)
    books.connection.execute(star.values(star=3))
    books.connection.execute(party.values(is_party=True))
    person = books.people.add(village, name="李会计", household=HouseholdId(1), at=BEGAN)
    assert person == PersonId(1)


def _points(books: Books, village: int, number: int, filling: Filling) -> None:
    """Let 62 to 97 per cent of the households take part, each in some months."""
    share = 62 + (number * 17) % 36
    taking_part = filling.homes * share // 100
    for home in range(1, taking_part + 1):
        for turn in range(1 + (home + number) % 3):
            month = 1 + (home * 5 + turn * 3 + number) % filling.today.month
            posting = a_posting(
                f"paper:{home}:{turn}",
                household=HouseholdId(home),
                points=Points(10 + 10 * ((home + turn) % 4)),
                effective_month=Month(filling.today.year, month),
                actors=(PersonId(1),),
                item=LETTERS[(home + turn) % len(LETTERS)],
            )
            books.ledger.post(village, posting, at=BEGAN)
    if number % 3 != 1:
        return
    for home in range(1, taking_part, 4):
        spent = a_posting(
            f"redemption:{home}",
            household=HouseholdId(home),
            kind=EntryKind.REDEMPTION,
            points=Points(-10),
            effective_month=Month(filling.today.year, 8),
            actors=(PersonId(1),),
            item="",
        )
        books.ledger.post(village, spent, at=BEGAN)


def _calendar(books: Books, village: int, number: int, today: date) -> None:
    """Confirm the months and publish the quarters that are over; a late village stops in May."""
    last = 5 if number == LATE else today.month - (2 if number % 8 == 3 else 1)
    before = {"village": village, "month": "2025-12", "confirmed_at": BEGAN}
    books.connection.execute(REVIEW.insert().values(before))
    for month in range(1, last + 1):
        at = day_start(Month(today.year, month).end) + timedelta(days=2, hours=9)
        row = {"village": village, "month": str(Month(today.year, month)), "confirmed_at": at}
        books.connection.execute(REVIEW.insert().values(row))
    quarters = [Quarter(2025, 4)]
    quarters += [Quarter(today.year, q) for q in range(1, last // 3 + 1)]
    for quarter in quarters:
        _publish(books, village, quarter, number)


def _publish(books: Books, village: int, quarter: Quarter, number: int) -> None:
    at = day_start(quarter.months[2].end) + timedelta(days=6)
    values = {
        "village": village,
        "quarter": str(quarter),
        "edition": 1,
        "state": "final",
        "eligible": 25,
        "participating": 12 + quarter.quarter * 3 + number % 3,
        "rulebook_version": "draft-2026",
        "adopted_title": "村民代表会议",
        "adopted_on": date(2025, 12, 10),
        "basis_title": "积分制方案",
        "basis_since": date(2025, 6, 1),
        "chain_seq": 1,
        "chain_head": "0" * 64,
        "digest": "0" * 64,
        "prepared_at": at,
        "released_at": at,
        "final_at": at + timedelta(days=7),
    }
    books.connection.execute(PUBLICATION.insert().values(values))


def _objections(books: Books, village: int, number: int) -> None:
    states = ("raised", "upheld", "changed", "dismissed")
    for turn in range(1, 1 + number % 3):
        values = {
            "village": village,
            "year": 2026,
            "number": turn,
            "household": 1,
            "quarter": "2026-Q2",
            "person": 1,
            "words": "少算了一次",
            "state": states[(number + turn) % len(states)],
            "account": "web",
            "contact": "w",
            "raised_at": BEGAN,
            "due_on": date(2026, 9, 10 if number % 2 else 25),
        }
        books.connection.execute(OBJECTION.insert().values(values))


def _round(books: Books, village: int, number: int) -> None:
    if number % 3 == 0:
        return
    values = {
        "village": village,
        "year": 2026,
        "number": 1,
        "state": "ended" if number % 3 == 1 else "open",
        "name": "夏季兑换",
        "opens_on": date(2026, 8, 1),
        "closes_on": date(2026, 8, 10),
        "collect_from": date(2026, 8, 11),
        "collect_until": date(2026, 8, 31),
        "hours": "9:00-11:00",
        "place": "村委会",
        "budget": 500_000,
        "planned_at": BEGAN,
    }
    insert(books.connection, ROUND, values | {"needs_photo": False, "planned_by": None})
