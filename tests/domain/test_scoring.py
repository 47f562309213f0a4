"""What acts are worth, how caps cut, when an item may be claimed again."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from domain.points import Points, whole
from domain.rulebook import Band, Caps, Filer, Item, Kind, Publicity, Rulebook, Tier
from domain.scoring import (
    Bound,
    ChoiceOutOfRange,
    Cut,
    Earlier,
    Measure,
    QuantityImpossible,
    QuantityMissing,
    Room,
    TierMissing,
    Used,
    approvals_needed,
    cooldown_until,
    is_open,
    left_this_month,
    within_caps,
    worth,
)

NEW = Earlier()


def item(kind: Kind = Kind.FIXED, **facts: object) -> Item:
    plain = Item(code="A101", name="垃圾分类", kind=kind, filer=Filer.BOTH)
    return replace(plain, **facts)  # type: ignore[arg-type]


ONCE = item(points=whole(3))
DOGS = item(Kind.UNIT, points=whole(5), unit="只", counts_quantity=True)
GIFT = item(Kind.UNIT, points=whole(1), unit="元", unit_size=100, counts_quantity=True)
HOURS = item(
    Kind.HOUR,
    unit="小时",
    bands=(Band(20, whole(2)), Band(80, whole(1)), Band(None, whole(1), per=2)),
)
STEPS = item(Kind.STEP, steps=(whole(0), whole(-2), whole(-5)))
RANGE = item(Kind.RANGE, low=whole(20), high=whole(50))
STARS = item(
    Kind.TIER,
    tiers=(Tier("村级", whole(5), ("村",)), Tier("镇级", whole(10)), Tier("区级", whole(15))),
)
CAPPED = item(
    Kind.UNIT, points=whole(1), caps=Caps(month=whole(4), quarter=whole(12), year=whole(30))
)
FINED = item(points=whole(-5), caps=Caps(month=whole(-10), quarter=whole(-15), year=whole(-20)))


def some(quantity: str) -> Measure:
    return Measure(quantity=Decimal(quantity))


@pytest.mark.parametrize(
    ("what", "measure", "points"),
    [
        (ONCE, Measure(), 30),
        (ONCE, some("7"), 30),
        (DOGS, Measure(), 50),
        (DOGS, some("2"), 100),
        (GIFT, some("100"), 10),
        (GIFT, some("199.99"), 10),
        (GIFT, some("350"), 30),
        (HOURS, some("0.5"), 10),
        (HOURS, some("1.5"), 30),
        (HOURS, some("24"), 440),
        (STARS, Measure(tier="镇级"), 100),
        (STARS, Measure(tier="村"), 50),
        (RANGE, Measure(chosen=whole(20)), 200),
        (RANGE, Measure(chosen=Points(355)), 355),
        (RANGE, Measure(chosen=whole(50)), 500),
    ],
)
def test_an_act_is_worth_what_its_item_says(what: Item, measure: Measure, points: int) -> None:
    assert worth(what, measure, earlier=NEW) == points


@pytest.mark.parametrize(
    ("before", "hours", "points"),
    [
        ("0", "20", 400),
        ("19", "2", 30),
        ("19.5", "1", 15),
        ("20", "1", 10),
        ("79", "2", 15),
        ("80", "2", 10),
        ("80", "1", 5),
        ("80", "0.5", 2),
        ("80.5", "0.5", 3),
        ("200", "3", 15),
    ],
)
def test_volunteer_hours_bring_less_the_more_the_year_holds(
    before: str, hours: str, points: int
) -> None:
    earlier = Earlier(hours=Decimal(before))
    assert worth(HOURS, some(hours), earlier=earlier) == points


@pytest.mark.parametrize(
    ("occurrences", "points"), [(0, 0), (1, -20), (2, -50), (3, -50), (9, -50)]
)
def test_the_first_time_is_a_reminder_and_the_last_step_repeats(
    occurrences: int, points: int
) -> None:
    assert worth(STEPS, Measure(), earlier=Earlier(occurrences=occurrences)) == points


@pytest.mark.parametrize(
    ("tier", "honoured", "points"), [("村级", 0, 50), ("镇级", 50, 50), ("村级", 100, 0)]
)
def test_of_one_honour_the_highest_level_counts(tier: str, honoured: int, points: int) -> None:
    earlier = Earlier(honoured=Points(honoured))
    assert worth(STARS, Measure(tier=tier), earlier=earlier) == points


@pytest.mark.parametrize("what", [HOURS, GIFT])
def test_hours_and_money_need_a_number(what: Item) -> None:
    with pytest.raises(QuantityMissing) as refused:
        worth(what, Measure(), earlier=NEW)
    assert refused.value.unit == what.unit


@pytest.mark.parametrize(
    ("what", "quantity"),
    [
        *((HOURS, q) for q in ("0", "-1", "0.25", "24.5", "100", "NaN")),
        *((DOGS, q) for q in ("0", "-2", "1.5", "100", "NaN")),
        *((GIFT, q) for q in ("0", "-100", "99.99", "1000001")),
    ],
)
def test_a_quantity_that_no_act_has_is_refused(what: Item, quantity: str) -> None:
    with pytest.raises(QuantityImpossible) as refused:
        worth(what, some(quantity), earlier=NEW)
    assert str(refused.value.quantity) == quantity


@pytest.mark.parametrize("tier", [None, "", "省级"])
def test_an_unknown_level_is_answered_with_the_levels(tier: str | None) -> None:
    with pytest.raises(TierMissing) as refused:
        worth(STARS, Measure(tier=tier), earlier=NEW)
    assert refused.value.names == ("村级", "镇级", "区级")


@pytest.mark.parametrize("chosen", [None, whole(0), Points(199), Points(501), whole(-30)])
def test_a_choice_stays_within_its_range(chosen: Points | None) -> None:
    with pytest.raises(ChoiceOutOfRange) as refused:
        worth(RANGE, Measure(chosen=chosen), earlier=NEW)
    assert (refused.value.low, refused.value.high) == (200, 500)


def test_points_are_open_until_the_committee_chose() -> None:
    assert is_open(RANGE, Measure())
    assert not is_open(RANGE, Measure(chosen=whole(30)))
    assert is_open(STARS, Measure(tier="哪一级"))
    assert not is_open(STARS, Measure(tier="村"))
    assert not is_open(HOURS, Measure())


def used(month: int = 0, quarter: int = 0, year: int = 0, category: int = 0) -> Used:
    return Used(whole(month), whole(quarter), whole(year), whole(category))


@pytest.mark.parametrize(
    ("points", "so_far", "cut"),
    [
        (1, used(), Cut(whole(1), whole(1))),
        (1, used(3, 11, 29), Cut(whole(1), whole(1))),
        (3, used(2, 2, 2), Cut(whole(2), whole(3), Bound.MONTH, whole(4))),
        (3, used(0, 11, 11), Cut(whole(1), whole(3), Bound.QUARTER, whole(12))),
        (3, used(0, 0, 30), Cut(whole(0), whole(3), Bound.YEAR, whole(30))),
        (3, used(4, 12, 30), Cut(whole(0), whole(3), Bound.YEAR, whole(30))),
        (3, used(0, 0, 0, 129), Cut(whole(1), whole(3), Bound.CATEGORY, whole(130))),
        (3, used(9, 9, 9), Cut(whole(0), whole(3), Bound.MONTH, whole(4))),
    ],
)
def test_an_award_is_cut_to_what_is_left(points: int, so_far: Used, cut: Cut) -> None:
    category_cap = whole(130)
    assert within_caps(whole(points), item=CAPPED, used=so_far, category_cap=category_cap) == cut


@pytest.mark.parametrize(
    ("so_far", "cut"),
    [
        (used(), Cut(whole(-5), whole(-5))),
        (used(-7, -7, -7), Cut(whole(-3), whole(-5), Bound.MONTH, whole(-10))),
        (used(0, 0, -20), Cut(whole(0), whole(-5), Bound.YEAR, whole(-20))),
        (used(category=130), Cut(whole(-5), whole(-5))),
    ],
)
def test_a_deduction_has_caps_of_its_own_and_no_category_cap(so_far: Used, cut: Cut) -> None:
    assert within_caps(whole(-5), item=FINED, used=so_far, category_cap=whole(130)) == cut


def test_a_receipt_names_the_tightest_cap() -> None:
    def room(so_far: Used) -> Room | None:
        return left_this_month(CAPPED, used=so_far, category_cap=whole(130))

    assert room(used(3, 3, 3)) == Room(whole(1), Bound.MONTH, whole(4))
    assert room(used(0, 0, 28)) == Room(whole(2), Bound.YEAR, whole(30))
    assert room(used(0, 0, 0, 130)) == Room(whole(0), Bound.CATEGORY, whole(130))
    assert left_this_month(ONCE, used=Used(), category_cap=None) is None
    deducted = left_this_month(FINED, used=used(-8, -8, -8), category_cap=whole(130))
    assert deducted == Room(whole(-2), Bound.MONTH, whole(-10))


@pytest.mark.parametrize(
    ("day", "others", "next_day"),
    [
        (1, [], None),
        (8, [1], None),
        (7, [1], 8),
        (1, [1], 8),
        (1, [7], 14),
        (1, [8], None),
        (10, [7, 16, 28], 35),
        (10, [3, 17], None),
        (9, [3, 17], 10),
        (9, [3, 16], 23),
    ],
)
def test_the_cooldown_counts_days_in_both_directions(
    day: int, others: list[int], next_day: int | None
) -> None:
    def on(number: int) -> date:
        return date(2026, 8, 31) + timedelta(days=number)

    found = cooldown_until(
        item(cooldown_days=7), occurred_on=on(day), others=(on(o) for o in others)
    )
    assert found == (None if next_day is None else on(next_day))


def test_without_a_cooldown_the_same_day_is_fine() -> None:
    today = date(2026, 9, 1)
    assert cooldown_until(ONCE, occurred_on=today, others=[today]) is None


@pytest.mark.parametrize(
    ("what", "points", "needed"),
    [
        (ONCE, whole(3), 1),
        (ONCE, Points(99), 1),
        (ONCE, whole(10), 2),
        (ONCE, None, 1),
        (item(points=whole(3), approvals=2), whole(3), 2),
        (item(points=whole(3), approvals=3), whole(30), 3),
        (FINED, whole(-5), 2),
        (STEPS, whole(0), 2),
        (item(points=whole(1), publicity=Publicity.HONOUR), whole(1), 2),
        (item(points=whole(1), publicity=Publicity.STARS), None, 2),
    ],
)
def test_who_must_agree(what: Item, points: Points | None, needed: int) -> None:
    rulebook = Rulebook("v", (what,), two_approvers_from=whole(10))
    assert approvals_needed(what, points, rulebook=rulebook) == needed
