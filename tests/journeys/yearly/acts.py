"""What people of a village say they did, and what the committee writes down: chosen by chance."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from domain.rulebook import Item, Kind, Rulebook
from tests.journeys.yearly.ground import FOUNDED, HOMES, Place
from tests.journeys.yearly.talk import Said

CLAIMED: Final = (
    *("A101",) * 6,
    *("A103", "A202", "A303", "A303", "A304", "A402", "A404"),
    *("B101", "B103", "B104", "B203", "B203", "B302", "B303", "B303", "B306"),
    *("C101", "C101", "C104", "C201", "C202", "C301", "C304"),
    *("D105", "D106", "D201", "D201", "D201", "D202", "D202", "D301", "D301"),
    *("D302", "D302", "D304", "D304", "D306", "D306", "E304", "E305", "B305"),
)
RECORDED: Final = (
    *("A102", "A102", "A204", "A301", "A302", "A401", "A403", "B204", "B202", "C102"),
    *("C203", "C204", "C302", "C303", "D203", "D205", "D303", "D305", "D307", "D308", "D102"),
    *("A201", "B304", "B201"),
)
DEDUCTED: Final = (
    *("A191", "A191", "A192", "A193", "A291", "A391", "A392", "A491", "B291", "C191"),
    *("C291", "C291", "E101", "E201", "E201", "E301", "E302", "E303"),
)
PLACES: Final = ("", " 村口", " 自家门口", " 河边")


@dataclass(frozen=True, slots=True)
class Filing:
    """One claim as it is said: in its order, words and photos."""

    messages: tuple[Said, ...]


def claim(chance: random.Random, place: Place, today: date) -> Filing:
    """Return a villager's claim: words with photos before or behind them, sometimes none."""
    item = place.rulebook.item(chance.choice(CLAIMED))
    home = chance.randrange(1, HOMES + 1)
    whose = ""
    if chance.random() < 0.06:
        other = chance.randrange(1, HOMES + 1)
        whose = f"替{place.address(other)}" if other != home else ""
    words = f"{whose}申报 {chance.choice(item.aliases)}{_amount(chance, item)}"
    words += _when(chance, today) + chance.choice(PLACES)
    is_private = item.is_private or chance.random() < 0.5
    room = None if is_private else place.room
    person = place.person(home)
    photo = Said(person, None, room)
    count = item.photos_min + (chance.random() < 0.1)
    if chance.random() < 0.05:
        count = max(0, item.photos_min - 1)
    before = 1 if count and chance.random() < 0.25 else 0
    said = Said(person, words, room)
    return Filing((*(photo,) * before, said, *(photo,) * (count - before)))


def _amount(chance: random.Random, item: Item) -> str:
    if item.kind is Kind.HOUR:
        return f" {chance.choice(('1', '1.5', '2', '3', '3.5', '4', '6'))}小时"
    if item.code == "B306":
        return f" {chance.choice((100, 250, 350, 1200))}元"
    if item.code == "C202":
        return f" {chance.choice((1, 1, 2))}只"
    if item.kind is Kind.TIER and item.tiers:
        return f" {chance.choice(item.tiers).name}"
    return ""


def _when(chance: random.Random, today: date) -> str:
    """Say no day mostly; else yesterday, or a day up to forty days back: some are too late."""
    kind = chance.random()
    if kind < 0.6:
        return ""
    if kind < 0.75:
        return " 昨天"
    day = today - timedelta(days=chance.randrange(2, 41))
    return f" {day.month}月{day.day}日" if day >= FOUNDED.date() else ""


def record(chance: random.Random, place: Place, today: date, by: int) -> Said:
    """Return a record on behalf, or a deduction, that a member of the committee writes down."""
    is_deduction = chance.random() < 0.4
    code = chance.choice(DEDUCTED if is_deduction else RECORDED)
    item = place.rulebook.item(code)
    word = "扣分" if is_deduction else "代录"
    home = chance.randrange(1, HOMES + 1)
    words = f"{word} {place.address(home)} {chance.choice(item.aliases)}{_amount(chance, item)}"
    return Said(place.person(by), words + _when(chance, today), None)


def amounts(rulebook: Rulebook, code: str) -> Iterator[str]:
    """Yield what a reviewer may say where the rules leave the amount open."""
    item = rulebook.item(code)
    yield from (tier.name for tier in item.tiers)
    if item.low is not None:
        yield "3分"
