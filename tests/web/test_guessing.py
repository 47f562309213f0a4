"""Ten thousand guesses of a slip's code, at the real check: none hits, and the code still works."""

import asyncio

from bot.web.ports import Knock
from domain.code import ALPHABET
from domain.membership import CodeTriesExceeded
from tests.web.real import RealHouse
from tests.web.test_safety import CODE, guest, slip

ADDRESSES, EACH = 250, 40
ALLOWED = 30
AT_ONCE = 200


def guesses(count: int) -> list[str]:
    """Return codes that each differ from the right one in a few letters at the end."""
    found = []
    for number in range(count):
        tail = "".join(ALPHABET[(number >> (5 * place)) & 31] for place in range(3))
        found.append(f"{CODE[:7]}{tail}")
    return [code for code in found if code != CODE]


async def test_ten_thousand_guesses_from_many_addresses_open_nothing(real: RealHouse) -> None:
    real.read(lambda books: slip(books, real.cast.village, CODE))
    reception = real.house.site.reception
    tried = {"wrong": 0, "limited": 0}

    async def guess(number: int, code: str) -> None:
        address, browser = f"10.1.0.{number % ADDRESSES}", f"browser {number}"
        try:
            assert await reception.enter_by_code(code, knock=Knock(address, browser)) is None
        except CodeTriesExceeded:
            tried["limited"] += 1
        else:
            tried["wrong"] += 1

    numbered = list(enumerate(guesses(ADDRESSES * EACH)))
    for start in range(0, len(numbered), AT_ONCE):
        some = numbered[start : start + AT_ONCE]
        await asyncio.gather(*(guess(number, code) for number, code in some))
    assert sum(tried.values()) >= 9_999
    assert tried["wrong"] <= ADDRESSES * ALLOWED
    assert tried["limited"] >= ADDRESSES * (EACH - ALLOWED) - 1
    assert real.read(lambda books: books.sessions.signed_in(["zhang"], now=real.clock.now)) == set()
    owner = await guest(real)
    assert (await owner.post("/enter/code", code=CODE)).status == 303


async def test_a_browser_that_changes_its_address_is_stopped_all_the_same(real: RealHouse) -> None:
    reception = real.house.site.reception
    tried = {"wrong": 0, "limited": 0}
    for number, code in enumerate(guesses(1_000)):
        try:
            knock = Knock(f"10.{number % 200}.0.1", "the same browser")
            assert await reception.enter_by_code(code, knock=knock) is None
            tried["wrong"] += 1
        except CodeTriesExceeded:
            tried["limited"] += 1
    assert tried["wrong"] == 5
