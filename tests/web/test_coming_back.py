"""A browser that comes back is whom it was: same talk, same person, and no phone more."""

from datetime import timedelta

from domain.code import digest
from domain.membership import HouseholdId, PersonId, Role
from schedules.announcing import WEB
from storage.doors import Invitation
from storage.people import Contact
from storage.unit_of_work import Books
from tests.web.real import SECRET, Person, RealHouse
from tests.web.test_safety import CODE, guest, slip

FULL = "这一户已经绑了6部手机"
HOME = HouseholdId(6)


def a_slip(real: RealHouse) -> None:
    """Give 周小妹's household, in which nobody has a phone yet, a slip."""

    def act(books: Books) -> None:
        slip(books, real.cast.village, "ZZZZZ23456")
        found = digest(SECRET.encode(), CODE)
        books.codes.set_slip(real.cast.village, HOME, digest=found, generation=0)

    real.read(act)


def people_of(real: RealHouse, household: HouseholdId = HOME) -> list[PersonId]:
    """Return the persons of a household."""

    def act(books: Books) -> list[PersonId]:
        village = real.cast.village
        contacts = books.people.of_household(village, household)
        found = (books.people.bound(village, contact) for contact in contacts)
        return sorted({person.id for person in found if person is not None})

    return list(real.read(act))


def known_in(real: RealHouse, browser: Person) -> str:
    """Return the cookie that tells as whom a browser was logged in."""
    return browser.client.cookie_jar.filter_cookies(real.server.make_url("/"))["jifen-known"].value


async def enters(real: RealHouse, browser: Person, code: str = CODE) -> str:
    """Enter by a code and return the talk as the page asks for it."""
    await browser.page("/enter")
    answer = await browser.post("/enter/code", code=code)
    assert answer.status == 303, await answer.text()
    await real.house.assistant.idle()
    async with browser.client.get("/chat/lines") as lines:
        return str([line["text"] for line in (await lines.json())["lines"]])


async def test_entering_month_after_month_is_one_phone_of_one_person(real: RealHouse) -> None:
    a_slip(real)
    browser = await guest(real)
    first = await enters(real, browser)
    assert "同意请回“同意”" in first
    for _ in range(8):
        real.clock.advance(days=46)
        await browser.page("/me", status=200)  # the door
        assert await enters(real, browser) == first
    for _ in range(8):
        await browser.page("/chat")
        await browser.post("/leave", csrf=browser.csrf)
        assert await enters(real, browser) == first
    assert len(people_of(real)) == 1


async def test_a_new_browser_goes_on_where_one_was_left(real: RealHouse) -> None:
    a_slip(real)
    first = await enters(real, await guest(real))
    real.clock.advance(days=46)
    assert await enters(real, await guest(real)) == first
    assert len(people_of(real)) == 1


async def test_two_browsers_in_use_are_two_and_each_comes_back_as_itself(real: RealHouse) -> None:
    a_slip(real)
    one, other = await guest(real), await guest(real)
    await enters(real, one)
    await enters(real, other)
    assert len(people_of(real)) == 2
    known = [known_in(real, browser) for browser in (one, other)]
    real.clock.advance(days=46)
    for browser, was in zip((one, other), known, strict=True):
        await enters(real, browser)
        assert known_in(real, browser) == was
    assert len(people_of(real)) == 2


async def test_six_phones_in_use_are_enough_and_a_left_one_makes_room(real: RealHouse) -> None:
    a_slip(real)
    browsers = [await guest(real) for _ in range(6)]
    for browser in browsers:
        await enters(real, browser)
    seventh = await guest(real)
    answer = await seventh.post("/enter/code", code=CODE)
    assert answer.status == 422
    assert FULL in await answer.text()
    await browsers[2].page("/chat")
    assert (await browsers[2].post("/leave")).status == 303
    await enters(real, seventh)
    assert len(people_of(real)) == 6


async def test_a_session_in_use_never_runs_out(real: RealHouse) -> None:
    a_slip(real)
    browser = await guest(real)
    await enters(real, browser)
    for _ in range(5):
        real.clock.advance(days=40)
        await browser.page("/me")
        real.read(lambda books: books.sessions.forget(real.clock.now))
    assert "周小妹" in await browser.page("/me")
    real.clock.advance(days=46)
    async with browser.client.get("/me", allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (302, "/enter")


async def test_a_slip_opens_no_role_and_nobody_who_has_a_phone(real: RealHouse) -> None:
    village, now = real.cast.village, real.clock.now
    a_slip(real)

    def act(books: Books) -> None:
        for contact, role in (("clerk", Role.COMMITTEE), ("aunt", None)):
            person = books.people.add(village, name=contact, household=HOME, at=now)
            books.people.bind(village, Contact(WEB, contact), person, at=now)
            if role is not None:
                books.people.grant(village, person, role, at=now)
            else:
                books.people.bind(village, Contact("wechaty:bot", "wx"), person, at=now)

    real.read(act)
    browser = await guest(real)
    await enters(real, browser)
    text = await browser.page("/review", status=403)
    assert "这一页是给审核委员看的" in text
    assert len(people_of(real)) == 3


async def test_a_slip_of_another_household_makes_nobody_move(real: RealHouse) -> None:
    a_slip(real)
    browser = await guest(real)
    await enters(real, browser)
    await browser.page("/chat")
    await browser.post("/leave")
    await enters(real, browser, "ZZZZZ23456")
    assert "张三" in await browser.page("/me")
    assert len(people_of(real)) == 1


async def test_a_forged_name_of_a_browser_is_nobody(real: RealHouse) -> None:
    a_slip(real)
    first, thief = await guest(real), await guest(real)
    await enters(real, first)
    contact = known_in(real, first).partition(".")[0]
    thief.client.cookie_jar.update_cookies(
        {"jifen-known": f"{contact}.{'0' * 64}"}, real.server.make_url("/")
    )
    await enters(real, thief)
    assert len(people_of(real)) == 2


async def test_links_of_one_person_open_one_browser_after_the_other(real: RealHouse) -> None:
    def act(books: Books) -> int:
        return len(books.people.contacts_of(real.cast.village, real.cast.zhang))

    before = real.read(act)
    browser = await guest(real)
    for _ in range(3):
        await browser.page("/enter")
        token = real.link(real.cast.zhang)
        assert (await browser.post("/enter/link", token=token)).status == 303
    assert real.read(act) == before


async def test_a_code_for_a_role_is_somebody_new(real: RealHouse) -> None:
    village, now = real.cast.village, real.clock.now
    code = "QQQQQ23456"
    found = Invitation(
        village, digest(SECRET.encode(), code), "role", "committee", now + timedelta(days=14), None
    )
    real.read(lambda books: books.codes.invite(found, at=now))
    a_slip(real)
    browser = await guest(real)
    await enters(real, browser)
    assert "您现在是" in await enters(real, browser, code)
    [holder] = set(real.read(lambda b: b.people.holders(village, Role.COMMITTEE))) - {
        real.cast.li,
        real.cast.chen,
    }
    assert holder not in people_of(real)
