"""The roster of a village (花名册): an Excel file becomes households, each line with its answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.papers.roster_address import canonical_house_no, split_named_place, split_place
from bot.papers.roster_cells import village_names
from bot.papers.roster_heading import Layout, find_layout
from bot.papers.roster_note import Note, NoteKind
from bot.papers.roster_rows import Circumstances, ReadLine, RowAction, Value, read_line
from bot.papers.roster_sheet import Sheet, read_sheets
from bot.papers.roster_text import as_text, narrow, shown
from bot.replies.roster import reason
from domain.household import Address, HouseholdEntry, RosterColumn, RosterHeadingMissing

__all__ = ["DuplicateQuestion", "RosterReading", "RosterRow", "RowAction", "read_roster"]


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A line of the sheet and what became of it.

    ``line`` counts as the sheet does, from 1. ``values`` has the keys of
    ``RosterColumn`` and is fit for JSON; ``written`` is what each cell held, by
    heading order, without ID and card numbers. ``entry`` is None if rejected.
    """

    line: int
    action: RowAction
    reasons: tuple[str, ...]
    values: dict[str, Value]
    entry: HouseholdEntry | None
    notes: tuple[Note, ...]
    written: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DuplicateQuestion:
    """Two lines tell of one house: which is right is for the village to say."""

    line: int
    first_line: int
    address: Address
    head: str
    first_head: str
    is_identical: bool


@dataclass(frozen=True, slots=True)
class RosterReading:
    """A roster as read.

    ``headings`` are those of the sheet without private columns, in the order of
    ``RosterRow.written``; ``ignored_columns`` those that were not read;
    ``dropped_columns`` those of them that hold private numbers or health.
    ``other_sheets`` hold something and were not read. ``columns`` are those the
    sheet has; what it does not have it says nothing of.
    """

    sheet: str
    rows: tuple[RosterRow, ...]
    headings: tuple[str, ...]
    ignored_columns: tuple[str, ...]
    dropped_columns: tuple[str, ...]
    other_sheets: tuple[str, ...]
    questions: tuple[DuplicateQuestion, ...]
    columns: frozenset[RosterColumn]

    def count(self, action: RowAction) -> int:
        """Count the lines of which this became."""
        return sum(row.action is action for row in self.rows)

    @property
    def entries(self) -> tuple[HouseholdEntry, ...]:
        """The households to keep, in the order of the sheet; no two share an address."""
        return tuple(row.entry for row in self.rows if row.entry)

    @property
    def problems(self) -> tuple[RosterRow, ...]:
        """The lines of which something is said."""
        return tuple(row for row in self.rows if row.reasons)


def read_roster(
    path: Path,
    *,
    village: str,
    today: date,
    other_villages: Sequence[str] = (),
    on_row: Callable[[int, int], None] | None = None,
) -> RosterReading:
    """Read a roster as villages keep it; every filled line below the headings gets an answer.

    Nothing is changed, dropped or merged without being said. Of two lines for one
    house the first is kept and the second asked about. The first sheet with
    headings is read; a column 村 may be absent, the roster is then this village's.

    Args:
        path: An .xlsx file.
        village: The name of the village, with or without 村.
        today: The village day; nobody joined later.
        other_villages: The other villages of the town, to tell a strange name from a wrong one.
        on_row: Hears how many lines are done, of how many.

    Raises:
        RosterUnreadable: The file is no spreadsheet that can be read.
        RosterHeadingMissing: No sheet has a line of headings.

    """
    sheets = read_sheets(path)
    sheet, layout = _first_roster(sheets)
    about = Circumstances(sheet, layout, village_names(village, other_villages), today)
    numbers = [number for number in sheet.lines if number >= layout.first_line]
    lines: list[ReadLine] = []
    for done, number in enumerate(numbers, 1):
        lines.append(read_line(number, about))
        if on_row:
            on_row(done, len(numbers))
    others = tuple(other.title for other in sheets if other is not sheet)
    return _reading(lines, about, others)


