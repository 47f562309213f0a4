"""The year played: day after day in three villages at once."""

import asyncio
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from tests.fakes import FixedClock
from tests.gateway.process import NpmGateway
from tests.journeys.yearly.ground import FOUNDED, YEAR, introduce, opened, places
from tests.journeys.yearly.life import Journal, Life
from tests.journeys.yearly.talk import Talk

LATE: Final = (2, 5, 16)
"""How many days each village takes to look at a month that is over."""
ROUNDS: Final = ((3, 20), (8, 25), (12, 1))
ACTS: Final = 1_500
LAST: Final = date(YEAR + 1, 3, 20)


def days(since: date, until: date) -> Iterator[date]:
    """Yield every day, the last one as well."""
    while since <= until:
        yield since
        since += timedelta(days=1)


async def play(data: Path, seed: int) -> tuple[Journal, Talk]:
    """Play the year and the weeks behind it; return what no export tells, and what was said."""
    chance = random.Random(seed)
    journal = Journal()
    with NpmGateway() as gateway:
        for place in places():
            introduce(gateway, place)
        clock = FixedClock(FOUNDED.astimezone(FixedClock().now.tzinfo))
        async with opened(gateway, data, clock) as house:
            assert house.gateway is not None
            while not house.gateway.is_up:  # noqa: ASYNC110 - once, at the start
                await asyncio.sleep(0.02)
            talk = Talk(gateway, house, clock)
            lives = [
                Life(place, talk, chance, journal, late)
                for place, late in zip(places(), LATE, strict=True)
            ]
            for today in days(FOUNDED.date() + timedelta(days=1), LAST):
                await _live(today, lives, talk, chance)
                if all(life.is_closed for life in lives):
                    await _live(today + timedelta(days=1), lives, talk, chance)
                    break
    return journal, talk


async def _live(today: date, lives: list[Life], talk: Talk, chance: random.Random) -> None:
    """One day: the calendar, claims of all villages at one moment, then each committee."""
    heard = await talk.turn(today)
    lives[0].journal.count("notices", len(heard))
    await _file(today, lives, talk, chance)
    for life in lives:
        await life.after_filing(today)
        if chance.random() < 0.4:
            await life.review()
        if chance.random() < 0.12:
            await life.readjust()
        await life.close_month(today)
        await life.publish(today)
        if chance.random() < 0.5:
            await life.object_(today)
        if chance.random() < 0.3:
            await life.answer_objections()
        await _special(today, life)
        if today.year > YEAR:
            await life.close_year()


async def _special(today: date, life: Life) -> None:
    """What happens on some days only."""
    on = (today.month, today.day)
    if on in ROUNDS:
        await life.open_round(today)
    if any(0 <= (today - date(YEAR, *first)).days <= 14 for first in ROUNDS):
        await life.order()
    if on == (11, 10):
        await life.cross_a_line()
    if on == (12, 28):
        await life.honour()
    if on in {(3, 31), (6, 30), (9, 30), (12, 31)}:
        await life.tell_balances()


async def _file(today: date, lives: list[Life], talk: Talk, chance: random.Random) -> None:
    """Let claims of all villages come at the same moments, a message of each at a time."""
    busy = chance.choice((0, 1, 1, 2, 3))
    filings = [one for life in lives for one in life.filings(today, busy)]
    while filings:
        heard = await talk.all([one.messages[0] for one in filings])
        for life in lives[:1]:
            life.journal.count("too late", sum("不能自己报了" in one.text for one in heard))
            life.journal.count("over a cap", sum("已经满了" in one.text for one in heard))
            life.journal.count("too near", sum("两次要隔" in one.text for one in heard))
        filings = [type(one)(one.messages[1:]) for one in filings if len(one.messages) > 1]
