"""The screens of town and district: who may see them, what they show, and that they are live."""

import asyncio
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse
from sqlalchemy import event

from bot import links
from domain.code import digest
from domain.officer import Level
from domain.period import Month
from schedules.announcing import WEB
from storage.engine import open_engine
from storage.people import Contact
from storage.unit_of_work import Books, books_on
from tests.builders import a_posting
from tests.cast import HOMES, PEOPLE
from tests.web.real import SECRET, Person, RealHouse
from tests.web.towns import BEGAN, LATE, TOWN, UNFOUNDED, fill_town, seat

ROOT = Path(__file__).resolve().parents[2]
OTHER = "青山镇"
FEW = ("青龙", "白云", "清水")
STAMP = re.compile(r'data-stamp="([0-9a-f]+)"')


def officer(real: RealHouse, contact: str = "w-zhou", **changes: Any) -> str:
    """Seat an officer and return their contact."""
    real.read(lambda books: seat(books, Contact(WEB, contact), **changes))
    return contact


def towns(real: RealHouse, *names: str) -> tuple[int, ...]:
    """Fill the town, with some villages or with 36, and a town beside it."""

    def fill(books: Books) -> tuple[int, ...]:
        ids = fill_town(books, **({"names": names} if names else {}))
        fill_town(books, town=OTHER, names=["古树"])
        return ids

    found: tuple[int, ...] = real.read(fill)
    return found


async def test_a_town_is_on_one_page_with_its_lights_rates_and_charts(real: RealHouse) -> None:
    ids = towns(real)
    town = await real.person(officer(real))
    text = await town.page("/town")
    assert text.count('class="tile"') == 36
    assert "36个村,四步都正常的" in text
    late, empty = (_tile(text, ids[n]) for n in (LATE, UNFOUNDED))
    assert "6月没审定,晚78天" in late
    assert "二季度没公示,晚68天" in late
    assert ("没有花名册" in empty, "—" in empty) == (True, True)
    for words in ("每月积分", "参与率走势", "各类得分", "A 人居环境", "80%的目标", "9月16日 10:00"):
        assert words in text
    assert text.count('role="img"') == text.count("<desc") == 2
    assert OTHER not in text
    assert "古树村" not in text


def _tile(text: str, village: int) -> str:
    found = re.search(rf'<li class="tile" id="v{village}">.*?\n</ul>.*?</li>', text, re.DOTALL)
    assert found, village
    end = text.index('<li class="tile"', found.end()) if "tile" in text[found.end() :] else None
    return text[found.start() : end]


async def test_no_name_of_a_person_stands_on_any_screen(real: RealHouse) -> None:
    towns(real, *FEW)
    own = await real.person(officer(real, area="示范镇"))
    names = {name for _, _, name in HOMES} | {name for _, name, *_ in PEOPLE}
    for path in ("/town", f"/town/{real.cast.village}", "/town?wall", "/town?part"):
        text = await own.page(path)
        assert "幸福村" in text
        assert not [name for name in names if name in text]


async def test_a_village_opens_with_its_groups_months_and_quarters(real: RealHouse) -> None:
    ids = towns(real)
    town = await real.person(officer(real))
    late = await town.page(f"/town/{ids[LATE]}")
    for words in (
        "红旗村",
        "6月3日审定",
        "还没审定",
        "这个月还没过完",
        "1组",
        "一季度",
        "公示完了",
    ):
        assert words in late
    assert 'href="/town">回到白鹤镇' in late
    empty = await town.page(f"/town/{ids[UNFOUNDED]}")
    assert "还没有花名册" in empty
    assert "今年还没有公示过" in empty


async def test_an_empty_town_says_so(real: RealHouse) -> None:
    town = await real.person(officer(real, area="空镇"))
    text = await town.page("/town")
    assert "空镇还没有村在用" in text
    assert "还没有村。" in text


@pytest.mark.parametrize("path", ["/town", "/district", "/town/1", "/town?part", "/town/live"])
@pytest.mark.parametrize("who", ["zhang", "li", "chen", "nobody"])
async def test_villagers_and_committee_are_kindly_sent_elsewhere(
    real: RealHouse, who: str, path: str
) -> None:
    person = await real.person(who)
    text = await person.page(path, status=403)
    assert "这一页是镇里、区里看各村进度的" in text
    assert "幸福村" not in text


