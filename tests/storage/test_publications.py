"""Publications on both databases: frozen once shown, proved by digest, and who is listed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.replies.results import word
from domain.ledger import EntryKind
from domain.membership import HouseholdId, PersonId
from domain.period import Month, Quarter
from domain.points import Points
from domain.publication import Publication, PublicationState
from schedules.correction import correct
from schedules.jobs import Errand
from schedules.publication import prepare, release
from storage.audit import Fault
from storage.publications import LINE, PUBLICATION
from storage.unit_of_work import Books, OpenBooks
from storage.villages import HOUSEHOLD
from tests.builders import a_posting
from tests.cast import SHELF, WANG, ZHANG, memory_books, settle_in
from tests.fakes import MORNING

THIRD = Quarter(2026, 3)
SEPTEMBER = Month(2026, 9)
OCTOBER = MORNING.replace(month=10, day=12)
LI, CHEN = PersonId(3), PersonId(4)


def an_errand(books: Books) -> Errand:
    village = books.villages.get(1)
    return Errand(books, village, "", OCTOBER, _say, lambda _: True, SHELF)


def _say(result: object) -> str:
    return word((result,))


def award(books: Books, cause: str, **changes: object) -> None:
    books.ledger.post(1, a_posting(cause, **changes), at=MORNING)


@contextmanager
def confirmed(open_books: OpenBooks, *, has_cast: bool = False) -> Iterator[Books]:
    """September is confirmed; 张家 has 7 points, 王家 5."""
    with open_books() as books:
        if not has_cast:
            settle_in(books)
        award(books, "objection:0:1", household=ZHANG, points=Points(70))
        award(books, "objection:0:2", household=WANG, points=Points(50))
        books.month_reviews.confirm(1, SEPTEMBER, at=OCTOBER)
        yield books


def shown(books: Books) -> Publication:
    """Two people release the quarter."""
    for person in (LI, CHEN):
        release(an_errand(books), books.people.get(1, person))
    found = books.publications.newest(1, THIRD)
    assert found is not None
    return found


def test_an_edition_comes_back_as_it_went_in(open_books: OpenBooks) -> None:
    with confirmed(open_books) as books:
        prepared, is_new = prepare(an_errand(books), THIRD)
        assert is_new
        assert books.publications.newest(1, THIRD) == prepared
        assert books.publications.current(1) is None
        assert books.publications.released(1, year=2026) == frozenset()
        out = shown(books)
    with open_books() as books:
        assert books.publications.current(1) == out
        assert books.publications.all(1) == (out,)
        assert out.snapshot == prepared.snapshot
        assert books.publications.released(1, year=2026) == {THIRD}
        assert books.publications.released(1, year=2025) == frozenset()


def test_lines_stand_in_the_order_of_places_with_masked_names(open_books: OpenBooks) -> None:
    with confirmed(open_books) as books:
        lines = shown(books).snapshot.lines
    told = [(line.quarter_place, line.name, line.quarter_points) for line in lines]
    assert told[:2] == [(1, "张*", 70), (2, "王*英", 50)]
    assert {place for place, _, _ in told[2:]} == {3}
    assert len(lines) == 7


def test_what_is_prepared_follows_the_ledger_until_it_is_shown(open_books: OpenBooks) -> None:
    with confirmed(open_books) as books:
        first, _ = prepare(an_errand(books), THIRD)
        again, is_new = prepare(an_errand(books), THIRD)
        assert (again, is_new) == (first, False)
        award(books, "objection:0:3", effective_month=Month(2026, 10))
        kept, is_new = prepare(an_errand(books), THIRD)
        assert (kept.digest, is_new) == (first.digest, False)
        award(books, "objection:0:4", household=WANG, points=Points(30))
        fresh, is_new = prepare(an_errand(books), THIRD)
        assert is_new
        assert fresh.edition == first.edition == 1
        assert fresh.snapshot.lines[0].name == "王*英"


def test_an_agreement_to_other_figures_does_not_count(open_books: OpenBooks) -> None:
    with confirmed(open_books) as books:
        release(an_errand(books), books.people.get(1, LI))
        award(books, "objection:0:4", household=WANG, points=Points(30))
        result, drafts = release(an_errand(books), books.people.get(1, CHEN))
        assert getattr(result, "is_renewed", None) is True
        assert drafts == ()
        assert books.publications.current(1) is None
        release(an_errand(books), books.people.get(1, LI))
        assert books.publications.current(1) is not None


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("name", "李*"),
        ("quarter_points", 999),
        ("year_place", 1),
        ("household", 7),
        ("group_no", 9),
    ],
)
def test_a_later_change_of_a_line_shows(open_books: OpenBooks, column: str, value: object) -> None:
    with confirmed(open_books) as books:
        shown(books)
        assert "publication" not in {fault.kind for fault in books.audit.verify(1)}
        books.connection.execute(LINE.delete().where(LINE.c.household == 7))
        books.connection.execute(LINE.update().where(LINE.c.household == 5).values({column: value}))
        assert Fault("publication", "2026-Q3 1") in books.audit.verify(1)


@pytest.mark.parametrize(
    ("column", "value", "kind"),
    [
        ("participating", 7, "publication"),
        ("basis_title", "别的文件", "publication"),
        ("chain_head", "f" * 64, "publication_head"),
    ],
)
def test_a_later_change_of_the_edition_shows(
    open_books: OpenBooks, column: str, value: object, kind: str
) -> None:
    with confirmed(open_books) as books:
        shown(books)
        books.connection.execute(PUBLICATION.update().values({column: value}))
        assert Fault(kind, "2026-Q3 1") in books.audit.verify(1)


def test_who_takes_part_and_who_is_eligible_is_as_of_the_quarter_s_end(
    open_books: OpenBooks,
) -> None:
    with confirmed(open_books) as books:
        books.connection.execute(
            HOUSEHOLD.update()
            .where(HOUSEHOLD.c.id == ZHANG)
            .values(eligible_until=date(2026, 9, 29))
        )
        books.connection.execute(
            HOUSEHOLD.update().where(HOUSEHOLD.c.id == 6).values(eligible_since=date(2026, 10, 1))
        )
        snapshot = shown(books).snapshot
    assert (snapshot.eligible, snapshot.participating) == (5, 1)
    listed = {line.household for line in snapshot.lines}
    assert ZHANG not in listed, "a household that has left takes no place from the others"
    assert 6 not in listed


class Published(RuleBasedStateMachine):
    """Whatever is posted, corrected or imported later, what was shown stays as it was."""

    def __init__(self) -> None:
        super().__init__()
        self._opened = memory_books()
        self.open_books = self._opened.__enter__()
        self.shown: dict[int, Publication] = {}
        self.count = 0
        with confirmed(self.open_books, has_cast=True) as books:
            self.shown[1] = shown(books)

    @rule(household=st.integers(1, 7), points=st.integers(-20, 200), month=st.integers(7, 12))
    def post(self, household: int, points: int, month: int) -> None:
        self.count += 1
        with self.open_books() as books:
            home = HouseholdId(household)
            bearable = books.ledger.balance(1, home, year=2026).spendable
            award(
                books,
                f"objection:1:{self.count}",
                household=home,
                points=Points(max(points, -bearable)),
                kind=EntryKind.ADJUSTMENT,
                effective_month=Month(2026, month),
            )

    @rule(household=st.integers(1, 7), head=st.sampled_from(["王五", "李桂花"]))
    def rename(self, household: int, head: str) -> None:
        with self.open_books() as books:
            books.connection.execute(
                HOUSEHOLD.update().where(HOUSEHOLD.c.id == household).values(head=head)
            )

    @precondition(lambda self: len(self.shown) < 6)
    @rule()
    def mend(self) -> None:
        with self.open_books() as books:
            before = self.shown[len(self.shown)]
            fresh, _ = correct(an_errand(books), THIRD)
            if fresh is None:
                return
            assert fresh.edition == before.edition + 1
            self.shown[before.edition] = replace(before, state=PublicationState.CORRECTED)
            self.shown[fresh.edition] = fresh

    @invariant()
    def what_was_shown_stays(self) -> None:
        with self.open_books() as books:
            assert books.publications.all(1) == tuple(self.shown[n] for n in sorted(self.shown))
            kinds = {fault.kind for fault in books.audit.verify(1)}
            assert not kinds & {"publication", "publication_head"}

    def teardown(self) -> None:
        self._opened.__exit__(None, None, None)


Published.TestCase.settings = settings(max_examples=10, stateful_step_count=12, deadline=None)
test_a_frozen_publication_never_changes = Published.TestCase
