"""The calendar's ticks over the life of a round: everything once, by two processes, late or not."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from bot.assistant import Exits
from bot.timekeeper import Timekeeper
from domain.redemption_round import RoundState
from schedules.timetable import JobKind
from storage.jobs import JobSetting
from storage.performer import performer_on
from storage.unit_of_work import OpenBooks, books_on
from tests.builders import ACCOUNT, NOON, TODAY
from tests.cast import SHELF, settle_in
from tests.fakes import FixedClock
from tests.redemption import a_good, a_redemption, a_round, give_points

BEGAN = datetime(2026, 9, 15, 1, tzinfo=UTC)


@pytest.fixture
def village(engine: Engine) -> OpenBooks:
    opened = books_on(engine)
    with opened() as books:
        settle_in(books, now=BEGAN, has_rulebook=False)
        give_points(books, h1=60)
        round_ = a_round(
            a_good(), state=RoundState.DRAFT, opens_on=date(2026, 9, 16),
            closes_on=date(2026, 9, 28), collect_from=date(2026, 9, 29),
            collect_until=date(2026, 9, 30),
        )  # fmt: skip
        books.rounds.add(1, round_, planned_by=None, at=NOON)
    return opened


async def live(engine: Engine, *, hours: list[int]) -> None:
    """Tick at so many hours after the beginning, by two timekeepers each time."""
    performer = performer_on(engine)
    clock = FixedClock(BEGAN)
    keepers = [
        Timekeeper(performer.perform, Exits({}, lambda _: None), clock, SHELF) for _ in range(2)
    ]
    for hour in hours:
        clock.now = BEGAN + timedelta(hours=hour)
        for keeper in keepers:
            await keeper.tick()
        if clock.now.date() == date(2026, 9, 17):
            _order(engine)
    performer.close()


def _order(engine: Engine) -> None:
    from domain.redemption import payment
    from domain.redemption_round import RoundKey

    one = a_redemption()
    with books_on(engine)() as books:
        if books.redemptions.get(1, one.key) is None:
            books.ledger.post(1, payment(one, name="洗衣液2瓶", today=TODAY), at=NOON)
            books.rounds.take(1, RoundKey(2026, 1), 1, 2)
            books.redemptions.add(1, one, code_digest="d1")


def told(open_books: OpenBooks) -> list[str]:
    """Return what was queued about redemption, in order, by the first words."""
    with open_books() as books:
        letters = books.outbox.due(ACCOUNT, now=datetime(2027, 1, 1, tzinfo=UTC), limit=100)
    return [x.draft.text[:14] for x in letters if ":redemption:" in x.draft.key]


async def test_a_round_lives_from_its_first_day_to_its_last(
    engine: Engine, village: OpenBooks
) -> None:
    await live(engine, hours=list(range(0, 24 * 17, 3)))
    assert told(village) == [
        "积分兑换开始了:秋季兑换,9",
        "今年的积分兑换还没办完,10",
        "“秋季兑换”还有7天截止(9",
        "“秋季兑换”明天截止(9月2",
        "您家换的洗衣液2瓶可以领了:",
        "您家在“秋季兑换”订的洗衣液",
    ]
    with village() as books:
        assert [one.state for one in books.rounds.of_year(1, 2026)] == [RoundState.ENDED]
        assert books.audit.verify(1) == ()


async def test_after_a_long_sleep_the_round_is_over_and_nothing_stale_is_told(
    engine: Engine, village: OpenBooks
) -> None:
    await live(engine, hours=[0, 24 * 40])
    assert [text for text in told(village) if "秋季" in text] == []
    with village() as books:
        assert [one.state for one in books.rounds.of_year(1, 2026)] == [RoundState.ENDED]


async def test_a_kind_that_is_switched_off_is_not_told(engine: Engine, village: OpenBooks) -> None:
    off = {
        JobKind.REDEMPTION_OPENING, JobKind.REDEMPTION_CLOSING_WEEK,
        JobKind.REDEMPTION_CLOSING_DAY, JobKind.REDEMPTION_COLLECTING, JobKind.REDEMPTION_DUE,
    }  # fmt: skip
    with village() as books:
        for kind in off:
            books.jobs.set(1, kind, JobSetting(is_on=False))
    await live(engine, hours=list(range(0, 24 * 17, 6)))
    assert told(village) == ["您家在“秋季兑换”订的洗衣液"]
