"""How much one browser may do in a minute: more is refused kindly, and nothing of it is kept."""

from datetime import UTC, datetime, timedelta

import aiohttp

from bot.web.pace import KNOWN_MAX, Pace
from domain.relay import HAND
from tests.pictures import jpeg
from tests.web.fakes import FakeHouse
from tests.web.real import Person, RealHouse
from tests.web.relaying import by_hand
from tests.web.test_uploads import brings, left, shows
from tests.web.visit import Visit

NOON = datetime(2026, 9, 16, 4, tzinfo=UTC)
KIND = "一下子太多了,请歇一会儿再试。"


async def says(who: Person, number: int) -> aiohttp.ClientResponse:
    """Say something in the talk."""
    body = {"id": f"words-{number:08}", "text": "帮助"}
    headers = {"X-CSRF-Token": who.csrf}
    return await who.client.post("/chat/messages", json=body, headers=headers)


async def at_the_talk(real: RealHouse, contact: str) -> Person:
    """Open the talk of somebody."""
    who = await real.person(contact)
    text = await who.page("/chat")
    who.csrf = text.partition('data-csrf="')[2].partition('"')[0]
    return who


def test_what_may_be_asked_fills_up_evenly() -> None:
    pace = Pace(6)
    assert [pace.take("a", now=NOON) for _ in range(8)] == [0] * 6 + [10, 10]
    assert pace.take("b", now=NOON) == 0
    assert pace.take("a", now=NOON + timedelta(seconds=9)) == 1
    assert pace.take("a", now=NOON + timedelta(seconds=10)) == 0
    assert [pace.take("a", now=NOON + timedelta(hours=1)) for _ in range(7)] == [0] * 6 + [10]
    assert pace.take("a", now=NOON) == 10  # a clock that is put back gives nothing


def test_who_has_asked_nothing_for_long_is_forgotten() -> None:
    pace = Pace(2)
    for number in range(KNOWN_MAX):
        pace.take(number, now=NOON)
    later = NOON + timedelta(seconds=30)
    pace.take("new", now=later)
    assert len(pace._left) == 1  # noqa: SLF001 - what it holds is the point


async def test_a_flood_of_words_is_stopped_for_its_sender_alone(real: RealHouse) -> None:
    zhang, wang = await at_the_talk(real, "zhang"), await at_the_talk(real, "wang")
    statuses = [(await says(zhang, number)).status for number in range(70)]
    assert statuses == [202] * 60 + [429] * 10
    answer = await says(zhang, 99)
    assert (await answer.json())["sentence"] == KIND
    assert (await says(wang, 1)).status == 202
    real.clock.advance(seconds=2)
    assert (await says(zhang, 100)).status == 202


async def test_a_flood_of_photos_is_stopped_before_it_is_read(real: RealHouse) -> None:
    zhang = await real.person("zhang")
    photo = jpeg(1, kilobytes=2)
    csrf = (await at_the_talk(real, "zhang")).csrf
    assert csrf
    statuses = []
    for number in range(33):
        real.clock.now -= timedelta(seconds=11)  # which ``shows`` lets pass
        statuses.append(await shows(real, zhang, photo, name=f"photo-{number:08}"))
    assert statuses == [202] * 30 + [429] * 3
    assert left(real) == []


async def test_a_photo_of_somebody_bound_nowhere_is_not_stored(real: RealHouse) -> None:
    assert await shows(real, await real.person("stranger"), jpeg(2)) == 422
    assert left(real) == left(real, "photos") == []


async def test_a_flood_brought_in_is_stopped(real: RealHouse) -> None:
    li, room = await real.person("li"), by_hand(real)
    where = {"from": "p1", "room": f"{HAND}|{room.room}", "words": "进度"}
    statuses = [await brings(li, form=f"{number:024}", **where) for number in range(32)]
    assert statuses == [303] * 30 + [429] * 2


async def test_files_are_printed_at_a_pace(real: RealHouse) -> None:
    li = await real.person("li")
    statuses = []
    for _ in range(22):
        async with li.client.get("/report/2026/rulebook.xlsx") as answer:
            statuses.append(answer.status)
    assert statuses == [200] * 20 + [429] * 2
    assert KIND in await li.page("/report/2026/rulebook.xlsx", status=429)


async def test_personas_are_played_at_a_pace(house: FakeHouse, visit: Visit) -> None:
    del house
    for _ in range(60):
        await visit.page("/enter")
        assert (await visit.form("/enter/play", persona="zhang")).status == 303
    await visit.page("/enter")
    answer = await visit.form("/enter/play", persona="zhang")
    assert answer.status == 429
    assert KIND in await answer.text()
