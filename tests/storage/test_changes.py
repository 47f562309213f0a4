"""What changes on the roster: history is added, the past is not touched."""

from datetime import date

from domain.household_change import ChangeKind, HouseholdChange
from domain.membership import PersonId, Role
from storage.people import Contact
from storage.unit_of_work import OpenBooks
from tests.builders import ACCOUNT, NOON
from tests.cast import LI, WANG, ZHANG, settle_in


def test_a_history_comes_back_as_it_went_in(open_books: OpenBooks) -> None:
    day = date(2026, 9, 1)
    lines = (
        HouseholdChange(1, ChangeKind.HEAD, ZHANG, day, "老人过世", was="张老大", by=PersonId(3)),
        HouseholdChange(2, ChangeKind.MERGED, ZHANG, day, "结婚", other=WANG),
    )
    with open_books() as books:
        settle_in(books, has_rulebook=False)
        for line in lines:
            books.changes.note(1, line, at=NOON)
    with open_books() as books:
        assert books.changes.history(1) == books.changes.history(1, ZHANG) == lines
        assert books.changes.history(1, WANG) == lines[1:]
        assert books.changes.history(1, LI) == ()
        assert books.changes.is_merged(1, ZHANG)
        assert not books.changes.is_merged(1, WANG)


def test_phones_follow_their_people_and_relatives_are_inherited_once(
    open_books: OpenBooks,
) -> None:
    with open_books() as books:
        who = settle_in(books, has_rulebook=False)
        books.people.declare_kin(1, who.chen, ZHANG, at=NOON)
        books.people.declare_kin(1, who.li, ZHANG, at=NOON)
        books.people.declare_kin(1, who.li, WANG, at=NOON)
        assert books.changes.move_people(1, ZHANG, WANG) == 1
        for _ in range(2):
            books.changes.inherit_kin(1, ZHANG, WANG)
        assert books.people.get(1, who.chen).relatives == {ZHANG, WANG}
        assert books.people.get(1, who.li).relatives == {ZHANG, WANG}
        assert set(books.people.of_household(1, WANG)) == {
            Contact(ACCOUNT, "zhang"),
            Contact(ACCOUNT, "wang"),
        }
        assert books.people.of_household(1, ZHANG) == ()


def test_a_role_that_is_taken_back_stays_as_past(open_books: OpenBooks) -> None:
    with open_books() as books:
        who = settle_in(books, has_rulebook=False)
        assert [(o.name, o.role) for o in books.offices.held(1)] == [
            ("陈主任", Role.CHAIR),
            ("李会计", Role.COMMITTEE),
            ("陈主任", Role.COMMITTEE),
        ]
        taken = books.offices.take_back
        assert taken(1, who.li, Role.COMMITTEE, reason="调动", at=NOON)
        assert not taken(1, who.li, Role.COMMITTEE, reason="调动", at=NOON)
        assert not books.people.get(1, who.li).reviews
        [past] = books.offices.past(1)
        assert (past.person, past.role, past.reason) == (who.li, Role.COMMITTEE, "调动")
        books.people.grant(1, who.li, Role.COMMITTEE, at=NOON)
        assert books.people.get(1, who.li).reviews


def test_a_household_takes_part_up_to_the_day_before_it_left(open_books: OpenBooks) -> None:
    with open_books() as books:
        settle_in(books, has_rulebook=False)
        books.changes.end(1, ZHANG, on=date(2026, 9, 20))
        home = books.households.get(1, ZHANG)
        days = [date(2026, 9, 15), date(2026, 9, 16), date(2026, 9, 19), date(2026, 9, 20)]
        assert [home.takes_part_on(day) for day in days] == [False, True, True, False]
        eligible = [len(books.participations.homes(1, day)) for day in days]
        assert eligible == [0, 7, 7, 6]
