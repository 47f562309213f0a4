"""Numbers of claims said in Chinese, lists with exceptions, and months in a row."""

from datetime import date

import pytest

from bot.understanding.claim_numbers import find_numbers
from bot.understanding.periods import find_period
from bot.understanding.spoken_numbers import in_digits

TODAY = date(2026, 9, 16)


@pytest.mark.parametrize(
    ("text", "ids", "left_out"),
    [
        ("通过 三十五 三十六", (35, 36), ()),
        ("把六十五过掉", (65,), ()),
        ("一百零三和一百零五通过", (103, 105), ()),
        ("第五十到五十二条通过", (50, 51, 52), ()),
        ("18到22除了20都通过", (18, 19, 21, 22), (20,)),
        ("71到75可以过,73先放一放", (71, 72, 74, 75), (73,)),
        ("通过全部,107例外", (), (107,)),
        ("40号到42号统统过", (40, 41, 42), ()),
        ("44到46,还有50,都通过", (44, 45, 46, 50), ()),
        ("五号门的那条,编号83,通过", (83,), ()),
        ("今天报的12条全部通过", (), ()),
    ],
)
def test_the_claims_that_are_said(
    text: str, ids: tuple[int, ...], left_out: tuple[int, ...]
) -> None:
    found = find_numbers(in_digits(text))
    assert (found.ids, found.except_ids) == (ids, left_out)


@pytest.mark.parametrize(
    "text", ["改成三十分", "按底线扣二十", "通过三十块钱", "三十岁过生日", "二十公里"]
)
def test_other_numerals_stay_as_they_are(text: str) -> None:
    assert in_digits(text) == text


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("七八九三个月的", (7, 1), (9, 30)),
        ("7、8月的明细", (7, 1), (8, 31)),
        ("七月份到现在", (7, 1), (9, 16)),
        ("今年以来", (1, 1), (9, 16)),
        ("近三个月", (6, 16), (9, 16)),
    ],
)
def test_months_in_a_row_and_spans_until_today(
    text: str, first: tuple[int, int], last: tuple[int, int]
) -> None:
    found = find_period(text, TODAY)
    assert found is not None
    assert (found.date, found.date_to) == (date(2026, *first), date(2026, *last))
