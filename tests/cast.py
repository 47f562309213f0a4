"""The cast: 张家 claims, 王家 objects, 李会计 and 陈主任 review, 赵家 is barred."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final, cast

from sqlalchemy import Engine
from sqlmodel import SQLModel

import storage.tables
from bot.papers import rulebook_toml
from bot.shelf import RulebookShelf
from domain.membership import HouseholdId, PersonId, Role
from domain.period import village_day
from storage.doors import Room, StoredRulebook
from storage.engine import open_engine
from storage.people import Contact
from storage.unit_of_work import Books, OpenBooks, books_on
from tests.builders import ACCOUNT, an_adoption
from tests.fakes import MORNING

assert storage.tables, "imported so that every table is known"

VILLAGE_ROOM: Final = "village@chatroom"
COMMITTEE_ROOM: Final = "committee@chatroom"
SECRET: Final = b"secret-of-the-tests"
SHELF: Final = RulebookShelf()
"""Parsed once for all tests; it is keyed by the text's digest."""

ZHANG, WANG, LI, CHEN, ZHAO = (HouseholdId(n) for n in range(1, 6))
"""The households, in the order of their ids."""

PEOPLE: Final = (
    ("zhang", "张三", 1, ()),
    ("wang", "王阿婆", 2, ()),
    ("li", "李会计", 3, (Role.COMMITTEE,)),
    ("chen", "陈主任", 4, (Role.COMMITTEE, Role.CHAIR)),
    ("zhao", "赵大伟", 5, ()),
)
HOMES: Final = (
    (3, "12", "张三"),
    (3, "15", "王桂英"),
    (1, "6", "李国平"),
    (2, "3", "陈卫东"),
    (4, "8", "赵大伟"),
    (4, "9-1", "周小妹"),
    (5, "1", "周小妹"),
)


@dataclass(frozen=True, slots=True)
class Cast:
    """The prepared village and the ids of its people."""

    village: int
    zhang: PersonId
    wang: PersonId
    li: PersonId
    chen: PersonId
    zhao: PersonId


def settle_in(
    books: Books, *, now: datetime = MORNING, account: str = ACCOUNT, has_rulebook: bool = True
) -> Cast:
    """Prepare the village with its people, two rooms and the shipped draft rulebook adopted."""
    village = books.villages.add(town="示范镇", name="幸福村", at=now).id
    rows = [{"group_no": group, "house_no": house, "head": head} for group, house, head in HOMES]
    books.households.save(village, rows, since=village_day(now))
    ids = []
    for contact, name, home, roles in PEOPLE:
        person = books.people.add(village, name=name, household=HouseholdId(home), at=now)
        books.people.bind(village, Contact(account, contact), person, at=now)
        books.people.consent(village, person, at=now)
        for role in roles:
            books.people.grant(village, person, role, at=now)
        ids.append(person)
    books.rooms.bind(Room(village, account, VILLAGE_ROOM, "villagers"), at=now)
    books.rooms.bind(Room(village, account, COMMITTEE_ROOM, "committee"), at=now)
    if has_rulebook:
        adopt_draft(books, village, now=now)
    return Cast(village, *ids)


def adopt_draft(books: Books, village: int, *, now: datetime = MORNING) -> None:
    """Adopt the shipped draft from 1 January 2025."""
    body, digest, version = _draft()
    books.rulebooks.store(StoredRulebook(village, version, body, digest), at=now)
    start = now.date().replace(year=2025, month=1, day=1)
    books.rulebooks.adopt(village, an_adoption(version=version, in_force_on=start), at=now)


@cache
def _draft() -> tuple[str, str, str]:
    rulebook = rulebook_toml.draft()
    body = rulebook_toml.dumps(rulebook)
    return body, hashlib.sha256(body.encode()).hexdigest(), rulebook.version


@cache
def _prepared(*, has_cast: bool) -> bytes:
    """Return a whole database as bytes, so that the next one costs a copy."""
    engine = open_engine("sqlite://")
    SQLModel.metadata.create_all(engine)
    if has_cast:
        with books_on(engine)() as books:
            settle_in(books)
    raw = engine.raw_connection()
    copied = cast("sqlite3.Connection", raw.driver_connection).serialize()
    raw.close()
    engine.dispose()
    return copied


@contextmanager
def memory_engine(*, has_cast: bool = True) -> Iterator[Engine]:
    """Open a SQLite database in memory, with the village in it."""
    engine = open_engine("sqlite://")
    raw = engine.raw_connection()
    cast("sqlite3.Connection", raw.driver_connection).deserialize(_prepared(has_cast=has_cast))
    raw.close()
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def memory_books(*, has_cast: bool = True) -> Iterator[OpenBooks]:
    """Open books in memory, with the village in them."""
    with memory_engine(has_cast=has_cast) as engine:
        yield books_on(engine)
