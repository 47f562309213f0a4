"""One line of the roster (花名册的一行): read whole, with everything that is to be said of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from bot.papers.roster_cells import (
    VillageNames,
    emptied,
    health_hidden,
    perhaps_emptied,
    read_party,
    read_people,
    read_remark,
    read_star,
    read_village,
)
from bot.papers.roster_date import read_joined
from bot.papers.roster_heading import Layout, is_health
from bot.papers.roster_kinds import Line, no_household
from bot.papers.roster_name import read_head
from bot.papers.roster_note import PRIVACY, UNCHANGED, Note, NoteKind
from bot.papers.roster_phone import read_phones, unglued
from bot.papers.roster_places import find_place
from bot.papers.roster_sheet import Sheet
from bot.papers.roster_text import Cell, as_text, cell_of, shown, visible, without_numbers
from domain.household import HouseholdEntry, RosterColumn

_CARRIED: Final = (
    RosterColumn.VILLAGE,
    RosterColumn.GROUP,
    RosterColumn.JOINED,
    RosterColumn.REMARK,
)
"""What a merged cell says of every line it covers; the rest it says of its first alone."""

Value = str | int | bool | None


class RowAction(StrEnum):
    """What becomes of a line; the value is a key of ``households import --json``."""

    ACCEPTED = "accepted"
    NORMALISED = "normalised"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line as read: its values, all that is said of it, and what it held.

    ``written`` is what each cell of the sheet holds, without ID and card numbers.
    """

    number: int
    values: Mapping[RosterColumn, Value]
    notes: tuple[Note, ...]
    entry: HouseholdEntry | None
    written: Mapping[int, str]

    @property
    def action(self) -> RowAction:
        """Rejected, changed in some way, or taken as it stands."""
        return RowAction.REJECTED if self.entry is None else action_of(self.notes)


