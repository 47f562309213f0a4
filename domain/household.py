"""A household (户) as a village's roster (花名册) keeps it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from domain.refusal import Refusal

GROUP_MAX: Final = 999
STAR_MAX: Final = 5
PEOPLE_MAX: Final = 99
"""More people than this do not live in one household: the cell holds something else."""


class RosterColumn(StrEnum):
    """A column of the roster; the value is its key in ``jifen households import --json``."""

    VILLAGE = "village"
    GROUP = "group"
    HOUSE_NO = "house_no"
    HEAD = "head"
    PHONE = "phone"
    REGISTERED = "registered"
    RESIDENT = "resident"
    PARTY = "party"
    STAR = "star"
    JOINED = "joined"
    REMARK = "remark"


class Address(NamedTuple):
    """The natural key of a household within its village: group (组) and house number (门牌)."""

    group: int
    house_no: str


@dataclass(frozen=True, slots=True)
class HouseholdEntry:
    """One household as the roster tells it.

    ``house_no`` is canonical ("12", "12-1", "12甲": no 号, no leading zeros,
    no width variants); ``head`` is the name to the letter; ``phone`` holds
    numbers in digits, landlines as "021-58921234". ``registered`` (户籍人口)
    and ``resident`` (常住人口) are None where the village left them blank.
    """

    village: str
    group: int
    house_no: str
    head: str
    phone: tuple[str, ...] = ()
    registered: int | None = None
    resident: int | None = None
    is_party: bool = False
    star: int = 0
    joined_on: date | None = None
    remark: str = ""

    def __post_init__(self) -> None:
        """State what every reader of a roster has made sure of."""
        assert self.village, "a household belongs to a village"
        assert 1 <= self.group <= GROUP_MAX, self.group
        assert self.house_no, "a household has a house number"
        assert self.head, "a household has a head"
        assert 0 <= self.star <= STAR_MAX, self.star
        assert self.registered is None or 0 <= self.registered <= PEOPLE_MAX, self.registered
        assert self.resident is None or 0 <= self.resident <= PEOPLE_MAX, self.resident

    @property
    def address(self) -> Address:
        """Where the household is found in its village."""
        return Address(self.group, self.house_no)


class RosterFault(StrEnum):
    """Why a file cannot be read as a roster at all."""

    MISSING = "missing"
    NOT_EXCEL = "not_excel"
    OLD_EXCEL = "old_excel"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"


class RosterUnreadable(Refusal):
    """The file is no spreadsheet that can be read; ``fault`` says why."""

    def __init__(self, fault: RosterFault) -> None:
        super().__init__(fault)
        self.fault = fault


class RosterHeadingMissing(Refusal):
    """No sheet has a line of headings; ``missing`` are the columns not found in the best line."""

    def __init__(self, missing: tuple[RosterColumn, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing
