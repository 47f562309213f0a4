"""The address of a notice board: the same for ever, another for each village, not to be guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.boards import board_of, board_path, village_in
from bot.commands.case import Tools
from tests.cast import SECRET, SHELF

villages = st.integers(1, 999_999_999)


@given(villages)
def test_an_address_names_its_village_and_no_other(village: int) -> None:
    name = board_path(SECRET, village).removeprefix("/v/")
    assert village_in(SECRET, name) == village
    key = name.partition("-")[2]
    assert village_in(SECRET, f"{village + 1}-{key}") is None
    assert village_in(b"another secret", name) is None


@given(villages, st.text(alphabet="abcdefghijklmnopqrstuvwxyz234567", min_size=16, max_size=16))
def test_a_guess_opens_nothing(village: int, key: str) -> None:
    right = board_path(SECRET, village).partition("-")[2]
    assert (village_in(SECRET, f"{village}-{key}") is None) == (key != right)


@pytest.mark.parametrize(
    "name", ["", "1", "1-", "-", "0-aaaaaaaaaaaaaaaa", "１-aaaaaaaaaaaaaaaa", "1-AAAAAAAAAAAAAAAA"]
)
def test_what_is_no_address_is_passed_over(name: str) -> None:
    assert village_in(SECRET, name) is None


def test_people_are_told_it_only_where_they_can_open_it() -> None:
    path = board_path(SECRET, 3)
    site = "https://points.example"
    assert board_of(Tools(SECRET, SHELF, site), 3) == ""
    assert board_of(Tools(SECRET, SHELF, site, is_reachable=True), 3) == f"{site}{path}"