def action_of(notes: Iterable[Note]) -> RowAction:
    """Return what becomes of a line that is kept, by what is said of it."""
    is_changed = any(note.kind not in UNCHANGED for note in notes)
    return RowAction.NORMALISED if is_changed else RowAction.ACCEPTED


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the reading of every line rests on."""

    sheet: Sheet
    layout: Layout
    names: VillageNames
    today: date


def read_line(number: int, about: Circumstances) -> ReadLine:
    """Read one line that holds something."""
    notes: list[Note] = []
    cells = {column: _cell(number, column, about, notes) for column in RosterColumn}
    own, hidden = _written(number, about)
    notes.extend(hidden)
    values, said = _values(cells, about)
    notes.extend(said)
    notes.extend(_not_a_member(values, cells))
    stranger = no_household(Line(own), about.layout, cells)
    if stranger:
        notes = [stranger, *(note for note in notes if note.kind in PRIVACY)]
        notes = notes[:1] if stranger.kind is NoteKind.HEADING_AGAIN else notes
    ordered = tuple(dict.fromkeys(sorted(notes, key=lambda note: not note.rejects)))
    is_kept = not any(note.rejects for note in ordered)
    entry = entry_of(values) if is_kept else None
    return ReadLine(number, values, ordered, entry, own | _carried(ordered, cells, about.layout))


def _cell(number: int, column: RosterColumn, about: Circumstances, notes: list[Note]) -> Cell:
    """Read the cell of a column, or the merged cell that covers it."""
    place = about.layout.columns.get(column)
    if place is None:
        return Cell(column, None, "")
    raw = about.sheet.lines[number].get(place)
    if (number, place) in about.sheet.unsolved:
        notes.append(Note(NoteKind.FORMULA_EMPTY, column))
    top = about.sheet.covered.get((number, place), 0)
    above = about.sheet.lines.get(top, {}).get(place)
    if raw is None and above is not None and top >= about.layout.first_line:
        if column in _CARRIED:
            raw = above
            notes.append(
                Note(NoteKind.CARRIED_DOWN, column, _safely_shown(above), line=top),
            )
        else:
            notes.append(Note(NoteKind.MERGED_ABOVE, column, line=top))
    if column is RosterColumn.PHONE and isinstance(raw, str):
        raw = unglued(raw)
    return cell_of(raw, column, notes)


def _carried(
    notes: tuple[Note, ...], cells: Mapping[RosterColumn, Cell], layout: Layout
) -> dict[int, str]:
    """Return what merged cells say of a line, so that it can stand alone."""
    return {
        layout.columns[note.column]: health_hidden(cells[note.column].text)
        for note in notes
        if note.kind is NoteKind.CARRIED_DOWN and note.column
    }


def _safely_shown(raw: object) -> str:
    return shown(health_hidden(without_numbers(visible(as_text(raw)))[0]))


def _written(number: int, about: Circumstances) -> tuple[dict[int, str], list[Note]]:
    """Return what a line holds without private numbers, and what of it was dropped."""
    notes: list[Note] = []
    written: dict[int, str] = {}
    read = set(about.layout.columns.values())
    for column, raw in about.sheet.lines[number].items():
        private = about.layout.private.get(column)
        if private is not None and column not in read:
            health = is_health(private)
            notes.append(Note(NoteKind.HEALTH_DROPPED if health else _dropped(private)))
            continue
        is_phone = column == about.layout.columns.get(RosterColumn.PHONE)
        shown_text = visible(as_text(raw))
        text, kinds = without_numbers(unglued(shown_text) if is_phone else shown_text)
        written[column] = health_hidden(text)
        if column not in read:
            notes.extend(Note(kind) for kind in kinds)
    return written, notes


def _dropped(heading: str) -> NoteKind:
    return NoteKind.ID_DROPPED if "证" in heading or "身份" in heading else NoteKind.CARD_DROPPED


def _values(
    cells: Mapping[RosterColumn, Cell], about: Circumstances
) -> tuple[dict[RosterColumn, Value], list[Note]]:
    notes: list[Note] = []
    village = about.names.own
    if RosterColumn.VILLAGE in about.layout.columns:
        village = read_village(cells[RosterColumn.VILLAGE], about.names, notes)
    place = find_place(cells, about.names, notes)
    head, moved = read_head(cells[RosterColumn.HEAD], place.name, notes)
    phones = read_phones(cells[RosterColumn.PHONE], notes)
    registered = read_people(cells[RosterColumn.REGISTERED], notes)
    resident = read_people(cells[RosterColumn.RESIDENT], notes)
    is_party = read_party(cells[RosterColumn.PARTY], notes)
    star = read_star(cells[RosterColumn.STAR], notes)
    epoch = about.sheet.epoch
    joined = read_joined(cells[RosterColumn.JOINED], notes, today=about.today, epoch=epoch)
    remark = read_remark(cells[RosterColumn.REMARK], moved, notes)
    values: dict[RosterColumn, Value] = {
        RosterColumn.VILLAGE: village,
        RosterColumn.GROUP: place.group,
        RosterColumn.HOUSE_NO: place.house_no or "",
        RosterColumn.HEAD: head,
        RosterColumn.PHONE: "/".join(phones),
        RosterColumn.REGISTERED: registered,
        RosterColumn.RESIDENT: resident,
        RosterColumn.PARTY: is_party,
        RosterColumn.STAR: star,
        RosterColumn.JOINED: joined.isoformat() if joined else None,
        RosterColumn.REMARK: remark,
    }
    return {column: _safe(value) for column, value in values.items()}, notes


def _safe(value: Value) -> Value:
    """Make sure that joining what was parted has not made a private number again."""
    return without_numbers(value)[0] if isinstance(value, str) else value


def _not_a_member(
    values: Mapping[RosterColumn, Value], cells: Mapping[RosterColumn, Cell]
) -> list[Note]:
    """Say what keeps a household out (户在、房在、人在): nobody there, or none of the village.

    Source: plan, section 三(一).
    """
    notes = []
    head = cells[RosterColumn.HEAD].tight
    remark = str(values[RosterColumn.REMARK])
    words = emptied(head, remark)
    left = perhaps_emptied(remark) if values[RosterColumn.RESIDENT] is None else None
    if words:
        notes.append(Note(NoteKind.EMPTIED, written=words))
    elif left:
        notes.append(Note(NoteKind.EMPTIED_PERHAPS, written=shown(left)))
    if values[RosterColumn.RESIDENT] == 0:
        notes.append(Note(NoteKind.NOBODY_RESIDENT, RosterColumn.RESIDENT))
    elif values[RosterColumn.REGISTERED] == 0:
        notes.append(Note(NoteKind.NO_LOCAL_HUKOU, RosterColumn.REGISTERED))
    return notes


def entry_of(values: Mapping[RosterColumn, Value]) -> HouseholdEntry:
    """Return the household of a line that is kept."""
    group, star = values[RosterColumn.GROUP], values[RosterColumn.STAR]
    registered, resident = values[RosterColumn.REGISTERED], values[RosterColumn.RESIDENT]
    joined = values[RosterColumn.JOINED]
    assert isinstance(group, int)
    assert isinstance(star, int)
    return HouseholdEntry(
        village=str(values[RosterColumn.VILLAGE]),
        group=group,
        house_no=str(values[RosterColumn.HOUSE_NO]),
        head=str(values[RosterColumn.HEAD]),
        phone=tuple(filter(None, str(values[RosterColumn.PHONE]).split("/"))),
        registered=registered if isinstance(registered, int) else None,
        resident=resident if isinstance(resident, int) else None,
        is_party=values[RosterColumn.PARTY] is True,
        star=star,
        joined_on=date.fromisoformat(joined) if isinstance(joined, str) else None,
        remark=str(values[RosterColumn.REMARK]),
    )
