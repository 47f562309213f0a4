"""Which lines of a sheet are no household (合计、标题、说明、企业、公用房)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.papers.roster_address import split_place
from bot.papers.roster_heading import Layout, heading_word
from bot.papers.roster_name import institution
from bot.papers.roster_note import Note, NoteKind
from bot.papers.roster_text import Cell, narrow, shown
from bot.papers.roster_words import COLUMN_OF, FOOTNOTE, TITLE, TOTAL
from domain.household import RosterColumn

_TOTAL_MAX: Final = 20
_TITLE_MIN: Final = 4
_HEADINGS_AGAIN: Final = 2


@dataclass(frozen=True, slots=True)
class Line:
    """What is filled in one line of the sheet, by column."""

    filled: Mapping[int, str]

    @property
    def first(self) -> str:
        """The first text of the line, without spaces."""
        return next((_tight(text) for text in self.filled.values()), "")


def no_household(line: Line, layout: Layout, cells: Mapping[RosterColumn, Cell]) -> Note | None:
    """Return why a line is no household, or None."""
    if _repeats_heading(line, layout):
        return Note(NoteKind.HEADING_AGAIN)
    remark = layout.columns.get(RosterColumn.REMARK, 0)
    is_remark = _tight(line.filled.get(remark, "")) == line.first
    first = "" if is_remark and cells[RosterColumn.HEAD].text else line.first
    if _is_total(first, cells):
        return Note(NoteKind.TOTAL, written=shown(first))
    if FOOTNOTE.search(first):
        return Note(NoteKind.FOOTNOTE)
    if _is_title(list(line.filled.values())):
        return Note(NoteKind.TITLE, written=shown(line.first))
    head = cells[RosterColumn.HEAD].tight or cells[RosterColumn.HOUSE_NO].tight
    kind = institution(head) if head else None
    return Note(kind, RosterColumn.HEAD, shown(head)) if kind else None


def _tight(text: str) -> str:
    return "".join(narrow(text).split())


def _repeats_heading(line: Line, layout: Layout) -> bool:
    head = line.filled.get(layout.columns[RosterColumn.HEAD], "")
    if heading_word(head) not in COLUMN_OF:
        return False
    again = 0
    for column, number in layout.columns.items():
        known = COLUMN_OF.get(heading_word(line.filled.get(number, "")))
        again += known is not None and known[0] is column
    return again >= _HEADINGS_AGAIN


def _is_total(first: str, cells: Mapping[RosterColumn, Cell]) -> bool:
    places = (RosterColumn.VILLAGE, RosterColumn.GROUP, RosterColumn.HOUSE_NO, RosterColumn.HEAD)
    texts = (first, *(cells[column].tight for column in places))
    return any(len(text) <= _TOTAL_MAX and TOTAL.search(text) for text in texts)


def _is_title(texts: Sequence[str]) -> bool:
    """Tell a line of one text: the name of a list, or a group that stands above its households."""
    if len(set(texts)) != 1:
        return False
    text = _tight(texts[0])
    place = split_place(text)
    is_group = bool(place.group) and not place.house
    return is_group or (len(text) >= _TITLE_MIN and bool(TITLE.search(text)))
