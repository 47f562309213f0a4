"""The sample village (样板村): people to play, so that a visitor sees the whole story."""

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any, Final

from bot.papers import rulebook_toml
from domain.membership import Role
from domain.money import Cents
from domain.officer import Level
from domain.period import village_day
from domain.points import Points
from domain.redemption_round import Good, Plan
from domain.rulebook import Adoption
from schedules.redemption_planning import keep_round
from storage.doors import StoredRulebook
from storage.people import Contact
from storage.unit_of_work import Books
from storage.villages import Village

WEB: Final = "web"
ROUND_DAYS: Final = (30, 37)
"""How long orders are taken in the sample's round, and how long things are handed out."""
PRESENT, IN_FAVOUR, AGAINST, WOMEN = 42, 39, 3, 18


@dataclass(frozen=True, slots=True)
class Player:
    """A person of the sample village; ``contact`` is their address on the web page."""

    key: str
    name: str
    about: str
    suggestions: tuple[str, ...]

    @property
    def contact(self) -> str:
        """The web contact that plays this person."""
        return f"sample-{self.key}"


def _plan() -> dict[str, Any]:
    return tomllib.loads((files("bot") / "sample.toml").read_text(encoding="utf-8"))


def players() -> tuple[Player, ...]:
    """Return whom a visitor may play: people of the village, and an officer of its town."""
    plan = _plan()
    return tuple(
        Player(one["key"], one["name"], one["about"], tuple(one["suggestions"]))
        for one in (*plan["person"], plan["officer"])
    )


def prepare(books: Books, *, now: datetime) -> Village:
    """Set the sample village up; doing it again changes nothing."""
    plan = _plan()
    village = books.villages.add(town=plan["town"], name=plan["village"], at=now, is_sample=True)
    _seat_officer(books, plan["town"], plan["officer"], now=now)
    if books.households.count(village.id):
        return village
    today = village_day(now)
    homes = [*plan["person"], *plan["household"]]
    rows = [
        {"group_no": one["group"], "house_no": one["house"], "head": one["head"]} for one in homes
    ]
    books.households.save(village.id, rows, since=today)
    for one in plan["person"]:
        _settle_in(books, village, one, now=now)
    _adopt(books, village, plan, now=now)
    keep_round(books, village.id, _round(plan["round"], today), by=None, now=now)
    return village


def _seat_officer(books: Books, town: str, one: dict[str, Any], *, now: datetime) -> None:
    """Let the contact that plays the officer in, as a code of one use would."""
    contact = Contact(WEB, f"sample-{one['key']}")
    if books.officers.of(contact) is None:
        officer = books.officers.add(Level.TOWN, town, towns=[town], name=one["name"], at=now)
        mark = hashlib.sha256(f"sample officer {officer.number}".encode()).hexdigest()
        books.officers.let_in(officer, mark, contact, at=now)


def _round(plan: dict[str, Any], today: date) -> Plan:
    """Return a round that is open from today on, within the year."""
    last = today.replace(month=12, day=31)
    closes, until = (min(today + timedelta(days=days), last) for days in ROUND_DAYS)
    goods = tuple(
        Good(
            number,
            one["name"],
            one["unit"],
            Points(one["price"]),
            one["stock"],
            one["limit"],
            Cents(one["cost"]),
        )
        for number, one in enumerate(plan["good"], start=1)
    )
    return Plan(
        name=plan["name"],
        opens_on=today,
        closes_on=closes,
        collect_from=today,
        collect_until=until,
        hours=plan["hours"],
        place=plan["place"],
        budget=Cents(plan["budget"]),
        goods=goods,
    )


def _settle_in(books: Books, village: Village, one: dict[str, Any], *, now: datetime) -> None:
    household = books.households.at(village.id, one["group"], one["house"])
    assert household is not None, one
    person = books.people.add(village.id, name=one["name"], household=household.id, at=now)
    books.people.bind(village.id, Contact(WEB, f"sample-{one['key']}"), person, at=now)
    books.people.consent(village.id, person, at=now)
    for role in one.get("roles", ()):
        books.people.grant(village.id, person, Role(role), at=now)


def _adopt(books: Books, village: Village, plan: dict[str, Any], *, now: datetime) -> None:
    """Adopt the draft from the first day of last year, so that old acts count as well."""
    rulebook = rulebook_toml.draft()
    body = rulebook_toml.dumps(rulebook)
    digest = hashlib.sha256(body.encode()).hexdigest()
    stored = StoredRulebook(village.id, rulebook.version, body, digest)
    books.rulebooks.store(stored, at=now)
    start = village_day(now).replace(month=1, day=1)
    held = start - timedelta(days=20)
    adoption = Adoption(
        version=rulebook.version,
        meeting=plan["meeting"],
        held_on=held,
        present=PRESENT,
        votes_for=IN_FAVOUR,
        votes_against=AGAINST,
        votes_women=WOMEN,
        published_on=held + timedelta(days=3),
        published_at=plan["published_at"],
        in_force_on=start.replace(year=start.year - 1),
    )
    books.rulebooks.adopt(village.id, adoption, at=now)
