"""The town's report over the books: lights from what is there, figures, never a name."""

from dataclasses import asdict
from datetime import date, timedelta

from domain.ledger import EntryKind
from domain.period import Month
from domain.points import Points
from domain.redemption import RedemptionState
from domain.redemption_round import RoundState
from domain.town import Light, Why
from schedules.town import BookSteps, town_report
from storage.ledger import REVIEW
from storage.unit_of_work import OpenBooks
from tests.builders import NOON, a_posting
from tests.cast import HOMES, settle_in
from tests.redemption import a_good, a_redemption, a_round

DAY = date(2026, 10, 12)


def test_each_village_has_its_lights_and_figures(open_books: OpenBooks) -> None:
    with open_books() as books:
        settle_in(books)
        books.villages.add(town="示范镇", name="清水村", at=NOON)
        books.villages.add(town="邻镇", name="邻村", at=NOON)
        books.villages.add(town="示范镇", name="样板村", at=NOON, is_sample=True)
        books.ledger.post(1, a_posting(), at=NOON)
        spent = a_posting("redemption:1", kind=EntryKind.REDEMPTION, points=Points(-4))
        books.ledger.post(1, spent, at=NOON)
        round_ = a_round(a_good(), state=RoundState.ENDED)
        books.rounds.add(1, round_, planned_by=None, at=NOON)
        given = a_redemption(state=RedemptionState.HANDED_OVER)
        books.redemptions.add(1, given, code_digest="d1")
        row = {"village": 1, "month": str(Month(2026, 9)), "confirmed_at": NOON}
        books.connection.execute(REVIEW.insert().values(row))
        lines = town_report(BookSteps(books, DAY), DAY, town="示范镇")
        everywhere = town_report(BookSteps(books, DAY), DAY)
    assert [line.figures.village for line in lines] == ["幸福村", "清水村"]
    assert len(everywhere) == 3
    one, other = lines
    assert (one.registering.light, one.reviewing.light) == (Light.GREEN, Light.GREEN)
    assert (one.publishing.why, one.publishing.days_late) == (Why.QUARTER_UNPUBLISHED, 2)
    assert (one.redeeming.light, one.figures.redeemed_on) == (Light.GREEN, date(2026, 9, 26))
    assert (one.figures.register.every.taking_part, one.figures.register.redeemed) == (1, 4)
    assert other.registering.why is Why.NO_ROSTER
    assert (other.reviewing.light, other.reviewing.why) == (Light.GREY, Why.NO_RULEBOOK)
    assert other.redeeming.why is Why.NOT_REDEEMED


def test_no_name_of_a_person_stands_anywhere(open_books: OpenBooks) -> None:
    with open_books() as books:
        settle_in(books)
        told = str([asdict(line) for line in town_report(BookSteps(books, DAY), DAY)])
    assert not [head for _, _, head in HOMES if head in told]


def test_what_the_year_s_close_ended_is_not_redeemed(open_books: OpenBooks) -> None:
    from storage.ledger_closing import post_closing
    from storage.years import YearClose

    with open_books() as books:
        settle_in(books)
        books.ledger.post(1, a_posting(), at=NOON)
        posting = a_posting(
            "year:2026:close:1",
            kind=EntryKind.YEAR_CLOSE,
            points=Points(-10),
            effective_month=Month(2026, 12),
        )
        post_closing(books.connection, 1, [posting], month=Month(2026, 12), at=NOON)
        later = NOON + timedelta(days=120)
        close = YearClose(2026, 7, 1, Points(10), Points(0), Points(10), 1, (), later, (2, "h"))
        books.years.keep_close(1, close)
        [line] = town_report(BookSteps(books, DAY), date(2026, 12, 31))
    assert line.figures.register.redeemed == 0
    assert line.figures.redeemed_on is None
