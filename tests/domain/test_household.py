import dataclasses
from datetime import date

import pytest

from domain.household import (
    Address,
    HouseholdEntry,
    RosterColumn,
    RosterFault,
    RosterHeadingMissing,
    RosterUnreadable,
)
from domain.refusal import Refusal

ZHANG = HouseholdEntry("幸福村", 3, "12", "张三", joined_on=date(2026, 3, 5))


def test_a_household_is_known_by_its_group_and_house_number() -> None:
    renamed = dataclasses.replace(ZHANG, head="张四", phone=("13812345678",))
    assert ZHANG.address == renamed.address == Address(3, "12") == (3, "12")


@pytest.mark.parametrize(
    "change",
    [
        {"village": ""},
        {"group": 0},
        {"group": 1000},
        {"house_no": ""},
        {"head": ""},
        {"star": 6},
        {"star": -1},
        {"registered": -1},
        {"resident": 100},
    ],
)
def test_a_household_that_cannot_be_is_never_made(change: dict[str, object]) -> None:
    with pytest.raises(AssertionError):
        dataclasses.replace(ZHANG, **change)  # type: ignore[arg-type]


def test_the_columns_are_the_keys_of_the_import_report() -> None:
    assert [column.value for column in RosterColumn] == [
        *("village", "group", "house_no", "head", "phone", "registered", "resident"),
        *("party", "star", "joined", "remark"),
    ]


def test_a_roster_that_cannot_be_read_is_a_refusal_with_its_facts() -> None:
    assert RosterUnreadable(RosterFault.ENCRYPTED).fault is RosterFault.ENCRYPTED
    missing = RosterHeadingMissing((RosterColumn.HEAD,))
    assert missing.missing == (RosterColumn.HEAD,)
    assert isinstance(missing, Refusal)
