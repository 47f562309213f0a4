"""Sums over households, on both databases, against the entries added up one by one."""

from sqlalchemy import text

from domain.disclosure import Cell
from domain.ledger import EntryKind
from domain.period import Month, parse_month
from domain.points import Points
from storage.figures import Figures
from storage.unit_of_work import Books, OpenBooks
from tests.builders import NOON, a_posting
from tests.cast import settle_in
from tests.web.figures import Sums, counted, fill, sums


def cell_of(sums_of: Sums, *part: str) -> Cell:
    households, points = counted(sums_of[part])
    return Cell(households, Points(points))


def filled(books: Books) -> tuple[Sums, Sums]:
    """Fill the village, another one beside it, and add up the entries of the first."""
    settle_in(books)
    fill(books, 1, at=NOON)
    other = books.villages.add(town="示范镇", name="清水村", at=NOON).id
    homes = [{"group_no": 1, "house_no": str(n), "head": f"钱{n}"} for n in range(1, 8)]
    books.households.save(other, homes, since=NOON.date())
    fill(books, other, at=NOON)
    return sums(books.ledger.walk(1))


def test_years_months_and_categories_are_the_sums_of_the_entries(open_books: OpenBooks) -> None:
    with open_books() as books:
        earned, spent = filled(books)
        figures = books.figures
        assert figures.earned(1, 2026) == cell_of(earned)
        assert figures.spent(1, 2026) == cell_of(spent) == Cell(3, Points(60))
        for kind, found in (
            (earned, figures.earned_by_month(1, 2026)),
            (spent, figures.spent_by_month(1, 2026)),
        ):
            months = {
                parse_month(part[0]) for part in kind if len(part) == 1 and any(kind[part].values())
            }
            assert found == {month: cell_of(kind, str(month)) for month in months}
        by_category = figures.by_category(1, Month(2026, 1), Month(2026, 12))
        assert by_category == {
            month: {
                letter: cell_of(earned, str(month), letter)
                for _, letter in [p for p in earned if len(p) == 2 and p[0] == str(month)]
            }
            for month in found_months(earned)
        }
        assert set(by_category[Month(2026, 3)]) == {"A", "B", "C", "D"}
        assert set(by_category[Month(2026, 9)]) == {"A", ""}


def found_months(earned: Sums) -> set[Month]:
    return {parse_month(part[0]) for part in earned if part}


def test_the_sums_of_months_and_categories_are_that_of_the_year(open_books: OpenBooks) -> None:
    with open_books() as books:
        filled(books)
        figures = books.figures
        year = figures.earned(1, 2026).points
        by_category = figures.by_category(1, Month(2026, 1), Month(2026, 12))
        assert year == sum(c.points for c in figures.earned_by_month(1, 2026).values())
        assert year == sum(c.points for cells in by_category.values() for c in cells.values())


def test_another_year_and_an_unknown_village_have_nothing(open_books: OpenBooks) -> None:
    with open_books() as books:
        filled(books)
        for village, year in ((1, 2025), (99, 2026)):
            assert books.figures.earned(village, year) == Cell()
            assert books.figures.spent(village, year) == Cell()
            assert books.figures.earned_by_month(village, year) == {}
            assert books.figures.spent_by_month(village, year) == {}
            assert books.figures.by_category(village, Month(year, 1), Month(year, 12)) == {}


def test_the_entries_of_a_year_are_found_by_their_month(open_books: OpenBooks) -> None:
    """The cost does not grow with the ledger of other years and villages."""
    with open_books() as books:
        filled(books)
        if books.connection.dialect.name != "sqlite":
            books.connection.execute(text("SET enable_seqscan = off"))
        words = "EXPLAIN QUERY PLAN" if books.connection.dialect.name == "sqlite" else "EXPLAIN"
        query = (
            "SELECT sum(points) FROM entry WHERE village = 1"
            " AND effective_month BETWEEN '2026-01' AND '2026-12' AND kind = 'award'"
        )
        plan = " ".join(str(row) for row in books.connection.execute(text(f"{words} {query}")))
        assert "ix_entry_month" in plan


def test_a_year_s_close_is_not_spent(open_books: OpenBooks) -> None:
    with open_books() as books:
        settle_in(books)
        award = a_posting("claim:2026:1:award", effective_month=Month(2026, 12))
        books.ledger.post(1, award, at=NOON)
        close = a_posting(
            "year:2026:close:1",
            effective_month=Month(2026, 12),
            kind=EntryKind.YEAR_CLOSE,
            points=Points(-10),
            item="",
        )
        books.ledger.post(1, close, at=NOON)
        figures = Figures(books.connection)
        assert figures.earned(1, 2026) == Cell(1, Points(10))
        assert figures.spent(1, 2026) == Cell()
