"""The line of headings of a roster (表头): found among titles, its columns in any order."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.papers.roster_radicals import IDEOGRAPH_OF
from bot.papers.roster_sheet import Sheet
from bot.papers.roster_text import as_text, narrow, visible
from bot.papers.roster_words import COLUMN_OF, DROPPED_HEADING, HEALTH_HEADING, TRADITIONAL
from domain.household import RosterColumn, RosterHeadingMissing

_SEARCHED_LINES: Final = 40
_DECORATION: Final = re.compile(r"[\s*:]|\([^()]*\)$")
_NEEDED: Final = (RosterColumn.GROUP, RosterColumn.HOUSE_NO, RosterColumn.HEAD)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a sheet keeps what.

    ``columns`` are those that are read, ``headings`` every heading as written,
    ``private`` the columns whose contents are never kept nor shown again.
    """

    heading_line: int
    first_line: int
    columns: Mapping[RosterColumn, int]
    headings: Mapping[int, str]
    private: Mapping[int, str]

    @property
    def extra(self) -> tuple[str, ...]:
        """The headings of the columns that are not read, in the order of the sheet."""
        read = set(self.columns.values())
        return tuple(text for column, text in self.headings.items() if column not in read)


def heading_word(value: object) -> str:
    """Return a heading without spaces, line breaks, stars and a unit in brackets."""
    shown = "".join(IDEOGRAPH_OF.get(letter, letter) for letter in visible(as_text(value)))
    text = narrow(shown).translate(TRADITIONAL)
    return _DECORATION.sub("", _DECORATION.sub("", text))


def find_layout(sheet: Sheet) -> Layout:
    """Find the line of headings: the first with the head and a group or house number.

    Raises:
        RosterHeadingMissing: There is none; says what the likeliest line lacks.

    """
    best: tuple[RosterColumn, ...] = _NEEDED
    for line in list(sheet.lines)[:_SEARCHED_LINES]:
        headings, last = _headings(sheet, line)
        columns = _columns(headings)
        missing = tuple(column for column in _NEEDED if column not in columns)
        if RosterColumn.HEAD in columns and len(missing) < len(_NEEDED) - 1:
            private = {n: text for n, text in headings.items() if DROPPED_HEADING.search(text)}
            return Layout(line, last + 1, columns, headings, private)
        if len(missing) < len(best):
            best = missing
    raise RosterHeadingMissing(best)


def _headings(sheet: Sheet, line: int) -> tuple[dict[int, str], int]:
    """Read a line of headings, and the line below it where merged cells make it two lines."""
    headings = {column: _shown(value) for column, value in sheet.lines[line].items()}
    last = max((below for (below, _), top in sheet.covered.items() if top == line), default=line)
    if last == line or not any(heading_word(h) in COLUMN_OF for h in headings.values()):
        return headings, line
    for below in range(line + 1, last + 1):
        for column, value in sheet.lines.get(below, {}).items():
            above = headings.get(column, "")
            if heading_word(above) not in COLUMN_OF:
                headings[column] = _shown(value)
    return dict(sorted(headings.items())), last


def _shown(value: object) -> str:
    return "".join(visible(as_text(value)).split())


def _columns(headings: Mapping[int, str]) -> dict[RosterColumn, int]:
    found: dict[RosterColumn, tuple[int, int]] = {}
    for number, text in headings.items():
        column_rank = COLUMN_OF.get(heading_word(text))
        if column_rank is None:
            continue
        column, rank = column_rank
        if column not in found or rank < found[column][0]:
            found[column] = (rank, number)
    return {column: number for column, (_, number) in found.items()}


def is_health(heading: str) -> bool:
    """Whether a column tells of somebody's health."""
    return bool(HEALTH_HEADING.search(heading))
