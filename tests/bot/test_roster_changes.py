"""The roster changes: history is added, points are moved by entries, nothing of the past is edited."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import roster_changes
from bot.roster_changes import Decision
from domain.claim import ClaimState
from domain.household import Address
from domain.household_change import (
    ChangeKind,
    ChangeReasonMissing,
    ClaimsWaiting,
    DayOutOfReach,
    HeadMissing,
    HouseholdGone,
    HouseholdItself,
    HouseholdTaken,
    OrdersWaiting,
)
from domain.ledger import EntryKind
from domain.membership import HouseholdId
from domain.period import Month
from domain.points import Points
from domain.redemption import RedemptionState
from domain.refusal import Refusal
from storage.claims import Origin
from storage.people import Contact
from storage.unit_of_work import Books, OpenBooks
from storage.villages import Household, Village
from tests.builders import ACCOUNT, NOON, a_claim, a_posting
from tests.cast import WANG, ZHANG, memory_books, settle_in
from tests.redemption import a_good, a_redemption, a_round

TODAY = date(2026, 9, 16)
DECISION = Decision(TODAY, "结婚", NOON)
Change = Callable[[Books, Village, Household, Household], object]


def home(books: Books, household: HouseholdId) -> Household:
    return books.households.get(1, household)


def merge(books: Books, *, old: HouseholdId = ZHANG, into: HouseholdId = WANG) -> None:
    roster_changes.merge(
        books, books.villages.get(1), home(books, old), home(books, into), DECISION
    )


def give(books: Books, household: HouseholdId, points: int, cause: str) -> None:
    kind = EntryKind.AWARD if points >= 0 else EntryKind.REDEMPTION
    posting = a_posting(cause, household=household, kind=kind, points=Points(points))
    books.ledger.post(1, posting, at=NOON)


def test_a_merger_moves_people_and_what_can_be_spent_and_leaves_the_past(
    open_books: OpenBooks,
) -> None:
    with open_books() as books:
        who = settle_in(books)
        give(books, ZHANG, 50, "test:1")
        give(books, ZHANG, -20, "test:2")
        give(books, WANG, 10, "test:3")
        books.codes.set_slip(1, ZHANG, digest="d", generation=1)
        merge(books)
    with open_books() as books:
        old, new = (books.ledger.balance(1, h, year=2026) for h in (ZHANG, WANG))
        assert (old.earned, old.spendable) == (50, 0)
        assert (new.earned, new.spendable) == (10, 40)
        out = books.ledger.caused_by(1, "household:1:merge:2026:out")
        assert out is not None
        assert (out.posting.kind, out.posting.points) == (EntryKind.TRANSFER, -30)
        assert books.people.get(1, who.zhang).household == WANG
        assert books.codes.slip("d") is None
        assert home(books, ZHANG).eligible_until == TODAY
        [line] = books.changes.history(1)
        assert (line.kind, line.household, line.other) == (ChangeKind.MERGED, ZHANG, WANG)
        assert {f.kind for f in books.audit.verify(1)} == set()


@given(st.lists(st.tuples(st.sampled_from([1, 2, 3]), st.integers(0, 60)), max_size=8), st.data())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_merging_and_splitting_conserve_points(
    awards: list[tuple[int, int]], data: st.DataObject
) -> None:
    with memory_books() as open_books, open_books() as books:
        for number, (household, points) in enumerate(awards):
            give(books, HouseholdId(household), points, f"test:{number}")
        before = books.ledger.balances(1, year=2026)
        village = books.villages.get(1)
        if data.draw(st.booleans()):
            roster_changes.split(
                books,
                village,
                home(books, HouseholdId(1)),
                Address(3, "12-1"),
                "张小三",
                members=[],
                decision=DECISION,
            )
        merge(books, old=HouseholdId(1), into=HouseholdId(2))
        merge(books, old=HouseholdId(2), into=HouseholdId(3))
        after = books.ledger.balances(1, year=2026)
        for name in ("earned", "spendable"):
            sums = [sum(getattr(b, name) for b in found.values()) for found in (before, after)]
            assert sums[0] == sums[1]
        assert {h: b.earned for h, b in before.items() if b.earned} == {
            h: b.earned for h, b in after.items() if b.earned
        }
        assert all(after[h].spendable == 0 for h in after if h in {1, 2})


def test_a_split_makes_a_household_of_its_own_and_the_points_stay(open_books: OpenBooks) -> None:
    with open_books() as books:
        who = settle_in(books)
        give(books, ZHANG, 50, "test:1")
        books.people.declare_kin(1, who.li, ZHANG, at=NOON)
        son = books.people.add(1, name="张小三", household=ZHANG, at=NOON)
        line = roster_changes.split(
            books,
            books.villages.get(1),
            home(books, ZHANG),
            Address(3, "12-1"),
            "张小三",
            members=[son],
            decision=DECISION,
        )
        assert line.other is not None
        new = home(books, line.other)
        assert (new.group_no, new.house_no, new.head) == (3, "12-1", "张小三")
        assert new.eligible_since == TODAY
        assert books.people.get(1, son).household == new.id
        assert books.people.get(1, who.zhang).household == ZHANG
        assert books.ledger.balance(1, ZHANG, year=2026).spendable == 50
        assert books.ledger.balance(1, new.id, year=2026).spendable == 0
        assert new.id in books.people.get(1, who.li).relatives


def test_a_household_is_admitted_by_the_assembly_and_may_come_back_as_itself(
    open_books: OpenBooks,
) -> None:
    with open_books() as books:
        settle_in(books)
        village = books.villages.get(1)
        meeting = Decision(TODAY, "2026年第二次村民代表会议", NOON)
        line = roster_changes.admit(books, village, Address(7, "1"), "钱一", meeting)
        assert home(books, line.household).takes_part_on(TODAY)
        assert line.reason == meeting.reason
        roster_changes.leave(books, village, home(books, ZHANG), DECISION)
        again = roster_changes.admit(books, village, Address(3, "12"), "张三", meeting)
        assert again.household == ZHANG
        assert home(books, ZHANG).eligible_until is None
        assert [one.kind for one in books.changes.history(1, ZHANG)] == ["left", "admitted"]


def leave(books: Books, v: Village, a: Household, _b: Household) -> object:
    return roster_changes.leave(books, v, a, DECISION)


def join(books: Books, v: Village, a: Household, b: Household) -> object:
    return roster_changes.merge(books, v, a, b, DECISION)


def enter(head: str, address: Address, decision: Decision = DECISION) -> Change:
    return lambda books, v, _a, _b: roster_changes.admit(books, v, address, head, decision)


@pytest.mark.parametrize(
    ("before", "change", "refusal"),
    [
        (None, lambda b, v, a, _: roster_changes.merge(b, v, a, a, DECISION), HouseholdItself),
        (join, join, HouseholdGone),
        (join, lambda b, v, a, c: roster_changes.merge(b, v, c, a, DECISION), HouseholdGone),
        (join, enter("张三", Address(3, "12")), HouseholdGone),
        (leave, leave, HouseholdGone),
        (leave, enter("钱一", Address(3, "12")), HouseholdTaken),
        (None, enter("张三", Address(3, "12")), HouseholdTaken),
        (None, enter(" ", Address(7, "1")), HeadMissing),
        (None, enter("钱一", Address(7, "1"), Decision(TODAY, " ", NOON)), ChangeReasonMissing),
        (
            None,
            enter("钱一", Address(7, "1"), Decision(date(2026, 9, 17), "会", NOON)),
            DayOutOfReach,
        ),
        (
            None,
            lambda b, v, a, _: roster_changes.leave(
                b, v, a, Decision(date(2026, 9, 15), "搬走", NOON)
            ),
            DayOutOfReach,
        ),
        (
            lambda b, _v, _a, _c: b.villages.close_year(1, 2026),
            lambda b, _v, a, _: roster_changes.leave(b, b.villages.get(1), a, DECISION),
            DayOutOfReach,
        ),
        (
            None,
            lambda b, v, a, _: roster_changes.new_head(b, v, a, " ", DECISION),
            HeadMissing,
        ),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    open_books: OpenBooks, before: Change | None, change: Change, refusal: type[Refusal]
) -> None:
    with open_books() as books:
        settle_in(books)
        both = (home(books, ZHANG), home(books, WANG))
        if before:
            before(books, books.villages.get(1), *both)
        history = books.changes.history(1)
        both = (home(books, ZHANG), home(books, WANG))
        with pytest.raises(refusal), books.attempt():
            change(books, books.villages.get(1), *both)
        assert books.changes.history(1) == history


def test_undecided_claims_are_decided_before_a_merger(open_books: OpenBooks) -> None:
    with open_books() as books:
        settle_in(books)
        origin = Origin(Contact(ACCOUNT, "zhang"), None, "m1")
        books.claims.add(1, a_claim(1), origin)
        books.claims.add(1, a_claim(2, state=ClaimState.REJECTED), origin)
        with pytest.raises(ClaimsWaiting) as refused:
            merge(books)
        assert refused.value.count == 1


@pytest.mark.parametrize("change", [join, leave])
def test_what_was_ordered_is_collected_or_cancelled_before_a_household_goes(
    open_books: OpenBooks, change: Change
) -> None:
    with open_books() as books:
        settle_in(books)
        books.rounds.add(1, a_round(a_good()), planned_by=None, at=NOON)
        one = a_redemption()
        books.redemptions.add(1, one, code_digest="d1")
        village, both = books.villages.get(1), (home(books, ZHANG), home(books, WANG))
        with pytest.raises(OrdersWaiting) as refused, books.attempt():
            change(books, village, *both)
        assert refused.value.count == 1
        books.redemptions.save(1, replace(one, state=RedemptionState.CANCELLED), at=NOON)
        change(books, village, *both)


def test_points_of_a_year_that_is_not_closed_move_too(open_books: OpenBooks) -> None:
    with open_books() as books:
        settle_in(books)
        posting = a_posting("test:1", effective_month=Month(2025, 11), points=Points(30))
        books.ledger.post(1, posting, at=NOON)
        decision = Decision(date(2026, 9, 16), "结婚", datetime(2026, 9, 16, tzinfo=UTC))
        roster_changes.merge(
            books, books.villages.get(1), home(books, ZHANG), home(books, WANG), decision
        )
        assert books.ledger.balance(1, WANG, year=2025).spendable == 30
        moved = books.ledger.caused_by(1, "household:1:merge:2025:in")
        assert moved is not None
        assert moved.posting.effective_month == Month(2025, 12)
