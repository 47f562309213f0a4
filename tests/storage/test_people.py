"""Who is bound to whom: one binding for a contact in a village, ended and never deleted."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from domain.membership import HouseholdId, PersonId, Role
from storage.people import BINDING, BindRequest, Contact
from storage.unit_of_work import OpenBooks
from tests.builders import ACCOUNT, NOON
from tests.cast import WANG, ZHANG, Cast, settle_in

NEW = Contact(ACCOUNT, "new-phone")
LATER = NOON + timedelta(minutes=1)


@pytest.fixture
def cast(open_books: OpenBooks) -> Cast:
    with open_books() as books:
        return settle_in(books, has_rulebook=False)


def test_a_bound_contact_is_the_person_with_roles_and_relatives(
    open_books: OpenBooks, cast: Cast
) -> None:
    with open_books() as books:
        books.people.declare_kin(1, cast.chen, ZHANG, at=NOON)
        books.people.declare_kin(1, cast.chen, ZHANG, at=NOON)
        books.people.grant(1, cast.chen, Role.CHAIR, at=LATER)
        chen = books.people.bound(1, Contact(ACCOUNT, "chen"))
        assert chen is not None
        assert (chen.name, chen.household, chen.has_consented) == ("陈主任", 4, True)
        assert chen.roles == {Role.COMMITTEE, Role.CHAIR}
        assert chen.relatives == {ZHANG}
        assert books.people.get(1, cast.chen) == chen
        assert books.people.find(1, 404) is None


def test_a_stranger_is_nobody(open_books: OpenBooks, cast: Cast) -> None:
    with open_books() as books:
        assert books.people.bound(1, NEW) is None
        assert books.people.bound(1, Contact("other-account", "zhang")) is None
        assert books.people.villages_of(NEW) == ()


def test_binding_again_ends_the_binding_before(open_books: OpenBooks, cast: Cast) -> None:
    with open_books() as books:
        books.people.bind(1, NEW, cast.zhang, at=NOON)
        books.people.bind(1, NEW, cast.wang, at=LATER)
        bound = books.people.bound(1, NEW)
        assert bound is not None
        assert bound.id == cast.wang
        assert NEW not in books.people.contacts_of(1, cast.zhang)
        kept = select(func.count()).where(BINDING.c.contact == NEW.id)
        assert books.connection.execute(kept).scalar_one() == 2


def test_the_database_holds_one_binding_for_a_contact_in_a_village(
    open_books: OpenBooks, cast: Cast
) -> None:
    values = {"village": 1, "account": ACCOUNT, "contact": "zhang", "person": cast.wang}
    with pytest.raises(IntegrityError), open_books() as books:
        books.connection.execute(BINDING.insert().values(**values, since=LATER))


def test_one_contact_may_be_bound_in_two_villages(open_books: OpenBooks, cast: Cast) -> None:
    with open_books() as books:
        other = books.villages.add(town="示范镇", name="邻村", at=NOON).id
        person = books.people.add(other, name="张三", household=None, at=NOON)
        books.people.bind(other, Contact(ACCOUNT, "zhang"), person, at=LATER)
        assert books.people.villages_of(Contact(ACCOUNT, "zhang")) == (other, 1)


def test_who_leaves_is_bound_no_longer_and_may_come_back(open_books: OpenBooks, cast: Cast) -> None:
    zhang = Contact(ACCOUNT, "zhang")
    with open_books() as books:
        assert books.people.unbind(1, zhang, at=LATER)
        assert not books.people.unbind(1, zhang, at=LATER)
        assert books.people.bound(1, zhang) is None
        assert books.people.contacts_of(1, cast.zhang) == ()
        books.people.bind(1, zhang, cast.zhang, at=LATER)
        assert books.people.contacts_of(1, cast.zhang) == (zhang,)


def test_a_household_has_several_phones_the_latest_first(open_books: OpenBooks, cast: Cast) -> None:
    with open_books() as books:
        son = books.people.add(1, name="小张", household=ZHANG, at=NOON)
        books.people.bind(1, NEW, son, at=NOON)
        phones = books.people.of_household(1, ZHANG)
        assert phones == (NEW, Contact(ACCOUNT, "zhang"))


def test_a_person_who_moves_takes_the_phone_along(open_books: OpenBooks, cast: Cast) -> None:
    with open_books() as books:
        books.people.move(1, cast.zhang, WANG)
        books.people.rename(1, cast.zhang, "张老三")
        books.people.consent(1, cast.zhang, at=None)
        moved = books.people.get(1, cast.zhang)
        assert (moved.household, moved.name, moved.has_consented) == (WANG, "张老三", False)
        assert Contact(ACCOUNT, "zhang") in books.people.of_household(1, WANG)


def test_holders_are_those_with_any_of_the_roles_each_once(
    open_books: OpenBooks, cast: Cast
) -> None:
    with open_books() as books:
        found = books.people.holders(1, Role.COMMITTEE, Role.CHAIR)
        assert found == (cast.li, cast.chen)
        assert books.people.holders(1, Role.SUPERVISOR) == ()


def test_requests_wait_until_one_is_settled(open_books: OpenBooks, cast: Cast) -> None:
    asked = [BindRequest(n, NEW, "张三", None, HouseholdId(n), "waiting") for n in (1, 2)]
    with open_books() as books:
        for request in asked:
            books.people.ask(1, request, at=NOON)
        assert books.people.requests(1) == tuple(asked)
        books.people.settle(1, 1, state="confirmed", by=PersonId(3))
        assert [r.number for r in books.people.requests(1)] == [2]
        settled = books.people.request(1, 1)
        assert settled is not None
        assert settled.state == "confirmed"
        assert books.people.request(1, 9) is None
