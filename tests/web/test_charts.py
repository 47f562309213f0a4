"""Where the parts of a drawing lie."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.charts import FOOT, HEIGHT, LEFT, LINES, RIGHT, TOP, WIDTH, columns, parts, scale_step


@pytest.mark.parametrize(
    ("most", "step"), [(1, 1), (4, 1), (5, 2), (9, 5), (20, 5), (21, 10), (3441, 1000)]
)
def test_a_scale_goes_up_in_round_steps(most: int, step: int) -> None:
    assert scale_step(most) == step


@given(st.integers(1, 10**9))
def test_a_scale_reaches_the_highest_and_is_not_much_too_high(most: int) -> None:
    end = scale_step(most) * LINES
    assert most <= end < max(most * 2.6, LINES + 1)


@given(st.lists(st.tuples(st.integers(-50, 5_000), st.integers(0, 5_000)), max_size=12))
def test_every_bar_stands_on_the_ground_within_the_box(values: list[tuple[int, int]]) -> None:
    chart = columns([(str(n), pair) for n, pair in enumerate(values)], write=str)
    assert len(chart.columns) == len(values)
    for column, pair in zip(chart.columns, values, strict=True):
        for bar, value in zip(column.bars, pair, strict=True):
            assert bar.y >= TOP - 0.1
            assert LEFT - 0.1 <= bar.x <= bar.x + bar.width <= WIDTH - RIGHT + 0.2
            assert abs(bar.y + bar.height - (HEIGHT - FOOT)) < 0.11
            assert bool(bar.height) is (value > 0 and bar.height >= 0.1)


def test_a_goal_is_drawn_at_its_height_on_a_given_scale() -> None:
    chart = columns([("现在", (800,))], write=str, top=1000, goal=800)
    assert chart.goal == chart.columns[0].bars[0].y
    assert [text for _, text in chart.lines] == ["0", "250", "500", "750", "1000"]


@given(st.lists(st.integers(0, 10_000), max_size=6))
def test_a_whole_is_divided_without_a_rest(values: list[int]) -> None:
    found = parts(values)
    assert len(found) == len(values)
    assert sum(width for _, width in found) == (1000 if sum(values) else 0)
