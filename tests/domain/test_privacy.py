"""No identity, phone or card number gets through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.privacy import number_in, without_numbers

digits = st.integers(11, 19).flatmap(lambda n: st.text("0123456789", min_size=n, max_size=n))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("张三 310115195001011234", "identity"),
        ("31011519500101123X", "identity"),
        ("310115 19500101 123x", "identity"),
        ("电话13812345678", "phone"),
        ("138-1234-5678", "phone"),
        ("6222021001123456", "card"),
        ("6222 0210 0112 3456 789", "card"),
        ("2026年第一次村民代表会议", None),
        ("3组12号 2026-10-12", None),
        ("12345678901", "phone"),
        ("23456789012", None),
        ("", None),
    ],
)
def test_numbers_that_nobody_may_publish_are_found(text: str, kind: str | None) -> None:
    assert number_in(text) == kind


@given(st.text("王三 -.", max_size=5), digits, st.text("组号 。", max_size=5))
def test_words_that_are_kept_hold_no_such_number(before: str, number: str, after: str) -> None:
    kept = without_numbers(f"{before}{number}{after}")
    assert number_in(kept) is None
    assert number not in kept


def test_days_amounts_and_claim_numbers_stay_in_the_words() -> None:
    assert without_numbers("23号少算了1.5分,9月16日") == "23号少算了1.5分,9月16日"
