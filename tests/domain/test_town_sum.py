"""Villages added up for a town."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from domain.participation import Share
from domain.points import Points
from domain.town import NO_RULES, Light, Register, Step, VillageFigures, VillageLine, Why
from domain.town_sum import StepName, StepSum, steps_of, town_sum

FINE, LATE = Step(Light.GREEN), Step(Light.RED, Why.MONTH_OPEN, "2026-06", 78)
SOON = Step(Light.YELLOW, Why.NOT_REDEEMED, "2026")


def a_line(eligible: int, taking_part: int, *steps: Step) -> VillageLine:
    register = Register(
        every=Share(eligible, 0, taking_part),
        stars=Share(2, 0, 1),
        has_rulebook=True,
        earned=Points(50),
        redeemed=Points(20),
    )
    figures = VillageFigures(
        "白鹤镇", "青龙村", date(2026, 1, 1), register, waiting=3, objections_open=1
    )
    return VillageLine(figures, *(steps or (FINE,) * 4))


def test_figures_are_added_and_lights_counted() -> None:
    late = a_line(20, 20, FINE, LATE, FINE, SOON)
    sums = town_sum([a_line(10, 8), late, a_line(0, 0)])
    assert (sums.villages, sums.fine, sums.reached) == (3, 2, 2)
    assert (sums.every, sums.stars) == (Share(30, 0, 28), Share(6, 0, 3))
    assert (sums.waiting, sums.objections_open, sums.earned, sums.redeemed) == (9, 3, 150, 60)
    assert sums.steps == (
        StepSum(StepName.REGISTER, 3, 0, 0),
        StepSum(StepName.REVIEW, 2, 0, 1),
        StepSum(StepName.PUBLISH, 3, 0, 0),
        StepSum(StepName.REDEEM, 2, 1, 0),
    )
    ruleless = town_sum([a_line(5, 0, LATE, NO_RULES, NO_RULES, FINE)])
    assert [one.grey for one in ruleless.steps] == [0, 1, 1, 0]
    assert dict(steps_of(late))[StepName.REDEEM] is SOON


def test_a_town_without_villages_has_reached_nothing() -> None:
    sums = town_sum([])
    assert (sums.villages, sums.reached, sums.fine, sums.every.permille) == (0, 0, 0, 0)


@given(st.lists(st.tuples(st.integers(0, 900), st.sampled_from([FINE, LATE, SOON, NO_RULES]))))
def test_every_village_stands_once_with_every_step(found: list[tuple[int, Step]]) -> None:
    lines = [a_line(n, n // 2, FINE, step, FINE, FINE) for n, step in found]
    sums = town_sum(lines)
    assert {one.every for one in sums.steps} == {len(lines)}
    assert sums.every.eligible == sum(n for n, _ in found)
