"""What a household has used up, and what an act brings on top of it."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.claim import UNDECIDED, CapReached, Claim, ClaimState, CooldownRunning
from domain.period import Month, month_of
from domain.points import Points
from domain.quote import Quote, check_cooldown, check_room, quote
from domain.rulebook import Band, Caps, Item, Kind, Tier
from domain.usage import GRANTED, PENDING, days, earlier, held, used
from tests.builders import a_claim, a_rulebook, an_act, an_item

SEPTEMBER = Month(2026, 9)
APPROVED = {"state": ClaimState.APPROVED}


def _approved(
    number: int, points: int, *, day: date = date(2026, 9, 1), code: str = "A101"
) -> Claim:
    act = an_act(item=code, occurred_on=day)
    return a_claim(number, act=act, state=ClaimState.APPROVED, points=Points(points))


def _quote(item: Item, *claims: Claim, amount: int | None = None, **act: object) -> Quote:
    rulebook = a_rulebook(item, category_year_caps={"A": Points(100)})
    return quote(
        an_act(item=item.code, **act),
        item=item,
        rulebook=rulebook,
        claims=claims,
        month=SEPTEMBER,
        states=GRANTED,
        amount=None if amount is None else Points(amount),
    )


def test_a_claim_holds_its_award_or_else_what_is_expected() -> None:
    assert held(a_claim(expected=Points(10))) == 10
    assert held(a_claim(expected=Points(10), points=Points(4))) == 4
    assert held(a_claim(expected=None)) == 0


@pytest.mark.parametrize("state", list(ClaimState))
def test_what_is_withdrawn_rejected_or_lapsed_uses_up_nothing(state: ClaimState) -> None:
    claim = a_claim(state=state)
    item = an_item()
    pending = used([claim], item, month=SEPTEMBER, states=PENDING).month
    granted = used([claim], item, month=SEPTEMBER, states=GRANTED).month
    assert pending == (10 if state in {ClaimState.APPROVED, *UNDECIDED} else 0)
    assert granted == (10 if state is ClaimState.APPROVED else 0)


def test_month_quarter_year_and_category_are_counted_apart() -> None:
    claims = [
        _approved(1, 1, day=date(2026, 9, 2)),
        _approved(2, 2, day=date(2026, 7, 2)),
        _approved(3, 4, day=date(2026, 1, 2)),
        _approved(4, 8, day=date(2026, 9, 2), code="A103"),
        _approved(5, 16, day=date(2026, 9, 2), code="B103"),
        _approved(6, -32, day=date(2026, 9, 2), code="A192"),
        _approved(7, 64, day=date(2025, 9, 2)),
    ]
    spent = used(claims, an_item(), month=SEPTEMBER, states=GRANTED)
    assert (spent.month, spent.quarter, spent.year) == (1, 3, 7)
    assert spent.category_year == 15


def test_hours_and_occurrences_of_the_year_count_and_honours_by_name() -> None:
    hours = an_item("D201", kind=Kind.HOUR, bands=(Band(None, Points(10)),), unit="小时")
    act = an_act(item="D201", quantity=Decimal("2.5"))
    claims = [a_claim(n, act=act, state=ClaimState.APPROVED, points=Points(25)) for n in (1, 2)]
    before = earlier(claims, hours, year=2026, states=GRANTED)
    assert (before.occurrences, before.hours) == (2, 5)

    tiers = (Tier("村级", Points(50), ("村",)), Tier("镇级", Points(100)))
    honour = an_item("B201", kind=Kind.TIER, tiers=tiers)
    named = an_act(item="B201", tier="村", reason="最美家庭")
    won = [a_claim(1, act=named, state=ClaimState.APPROVED, points=Points(50))]
    assert earlier(won, honour, year=2026, states=GRANTED, honour="最美家庭").honoured == 50
    assert earlier(won, honour, year=2026, states=GRANTED, honour="文明家庭").honoured == 0
    assert earlier(won, honour, year=2026, states=GRANTED).honoured == 0


def test_days_are_those_of_the_same_item() -> None:
    claims = [_approved(1, 1), _approved(2, 1, code="A103"), a_claim(3)]
    assert days(claims, an_item(), states=GRANTED) == (date(2026, 9, 1),)


def test_a_quote_says_what_is_left_under_the_cap() -> None:
    found = _quote(an_item(), _approved(1, 20))
    assert found.left is not None
    assert (found.points, found.left.points, found.left.bound) == (10, 10, "month")


def test_an_award_beyond_the_cap_is_cut_to_what_is_left() -> None:
    found = _quote(an_item(points=Points(30)), _approved(1, 20))
    assert found.cut is not None
    assert (found.points, found.cut.cut_from, found.cut.bound) == (20, 30, "month")
    assert found.left is not None
    assert found.left.points == 0


def test_the_category_cap_cuts_as_well() -> None:
    found = _quote(an_item(caps=Caps()), _approved(1, 95, code="A103"))
    assert found.cut is not None
    assert (found.points, found.cut.bound) == (5, "category")


def test_what_the_committee_chooses_has_no_points_yet() -> None:
    item = an_item(kind=Kind.RANGE, points=None, low=Points(10), high=Points(100), caps=Caps())
    assert _quote(item).points is None
    assert _quote(item, amount=70).points == 70


def test_a_claim_that_could_bring_nothing_is_refused() -> None:
    with pytest.raises(CapReached) as reached:
        check_room(_quote(an_item(), _approved(1, 40)), an_item())
    assert (reached.value.bound, reached.value.cap) == ("month", 40)
    check_room(_quote(an_item(), _approved(1, 39)), an_item())
    check_room(_quote(an_item(caps=Caps())), an_item(caps=Caps()))


def test_an_open_amount_is_refused_too_when_the_cap_is_full() -> None:
    item = an_item(kind=Kind.RANGE, points=None, low=Points(10), high=Points(40))
    with pytest.raises(CapReached):
        check_room(_quote(item, _approved(1, 40)), item)


def test_a_full_cap_never_refuses_a_deduction() -> None:
    item = an_item("A192", points=Points(-50), caps=Caps(month=Points(-50)))
    check_room(_quote(item, _approved(1, -50, code="A192")), item)


@pytest.mark.parametrize(("day", "next_on"), [(7, 8), (2, 8), (8, None), (25, None)])
def test_two_acts_lie_the_cooldown_apart(day: int, next_on: int | None) -> None:
    item = an_item(cooldown_days=7)
    act = an_act(occurred_on=date(2026, 9, day))
    claims = [_approved(1, 10)]
    if next_on is None:
        check_cooldown(act, item=item, claims=claims, states=GRANTED)
        return
    with pytest.raises(CooldownRunning) as running:
        check_cooldown(act, item=item, claims=claims, states=GRANTED)
    assert running.value.next_on == date(2026, 9, next_on)


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(7, 9)), max_size=12))
def test_the_caps_hold_whatever_is_approved_in_which_order(acts: list[tuple[int, int]]) -> None:
    item = an_item(
        kind=Kind.RANGE,
        points=None,
        low=Points(1),
        high=Points(40),
        caps=Caps(Points(40), Points(70), Points(90)),
    )
    rulebook = a_rulebook(item, category_year_caps={"A": Points(80)})
    granted: list[Claim] = []
    for number, (points, month) in enumerate(acts, start=1):
        act = an_act(occurred_on=date(2026, month, 1))
        found = quote(
            act,
            item=item,
            rulebook=rulebook,
            claims=granted,
            month=month_of(act.occurred_on),
            states=GRANTED,
            amount=Points(points),
        )
        granted.append(_approved(number, found.points or 0, day=act.occurred_on))
    total = sum(held(c) for c in granted)
    assert total == min(80, 70, sum(_month(granted, m) for m in (7, 8, 9)))
    assert all(_month(granted, m) <= 40 for m in (7, 8, 9))


def _month(claims: list[Claim], month: int) -> int:
    return sum(held(c) for c in claims if c.effective_month.month == month)
