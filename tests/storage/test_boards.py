"""What the notice board reads, on both databases: editions, groups, lines by the page."""

from datetime import timedelta

from domain.membership import PersonId
from domain.period import village_day
from domain.points import Points
from domain.publication import PublicationState
from schedules.correction import correct
from schedules.publication import prepare
from storage.unit_of_work import Books, OpenBooks
from tests.cast import WANG, ZHANG, settle_in
from tests.fakes import MORNING
from tests.storage.test_publications import OCTOBER, THIRD, an_errand, award, confirmed, shown

PERSON = PersonId(1)


def names(books: Books) -> list[str]:
    """Return the names of the latest edition in the order of its lines."""
    edition = books.boards.editions(1)[0]
    return [line.name for line in books.boards.lines(1, edition, limit=99)]


def test_nothing_hangs_before_two_people_release_it(open_books: OpenBooks) -> None:
    with confirmed(open_books) as books:
        prepare(an_errand(books), THIRD)
        assert books.boards.editions(1) == ()
        shown(books)
        [one] = books.boards.editions(1)
        assert (one.quarter, one.number, one.state) == (THIRD, 1, PublicationState.RELEASED)
        assert (one.eligible, one.participating) == (7, 2)
        assert one.objections_until == village_day(OCTOBER) + timedelta(days=7)
        assert books.boards.editions(2) == ()


def test_an_edition_says_what_the_publication_says(open_books: OpenBooks) -> None:
    with confirmed(open_books) as books:
        publication = shown(books)
        [one] = books.boards.editions(1)
        told = publication.snapshot
        assert (one.adopted, one.basis) == (told.adopted, told.basis)
        assert (one.rulebook_version, one.chain_head) == (told.rulebook_version, told.chain_head)
        assert one.released_at == publication.released_at
        assert books.boards.lines(1, one, limit=99) == told.lines


def test_a_corrected_edition_stands_before_the_one_it_follows(open_books: OpenBooks) -> None:
    with confirmed(open_books) as books:
        shown(books)
        award(books, "objection:1:adjust", household=WANG, points=Points(100))
        correct(an_errand(books), THIRD)
        second, first = books.boards.editions(1)
        assert (second.number, first.number) == (2, 1)
        assert first.state is PublicationState.CORRECTED
        assert second.takes_objections(second.objections_until)
        assert not second.takes_objections(second.objections_until + timedelta(days=1))
        assert not first.takes_objections(village_day(OCTOBER))
        assert books.boards.lines(1, first, limit=1)[0].household == ZHANG
        assert books.boards.lines(1, second, limit=1)[0].household == WANG


def test_lines_come_by_group_and_by_the_page(open_books: OpenBooks) -> None:
    with confirmed(open_books) as books:
        shown(books)
        [one] = books.boards.editions(1)
        assert books.boards.groups(1, one) == ((1, 1), (2, 1), (3, 2), (4, 2), (5, 1))
        third = books.boards.lines(1, one, group=3, limit=9)
        assert [line.household for line in third] == [ZHANG, WANG]
        whole = books.boards.lines(1, one, limit=99)
        pages = [books.boards.lines(1, one, after=n, limit=3) for n in (0, 3, 6)]
        assert [line for page in pages for line in page] == list(whole)
        assert books.boards.lines(1, one, after=9, limit=3) == ()


def test_a_name_in_full_is_hidden_again_when_consent_is_taken_back(open_books: OpenBooks) -> None:
    with confirmed(open_books) as books:
        shown(books)
        books.connection.exec_driver_sql(
            "UPDATE publication_line SET name = '张三' WHERE household = 1"
        )
        assert names(books)[0] == "张*"
        agreed = {"by": PERSON, "at": MORNING}
        books.changes.publicity(1, ZHANG, "name", agrees=True, **agreed)
        assert names(books)[0] == "张三"
        books.changes.publicity(1, ZHANG, "name", agrees=False, **agreed)
        assert names(books)[0] == "张*"
        assert names(books)[1] == "王*英"


def test_who_asks_not_to_be_named_is_named_in_no_edition(open_books: OpenBooks) -> None:
    with confirmed(open_books) as books:
        shown(books)
        books.changes.make_anonymous(1, WANG, at=MORNING)
        assert names(books)[:2] == ["张*", ""]


def test_a_village_reads_its_own_lines_alone(open_books: OpenBooks) -> None:
    with confirmed(open_books) as books:
        shown(books)
        other = books.villages.add(town="示范镇", name="邻村", at=MORNING).id
        [one] = books.boards.editions(1)
        assert books.boards.lines(other, one, limit=9) == ()
        assert books.boards.groups(other, one) == ()


def test_settled_in_without_a_publication_there_is_none(open_books: OpenBooks) -> None:
    with open_books() as books:
        settle_in(books)
        assert books.boards.editions(1) == ()