@pytest.mark.parametrize("path", ["/town", "/town/1", f"/town/of/{TOWN}"])
async def test_a_guest_is_shown_the_door(real: RealHouse, path: str) -> None:
    guest = await real.client()
    async with guest.get(path, allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (302, "/enter")
    for closed in ("/town?part", "/town/live"):
        async with guest.get(closed) as answer:
            assert answer.status == 401


@pytest.mark.parametrize(
    "path",
    [
        "/town/1",
        "/town/of/示范镇",
        "/town/live?town=示范镇",
        "/town/live?village=1",
        "/town/live?village=-1",
        "/town/live?village=٣",
        "/town/999999999",
        "/town/of/没有的镇",
        "/town/of/..%2F..%2Fetc",
        "/town/0",
        "/town/1x",
    ],
)
async def test_a_town_sees_nothing_beside_itself(real: RealHouse, path: str) -> None:
    towns(real, *FEW)
    town = await real.person(officer(real))
    text = await town.page(path, status=404)
    assert "幸福村" not in text


async def test_a_district_sees_its_towns_and_goes_down_to_a_village(real: RealHouse) -> None:
    ids = towns(real, *FEW)
    district = await real.person(officer(real, area="江北区", level=Level.DISTRICT))
    text = await district.page("/district")
    assert "3个镇,5个村" in text
    assert f"/town/of/{TOWN}" not in text
    found = re.findall(r'href="(/town/of/[^"]+)"', text)
    assert len(found) == 3
    assert "青龙村" in "".join([await district.page(path) for path in found])
    assert "回到白鹤镇" in await district.page(f"/town/{ids[0]}")


async def test_a_district_of_some_towns_sees_those_alone(real: RealHouse) -> None:
    ids = towns(real, *FEW)

    def some(books: Books) -> None:
        found = books.officers.add(Level.DISTRICT, "江北区", towns=[OTHER], name="", at=BEGAN)
        books.officers.let_in(found, "f" * 64, Contact(WEB, "w-some"), at=BEGAN)

    real.read(some)
    district = await real.person("w-some")
    text = await district.page("/town")
    assert "1个镇,1个村" in text
    assert "区干部" in text
    await district.page(f"/town/of/{TOWN}", status=404)
    await district.page(f"/town/{ids[0]}", status=404)
    assert "古树村" in await district.page(f"/town/of/{OTHER}")


async def _enter(real: RealHouse, path: str, **fields: str) -> tuple[Person, ClientResponse]:
    person = Person("", await real.client())
    await person.page("/enter")
    return person, await person.post(path, **fields)


def _code(real: RealHouse, code: str = "ABCDE-12345") -> str:
    def invite(books: Books) -> None:
        found = books.officers.add(Level.TOWN, TOWN, towns=[TOWN], name="周镇长", at=real.clock.now)
        until = real.clock.now.replace(year=2027)
        books.officers.invite(found, digest(SECRET.encode(), code), at=real.clock.now, until=until)

    real.read(invite)
    return code


async def test_a_code_opens_the_town_once(real: RealHouse) -> None:
    towns(real, *FEW)
    code = _code(real)
    town, answer = await _enter(real, "/enter/code", code=code.lower().replace("-", " "))
    assert (answer.status, answer.headers["Location"]) == (303, "/town")
    text = await town.page("/town")
    assert "周镇长 · 白鹤镇" in text
    async with town.client.get("/", allow_redirects=False) as home:
        assert home.headers["Location"] == "/town"
    other, again = await _enter(real, "/enter/code", code=code)
    assert again.status == 422
    assert "这个码不对,或者已经用过了" in await again.text()
    await other.page("/town?part", status=401)


async def test_thirty_wrong_codes_of_an_address_close_the_door_to_the_right_one(
    real: RealHouse,
) -> None:
    code = _code(real)
    for wrong in range(30):
        _, answer = await _enter(real, "/enter/code", code=f"WRNGWRNG{wrong:02d}")
        assert answer.status == 422
    _, answer = await _enter(real, "/enter/code", code=code)
    assert answer.status == 429


def _link(real: RealHouse, number: int, purpose: str = links.TOWN) -> str:
    now = real.clock.now
    return links.sign(SECRET.encode(), village=0, person=number, now=now, purpose=purpose)


async def test_a_link_of_the_talk_opens_the_town_once_and_nothing_else(real: RealHouse) -> None:
    towns(real, *FEW)
    found = real.read(lambda books: seat(books, Contact("wechat", "zhou")))
    token = _link(real, found.number)
    guest = Person("", await real.client())
    assert "打开各村情况" in await guest.page(f"/enter/town?token={token}")
    _, wrong = await _enter(real, "/enter/link", token=token)
    assert wrong.status == 422
    town, answer = await _enter(real, "/enter/town", token=token)
    assert answer.headers["Location"] == "/town"
    assert "青龙村" in await town.page("/town")
    for again in (token, _link(real, found.number, links.LOGIN), _link(real, 99), "x"):
        _, answer = await _enter(real, "/enter/town", token=again)
        assert answer.status == 422


async def _event(stream: ClientResponse) -> tuple[str, str]:
    """Return the name and the data of the next event; signs of life are passed over."""
    name = ""
    async for raw in stream.content:
        field, _, value = raw.decode().strip().partition(": ")
        if field == "event":
            name = value
        elif field.rstrip(":") == "data":
            return name, value
    return "", ""


def _post(books: Books, village: int, cause: str = "another") -> None:
    posting = a_posting(cause, effective_month=Month(2026, 9))
    books.ledger.post(village, posting, at=BEGAN)


async def test_an_open_screen_is_told_of_what_another_program_commits(
    real_on_both: RealHouse,
) -> None:
    real = real_on_both
    ids = towns(real, *FEW)
    town = await real.person(officer(real))
    before = await town.page("/town")
    url = real.house.ground.settings.database
    other = open_engine(url if isinstance(url, str) else str(url))
    async with town.client.get(f"/town/live?town={TOWN}&village=0") as stream:
        assert stream.headers["Content-Type"] == "text/event-stream"
        first = await _event(stream)
        assert first == ("change", STAMP.findall(before)[0])
        with books_on(other)() as books:
            _post(books, ids[0])
        name, stamp = await _event(stream)
    other.dispose()
    assert (name, stamp != first[1]) == ("change", True)
    after = await town.page("/town?part")
    assert "<html" not in after
    assert _earned(after) == _earned(before) + 1


def _earned(text: str) -> float:
    found = re.search(r"今年一共得了([\d.]+)分", text)
    assert found
    return float(found[1])


async def test_a_change_elsewhere_leaves_the_stamp_of_a_town_alone(real: RealHouse) -> None:
    towns(real, *FEW)
    town = await real.person(officer(real))
    before = STAMP.findall(await town.page("/town"))
    real.read(lambda books: _post(books, real.cast.village))
    assert STAMP.findall(await town.page("/town")) == before
    real.clock.advance(days=1)
    assert STAMP.findall(await town.page("/town")) != before


def _dismiss(books: Books) -> None:
    books.officers.end(1, reason="调走了", at=BEGAN)


def _leave(books: Books) -> None:
    from storage.sessions import SESSION

    books.connection.execute(SESSION.delete())


@pytest.mark.parametrize(("end", "status"), [(_dismiss, 403), (_leave, 401)])
async def test_who_may_no_longer_look_is_sent_away_at_the_next_request(
    real: RealHouse, end: Callable[[Books], None], status: int
) -> None:
    ids = towns(real, *FEW)
    town = await real.person(officer(real))
    async with town.client.get(f"/town/live?town={TOWN}") as stream:
        await _event(stream)

        def at_once(books: Books) -> None:
            end(books)
            _post(books, ids[0])

        real.read(at_once)
        assert await _event(stream) == ("gone", "")
        assert (await stream.content.read()).strip() == b""
    await town.page("/town?part", status=status)


async def test_a_stopping_server_does_not_wait_for_open_screens(real: RealHouse) -> None:
    towns(real, *FEW)
    town = await real.person(officer(real))
    stream = await town.client.get(f"/town/live?town={TOWN}")
    await _event(stream)
    await real.app.shutdown()
    assert (await stream.content.read()).strip() == b""


async def test_twenty_screens_cost_one_reading_of_the_figures(real: RealHouse) -> None:
    towns(real, *FEW)
    people = [await real.person(officer(real, f"w-{n}")) for n in range(20)]
    asked: list[str] = []
    engine = real.house.ground.engine
    event.listen(engine, "before_cursor_execute", lambda *a: asked.append(str(a[2])))
    pages = await asyncio.gather(*(person.page("/town") for person in people))
    assert len({re.sub(r'value="[0-9a-f]+"', "", page) for page in pages}) == 1
    assert sum("category_total" in sql for sql in asked) == 1
    assert not [sql for sql in asked if "FROM entry" in sql or "publication_line" in sql]


async def test_the_command_s_code_opens_the_screen_and_dismissing_closes_it(
    real: RealHouse,
) -> None:
    towns(real, *FEW)
    told = await jifen(real, "town", "invite", "--town", TOWN, "--name", "周镇长", "--json")
    found = re.search(r'"code": "([0-9A-Z-]+)"', told)
    assert found
    town, _ = await _enter(real, "/enter/code", code=found[1])
    assert "青龙村" in await town.page("/town")
    await jifen(real, "town", "dismiss", "1", "--reason", "调走了")
    await town.page("/town", status=403)


async def jifen(real: RealHouse, *arguments: str) -> str:
    """Run the operator's command as another process on the same database."""
    settings = real.house.ground.settings
    environment = {k: v for k, v in os.environ.items() if not k.startswith("JIFEN_")}
    environment |= {"JIFEN_DATA_DIR": str(settings.data_dir), "JIFEN_SECRET_KEY": SECRET}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.cli.main", *arguments),
        cwd=ROOT,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await process.communicate()
    assert process.returncode == 0
    return said.decode()
