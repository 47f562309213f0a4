"""Officers of town and district, and what lets them in, on both databases."""

from datetime import timedelta

from domain.officer import Level, Officer
from storage.people import Contact
from storage.unit_of_work import Books, OpenBooks
from tests.builders import NOON

CODE, LATER = "c" * 64, NOON + timedelta(days=14)
PHONE, SCREEN = Contact("web", "w1"), Contact("wechat", "zhou")


def invited(books: Books, *, level: Level = Level.TOWN) -> Officer:
    towns = ("白鹤镇",) if level is Level.TOWN else ()
    officer = books.officers.add(level, "白鹤镇", towns=towns, name="周镇长", at=NOON)
    books.officers.invite(officer, CODE, at=NOON, until=LATER)
    return officer


def test_a_code_lets_one_contact_in_once(open_books: OpenBooks) -> None:
    with open_books() as books:
        officer = invited(books)
        assert books.officers.of(PHONE) is None
        assert books.officers.use("d" * 64, PHONE, at=NOON) is None
        assert books.officers.use(CODE, PHONE, at=NOON) == officer
        assert books.officers.use(CODE, SCREEN, at=NOON) is None
        assert books.officers.of(PHONE) == officer
        assert books.officers.of(SCREEN) is None


def test_a_code_that_is_out_of_date_opens_nothing(open_books: OpenBooks) -> None:
    with open_books() as books:
        invited(books)
        assert books.officers.use(CODE, PHONE, at=LATER) is None
        assert books.officers.of(PHONE) is None


def test_whoever_ended_is_an_officer_nowhere_and_no_code_of_theirs_opens(
    open_books: OpenBooks,
) -> None:
    with open_books() as books:
        officer = invited(books)
        books.officers.use(CODE, PHONE, at=NOON)
        books.officers.invite(officer, "e" * 64, at=NOON, until=LATER)
        books.officers.end(officer.number, reason="调走了", at=NOON)
        assert books.officers.of(PHONE) is None
        assert books.officers.get(officer.number) is None
        assert books.officers.use("e" * 64, SCREEN, at=NOON) is None
        [seat] = books.officers.all()
        assert (seat.ended_at, seat.reason) == (NOON, "调走了")


def test_an_officer_has_several_screens_and_a_link_opens_one_more(open_books: OpenBooks) -> None:
    with open_books() as books:
        officer = invited(books, level=Level.DISTRICT)
        books.officers.use(CODE, PHONE, at=NOON)
        books.officers.let_in(officer, "f" * 64, SCREEN, at=NOON)
        assert books.officers.of(SCREEN) == officer == books.officers.of(PHONE)
        assert [seat.phones for seat in books.officers.all()] == [2]
        assert books.officers.use("f" * 64, Contact("web", "w9"), at=NOON) is None


def test_the_latest_pass_of_a_contact_counts(open_books: OpenBooks) -> None:
    with open_books() as books:
        invited(books)
        books.officers.use(CODE, PHONE, at=NOON)
        other = books.officers.add(Level.TOWN, "青山镇", towns=["青山镇"], name="", at=NOON)
        books.officers.let_in(other, "a" * 64, PHONE, at=NOON + timedelta(days=1))
        assert books.officers.of(PHONE) == other
