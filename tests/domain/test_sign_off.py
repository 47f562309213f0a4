"""Signing off: two different people, of two households, who say the same."""

import pytest

from domain.sign_off import SignedAlready, holds, signed
from tests.builders import a_person

ZHANG, HIS_SON = a_person(1, household=1), a_person(2, household=1)
LI, CLERK = a_person(3, household=3), a_person(4, household=None)


def test_one_is_not_enough_and_two_are() -> None:
    first = signed("month:2026-08", ZHANG)
    assert not holds(first)
    assert holds(signed("month:2026-08", LI, earlier=first))


@pytest.mark.parametrize("again", [ZHANG, HIS_SON], ids=["the same", "of the same house"])
def test_neither_the_same_person_nor_the_same_household_signs_twice(again: object) -> None:
    first = signed("month:2026-08", ZHANG)
    with pytest.raises(SignedAlready):
        signed("month:2026-08", again, earlier=first)  # type: ignore[arg-type]


def test_members_without_a_household_are_different_people() -> None:
    first = signed("m", CLERK)
    assert holds(signed("m", a_person(5, household=None), earlier=first))


def test_another_stance_begins_anew() -> None:
    first = signed("objection:1", ZHANG, stance="维持")
    second = signed("objection:1", LI, stance="更正", earlier=first)
    assert [one.person for one in second] == [LI.id]
    assert holds(signed("objection:1", ZHANG, stance="更正", earlier=second))
