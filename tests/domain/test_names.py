"""Names in public: masked, written out by consent, or not there at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.names import masked, public_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [("王小明", "王*明"), ("王明", "王*"), ("欧阳小明", "欧**明"), ("王", "*"), ("", "")],
)
def test_the_middle_of_a_name_is_hidden(name: str, shown: str) -> None:
    assert masked(name) == shown


@given(st.text("王李小明赵", min_size=1, max_size=6))
def test_a_masked_name_is_as_long_as_the_name_and_never_whole(name: str) -> None:
    assert len(masked(name)) == len(name)
    assert masked(name) != name


def test_who_agreed_is_named_and_who_went_unnamed_is_not_there() -> None:
    assert public_name("王小明", is_named=True, is_anonymous=False) == "王小明"
    assert public_name("王小明", is_named=False, is_anonymous=False) == "王*明"
    assert public_name("王小明", is_named=True, is_anonymous=True) == ""
