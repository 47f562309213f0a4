"""The town's lights: when a step is green, yellow, red, and how many days late."""

from datetime import date

import pytest

from domain.participation import Share
from domain.period import Month, Quarter
from domain.town import (
    Light,
    Register,
    Step,
    VillageFigures,
    Why,
    publishing,
    redeeming,
    registering,
    reviewing,
    village_line,
)

BEGAN = date(2025, 6, 1)
SINCE = {Month(2025, 12), *(Month(2026, n) for n in range(1, 8))}


def confirmed(*missing: Month) -> frozenset[Month]:
    return frozenset(SINCE - set(missing))


@pytest.mark.parametrize(
    ("as_of", "missing", "step"),
    [
        ("2026-08-31", (), Step(Light.GREEN)),
        ("2026-09-01", (), Step(Light.YELLOW, Why.MONTH_OPEN, "2026-08", 1)),
        ("2026-09-10", (), Step(Light.YELLOW, Why.MONTH_OPEN, "2026-08", 10)),
        ("2026-09-11", (), Step(Light.RED, Why.MONTH_OPEN, "2026-08", 11)),
        ("2026-08-01", (Month(2026, 3),), Step(Light.RED, Why.MONTH_OPEN, "2026-03", 123)),
    ],
)
def test_a_month_is_late_from_the_day_after_its_end(
    as_of: str, missing: tuple[Month, ...], step: Step
) -> None:
    found = reviewing(confirmed(*missing), since=BEGAN, as_of=date.fromisoformat(as_of))
    assert found == step


def test_months_before_the_village_began_are_nobody_s_to_confirm() -> None:
    assert reviewing((), since=date(2026, 8, 20), as_of=date(2026, 8, 31)).light is Light.GREEN


@pytest.mark.parametrize(
    ("as_of", "step"),
    [
        ("2026-06-30", Step(Light.GREEN)),
        ("2026-07-01", Step(Light.YELLOW, Why.QUARTER_UNPUBLISHED, "2026-Q2", 0)),
        ("2026-07-10", Step(Light.YELLOW, Why.QUARTER_UNPUBLISHED, "2026-Q2", 0)),
        ("2026-07-11", Step(Light.RED, Why.QUARTER_UNPUBLISHED, "2026-Q2", 1)),
    ],
)
def test_a_quarter_is_late_after_ten_days(as_of: str, step: Step) -> None:
    published = {Quarter(2025, 4), Quarter(2026, 1)}
    assert publishing(published, since=BEGAN, as_of=date.fromisoformat(as_of)) == step


@pytest.mark.parametrize(
    ("as_of", "redeemed_on", "step"),
    [
        ("2026-06-30", None, Step(Light.GREEN)),
        ("2026-07-01", None, Step(Light.YELLOW, Why.NOT_REDEEMED, "2026", 0)),
        ("2026-09-30", None, Step(Light.YELLOW, Why.NOT_REDEEMED, "2026", 0)),
        ("2026-10-01", None, Step(Light.RED, Why.NOT_REDEEMED, "2026", 1)),
        ("2026-10-01", date(2026, 8, 3), Step(Light.GREEN)),
        ("2026-10-01", date(2025, 8, 3), Step(Light.RED, Why.NOT_REDEEMED, "2026", 1)),
    ],
)
def test_one_redemption_is_due_by_the_end_of_september(
    as_of: str, redeemed_on: date | None, step: Step
) -> None:
    assert redeeming(redeemed_on, since=BEGAN, as_of=date.fromisoformat(as_of)) == step


def test_a_village_that_began_in_october_owes_no_redemption() -> None:
    found = redeeming(None, since=date(2026, 10, 2), as_of=date(2026, 11, 1))
    assert found.light is Light.GREEN


@pytest.mark.parametrize(
    ("register", "as_of", "why"),
    [
        (Register(), "2026-01-10", Why.NO_ROSTER),
        (Register(every=Share(5)), "2026-01-10", Why.NO_RULEBOOK),
        (Register(every=Share(5), has_rulebook=True), "2026-01-31", Why.FINE),
        (Register(every=Share(5), has_rulebook=True), "2026-02-01", Why.NOTHING_RECORDED),
        (Register(every=Share(5), has_rulebook=True, entries=1), "2026-02-01", Why.FINE),
    ],
)
def test_registration_asks_for_roster_rulebook_and_something_recorded(
    register: Register, as_of: str, why: Why
) -> None:
    assert registering(register, date.fromisoformat(as_of)).why is why


def test_a_village_has_four_lights() -> None:
    figures = VillageFigures("示范镇", "幸福村", BEGAN, Register())
    line = village_line(figures, date(2026, 10, 20))
    lights = [line.registering, line.reviewing, line.publishing, line.redeeming]
    assert [step.light for step in lights] == [Light.RED, Light.GREY, Light.GREY, Light.RED]
    ruled = village_line(
        VillageFigures("示范镇", "幸福村", BEGAN, Register(has_rulebook=True)), date(2026, 10, 20)
    )
    assert [ruled.reviewing.light, ruled.publishing.light] == [Light.RED] * 2
