"""Codes on slips: fifty bits, hard to misread, kept only as a keyed digest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.code import ALPHABET, LENGTH, canonical, derived_code, digest, new_code, same, shown

SECRET = b"secret"


def test_a_code_has_at_least_forty_bits() -> None:
    assert len(set(ALPHABET)) == 32
    assert LENGTH * 5 >= 40
    assert len(new_code()) == LENGTH
    assert set(new_code()) <= set(ALPHABET)


def test_two_new_codes_differ() -> None:
    assert len({new_code() for _ in range(100)}) == 100


def test_the_same_slip_is_printed_again_and_another_household_has_another() -> None:
    code = derived_code(SECRET, "slip", 1, 7, 1)
    assert code == derived_code(SECRET, "slip", 1, 7, 1)
    others = {
        derived_code(SECRET, "slip", 1, 8, 1),
        derived_code(SECRET, "slip", 2, 7, 1),
        derived_code(SECRET, "slip", 1, 7, 2),
        derived_code(b"other", "slip", 1, 7, 1),
    }
    assert code not in others
    assert len(others) == 4


@pytest.mark.parametrize(
    "typed", ["ABCDE-01234", "abcde 01234", "abcdeo1234", "ABCDEOI234", "ABCDEOL234"]
)
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert canonical(typed) == "ABCDE01234"


@given(st.text(alphabet=ALPHABET, min_size=LENGTH, max_size=LENGTH))
def test_a_printed_code_is_its_own_code(code: str) -> None:
    assert canonical(shown(code)) == code
    assert digest(SECRET, shown(code).lower()) == digest(SECRET, code)


def test_the_digest_needs_the_secret_and_does_not_hold_the_code() -> None:
    kept = digest(SECRET, "ABCDE01234")
    assert kept != digest(b"other", "ABCDE01234")
    assert "ABCDE" not in kept
    assert same(kept, digest(SECRET, "ABCDE01234"))
    assert not same(kept, digest(SECRET, "ABCDE01235"))
