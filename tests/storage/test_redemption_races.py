"""Races: fifty households at once for the last five pieces, on both databases."""

import asyncio
from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from bot.chat import Chat, Incoming, digest_of
from bot.commands.case import Tools
from bot.gateways.message import Message, MessageKind
from bot.understanding.plain import PlainReader
from domain.membership import HouseholdId, PersonId
from domain.points import Points
from domain.redemption import RedemptionState
from domain.redemption_round import RoundKey
from storage.mail import Received
from storage.outbox import Draft
from storage.people import Contact
from storage.performer import Performer, performer_on
from storage.unit_of_work import Books, OpenBooks
from tests.builders import ACCOUNT, NOON, TODAY, a_posting
from tests.cast import SECRET, SHELF, settle_in
from tests.redemption import a_good, a_round

HOUSEHOLDS = 50
KEY = RoundKey(2026, 1)


@pytest.fixture
def crowd(engine: Engine, open_books: OpenBooks) -> Iterator[Performer]:
    """Fifty households with 100 points each; five bottles, five sacks for all, two a household."""
    with open_books() as books:
        settle_in(books, has_rulebook=False)
        rows = [
            {"group_no": 9, "house_no": str(n), "head": f"户{n}"} for n in range(1, HOUSEHOLDS + 1)
        ]
        books.households.save(1, rows, since=TODAY)
        for home in [h for h in books.households.all(1) if h.group_no == 9]:
            person = books.people.add(1, name=home.head, household=home.id, at=NOON)
            books.people.bind(1, Contact(ACCOUNT, home.head), person, at=NOON)
            posting = a_posting(f"test:{home.id}", household=home.id, points=Points(1_000))
            books.ledger.post(1, posting, at=NOON)
        goods = (a_good(stock=5), a_good(2, name="大米", unit="袋", stock=5, limit=1))
        books.rounds.add(1, a_round(*goods), planned_by=PersonId(4), at=NOON)
    opened = performer_on(engine)
    yield opened
    opened.close()


class Hall:
    """Says words in the name of many at once, through the chat and the real performer."""

    def __init__(self, performer: Performer) -> None:
        self._chat = Chat(Tools(SECRET, SHELF, "https://points.example"), PlainReader())
        self._performer = performer
        self._number = 0

    async def say(self, said: list[tuple[str, str]]) -> list[str]:
        """Return the answers, in the order of what was said."""
        answers = await asyncio.gather(
            *(self._performer.perform(self._act(who, words)) for who, words in said)
        )
        return [drafts[0].text for drafts in answers]

    def _act(self, who: str, words: str) -> "object":
        self._number += 1
        message = Message(
            ACCOUNT, f"r{self._number}", MessageKind.TEXT, who, who, None, NOON, text=words
        )
        received = Received(
            ACCOUNT, message.id, None, who, message.sent_at, digest_of(message), "{}"
        )
        incoming = Incoming(message, received, NOON)

        def act(books: Books) -> tuple[Draft, ...]:
            books.inbox.announce(ACCOUNT, message.id, at=NOON)
            return self._chat.text(books, incoming)

        return act


def heads() -> list[str]:
    return [f"户{n}" for n in range(1, HOUSEHOLDS + 1)]


def taken(books: Books, good: int) -> int:
    round_ = books.rounds.get(1, KEY)
    assert round_ is not None
    return round_.good(good).taken


async def test_fifty_households_for_the_last_five_pieces(
    crowd: Performer, open_books: OpenBooks
) -> None:
    answers = await Hall(crowd).say([(who, "兑换 大米") for who in heads()])
    got = [text for text in answers if "换好了" in text]
    assert len(got) == 5
    assert all(text.startswith("大米已经换完了") for text in answers if text not in got)
    with open_books() as books:
        found = books.redemptions.of_round(1, KEY, limit=100)
        assert len(found) == len({one.household for one in found}) == taken(books, 2) == 5
        assert [one.key.number for one in found] == [1, 2, 3, 4, 5]
        for one in found:
            balance = books.ledger.balance(1, one.household, year=2026)
            assert balance.spendable == 800
        assert books.audit.verify(1) == ()


async def test_two_phones_of_one_household_share_its_limit_and_its_points(
    crowd: Performer, open_books: OpenBooks
) -> None:
    home = HouseholdId(8)
    with open_books() as books:
        for n in range(8):
            person = books.people.add(1, name=f"机{n}", household=home, at=NOON)
            books.people.bind(1, Contact(ACCOUNT, f"机{n}"), person, at=NOON)
    answers = await Hall(crowd).say([(f"机{n}", "兑换 洗衣液") for n in range(8)])
    assert sum("换好了" in text for text in answers) == 2
    assert sum("每户最多换2瓶" in text for text in answers) == 6
    with open_books() as books:
        assert taken(books, 1) == 2
        assert books.ledger.balance(1, home, year=2026).spendable == 600
        assert books.audit.verify(1) == ()


async def test_points_are_spent_once_by_many_orders_at_once(
    crowd: Performer, open_books: OpenBooks
) -> None:
    with open_books() as books:
        low = a_posting("test:low", household=HouseholdId(8), points=Points(-750))
        books.ledger.post(1, low, at=NOON)
    words = ["兑换 大米", "兑换 洗衣液", "兑换 洗衣液 1", "兑换 大米 1"]
    answers = await Hall(crowd).say([("户1", text) for text in words])
    assert sum("换好了" in text for text in answers) == 1
    with open_books() as books:
        assert books.ledger.balance(1, HouseholdId(8), year=2026).spendable == 50
        assert books.audit.verify(1) == ()


async def test_ordering_cancelling_and_handing_over_at_once_leave_the_stock_right(
    crowd: Performer, open_books: OpenBooks
) -> None:
    counter = Hall(crowd)
    first = await counter.say([(who, "兑换 洗衣液") for who in heads()[:10]])
    codes = [text.partition("领取码 ")[2][:7] for text in first if "换好了" in text]
    assert len(codes) == 5
    with open_books() as books:
        mine = {
            one.household: one.key.number for one in books.redemptions.of_round(1, KEY, limit=9)
        }
        names = {h.id: h.head for h in books.households.all(1)}
    said = [(names[home], f"取消兑换 {number}") for home, number in mine.items()]
    said += [("li", f"核销 {code}") for code in codes]
    said += [("chen", f"核销 {code}") for code in codes]
    said += [(who, "兑换 洗衣液") for who in heads()[10:30]]
    await counter.say(said)
    with open_books() as books:
        found = books.redemptions.of_round(1, KEY, limit=200)
        states = Counter(one.state for one in found)
        held = states[RedemptionState.RESERVED] + states[RedemptionState.HANDED_OVER]
        assert held == taken(books, 1) <= 5
        assert states[RedemptionState.CANCELLED] + states[RedemptionState.HANDED_OVER] == 5
        assert books.audit.verify(1) == ()
