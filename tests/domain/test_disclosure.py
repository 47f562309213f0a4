"""What is told outside the village says nothing about one household or two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.disclosure import FEWEST, Cell, is_share_told, told, told_beside
from domain.participation import Share
from domain.points import Points


def cells(*households: int) -> list[Cell]:
    return [Cell(number, Points(number * 10)) for number in households]


def places(*households: int) -> list[bool]:
    return [cell is not None for cell in told_beside(cells(*households))]


@pytest.mark.parametrize(("households", "is_told"), [(0, True), (1, False), (2, False), (3, True)])
def test_a_sum_over_one_or_two_households_is_kept_back(households: int, *, is_told: bool) -> None:
    [cell] = cells(households)
    assert told(cell) == (cell if is_told else None)


@pytest.mark.parametrize(
    ("households", "told_ones"),
    [
        ((), []),
        ((0, 5, 9), [True, True, True]),
        ((2, 9, 5), [False, True, False]),
        ((1, 2, 9), [False, False, False]),
        ((2, 0), [False, True]),
        ((1, 4, 4, 8), [False, False, True, True]),
    ],
)
def test_with_what_is_kept_back_goes_the_smallest_of_the_others(
    households: tuple[int, ...], told_ones: list[bool]
) -> None:
    assert places(*households) == told_ones


@given(st.lists(st.integers(0, 12), max_size=8))
def test_what_is_left_of_the_whole_is_never_a_lone_part_of_few(households: list[int]) -> None:
    shown = told_beside(cells(*households))
    kept = [h for h, cell in zip(households, shown, strict=True) if cell is None]
    assert all(cell is None or cell.households not in {1, 2} for cell in shown)
    assert not kept or len(kept) > 1 or not any(h for h in households if h not in kept)
    if any(h >= FEWEST for h in households):
        assert not kept or max(kept) >= FEWEST


@given(st.lists(st.sampled_from([0, 3, 4, 50]), max_size=8))
def test_nothing_is_kept_back_without_need(households: list[int]) -> None:
    assert all(places(*households))


@pytest.mark.parametrize(
    ("part", "whole", "is_told"),
    [
        (0, 9, True),
        (1, 9, False),
        (2, 9, False),
        (3, 9, True),
        (7, 9, False),
        (9, 9, True),
        (2, 2, False),
        (0, 1, False),
        (0, 0, True),
    ],
)
def test_neither_a_few_households_nor_the_few_others_are_told_of(
    part: int, whole: int, *, is_told: bool
) -> None:
    assert is_share_told(Share(part, 0, 0), Share(whole, 0, 0)) is is_told
