"""Names in public: masked, written out by consent, or not there at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.names import HIDDEN, masked, public_name, still_public


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王强", "王*"),
        ("王小明", "王*明"),
        ("欧阳明", "欧*明"),
        ("欧阳小明", "欧**明"),
        ("阿卜杜拉·买买提", "阿**提"),
        ("𠮷㛃堃", "𠮷*堃"),
        ("王 强", "王*"),
        ("王小葛\U000e0100", "王*葛\U000e0100"),
        ("王", "王*"),
        ("", "*"),
    ],
)
def test_part_of_every_name_is_hidden(name: str, shown: str) -> None:
    assert masked(name) == shown


@given(st.text(alphabet=st.characters(categories=["Lo"]), min_size=2, max_size=12))
def test_no_name_of_two_letters_and_more_stands_whole(name: str) -> None:
    shown = masked(name)
    assert HIDDEN in shown
    assert name not in shown
    assert shown.startswith(name[0])
    assert len(shown) <= 4


@given(st.text(max_size=40))
def test_whatever_stands_there_is_masked_short(name: str) -> None:
    assert HIDDEN in masked(name)


def test_who_agreed_is_named_and_who_went_unnamed_is_not_there() -> None:
    assert public_name("王小明", is_named=True, is_anonymous=False) == "王小明"
    assert public_name("王小明", is_named=False, is_anonymous=False) == "王*明"
    assert public_name("王小明", is_named=True, is_anonymous=True) == ""


def test_a_name_that_was_shown_is_covered_as_its_household_wishes_now() -> None:
    assert still_public("王小明", is_named=False, is_anonymous=False) == "王*明"
    assert still_public("王*明", is_named=False, is_anonymous=False) == "王*明"
    assert still_public("", is_named=False, is_anonymous=False) == ""
    assert still_public("王小明", is_named=True, is_anonymous=True) == ""
