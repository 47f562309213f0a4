"""Three villages of twenty households on the real gateway, and a clock that is moved by hand."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from bot.app import House, build, open_house
from bot.cli.founding import invite
from bot.cli.office import Office
from bot.papers import rulebook_toml
from bot.settings import Settings
from domain.membership import Role
from domain.period import VILLAGE_TZ
from domain.points import Points
from domain.rulebook import Adoption, Rulebook
from storage.doors import Room, StoredRulebook
from storage.people import Contact
from storage.unit_of_work import Books, books_on
from tests.fakes import FixedClock
from tests.gateway.process import NpmGateway
from tests.gateway.village import ROOT

YEAR: Final = 2026
ACCOUNT: Final = "wechaty:bot"
HOMES: Final = 20
COMMITTEE: Final = (1, 2, 3, 4, 5)
CHAIR: Final = 3
SUPERVISOR: Final = 6
FOUNDED: Final = datetime(YEAR, 1, 1, 8, tzinfo=VILLAGE_TZ)
SECRET: Final = "secret-of-the-tests"


@dataclass(frozen=True, slots=True)
class Place:
    """A village as the gateway knows it; household ``n`` is ``n``号 of group 1 to 4."""

    number: int
    name: str
    rulebook: Rulebook

    @property
    def room(self) -> str:
        return f"v{self.number}@chatroom"

    @property
    def office(self) -> str:
        return f"v{self.number}c@chatroom"

    def person(self, home: int) -> str:
        """The contact of the one who speaks for a household."""
        return f"v{self.number}h{home}"

    @staticmethod
    def address(home: int) -> str:
        return f"{1 + home % 4}组{home}号"


def _halved(rulebook: Rulebook) -> Rulebook:
    """A village that counts in halves, with narrower caps: 1.5 for sorting, 0.5 for a survey."""
    items = {item.code: item for item in rulebook.items}
    sorting, survey = items["A101"], items["D304"]
    caps = replace(sorting.caps, month=Points(40), quarter=Points(95), year=Points(200))
    items["A101"] = replace(sorting, points=Points(15), caps=caps)
    items["D304"] = replace(survey, points=Points(5))
    caps_of = {"A": Points(600), "B": Points(400), "C": Points(300), "D": Points(500)}
    return replace(
        rulebook,
        version="halves-2026",
        items=tuple(items.values()),
        category_year_caps=dict(rulebook.category_year_caps) | caps_of,
    )


def places() -> tuple[Place, ...]:
    """The three villages; the last one has rules of its own."""
    draft = rulebook_toml.draft()
    return (
        Place(1, "幸福村", draft),
        Place(2, "和平村", draft),
        Place(3, "团结村", _halved(draft)),
    )


def found(books: Books, place: Place) -> None:
    """Prepare a village: households, people on their phones, roles, rooms, the adopted rules."""
    at = FOUNDED.astimezone(UTC)
    village = books.villages.add(town="示范镇", name=place.name, at=at).id
    rows = [
        {"group_no": 1 + n % 4, "house_no": str(n), "head": f"户{n}", "is_party": n % 7 == 0}
        for n in range(1, HOMES + 1)
    ]
    books.households.save(village, rows, since=FOUNDED.date())
    for home in books.households.all(village):
        number = int(home.house_no)
        person = books.people.add(village, name=home.head, household=home.id, at=at)
        books.people.bind(village, Contact(ACCOUNT, place.person(number)), person, at=at)
        books.people.consent(village, person, at=at)
        for role in _roles(number):
            books.people.grant(village, person, role, at=at)
    books.rooms.bind(Room(village, ACCOUNT, place.room, "villagers"), at=at)
    books.rooms.bind(Room(village, ACCOUNT, place.office, "committee"), at=at)
    body = rulebook_toml.dumps(place.rulebook)
    stored = StoredRulebook(
        village, place.rulebook.version, body, hashlib.sha256(body.encode()).hexdigest()
    )
    books.rulebooks.store(stored, at=at)
    held = date(YEAR - 1, 12, 20)
    adoption = Adoption(
        place.rulebook.version, "村民代表会议", held, 50, 45, 5, 20, held, "公告栏", FOUNDED.date()
    )
    books.rulebooks.adopt(village, adoption, at=at)


def _roles(home: int) -> tuple[Role, ...]:
    if home == CHAIR:
        return Role.COMMITTEE, Role.CHAIR, Role.ADMINISTRATOR
    if home in COMMITTEE:
        return (Role.COMMITTEE,)
    return (Role.SUPERVISOR,) if home == SUPERVISOR else ()


async def invited(house: House, place: Place) -> str:
    """Return a code for one more member of the committee, as the operator makes it."""
    ground = house.ground

    def act(books: Books) -> str:
        [village] = [one for one in books.villages.all() if one.name == place.name]
        desk = Office(ground.settings, ground.engine, ground.clock())
        return invite(desk, books, village.id, kind="role", grants=Role.COMMITTEE)

    return await ground.performer.perform(act)


def introduce(gateway: NpmGateway, place: Place) -> None:
    """Let the gateway know the people of a village and its two rooms."""
    people = tuple(place.person(n) for n in range(1, HOMES + 1))
    for number, person in enumerate(people, start=1):
        gateway.contact(person, f"户{number}")
    gateway.room(place.room, topic=place.name, members=(*people, gateway.bot_id))
    members = tuple(place.person(n) for n in COMMITTEE)
    gateway.room(place.office, topic=f"{place.name}委员会", members=(*members, gateway.bot_id))


@asynccontextmanager
async def opened(gateway: NpmGateway, data: Path, clock: FixedClock) -> AsyncIterator[House]:
    """Open the whole house against the gateway, as ``jifen run`` does, with a clock of our own."""
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]
        data_dir=data,
        http_port=0,
        secret_key=SECRET,  # type: ignore[arg-type]
        pacing="off",
        wechaty_endpoint=gateway.endpoint,
        wechaty_token=gateway.token,  # type: ignore[arg-type]
        wechaty_tls="off",
    )
    house = build(settings, clock=clock)
    with books_on(house.ground.engine)() as books:
        for place in places():
            found(books, place)
    async with open_house(house):
        yield house


def told(data: Path, *arguments: str) -> Any:
    """Return what a command of ``jifen`` tells with ``--json``."""
    environment = os.environ | {"JIFEN_DATA_DIR": str(data), "JIFEN_SECRET_KEY": SECRET}
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli.main", *arguments, "--json"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
