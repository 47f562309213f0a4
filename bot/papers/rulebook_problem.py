"""What can be wrong in a rulebook file (细则文件): one problem, with its place."""

from dataclasses import dataclass
from enum import StrEnum


class ProblemKind(StrEnum):
    """Why a value could not be read."""

    SYNTAX = "syntax"
    UNREADABLE_FILE = "unreadable_file"
    SHEET_MISSING = "sheet_missing"
    HEADING_MISSING = "heading_missing"
    FORMULA = "formula"
    FIELD_UNKNOWN = "field_unknown"
    FIELD_MISSING = "field_missing"
    NOT_TEXT = "not_text"
    NOT_A_NUMBER = "not_a_number"
    OUT_OF_RANGE = "out_of_range"
    NOT_POINTS = "not_points"
    NOT_YES_NO = "not_yes_no"
    NOT_A_LIST = "not_a_list"
    NOT_A_CHOICE = "not_a_choice"


@dataclass(frozen=True, slots=True)
class Problem:
    """One value that could not be read.

    ``code`` is the item's code, empty for the settings of the rulebook;
    ``line`` the line of the text or the row of the sheet, 0 if unknown;
    ``least`` and ``most`` bound a number that is out of range.
    """

    kind: ProblemKind
    code: str = ""
    field: str = ""
    value: str = ""
    line: int = 0
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
