"""Photos on their way: whatever becomes of them, nothing raw is left; hostile ones are refused."""

import io
import os
import re
import secrets
import struct
import zlib
from collections.abc import Callable
from datetime import timedelta

import aiohttp
import pytest

from domain.relay import HAND
from storage.mail import Received
from tests.pictures import jpeg
from tests.web.real import Person, RealHouse
from tests.web.relaying import by_hand

FORM = "e" * 24


def bomb() -> bytes:
    """Return a PNG of a few kilobytes that would unpack to 3.6 thousand million pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        size, check = struct.pack(">I", len(body)), struct.pack(">I", zlib.crc32(name + body))
        return size + name + body + check

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 7_501 * 2_000, 9)
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


HOSTILE: list[tuple[str, Callable[[], bytes], str]] = [
    ("bomb", bomb, "照片"),
    ("page", lambda: b"<html><script>alert(1)</script></html>", "不是照片"),
    ("drawing", lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "不是照片"),
    ("truncated", lambda: jpeg(1)[:500], "照片"),
    ("archive", lambda: b"PK\x03\x04" + b"\0" * 500, "不是照片"),
]


def left(real: RealHouse, folder: str = "uploads") -> list[str]:
    """Return the files in a folder of the house."""
    where = real.house.ground.settings.data_dir / folder
    return [path.name for path in where.rglob("*") if path.is_file()]


async def shows(real: RealHouse, who: Person, photo: bytes, *, name: str = "") -> int:
    """Send a photo on the page of the talk, wait until it is worked off, return the status."""
    csrf = re.search(r'data-csrf="([0-9a-f]+)"', await who.page("/chat"))
    assert csrf
    form = aiohttp.FormData()
    form.add_field("id", name or secrets.token_hex(8))
    form.add_field("photo", io.BytesIO(photo), filename="../../x.jpg", content_type="text/html")
    headers = {"X-CSRF-Token": csrf[1]}
    async with who.client.post("/chat/photos", data=form, headers=headers) as answer:
        assert (await answer.json()).get("sentence", "。").endswith("。")
    await real.house.assistant.idle()
    real.clock.advance(seconds=11)
    return answer.status


async def brings(person: Person, *photos: bytes, form: str = FORM, **fields: str) -> int:
    """Bring photos in on the relay page and return the status."""
    await person.page("/relay")
    sent = aiohttp.FormData()
    values = {"csrf": person.csrf, "id": form, "words": "申报 垃圾分类", "at": "", **fields}
    for name, value in values.items():
        sent.add_field(name, value)
    for photo in photos:
        sent.add_field("photo", io.BytesIO(photo), filename="a.jpg", content_type="image/jpeg")
    async with person.client.post("/relay/said", data=sent, allow_redirects=False) as answer:
        return answer.status


@pytest.mark.parametrize(("name", "make", "told"), HOSTILE, ids=[one[0] for one in HOSTILE])
async def test_a_hostile_picture_in_the_talk_is_refused_in_words(
    real: RealHouse, name: str, make: Callable[[], bytes], told: str
) -> None:
    zhang = await real.person("zhang")
    assert await shows(real, zhang, make(), name=f"hostile-{name}") == 202
    assert told in (await real.said_to("zhang"))[-1]
    assert left(real) == left(real, "photos") == []


async def test_an_oversized_picture_is_not_taken(real: RealHouse) -> None:
    zhang, li, room = await real.person("zhang"), await real.person("li"), by_hand(real)
    huge = jpeg(1) + b"\0" * (20 * 1024 * 1024)
    assert await shows(real, zhang, huge) == 413
    where = {"from": "p1", "room": f"{HAND}|{room.room}"}
    assert await brings(li, huge + b"\0" * 100_000, **where) == 413
    assert left(real) == left(real, "photos") == []


@pytest.mark.parametrize(("name", "make", "told"), HOSTILE, ids=[one[0] for one in HOSTILE])
async def test_a_hostile_picture_brought_in_is_refused_in_words(
    real: RealHouse, name: str, make: Callable[[], bytes], told: str
) -> None:
    del name
    room = by_hand(real)
    li = await real.person("li")
    where = {"from": "p1", "room": f"{HAND}|{room.room}"}
    assert await brings(li, make(), **where) == 303
    assert told in await li.page(f"/relay?said={FORM}")
    assert left(real) == left(real, "photos") == []


async def test_nothing_is_left_of_a_strangers_photo(real: RealHouse) -> None:
    await shows(real, await real.person("stranger"), jpeg(5))
    li, room = await real.person("li"), by_hand(real)
    where = {"from": "x", "room": f"{HAND}|{room.room}"}
    assert await brings(li, jpeg(6), **where) == 303
    assert left(real) == left(real, "photos") == []


@pytest.mark.parametrize("wrong", [{"from": "p9999"}, {"room": "hand|nope"}])
async def test_nothing_is_left_of_a_form_that_names_nobody(
    real: RealHouse, wrong: dict[str, str]
) -> None:
    li, room = await real.person("li"), by_hand(real)
    where = {"from": "p1", "room": f"{HAND}|{room.room}"} | wrong
    assert await brings(li, jpeg(7), **where) == 400
    assert left(real) == []


async def test_nothing_is_left_of_a_photo_that_is_sent_twice(real: RealHouse) -> None:
    zhang, li, room = await real.person("zhang"), await real.person("li"), by_hand(real)
    where = {"from": "p1", "room": f"{HAND}|{room.room}"}
    for _ in range(2):
        assert await shows(real, zhang, jpeg(8), name="the-same-one") == 202
        assert await brings(li, jpeg(9), **where) == 303
    assert left(real) == []
    assert len(left(real, "photos")) == 2


async def test_nothing_is_left_of_a_photo_that_could_not_be_worked_off(real: RealHouse) -> None:
    zhang = await real.person("zhang")
    real.read(lambda b: b.connection.exec_driver_sql("ALTER TABLE loose_photo RENAME TO gone"))
    await shows(real, zhang, jpeg(10))
    assert real.house.assistant.failures == 3
    assert left(real) == []


async def test_what_a_crash_left_is_swept_after_a_day(real: RealHouse) -> None:
    uploads, now = real.house.housekeeper.uploads, real.clock.now
    for name in ("zhang:crashed", "zhang:waiting", "zhang:fresh"):
        uploads.put(name, jpeg(11))
    waiting = Received("web", "zhang:waiting", None, "zhang", now, "", "{}")
    real.read(lambda books: books.inbox.receive(waiting, at=now))
    folder = real.house.ground.settings.data_dir / "uploads"
    for path in folder.iterdir():
        os.utime(path, (now.timestamp(), now.timestamp()))
    real.clock.advance(minutes=23 * 60)
    await real.house.housekeeper.sweep_uploads()
    assert len(left(real)) == 3
    real.clock.advance(minutes=120)
    later = (real.clock.now - timedelta(hours=1)).timestamp()
    fresh = uploads._path("zhang:fresh")  # noqa: SLF001 - its age is set
    os.utime(fresh, (later, later))
    await real.house.housekeeper.sweep_uploads()
    assert uploads.get("zhang:crashed") is None
    assert None not in {uploads.get("zhang:waiting"), uploads.get("zhang:fresh")}
