"""The year's end by the calendar: closed once, announced once, forgotten in time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.replies.results import word
from bot.workdays import is_working
from domain.claim import Claim
from domain.honours import YEAR_AWARD
from domain.membership import HouseholdId, PersonId
from domain.period import Month, Quarter
from domain.points import Points
from domain.year_close import NothingToClose, OrdersOpen, YearNotOver, YearUnfinished
from schedules import retention, year
from schedules.jobs import Errand, NotYet
from schedules.year import YearClosing
from storage.ledger import REVIEW
from storage.unit_of_work import Books, OpenBooks
from tests.builders import NOON, a_final_publication, a_posting, a_received
from tests.cast import CHEN, LI, SHELF, WANG, ZHANG, ZHAO, settle_in
from tests.redemption import a_redemption, a_round

JANUARY = datetime(2027, 1, 20, 2, tzinfo=UTC)
NIGHT = datetime(2027, 1, 20, 15, tzinfo=UTC)  # 23:00 in the village


@pytest.fixture(autouse=True)
def a_village_with_points(open_books: OpenBooks) -> None:
    """王家 40 points, 张家 and 李家 30, all months since September confirmed."""
    with open_books() as books:
        settle_in(books)
        for number, (household, points) in enumerate(
            ((WANG, 400), (ZHANG, 300), (LI, 300)), start=1
        ):
            posting = a_posting(f"test:{number}", household=household, points=Points(points))
            books.ledger.post(1, posting, at=JANUARY - timedelta(days=100))


def confirm(books: Books, *months: int) -> None:
    for month in months or (9, 10, 11, 12):
        row = {"village": 1, "month": str(Month(2026, month)), "confirmed_at": JANUARY}
        books.connection.execute(REVIEW.insert().values(row))
    if not months:
        books.publications.add(1, a_final_publication(Quarter(2026, 4)))


def close(books: Books, *, at: datetime = JANUARY) -> YearClosing:
    village = books.villages.get(1)
    return year.close(books, village, 2026, actors=(1, 2), at=at, rules=SHELF.in_force)  # type: ignore[arg-type]


def errand(books: Books, *, now: datetime = JANUARY, period: str = "2027-01-12") -> Errand:
    def said(result: object) -> str:
        return word((result,))

    return Errand(books, books.villages.get(1), period, now, said, is_working)


def test_the_close_ends_points_honours_and_freezes(open_books: OpenBooks) -> None:
    with open_books() as books:
        confirm(books)
        made = close(books)
    with open_books() as books:
        assert made.is_new
        assert [household.id for _, household in made.honoured] == [WANG]
        assert (made.close.ended, made.close.households_ended) == (1_000, 3)
        assert (made.close.eligible, made.close.taking_part) == (7, 3)
        assert books.villages.get(1).closed_through == 2026
        assert books.ledger.caused_by(1, f"year:2026:close:{WANG}") is not None
        assert books.ledger.caused_by(1, f"year:2026:close:{CHEN}") is None
        [honour] = books.years.honours_of(1, WANG)
        assert (honour.name, honour.place, honour.points) == (YEAR_AWARD, 1, 400)


def test_closing_again_changes_nothing(open_books: OpenBooks) -> None:
    with open_books() as books:
        confirm(books)
        first = close(books)
    with open_books() as books:
        again = close(books, at=JANUARY + timedelta(days=3))
        assert not again.is_new
        assert (again.close, again.honoured) == (first.close, first.honoured)
        assert books.ledger.head(1) == first.close.head
        assert not books.years.keep_close(1, first.close)


def test_a_year_is_not_closed_before_its_time(open_books: OpenBooks) -> None:
    with open_books() as books:
        village = books.villages.get(1)
        with pytest.raises(YearNotOver):
            year.check_close(books, village, 2026, today=date(2026, 12, 31))
        with pytest.raises(NothingToClose):
            year.check_close(books, village, 2025, today=date(2026, 12, 31))
        confirm(books, 9, 11)
        with pytest.raises(YearUnfinished) as refused:
            year.check_close(books, village, 2026, today=date(2027, 1, 1))
        assert refused.value.months == (Month(2026, 10), Month(2026, 12))
        assert refused.value.numbers == ()
        assert not year.is_finished(books, 1, 2026)


def test_a_month_before_the_village_began_counts_once_something_is_in_it(
    open_books: OpenBooks,
) -> None:
    with open_books() as books:
        confirm(books)
        assert year.is_finished(books, 1, 2026)
        books.ledger.post(1, a_posting("test:9", effective_month=Month(2026, 8)), at=JANUARY)
        assert year.lacking(books, 1, 2026) == ((Month(2026, 8),), ())


def test_a_household_that_moved_away_is_not_honoured_but_its_points_end_too(
    open_books: OpenBooks,
) -> None:
    with open_books() as books:
        confirm(books)
        books.changes.end(1, WANG, on=date(2026, 12, 1))
        made = close(books)
        assert {household.id for _, household in made.honoured} == {ZHANG, LI}
        assert books.ledger.balance(1, WANG, year=2026).spendable == 0


def test_the_committee_is_told_once_that_the_year_can_be_closed(open_books: OpenBooks) -> None:
    with open_books() as books:
        with pytest.raises(NotYet):
            year.remind(errand(books))
        confirm(books)
        [draft] = year.remind(errand(books))
        assert draft.text == (
            "2026年都审定了,可以年终结算。先回“评优 2026”看年度奖名单,没有问题请两位委员回“年终结算 2026”。"
        )
        assert year.remind(errand(books)) == ()
        close(books)
        assert year.remind(errand(books)) == ()
        assert year.remind(errand(books, period="2026-01-12")) == ()


def test_the_village_is_told_once_whom_the_year_honours_by_day(open_books: OpenBooks) -> None:
    with open_books() as books:
        confirm(books)
        assert year.commend(errand(books)) == ()
        close(books)
        [draft] = year.commend(errand(books, now=NIGHT))
        assert draft.room == "village@chatroom"
        assert draft.text == (
            "2026年的积分评出来了,表扬王*英家。谢谢大家一年来为村里出力!新的一年积分从0开始,欢迎接着参加。"
        )
        [letter] = books.outbox.due("wechat", now=NIGHT + timedelta(hours=9), limit=9)
        assert letter.not_before == datetime(2027, 1, 21, 0, tzinfo=UTC)  # eight next morning
        assert year.commend(errand(books, now=NIGHT + timedelta(hours=10))) == ()
        late = JANUARY + timedelta(days=15)
        assert year.commend(errand(books, now=late)) == ()


@pytest.mark.parametrize(
    ("agrees", "is_unnamed", "said"),
    [
        (True, False, "表扬王桂英家。"),
        (False, False, "表扬王*英家。"),
        (False, True, "表扬1户不愿留名的人家。"),
    ],
)
def test_who_is_honoured_is_named_as_they_agreed(
    open_books: OpenBooks, agrees: object, is_unnamed: object, said: str
) -> None:
    with open_books() as books:
        confirm(books)
        at = JANUARY - timedelta(days=50)
        books.changes.publicity(1, WANG, "name", agrees=bool(agrees), by=1, at=at)  # type: ignore[arg-type]
        if is_unnamed:
            books.changes.make_anonymous(1, WANG, at=at)
        close(books)
        [draft] = year.commend(errand(books))
        assert said in draft.text


def test_a_year_without_points_is_closed_without_a_word_to_the_village(
    open_books: OpenBooks,
) -> None:
    with open_books() as books:
        for household in (WANG, ZHANG, LI, ZHAO):
            books.changes.end(1, HouseholdId(household), on=date(2026, 12, 1))
        confirm(books)
        assert close(books).honoured == ()
        assert year.commend(errand(books)) == ()


def test_photos_are_forgotten_a_year_after_their_year(open_books: OpenBooks) -> None:
    from tests.storage.test_retention import NEW, OLD

    def photos(books: Books, claim: Claim | None) -> int:
        assert claim is not None
        return len(claim.photos)

    with open_books() as books:
        _two_claims_with_photos(books)
        retention.forget_photos(errand(books, now=datetime(2026, 1, 2, tzinfo=UTC)))
        assert photos(books, books.claims.get(1, OLD)) == 0
        assert photos(books, books.claims.get(1, NEW)) == 1
        retention.forget_photos(errand(books, now=datetime(2027, 12, 31, tzinfo=UTC)))
        assert photos(books, books.claims.get(1, NEW)) == 1
        retention.forget_photos(errand(books, now=datetime(2028, 1, 2, tzinfo=UTC)))
        assert photos(books, books.claims.get(1, NEW)) == 0
        assert books.retention.forgotten(1, NEW) == 1


def _two_claims_with_photos(books: Books) -> None:
    from storage.claims import Origin
    from storage.people import Contact
    from tests.builders import ACCOUNT, NOON, a_claim, a_photo, an_act
    from tests.storage.test_retention import NEW, OLD

    books.evidence.keep(1, a_photo("a"), at=NOON)
    for key in (OLD, NEW):
        claim = a_claim(1, act=an_act(occurred_on=NOON.date().replace(year=key.year)))
        books.claims.add(1, claim, Origin(Contact(ACCOUNT, "zhang"), None, f"m{key.year}"))
        books.evidence.attach(1, key, a_photo("a").sha256, account=ACCOUNT, message_id="p", at=NOON)


def test_talk_is_forgotten_after_twelve_months(open_books: OpenBooks) -> None:
    from domain.mail import InboxState

    with open_books() as books:
        said_at = JANUARY - timedelta(days=366)
        books.inbox.receive(a_received("old"), at=said_at)
        books.inbox.settle(a_received("old"), state=InboxState.DONE, keeps_body=True)
        assert retention.forget_talk(errand(books)) == ()
        assert books.inbox.body("wechat", "old") is None


def test_a_year_is_not_closed_over_orders_that_wait(open_books: OpenBooks) -> None:
    with open_books() as books:
        confirm(books)
        books.rounds.add(1, a_round(), planned_by=PersonId(4), at=NOON)
        books.redemptions.add(1, a_redemption(), code_digest="d1")
        with pytest.raises(OrdersOpen) as refused:
            year.check_close(books, books.villages.get(1), 2026, today=date(2027, 1, 5))
        assert refused.value.count == 1
