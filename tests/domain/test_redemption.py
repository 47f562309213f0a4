"""Redemption: two state machines, what bars an order, what is posted, what a round may cost."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ledger import Balance, BalanceTooLow, EntryKind
from domain.membership import HouseholdId, PersonId
from domain.money import Cents, parse_yuan, show_yuan
from domain.period import Month
from domain.points import Points
from domain.redemption import (
    REDEMPTION_STEPS,
    HandOverOwn,
    LimitReached,
    Order,
    OutOfStock,
    PointsShort,
    QuantityUnclear,
    RedemptionAction,
    RedemptionSettled,
    RedemptionState,
    RoundNotOpen,
    check_order,
    give_back,
    hand_over,
    payment,
)
from domain.redemption_round import (
    ROUND_STEPS,
    Good,
    Round,
    RoundAction,
    RoundState,
    budget_level,
    liability,
    steps_due,
    stock_cost,
    taken,
)
from domain.refusal import Refusal
from domain.workflow import StepRefused, step
from tests.builders import TODAY, a_person
from tests.redemption import a_good, a_plan, a_redemption, a_round


@pytest.mark.parametrize(("state", "action"), list(product(RoundState, RoundAction)))
def test_only_the_steps_of_a_round_are_possible(state: RoundState, action: RoundAction) -> None:
    if (state, action) in ROUND_STEPS:
        assert step(ROUND_STEPS, state, action) is ROUND_STEPS[state, action]
    else:
        with pytest.raises(StepRefused):
            step(ROUND_STEPS, state, action)


@pytest.mark.parametrize(("state", "action"), list(product(RedemptionState, RedemptionAction)))
def test_only_the_steps_of_a_redemption_are_possible(
    state: RedemptionState, action: RedemptionAction
) -> None:
    if (state, action) in REDEMPTION_STEPS:
        assert step(REDEMPTION_STEPS, state, action) is REDEMPTION_STEPS[state, action]
    else:
        with pytest.raises(StepRefused):
            step(REDEMPTION_STEPS, state, action)


@pytest.mark.parametrize(
    ("state", "today", "steps"),
    [
        (RoundState.DRAFT, date(2026, 9, 15), []),
        (RoundState.DRAFT, date(2026, 9, 16), [RoundAction.OPEN]),
        (RoundState.OPEN, date(2026, 9, 23), []),
        (RoundState.OPEN, date(2026, 9, 24), [RoundAction.CLOSE]),
        (RoundState.CLOSED, date(2026, 9, 26), []),
        (RoundState.CLOSED, date(2026, 9, 27), [RoundAction.END]),
        (
            RoundState.DRAFT,
            date(2026, 12, 1),
            [RoundAction.OPEN, RoundAction.CLOSE, RoundAction.END],
        ),
        (RoundState.CANCELLED, date(2026, 12, 1), []),
        (RoundState.ENDED, date(2026, 12, 1), []),
    ],
)
def test_the_day_alone_takes_a_round_on(
    state: RoundState, today: date, steps: list[RoundAction]
) -> None:
    assert list(steps_due(state, a_plan(), today)) == steps


def an_order(**changes: object) -> Order:
    values = {
        "household": HouseholdId(1),
        "good": a_good(),
        "quantity": 2,
        "held": 0,
        "balance": Balance(Points(600)),
    }
    return Order(**(values | changes))  # type: ignore[arg-type]


def test_an_order_costs_its_pieces() -> None:
    assert check_order(an_order(), a_round(), today=TODAY) == 400


@pytest.mark.parametrize(
    ("order", "round_", "today", "refusal"),
    [
        (an_order(), a_round(), date(2026, 9, 24), RoundNotOpen),
        (an_order(), a_round(), date(2026, 9, 15), RoundNotOpen),
        (an_order(), a_round(state=RoundState.DRAFT), TODAY, RoundNotOpen),
        (an_order(), a_round(state=RoundState.CANCELLED), TODAY, RoundNotOpen),
        (an_order(quantity=0), a_round(), TODAY, QuantityUnclear),
        (an_order(quantity=100), a_round(), TODAY, QuantityUnclear),
        (an_order(held=1), a_round(), TODAY, LimitReached),
        (an_order(quantity=3), a_round(), TODAY, LimitReached),
        (an_order(good=a_good(taken=49)), a_round(a_good(taken=49)), TODAY, OutOfStock),
        (an_order(balance=Balance(Points(399))), a_round(), TODAY, PointsShort),
        (an_order(balance=Balance(Points(600), Points(201))), a_round(), TODAY, PointsShort),
    ],
)
def test_an_order_that_cannot_be_filled_is_refused_with_the_reason(
    order: Order, round_: Round, today: date, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        check_order(order, round_, today=today)


def test_nothing_is_reserved_after_the_last_day_of_the_year() -> None:
    last = {"closes_on": date(2026, 12, 31), "collect_until": date(2026, 12, 31)}
    assert check_order(an_order(), a_round(**last), today=date(2026, 12, 31)) == 400
    with pytest.raises(RoundNotOpen):
        check_order(an_order(), a_round(**last), today=date(2027, 1, 1))


def test_too_few_points_is_a_balance_too_low_with_the_facts() -> None:
    with pytest.raises(BalanceTooLow) as refused:
        check_order(an_order(balance=Balance(Points(150))), a_round(), today=TODAY)
    assert isinstance(refused.value, PointsShort)
    assert (refused.value.spendable, refused.value.points) == (150, -400)
    assert refused.value.what == "洗衣液2瓶"


def test_the_last_piece_can_be_had_and_no_more() -> None:
    last = a_good(taken=49)
    order = an_order(good=last, quantity=1)
    assert check_order(order, a_round(last), today=TODAY) == 200
    with pytest.raises(OutOfStock) as refused:
        check_order(replace(order, quantity=2), a_round(last), today=TODAY)
    assert refused.value.left == 1


def test_the_budget_bounds_what_is_left_as_the_stock_does() -> None:
    dear = a_good(cost=Cents(40_000), stock=10, limit=None)
    round_ = a_round(dear, budget=Cents(100_000))
    assert round_.left(dear) == 2
    assert taken(round_, 1, 2).left(taken(round_, 1, 2).good(1)) == 0


def test_what_costs_nothing_is_bounded_by_its_stock_alone() -> None:
    free = a_good(cost=Cents(0), stock=7)
    spent = a_good(2, cost=Cents(300_000), stock=1, taken=1)
    assert a_round(free, spent).left(free) == 7


@pytest.mark.parametrize(("count", "level"), [(0, 0), (6, 0), (7, 70), (8, 70), (9, 90), (10, 100)])
def test_the_budget_warns_at_its_levels(count: int, level: int) -> None:
    good = a_good(cost=Cents(1_000), stock=20, taken=count)
    assert budget_level(a_round(good, budget=Cents(10_000))) == level


def test_the_budget_is_out_when_it_bears_nothing_more_of_the_stock() -> None:
    good = a_good(cost=Cents(3_000), stock=20, taken=3)
    assert budget_level(a_round(good, budget=Cents(10_000))) == 100


def test_a_sold_out_round_below_its_budget_warns_of_nothing() -> None:
    good = a_good(cost=Cents(1_000), stock=2, taken=2)
    assert budget_level(a_round(good, budget=Cents(10_000))) == 0


def test_liability_takes_the_dearest_per_point_first_as_far_as_the_stock_goes() -> None:
    dear = a_good(1, price=Points(100), cost=Cents(2_000), stock=2)
    cheap = a_good(2, price=Points(100), cost=Cents(500), stock=10)
    assert liability([cheap, dear], Points(300)) == 2 * 2_000 + 500
    assert liability([cheap, dear], Points(-10)) == 0
    assert liability([cheap, dear], Points(10**6)) == stock_cost([cheap, dear]) == 9_000


goods = st.lists(
    st.builds(
        lambda price, stock, cost: a_good(
            1, price=Points(price), stock=stock, cost=Cents(cost), limit=None
        ),
        st.integers(1, 500),
        st.integers(1, 5),
        st.integers(0, 5_000),
    ),
    min_size=1,
    max_size=4,
)


@given(goods, st.integers(0, 3_000), st.data())
def test_no_way_of_spending_costs_more_than_the_liability(
    goods: list[Good], points: int, data: st.DataObject
) -> None:
    left, cost = points, 0
    for good in data.draw(st.permutations(goods)):
        count = data.draw(st.integers(0, good.stock))
        count = min(count, left // good.price)
        left -= count * good.price
        cost += count * good.cost
    assert cost <= liability(goods, Points(points)) <= stock_cost(goods)


def test_reserving_and_refunding_cancel_under_keys_of_their_own() -> None:
    one = a_redemption()
    paid = payment(one, name="洗衣液2瓶", today=TODAY)
    assert (paid.cause, paid.points, paid.kind) == (
        "redemption:2026:1:reserve", -400, EntryKind.REDEMPTION,
    )  # fmt: skip
    settled, refund = give_back(
        one, RedemptionAction.CANCEL, by=PersonId(1), name="洗衣液2瓶", today=TODAY
    )
    assert settled.state is RedemptionState.CANCELLED
    assert (refund.cause, refund.kind) == ("redemption:2026:1:refund", EntryKind.REFUND)
    assert refund.points + paid.points == 0
    assert refund.effective_month == paid.effective_month == Month(2026, 9)


def test_points_come_back_into_the_year_they_came_from() -> None:
    lapsed, refund = give_back(
        a_redemption(), RedemptionAction.LAPSE, by=None, name="", today=date(2027, 1, 1)
    )
    assert lapsed.state is RedemptionState.LAPSED
    assert (refund.effective_month, refund.actors) == (Month(2026, 12), ())


def test_paying_in_another_year_is_a_broken_invariant() -> None:
    with pytest.raises(AssertionError):
        payment(a_redemption(), name="", today=date(2027, 1, 1))


def test_nobody_hands_over_to_their_own_household() -> None:
    with pytest.raises(HandOverOwn):
        hand_over(a_redemption(), by=a_person(2, household=1), photo=None)
    given_out = hand_over(a_redemption(), by=a_person(2, household=None), photo=None)
    assert given_out.state is RedemptionState.HANDED_OVER
    assert given_out.settled_by == 2


@pytest.mark.parametrize("state", sorted(set(RedemptionState) - {RedemptionState.RESERVED}))
def test_what_is_settled_is_neither_handed_over_nor_given_back(state: RedemptionState) -> None:
    settled = a_redemption(state=state)
    with pytest.raises(RedemptionSettled):
        hand_over(settled, by=a_person(2, household=3), photo=None)
    for action in (RedemptionAction.CANCEL, RedemptionAction.LAPSE):
        with pytest.raises(RedemptionSettled):
            give_back(settled, action, by=None, name="", today=TODAY)


@pytest.mark.parametrize(
    ("text", "cents"),
    [("15", 1500), ("2.5", 250), ("0.05", 5), ("0", 0), ("-1", None), ("1.234", None), ("", None)],
)
def test_yuan_are_read_to_the_cent_or_not_at_all(text: str, cents: int | None) -> None:
    assert parse_yuan(text) == cents


@given(st.integers(0, 10**10))
def test_money_is_written_as_it_is_read(cents: int) -> None:
    assert parse_yuan(show_yuan(cents)) == cents or cents >= 10**10
