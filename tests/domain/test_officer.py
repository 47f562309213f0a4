"""What lies under an officer of a town or district."""

import pytest

from domain.officer import Level, Officer

TOWN = Officer(1, Level.TOWN, "白鹤镇", ("白鹤镇",))
SOME = Officer(2, Level.DISTRICT, "江北区", ("白鹤镇", "青山镇"))
EVERY = Officer(3, Level.DISTRICT, "江北区")


@pytest.mark.parametrize(
    ("officer", "town", "sees"),
    [
        (TOWN, "白鹤镇", True),
        (TOWN, "青山镇", False),
        (SOME, "青山镇", True),
        (SOME, "红岩镇", False),
        (EVERY, "红岩镇", True),
        (Officer(4, Level.TOWN, "白鹤镇", ("白鹤镇", "青山镇")), "青山镇", False),
        (Officer(5, Level.TOWN, "白鹤镇"), "青山镇", False),
    ],
)
def test_a_town_sees_itself_and_a_district_the_towns_it_was_given(
    officer: Officer, town: str, *, sees: bool
) -> None:
    assert officer.sees(town) is sees
