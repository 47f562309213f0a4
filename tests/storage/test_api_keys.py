"""Keys of the HTTP interface, on both databases."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from domain.api_key import Scope
from storage.api_keys import KeyTerms
from storage.unit_of_work import Books, OpenBooks
from tests.builders import NOON, TODAY

TERMS = KeyTerms({Scope.TOTALS, Scope.VILLAGES}, "示范镇", date(2026, 12, 31))


def add(books: Books, name: str = "区平台", terms: KeyTerms = TERMS) -> int:
    number = books.api_keys.next_number()
    books.api_keys.add(number, name, terms, digest="d" * 64, at=NOON)
    return number


def test_a_key_comes_back_as_it_was_granted(open_books: OpenBooks) -> None:
    with open_books() as books:
        number = add(books)
        add(books, "别的平台", KeyTerms((Scope.REPORT,)))
    with open_books() as books:
        [one, other] = books.api_keys.all()
        assert one == books.api_keys.get(number) == books.api_keys.named("区平台")
        assert one == books.api_keys.named(str(number))
    assert one.scopes == {Scope.TOTALS, Scope.VILLAGES}
    assert (one.town, one.until, one.created_at) == ("示范镇", date(2026, 12, 31), NOON)
    assert (one.digest, one.revoked_at, one.last_used_on) == ("d" * 64, None, None)
    assert (other.number, other.town, other.until) == (2, None, None)


@pytest.mark.parametrize("name", ["", "3", "没有", "9" * 30, "１"])
def test_what_names_no_key_finds_none(open_books: OpenBooks, name: str) -> None:
    with open_books() as books:
        add(books)
        assert books.api_keys.named(name) is None


def test_a_key_is_revoked_once_and_its_number_is_not_given_again(open_books: OpenBooks) -> None:
    with open_books() as books:
        number = add(books)
        books.api_keys.used(number, on=TODAY)
        assert books.api_keys.revoke(number, at=NOON)
        assert not books.api_keys.revoke(number, at=NOON)
        assert not books.api_keys.revoke(99, at=NOON)
        found = books.api_keys.get(number)
        assert found is not None
        assert (found.revoked_at, found.last_used_on) == (NOON, TODAY)
        assert books.api_keys.next_number() == number + 1


def test_two_keys_have_two_names(open_books: OpenBooks) -> None:
    with open_books() as books:
        add(books)
    with pytest.raises(IntegrityError), open_books() as books:
        add(books)
