"""A roster beside what is stored (再次导入): what changes, what is left, what stays."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.papers.roster import RosterReading, RosterRow
from bot.papers.roster_note import DUPLICATES, Note, NoteKind
from bot.papers.roster_rows import RowAction, Value, action_of, entry_of
from bot.papers.roster_text import shown
from bot.replies.cli import address
from bot.replies.roster import reason, told
from domain.household import Address, RosterColumn
from storage.villages import Household

_COMPARED: Final = (
    RosterColumn.HEAD,
    RosterColumn.PHONE,
    RosterColumn.REGISTERED,
    RosterColumn.RESIDENT,
    RosterColumn.PARTY,
    RosterColumn.STAR,
    RosterColumn.JOINED,
    RosterColumn.REMARK,
)


def beside_stored(reading: RosterReading, homes: Sequence[Household]) -> RosterReading:
    """Return the reading with what each line changes of the households that are stored.

    A column the sheet does not have leaves what is stored. A rejected line of a
    stored household is told that the household stays.
    """
    stored = {Address(home.group_no, home.house_no): home for home in homes}
    return replace(
        reading, rows=tuple(_beside(row, stored, reading.columns) for row in reading.rows)
    )


def _beside(
    row: RosterRow, stored: Mapping[Address, Household], columns: frozenset[RosterColumn]
) -> RosterRow:
    values = {RosterColumn(key): value for key, value in row.values.items()}
    group, house_no = values[RosterColumn.GROUP], values[RosterColumn.HOUSE_NO]
    home = stored.get(Address(group, str(house_no))) if isinstance(group, int) else None
    if home is None:
        return row
    if row.entry is None:
        return _said(row, _staying(row, home))
    known = _values_of(home)
    kept = values | {column: known[column] for column in _COMPARED if column not in columns}
    kept[RosterColumn.REMARK] = _remark(kept, values, known)
    changes = [_change(c, known[c], kept[c]) for c in _COMPARED if known[c] != kept[c]]
    if home.eligible_until is not None:
        changes.append(Note(NoteKind.LEFT_BEFORE, read=home.eligible_until.isoformat()))
    merged = replace(
        row, entry=entry_of(kept), values={column.value: value for column, value in kept.items()}
    )
    return _said(merged, changes)


def _remark(
    kept: Mapping[RosterColumn, Value],
    values: Mapping[RosterColumn, Value],
    known: Mapping[RosterColumn, Value],
) -> Value:
    """Add what stood in brackets after the head to a stored remark, once."""
    if kept[RosterColumn.REMARK] == values[RosterColumn.REMARK]:
        return kept[RosterColumn.REMARK]
    was, moved = str(known[RosterColumn.REMARK]), str(values[RosterColumn.REMARK])
    return was if moved in was.split(";") else ";".join(filter(None, (was, moved)))


def _staying(row: RosterRow, home: Household) -> list[Note]:
    """Say that a stored household stays although its line is rejected."""
    kinds = {note.kind for note in row.notes}
    if home.eligible_until is not None or kinds & DUPLICATES:
        return []
    at = address(home.group_no, home.house_no)
    return [Note(NoteKind.STILL_REGISTERED, written=shown(home.head), read=at)]


def _change(column: RosterColumn, was: Value, now: Value) -> Note:
    kind = NoteKind.HEAD_CHANGED if column is RosterColumn.HEAD else NoteKind.CHANGED
    return Note(kind, column, shown(told(was)), shown(told(now)))


def _said(row: RosterRow, notes: Sequence[Note]) -> RosterRow:
    if not notes:
        return row
    every = (*row.notes, *notes)
    return replace(
        row,
        notes=every,
        reasons=tuple(dict.fromkeys(reason(note) for note in every)),
        action=row.action if row.action is RowAction.REJECTED else action_of(every),
    )


def _values_of(home: Household) -> dict[RosterColumn, Value]:
    """Return a stored household as a line of the roster would hold it."""
    return {
        RosterColumn.HEAD: home.head,
        RosterColumn.PHONE: home.phone.replace("、", "/"),
        RosterColumn.REGISTERED: home.registered,
        RosterColumn.RESIDENT: home.resident,
        RosterColumn.PARTY: home.is_party,
        RosterColumn.STAR: home.star,
        RosterColumn.JOINED: home.joined_on.isoformat() if home.joined_on else None,
        RosterColumn.REMARK: home.remark,
    }
