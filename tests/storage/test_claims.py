"""Claims come back as they went in, by every way they are looked for."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy.exc import IntegrityError

from domain.claim import Claim, ClaimKey, ClaimOrigin, ClaimState
from domain.membership import HouseholdId, PersonId
from domain.period import Month
from domain.points import Points
from storage.claims import Origin
from storage.people import Contact
from storage.unit_of_work import Books, OpenBooks
from tests.builders import ACCOUNT, NOON, a_claim, a_photo, an_act
from tests.cast import VILLAGE_ROOM, ZHANG, settle_in

HERE = Origin(Contact(ACCOUNT, "zhang"), None, "m1")
KEY = ClaimKey(2026, 1)


@pytest.fixture(autouse=True)
def village(open_books: OpenBooks) -> None:
    with open_books() as books:
        settle_in(books, has_rulebook=False)


def _add(books: Books, *claims: Claim, origin: Origin = HERE) -> None:
    for claim in claims:
        books.claims.add(1, claim, origin)


def test_a_claim_comes_back_as_it_went_in(open_books: OpenBooks) -> None:
    act = an_act(
        item="B201",
        occurred_on=date(2025, 12, 30),
        place="河边",
        quantity=Decimal("2.50"),
        tier="村级",
        chosen=Points(15),
        reason="最美家庭",
    )
    claim = a_claim(
        7,
        act=act,
        state=ClaimState.APPROVED,
        origin=ClaimOrigin.RECORD,
        effective_month=Month(2025, 12),
        expected=None,
        points=Points(45),
        expires_at=NOON + timedelta(minutes=10),
        is_for_other=True,
        is_late=True,
    )
    with open_books() as books:
        _add(books, claim)
    with open_books() as books:
        assert books.claims.get(1, ClaimKey(2025, 7)) == claim
        assert books.claims.origin(1, claim.key) == HERE
        assert books.claims.get(1, ClaimKey(2026, 7)) is None


def test_photos_and_approvals_come_with_the_claim_in_their_order(open_books: OpenBooks) -> None:
    with open_books() as books:
        _add(books, a_claim())
        for at, name in enumerate("cba"):
            photo = a_photo(name)
            books.evidence.keep(1, photo, at=NOON)
            books.evidence.attach(
                1,
                KEY,
                photo.sha256,
                account=ACCOUNT,
                message_id=name,
                at=NOON + timedelta(seconds=at),
            )
        for at, person in enumerate((4, 3)):
            books.reviews.add_approval(
                1,
                KEY,
                person=PersonId(person),
                points=Points(10),
                at=NOON + timedelta(seconds=at),
            )
        claim = books.claims.get(1, KEY)
        assert claim is not None
        assert claim.photos == tuple(a_photo(n).sha256 for n in "cba")
        assert claim.approvals == (4, 3)


@pytest.mark.parametrize("state", list(ClaimState))
def test_only_undecided_claims_wait(open_books: OpenBooks, state: ClaimState) -> None:
    points = Points(10) if state is ClaimState.APPROVED else None
    waits = state in {ClaimState.SUBMITTED, ClaimState.HALF_APPROVED}
    with open_books() as books:
        _add(books, a_claim(state=state, points=points))
        assert len(books.claims.waiting(1, limit=5)) == int(waits)
        assert books.claims.count_waiting(1) == int(waits)


def test_what_waits_is_listed_oldest_first_up_to_the_limit(open_books: OpenBooks) -> None:
    last_year = a_claim(9, act=an_act(occurred_on=date(2025, 12, 31)))
    with open_books() as books:
        _add(books, a_claim(3), a_claim(1), last_year)
        numbers = [c.key.number for c in books.claims.waiting(1, limit=2)]
        assert numbers == [9, 1]
        assert books.claims.count_waiting(1) == 3
        assert [c.key.number for c in books.claims.all(1, limit=10)] == [9, 1, 3]


def test_what_waits_behind_a_number_is_listed_across_the_years(open_books: OpenBooks) -> None:
    with open_books() as books:
        last = an_act(occurred_on=date(2025, 12, 30))
        _add(books, a_claim(7, act=last), a_claim(2, act=last), a_claim(1), a_claim(2))
        after = [
            (ClaimKey(2025, 2), [(2025, 7), (2026, 1), (2026, 2)]),
            (ClaimKey(2025, 9), [(2026, 1), (2026, 2)]),
            (ClaimKey(2026, 2), []),
        ]
        for key, keys in after:
            found = books.claims.waiting(1, limit=10, after=key)
            assert [(c.key.year, c.key.number) for c in found] == keys


def test_a_saved_change_is_read_back(open_books: OpenBooks) -> None:
    with open_books() as books:
        _add(books, a_claim())
        changed = a_claim(state=ClaimState.APPROVED, points=Points(5), expected=None)
        books.claims.save(1, changed)
    with open_books() as books:
        assert books.claims.get(1, KEY) == changed


def test_saving_a_claim_that_is_not_there_is_a_broken_invariant(open_books: OpenBooks) -> None:
    with pytest.raises(AssertionError), open_books() as books:
        books.claims.save(1, a_claim(404))


@pytest.mark.parametrize(
    "wrong",
    [
        a_claim(state=ClaimState.APPROVED),
        a_claim(state=ClaimState.REJECTED, points=Points(10)),
        a_claim(household=HouseholdId(99)),
        a_claim(filed_by=PersonId(99)),
    ],
    ids=["approved without points", "points without approval", "no household", "no person"],
)
def test_the_database_refuses_what_cannot_be(open_books: OpenBooks, wrong: Claim) -> None:
    with pytest.raises(IntegrityError), open_books() as books:
        _add(books, wrong)


def test_a_number_is_given_once(open_books: OpenBooks) -> None:
    with open_books() as books:
        _add(books, a_claim())
    with pytest.raises(IntegrityError), open_books() as books:
        _add(books, a_claim())
    with open_books() as books:
        numbers = [books.villages.next_number(1, "claim", 2026) for _ in range(3)]
        assert numbers == [1, 2, 3]
        assert books.villages.next_number(1, "claim", 2025) == 1
        assert books.villages.next_number(1, "bind") == 1


def test_the_claims_of_one_message_are_found_together(open_books: OpenBooks) -> None:
    other = Origin(HERE.contact, None, "m2")
    with open_books() as books:
        _add(books, a_claim(1), a_claim(2))
        _add(books, a_claim(3), origin=other)
        found = books.claims.from_message(ACCOUNT, "m1")
        assert [(village, claim.key.number) for village, claim in found] == [(1, 1), (1, 2)]
        assert books.claims.from_message("other", "m1") == ()


def test_drafts_are_those_of_a_person_in_a_room(open_books: OpenBooks) -> None:
    draft = a_claim(state=ClaimState.DRAFT)
    in_room = Origin(HERE.contact, VILLAGE_ROOM, "m2")
    with open_books() as books:
        _add(books, draft, replace(draft, key=ClaimKey(2026, 2)), a_claim(3))
        _add(books, replace(draft, key=ClaimKey(2026, 4)), origin=in_room)
        direct = books.claims.drafts(1, HERE.contact, None)
        assert [claim.key.number for claim in direct] == [2, 1]
        in_room_drafts = books.claims.drafts(1, HERE.contact, VILLAGE_ROOM)
        assert [claim.key.number for claim in in_room_drafts] == [4]
        assert books.claims.drafts(1, Contact(ACCOUNT, "wang"), None) == ()


def test_a_draft_lapses_at_its_end_and_not_before(open_books: OpenBooks) -> None:
    draft = a_claim(state=ClaimState.DRAFT, expires_at=NOON)
    decided = a_claim(2, state=ClaimState.SUBMITTED, expires_at=NOON)
    with open_books() as books:
        _add(books, draft, decided)
        assert list(books.claims.lapsing(NOON - timedelta(seconds=1), limit=5)) == []
        assert [c.key.number for _, c in books.claims.lapsing(NOON, limit=5)] == [1]


def test_a_households_claims_are_those_of_the_year(open_books: OpenBooks) -> None:
    with open_books() as books:
        _add(
            books,
            a_claim(2),
            a_claim(1),
            a_claim(3, household=HouseholdId(2)),
            a_claim(4, act=an_act(occurred_on=date(2025, 12, 1))),
        )
        found = books.claims.of_household(1, ZHANG, year=2026)
        assert [c.key.number for c in found] == [1, 2]
        latest = books.claims.latest(1, ZHANG, limit=2)
        assert [(c.key.year, c.key.number) for c in latest] == [(2026, 2), (2026, 1)]


def test_each_adjustment_of_a_claim_has_a_number(open_books: OpenBooks) -> None:
    with open_books() as books:
        _add(books, a_claim())
        assert [books.claims.count_adjustment(1, KEY) for _ in range(3)] == [1, 2, 3]


def test_the_trail_of_a_claim_is_only_added_to(open_books: OpenBooks) -> None:
    with open_books() as books:
        _add(books, a_claim())
        assert books.reviews.decider(1, KEY) is None
        for person, why in ((1, ""), (3, "没有签到")):
            books.reviews.note(
                1, KEY, action="reject", person=PersonId(person), at=NOON, reason=why
            )
        assert books.reviews.decider(1, KEY) == (3, "没有签到")


def test_a_person_approves_a_claim_once(open_books: OpenBooks) -> None:
    with open_books() as books:
        _add(books, a_claim())
        given = [
            books.reviews.add_approval(1, KEY, person=PersonId(3), points=Points(p), at=NOON)
            for p in (10, 20)
        ]
        assert given == [True, False]
        assert books.reviews.approvals(1, KEY) == ((3, 10),)
        books.reviews.clear_approvals(1, KEY, kind="adjustment")
        assert books.reviews.approvals(1, KEY) == ((3, 10),)
        books.reviews.clear_approvals(1, KEY)
        assert books.reviews.approvals(1, KEY) == ()