def _reading(
    lines: Sequence[ReadLine], about: Circumstances, others: tuple[str, ...]
) -> RosterReading:
    sheet, layout = about.sheet, about.layout
    answered, questions = _asked_about(lines)
    shown_columns = [column for column in layout.headings if column not in layout.private]
    return RosterReading(
        sheet=sheet.title,
        rows=tuple(_row(line, shown_columns) for line in answered),
        headings=tuple(layout.headings[column] for column in shown_columns),
        ignored_columns=_ignored(sheet, layout),
        dropped_columns=tuple(layout.private.values()),
        other_sheets=others,
        questions=questions,
        columns=frozenset(layout.columns),
    )


def _first_roster(sheets: Sequence[Sheet]) -> tuple[Sheet, Layout]:
    refusals = []
    for sheet in sheets:
        try:
            layout = find_layout(sheet)
        except RosterHeadingMissing as refusal:
            refusals.append(refusal)
            continue
        missing = _never_told(sheet, layout)
        if not missing:
            return sheet, layout
        refusals.append(RosterHeadingMissing(missing))
    needed = (RosterColumn.GROUP, RosterColumn.HOUSE_NO, RosterColumn.HEAD)
    raise min(refusals, key=lambda r: len(r.missing), default=RosterHeadingMissing(needed))


def _never_told(sheet: Sheet, layout: Layout) -> tuple[RosterColumn, ...]:
    """Return the column of group or house if it is absent and no other cell holds it."""
    needed = (RosterColumn.GROUP, RosterColumn.HOUSE_NO)
    missing = tuple(column for column in needed if column not in layout.columns)
    places = [n for column, n in layout.columns.items() if column in (*needed, RosterColumn.HEAD)]
    texts = (
        narrow(as_text(cells.get(place)))
        for number, cells in sheet.lines.items()
        if number >= layout.first_line
        for place in places
    )
    return () if not missing or any(_holds_both(text) for text in texts) else missing


def _holds_both(text: str) -> bool:
    place = split_named_place(text.strip())
    if place is None:
        place = split_place("".join(text.split()).rpartition("村")[2])
    return bool(place.group and place.house and canonical_house_no(place.house))


def _asked_about(
    lines: Sequence[ReadLine],
) -> tuple[list[ReadLine], tuple[DuplicateQuestion, ...]]:
    """Keep the first line of each house and ask about every later one."""
    first: dict[Address, ReadLine] = {}
    answered: list[ReadLine] = []
    questions: list[DuplicateQuestion] = []
    for line in lines:
        entry = line.entry
        kept = first.setdefault(entry.address, line) if entry else line
        if entry is None or kept is line or kept.entry is None:
            answered.append(line)
            continue
        question = DuplicateQuestion(
            line=line.number,
            first_line=kept.number,
            address=entry.address,
            head=entry.head,
            first_head=kept.entry.head,
            is_identical=entry == kept.entry,
        )
        questions.append(question)
        answered.append(replace(line, entry=None, notes=(_asking(question), *line.notes)))
    return answered, tuple(questions)


def _asking(question: DuplicateQuestion) -> Note:
    if question.is_identical:
        return Note(NoteKind.DUPLICATE_SAME, line=question.first_line)
    is_other = question.head != question.first_head
    return Note(
        NoteKind.DUPLICATE_OTHER_HEAD if is_other else NoteKind.DUPLICATE,
        written=shown(question.head),
        read=shown(question.first_head),
        line=question.first_line,
    )


def _row(line: ReadLine, columns: Sequence[int]) -> RosterRow:
    values: Mapping[RosterColumn, Value] = line.values
    return RosterRow(
        line=line.number,
        action=line.action,
        reasons=tuple(dict.fromkeys(reason(note) for note in line.notes)),
        values={column.value: value for column, value in values.items()},
        entry=line.entry,
        notes=line.notes,
        written=tuple(line.written.get(column, "") for column in columns),
    )


def _ignored(sheet: Sheet, layout: Layout) -> tuple[str, ...]:
    """Return the columns that were not read, also those that have no heading."""
    filled = {
        column
        for number, cells in sheet.lines.items()
        if number >= layout.first_line
        for column in cells
    }
    bare = sorted(filled - set(layout.headings))
    return (*layout.extra, *(f"第{column}列" for column in bare))
