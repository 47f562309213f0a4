"""The bottom line: which acts bar from honours, for a year, and the way back."""

import pytest

from domain.authority import ConflictOfInterest
from domain.bottom_line import bars, check_lift
from domain.claim import Claim, ClaimKey, ClaimOrigin, ClaimState
from domain.membership import HouseholdId, Role
from domain.points import Points
from tests.builders import a_claim, a_person, an_act


def deduction(number: int, household: int = 5, item: str = "E303") -> Claim:
    return a_claim(
        number,
        act=an_act(item=item),
        household=HouseholdId(household),
        state=ClaimState.APPROVED,
        origin=ClaimOrigin.DEDUCTION,
        points=Points(-200),
    )


def has_veto(claim: Claim) -> bool:
    return claim.act.item == "E303"


def test_an_act_whose_item_bears_a_veto_bars_and_others_do_not() -> None:
    found = bars([deduction(9), deduction(2), deduction(3, 1, "E301")], has_veto=has_veto)
    assert {h: [c.key.number for c in claims] for h, claims in found.items()} == {5: [2, 9]}


def test_a_lifted_veto_bars_no_longer_but_another_one_still_does() -> None:
    lifted = {ClaimKey(2026, 9)}
    found = bars([deduction(9), deduction(2)], has_veto=has_veto, lifted=lifted)
    assert [c.key.number for c in found[HouseholdId(5)]] == [2]
    assert bars([deduction(9)], has_veto=has_veto, lifted=lifted) == {}


@pytest.mark.parametrize(("own", "relatives", "reason"), [(5, (), "own"), (3, (5,), "relative")])
def test_nobody_lifts_a_veto_from_their_own_house(
    own: int, relatives: tuple[int, ...], reason: str
) -> None:
    kin = frozenset(HouseholdId(h) for h in relatives)
    person = a_person(3, Role.COMMITTEE, household=own, relatives=kin)
    with pytest.raises(ConflictOfInterest) as refused:
        check_lift(person, deduction(9))
    assert refused.value.reason == reason


def test_another_household_s_member_may() -> None:
    check_lift(a_person(3, Role.COMMITTEE, household=3), deduction(9))
