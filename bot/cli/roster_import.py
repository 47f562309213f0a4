"""Bringing a roster in (导入花名册): read, keep, and hand back what needs a look."""

import gc
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.cli.office import Office, office, village_named
from bot.cli.output import Advance
from bot.cli.problem_files import ProblemFile, more_lines, problem_file, written_to
from bot.cli.slips import keep_slips
from bot.papers.roster import RosterReading, read_roster
from bot.papers.roster_problems import write_problems
from bot.papers.roster_rows import RowAction
from bot.papers.roster_update import beside_stored
from bot.replies import cli as words
from bot.replies.phrases import joined
from bot.replies.roster import columns_ignored, sheets_left
from domain.household import HouseholdEntry
from domain.household_change import ChangeKind, HouseholdChange
from storage.unit_of_work import Books
from storage.villages import Household


@dataclass(frozen=True, slots=True)
class Brought:
    """A roster as read and kept; ``problems`` is the file of its doubtful lines."""

    reading: RosterReading
    is_dry: bool
    problems: ProblemFile | None


def bring_in(
    file: Path, *, village: str, is_dry: bool, problems: Path | None, on_row: Advance
) -> Brought:
    """Read a roster and keep its households in one transaction.

    Raises:
        CommandFailed: No such village, or no place for the problems.
        RosterUnreadable: The file is no spreadsheet that can be read.
        RosterHeadingMissing: No sheet has a line of headings.

    """
    with _collector_at_rest(), office() as at:
        with at.reading() as books:
            found = village_named(books, village)
            others = [v.name for v in books.villages.all() if v.id != found.id]
        target = problem_file(problems, of=file) if problems or not is_dry else None
        reading = read_roster(
            file, village=found.name, today=at.today, other_villages=others, on_row=on_row
        )
        reading = _looked_at(at, found.id, reading) if is_dry else _kept(at, found.id, reading)
    if target is None or not (problems or reading.count(RowAction.REJECTED)):
        return Brought(reading, is_dry, None)
    write_problems(reading, file, target.path)
    return Brought(reading, is_dry, target)


@contextmanager
def _collector_at_rest() -> Generator[None]:
    """Look for no garbage meanwhile: cells and rows all stay, and the search costs a quarter."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _looked_at(at: Office, village: int, reading: RosterReading) -> RosterReading:
    with at.reading() as books:
        return beside_stored(reading, books.households.all(village))


def _kept(at: Office, village: int, reading: RosterReading) -> RosterReading:
    with at.open_books() as books:
        books.villages.lock(village)
        homes = books.households.all(village)
        reading = beside_stored(reading, homes)
        if reading.entries:
            rows = [_row(entry) for entry in reading.entries]
            books.households.save(village, rows, since=at.today)
            _note_heads(at, books, village, {(h.group_no, h.house_no): h for h in homes})
            keep_slips(at, books, village, books.households.all(village))
    return reading


def _note_heads(
    at: Office, books: Books, village: int, before: Mapping[tuple[int, str], Household]
) -> None:
    """Keep in the history which households have another head since this import."""
    for home in books.households.all(village):
        known = before.get((home.group_no, home.house_no))
        if known is None or known.head == home.head:
            continue
        line = HouseholdChange(
            number=books.villages.next_number(village, "household"),
            kind=ChangeKind.HEAD,
            household=home.id,
            changed_on=at.today,
            reason="",
            was=known.head,
        )
        books.changes.note(village, line, at=at.now)


def _row(entry: HouseholdEntry) -> dict[str, Any]:
    return {
        "group_no": entry.group,
        "house_no": entry.house_no,
        "head": entry.head,
        "phone": joined(list(entry.phone)),
        "registered": entry.registered,
        "resident": entry.resident,
        "is_party": entry.is_party,
        "star": entry.star,
        "joined_on": entry.joined_on,
        "remark": entry.remark,
    }


def facts(brought: Brought) -> dict[str, Any]:
    """Return what ``--json`` tells."""
    reading = brought.reading
    return {
        **{action.value: reading.count(action) for action in RowAction},
        "rows": [
            {
                "line": row.line,
                "action": row.action.value,
                "reasons": list(row.reasons),
                "values": row.values,
            }
            for row in reading.rows
        ],
    }


def remarks(brought: Brought, *, most: int) -> Iterator[str]:
    """Yield what an operator reads: the lines with remarks first, the sums last."""
    reading = brought.reading
    for row in reading.problems[:most]:
        yield words.IMPORT_LINE.format(line=row.line, reasons="".join(row.reasons))
    if len(reading.problems) > most:
        yield more_lines(len(reading.problems) - most, brought.problems)
    yield from columns_ignored(reading.ignored_columns, reading.dropped_columns)
    if reading.other_sheets:
        yield sheets_left(reading.other_sheets, reading.sheet)
    sentence = words.IMPORT_DRY if brought.is_dry else words.IMPORT_DONE
    yield sentence.format(
        kept=len(reading.entries),
        accepted=reading.count(RowAction.ACCEPTED),
        normalised=reading.count(RowAction.NORMALISED),
        rejected=reading.count(RowAction.REJECTED),
    )
    if brought.problems is not None:
        yield written_to(brought.problems)
