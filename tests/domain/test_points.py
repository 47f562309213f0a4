"""Points: whole tenths, read and written exactly."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.points import Points, PointsUnreadable, parse, show, tenths, times, whole


@pytest.mark.parametrize(
    ("text", "tenths"),
    [("3", 30), ("+1.5", 15), ("-0.5", -5), (" 2 ", 20), ("0", 0), ("999999.9", 9_999_999)],
)
def test_points_are_read_as_people_write_them(text: str, tenths: int) -> None:
    assert parse(text) == tenths


@pytest.mark.parametrize(
    "text", ["", "1.25", "一", "1,5", "1.", ".5", "1e3", "--1", "NaN", "1000000"]
)
def test_what_is_no_number_of_tenths_is_refused(text: str) -> None:
    with pytest.raises(PointsUnreadable) as refused:
        parse(text)
    assert refused.value.text == text


@pytest.mark.parametrize(
    ("tenths", "text"), [(10, "1"), (15, "1.5"), (-20, "-2"), (-5, "-0.5"), (0, "0"), (105, "10.5")]
)
def test_points_are_written_without_trailing_zeros(tenths: int, text: str) -> None:
    assert show(tenths) == text


@given(st.integers(-9_999_999, 9_999_999))
def test_what_is_written_reads_back(tenths: int) -> None:
    assert parse(show(tenths)) == tenths


@pytest.mark.parametrize(
    ("points", "quantity", "product"),
    [(10, "2.5", 25), (1, "0.5", 1), (5, "0.5", 3), (10, "0.25", 3), (-5, "0.5", -3), (20, "0", 0)],
)
def test_a_product_is_rounded_half_up_to_a_tenth(points: int, quantity: str, product: int) -> None:
    assert times(Points(points), Decimal(quantity)) == product


def test_whole_points_are_ten_tenths() -> None:
    assert whole(3) == 30


@pytest.mark.parametrize(("said", "points"), [("1.5", 15), ("0", 0), ("-2", -20), ("10.0", 100)])
def test_a_number_that_was_said_is_exact(said: str, points: int) -> None:
    assert tenths(Decimal(said)) == points


def test_a_hundredth_of_a_point_is_refused_and_not_cut_off() -> None:
    with pytest.raises(PointsUnreadable):
        tenths(Decimal("1.25"))
