"""Two members at once, on both databases: a month, a release and an objection are settled once."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from domain.period import Month
from storage.outbox import Draft
from tests.cast import ZHANG
from tests.journeys.calendar import CalendarStage
from tests.journeys.test_publication import EARNED, RELEASED

FOUR = ("李会计", "陈主任", "赵大伟", "王阿婆")


@pytest.fixture
def committee(calendar_on_both: CalendarStage) -> CalendarStage:
    """Four members of four households."""
    calendar_on_both.play(EARNED)
    calendar_on_both.promote("zhao")
    calendar_on_both.promote("wang")
    return calendar_on_both


def together(acts: Sequence[Callable[[], tuple[Draft, ...]]]) -> list[str]:
    """Do several things at the same instant; return everything that is said."""
    start = threading.Barrier(len(acts))

    def begin(act: Callable[[], tuple[Draft, ...]]) -> tuple[Draft, ...]:
        start.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        done = [pool.submit(begin, act) for act in acts]
        return [draft.text for one in done for draft in one.result()]


def at_once(stage: CalendarStage, words: str, people: tuple[str, ...] = FOUR) -> list[str]:
    """Let several people say the same; return every answer and notice."""
    heard = [stage.announce(who, words) for who in people]
    return together([partial(stage.work, one) for one in heard])


def test_a_month_is_closed_once(committee: CalendarStage) -> None:
    committee.set("2026-10-08T09:00")
    told = at_once(committee, "审定 9月")
    assert sum("您已同意" in text for text in told) == 1
    assert sum("审定好了" in text for text in told) == 1
    assert sum("已经审定过了" in text for text in told) == 2
    with committee.open_books() as books:
        assert Month(2026, 9) in books.ledger.confirmed_months(1, year=2026)


def test_a_publication_is_shown_once(committee: CalendarStage) -> None:
    committee.set("2026-10-08T09:00")
    at_once(committee, "审定 9月")
    told = at_once(committee, "发布公示")
    assert sum("您已同意" in text for text in told) == 1
    assert sum("已发到村民群" in text for text in told) == 1
    assert sum("依据:" in text for text in told) == 1
    assert sum("都公示过了" in text for text in told) == 2
    with committee.open_books() as books:
        assert len(books.publications.all(1)) == 1


def test_an_objection_is_answered_once(committee: CalendarStage) -> None:
    committee.play(RELEASED)
    committee.act("张三: 异议 1 少算了")
    deciding = ("陈主任", "赵大伟", "王阿婆")
    told = at_once(committee, "异议处理 1 更正 3分 半场", deciding)
    assert sum("您的意见是更正" in text for text in told) == 1
    assert sum("处理好了" in text for text in told) == 1
    assert sum("处理过了" in text for text in told) == 1
    assert sum("更正后的,以这次为准" in text for text in told) == 1
    with committee.open_books() as books:
        assert len(books.publications.all(1)) == 2
        assert books.ledger.balance(1, ZHANG, year=2026).earned == 30


def test_the_same_person_twice_at_once_counts_once(committee: CalendarStage) -> None:
    committee.set("2026-10-08T09:00")
    told = at_once(committee, "审定 9月", ("李会计", "李会计"))
    assert sum("您已同意" in text for text in told) <= 1
    with committee.open_books() as books:
        assert books.ledger.confirmed_months(1, year=2026) == frozenset()


def test_two_processes_prepare_a_quarter_once(committee: CalendarStage) -> None:
    committee.set("2026-10-08T09:00")
    at_once(committee, "审定 9月")
    told = together([committee.tick, committee.tick])
    assert sum("公示准备好了" in text for text in told) == 1
    with committee.open_books() as books:
        assert len(books.publications.all(1)) == 1
