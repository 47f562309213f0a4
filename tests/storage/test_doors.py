"""Codes open a door once, wrong tries are counted, a rulebook is in force from its day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.membership import HouseholdId
from storage.doors import Invitation, Room, StoredRulebook
from storage.unit_of_work import OpenBooks
from tests.builders import ACCOUNT, NOON, an_adoption
from tests.cast import COMMITTEE_ROOM, VILLAGE_ROOM, ZHANG, settle_in

INVITATION = Invitation(1, "d" * 64, "role", "committee", NOON + timedelta(days=7), None)
WINDOW = timedelta(minutes=30)


@pytest.fixture(autouse=True)
def village(open_books: OpenBooks) -> None:
    with open_books() as books:
        settle_in(books, has_rulebook=False)


def test_a_code_is_kept_until_it_is_used(open_books: OpenBooks) -> None:
    with open_books() as books:
        books.codes.invite(INVITATION, at=NOON)
        assert books.codes.invitation(INVITATION.digest) == INVITATION
        assert books.codes.invitation("e" * 64) is None
        assert books.codes.use(INVITATION, at=NOON)
        assert books.codes.invitation(INVITATION.digest) == replace(INVITATION, used_at=NOON)


def test_a_code_is_used_once_even_by_two_who_read_it_unused(open_books: OpenBooks) -> None:
    with open_books() as books:
        books.codes.invite(INVITATION, at=NOON)
    with open_books() as books:
        read_by_one = books.codes.invitation(INVITATION.digest)
    with open_books() as books:
        read_by_other = books.codes.invitation(INVITATION.digest)
    assert read_by_one is not None
    assert read_by_other is not None
    with open_books() as books:
        assert books.codes.use(read_by_one, at=NOON)
    with open_books() as books:
        assert not books.codes.use(read_by_other, at=NOON)


def test_a_new_slip_takes_the_place_of_the_old(open_books: OpenBooks) -> None:
    with open_books() as books:
        books.codes.set_slip(1, ZHANG, digest="a" * 64, generation=1)
        books.codes.set_slip(1, HouseholdId(2), digest="b" * 64, generation=1)
        books.codes.set_slip(1, ZHANG, digest="c" * 64, generation=2)
        assert books.codes.slip("a" * 64) is None
        assert books.codes.slip("b" * 64) == (1, 2)
        assert books.codes.slip("c" * 64) == (1, ZHANG)


def test_wrong_codes_are_counted_within_a_window(open_books: OpenBooks) -> None:
    def tries(after: timedelta) -> int:
        with open_books() as books:
            return books.codes.wrong_tries(ACCOUNT, "x", since=NOON + after - WINDOW)

    with open_books() as books:
        for minutes in (0, 1, 2):
            at = NOON + timedelta(minutes=minutes)
            books.codes.count_wrong(ACCOUNT, "x", at=at, window=WINDOW)
        assert books.codes.wrong_tries(ACCOUNT, "y", since=NOON - WINDOW) == 0
    assert tries(timedelta(minutes=3)) == 3
    assert tries(WINDOW - timedelta(seconds=1)) == 3
    assert tries(WINDOW) == 0
    with open_books() as books:
        books.codes.count_wrong(ACCOUNT, "x", at=NOON + WINDOW, window=WINDOW)
    assert tries(WINDOW) == 1


def test_a_room_serves_one_village_and_one_purpose(open_books: OpenBooks) -> None:
    with open_books() as books:
        other = books.villages.add(town="示范镇", name="邻村", at=NOON).id
        assert books.rooms.get(ACCOUNT, "unknown") is None
        books.rooms.bind(Room(other, ACCOUNT, VILLAGE_ROOM, "committee"), at=NOON)
        moved = books.rooms.get(ACCOUNT, VILLAGE_ROOM)
        assert moved == Room(other, ACCOUNT, VILLAGE_ROOM, "committee")
        assert books.rooms.of_village(1, "villagers") == ()
        [committee] = books.rooms.of_village(1, "committee")
        assert committee.room == COMMITTEE_ROOM


def test_a_room_has_life_since_it_last_spoke(open_books: OpenBooks) -> None:
    def lively(since: timedelta) -> list[str]:
        with open_books() as books:
            return [r.room for r in books.rooms.lively(ACCOUNT, since=NOON + since)]

    with open_books() as books:
        books.rooms.touch(ACCOUNT, VILLAGE_ROOM, at=NOON)
        books.rooms.touch(ACCOUNT, VILLAGE_ROOM, at=NOON + timedelta(minutes=4))
    assert lively(timedelta()) == [VILLAGE_ROOM]
    assert lively(timedelta(seconds=1)) == []
    with open_books() as books:
        books.rooms.touch(ACCOUNT, VILLAGE_ROOM, at=NOON + timedelta(minutes=6))
    assert lively(timedelta(minutes=6)) == [VILLAGE_ROOM]


def _store(open_books: OpenBooks, version: str, *, body: str = "[rulebook]") -> bool:
    with open_books() as books:
        stored = StoredRulebook(1, version, body, f"digest of {body}")
        return books.rulebooks.store(stored, at=NOON)


def test_a_stored_version_never_changes(open_books: OpenBooks) -> None:
    assert _store(open_books, "v1")
    assert _store(open_books, "v1")
    assert not _store(open_books, "v1", body="another")
    with open_books() as books:
        known = books.rulebooks.get(1, "v1")
        assert known is not None
        assert known.body == "[rulebook]"
        assert books.rulebooks.get(1, "v2") is None


def test_the_rulebook_in_force_is_the_latest_adopted_by_the_day(open_books: OpenBooks) -> None:
    _store(open_books, "v1")
    _store(open_books, "v2", body="second")
    _store(open_books, "v3", body="never adopted")
    with open_books() as books:
        for version, day in (("v2", date(2026, 7, 1)), ("v1", date(2026, 1, 1))):
            adoption = an_adoption(version=version, in_force_on=day)
            assert books.rulebooks.adopt(1, adoption, at=NOON)
        same_day = an_adoption(version="v1", in_force_on=date(2026, 7, 1))
        assert not books.rulebooks.adopt(1, same_day, at=NOON)

    def in_force(day: date) -> str | None:
        with open_books() as books:
            found = books.rulebooks.in_force(1, day)
            return found[0] if found else None

    assert in_force(date(2025, 12, 31)) is None
    assert in_force(date(2026, 1, 1)) == "v1"
    assert in_force(date(2026, 6, 30)) == "v1"
    assert in_force(date(2026, 7, 1)) == "v2"
    assert in_force(date(2030, 1, 1)) == "v2"
