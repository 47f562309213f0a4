"""Village, group, house and head of a line (组、门牌、户主), wherever they were written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.papers.roster_address import (
    Place,
    canonical_group,
    canonical_house_no,
    in_plain_signs,
    read_group,
    read_house_no,
    split_named_place,
    split_place,
)
from bot.papers.roster_cells import VillageNames, core_of
from bot.papers.roster_note import Note, NoteKind
from bot.papers.roster_text import Cell, narrow
from bot.papers.roster_words import HEADINGS
from domain.household import RosterColumn


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """The address of a line and the name as written; None for what could not be read."""

    group: int | None
    house_no: str | None
    name: str


def find_place(
    cells: Mapping[RosterColumn, Cell], names: VillageNames, notes: list[Note]
) -> FoundPlace:
    """Find group, house and name, also where one cell holds several of them.

    ``3组12号`` may stand in the cell of the group, of the house number, or before the
    name. Cells that disagree are asked about.
    """
    group_cell = cells[RosterColumn.GROUP]
    house_cell = cells[RosterColumn.HOUSE_NO]
    head_cell = cells[RosterColumn.HEAD]
    by_group = _of_group(_within(group_cell.tight, names, notes))
    by_house = split_place(_within(house_cell.tight, names, notes))
    by_head = split_named_place(_within(head_cell.plain, names, notes)) or Place()
    shared = [
        cell
        for cell, is_shared in (
            (group_cell, bool(by_group.house)),
            (house_cell, bool(by_house.group)),
            (head_cell, bool(by_head.group)),
        )
        if is_shared
    ]
    said = [] if shared else notes
    group = _one_group([by_group.group, by_house.group, by_head.group], group_cell, notes, said)
    house = _one_house([by_house.house, by_group.house, by_head.house], house_cell, notes, said)
    name = _as_written(by_head.rest, head_cell.text)
    if shared:
        notes.extend(note for note in said if note.rejects)
        read = _parts(group, house, by_head.rest)
        notes.extend(cell.note(NoteKind.SPLIT, read=read) for cell in shared[:1])
    return FoundPlace(group, house, name)


def _as_written(name: str, text: str) -> str:
    """Return the name at the end of a cell to the letter, or the whole cell if it is a name."""
    written = text[-len(name) :] if name else text
    return written if not name or narrow(written) == name else name


def _parts(group: int | None, house: str | None, name: str) -> str:
    """Return the parts under the names of their columns: 组3,门牌12,户主张三."""
    named = ((RosterColumn.GROUP, group), (RosterColumn.HOUSE_NO, house), (RosterColumn.HEAD, name))
    return ",".join(f"{HEADINGS[column][0]}{part}" for column, part in named if part)


def _of_group(text: str) -> Place:
    """Read the cell of a group: 3 alone is the group."""
    place = split_place(text)
    return place if place.group and canonical_house_no(place.house) else Place(group=text)


def _within(text: str, names: VillageNames, notes: list[Note]) -> str:
    """Take the village's own name off an address; another village of the town is told."""
    text = in_plain_signs(text)
    for name in (names.own, *names.others) if "村" in text else ():
        core = re.escape(core_of(name))
        found = re.fullmatch(rf"(?:.{{1,12}}?[镇乡])?{core}村(?P<rest>.*[0-9组号].*)", text)
        if found:
            if name != names.own:
                notes.append(Note(NoteKind.OTHER_VILLAGE, None, name, names.own))
            return found["rest"]
    return text


def _one_group(texts: list[str], cell: Cell, notes: list[Note], said: list[Note]) -> int | None:
    written = [text for text in dict.fromkeys(texts) if text]
    groups = {canonical_group(text) for text in written}
    if len(groups) > 1:
        notes.append(Note(NoteKind.GROUP_CONFLICT, cell.column, written[0], written[1]))
        return None
    return read_group(cell, written[0] if written else "", said)


def _one_house(texts: list[str], cell: Cell, notes: list[Note], said: list[Note]) -> str | None:
    written = [text for text in dict.fromkeys(texts) if text]
    houses = {canonical_house_no(text) for text in written}
    if len(houses) > 1:
        notes.append(Note(NoteKind.HOUSE_NO_CONFLICT, cell.column, written[0], written[1]))
        return None
    return read_house_no(cell, written[0] if written else "", said)
