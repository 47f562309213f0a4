"""Who may decide what: members, the committee, conflicts of interest, two people."""

import pytest

from domain.authority import (
    ConflictOfInterest,
    SecondPersonNeeded,
    check_conflict,
    check_second,
    require_committee,
    require_member,
)
from domain.membership import HouseholdId, NotAllowed, NotBound, PersonId, Role
from tests.builders import a_claim, a_person


@pytest.mark.parametrize("person", [None, a_person(household=None)])
def test_who_belongs_to_no_household_is_no_member(person: object) -> None:
    with pytest.raises(NotBound):
        require_member(person)  # type: ignore[arg-type]


def test_a_member_speaks_for_their_household() -> None:
    assert require_member(a_person(household=7)) == 7


@pytest.mark.parametrize("role", list(Role))
def test_only_committee_and_chair_review(role: Role) -> None:
    person = a_person(3, role)
    if role in {Role.COMMITTEE, Role.CHAIR}:
        assert require_committee(person) is person
    else:
        with pytest.raises(NotAllowed) as refused:
            require_committee(person)
        assert refused.value.needed is Role.COMMITTEE


def test_a_stranger_reviews_nothing() -> None:
    with pytest.raises(NotAllowed):
        require_committee(None)


@pytest.mark.parametrize(
    ("reviewer", "reason"),
    [
        (a_person(3, Role.COMMITTEE, household=1), "own"),
        (
            a_person(3, Role.COMMITTEE, household=9, relatives=frozenset({HouseholdId(1)})),
            "relative",
        ),
        (a_person(1, Role.COMMITTEE, household=9), "filed"),
        (a_person(1, Role.COMMITTEE, household=None), "filed"),
    ],
)
def test_nobody_decides_for_their_own(reviewer: object, reason: str) -> None:
    with pytest.raises(ConflictOfInterest) as conflict:
        check_conflict(reviewer, a_claim(5))  # type: ignore[arg-type]
    assert (conflict.value.number, conflict.value.reason) == (5, reason)


def test_nobody_decides_what_they_brought_in_for_somebody() -> None:
    claim = a_claim(5, relayed_by=PersonId(3))
    with pytest.raises(ConflictOfInterest) as conflict:
        check_conflict(a_person(3, Role.COMMITTEE, household=9), claim)
    assert conflict.value.reason == "relayed"
    check_conflict(a_person(4, Role.COMMITTEE, household=9), claim)


def test_a_neighbour_may_decide() -> None:
    other = frozenset({HouseholdId(8)})
    check_conflict(a_person(3, Role.COMMITTEE, household=9, relatives=other), a_claim())


def test_a_second_approval_comes_from_another_person_of_another_house() -> None:
    first = a_person(3, Role.COMMITTEE, household=3)
    check_second(a_person(4, Role.CHAIR, household=4), a_claim(), earlier=(first,))
    for again in (first, a_person(5, Role.COMMITTEE, household=3)):
        with pytest.raises(SecondPersonNeeded):
            check_second(again, a_claim(), earlier=(first,))


def test_two_people_without_a_household_are_two_people() -> None:
    first = a_person(3, Role.COMMITTEE, household=None)
    check_second(a_person(4, Role.CHAIR, household=None), a_claim(), earlier=(first,))


def test_the_first_approval_needs_no_other() -> None:
    check_second(a_person(3, Role.COMMITTEE), a_claim(filed_by=PersonId(9)), earlier=())
