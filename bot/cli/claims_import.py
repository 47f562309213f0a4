"""Bringing paper claims in (代录批量): read, record, and hand back what was not recorded."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from bot.cli.office import CommandFailed, Office, WrongUse, office, village_named
from bot.cli.output import Advance
from bot.cli.problem_files import ProblemFile, more_lines, problem_file, written_to
from bot.commands.case import Tools
from bot.commands.paper_records import (
    Alike,
    Clerk,
    RowAction,
    RowOutcome,
    keys_of,
    record_row,
)
from bot.papers.claim_problems import write_claim_problems
from bot.papers.claim_rows import PaperClaims, read_claims
from bot.replies import cli, paper_cli
from bot.replies.paper_rows import reasons
from bot.shelf import RulebookShelf
from domain.membership import Person, Role
from storage.unit_of_work import Books
from storage.villages import Village

AT_ONCE: Final = 50
"""Lines of one transaction: the chat never waits long for an import."""


@dataclass(frozen=True, slots=True)
class ClaimsBrought:
    """A sheet as read and recorded; ``problems`` is the file of what was not."""

    outcomes: tuple[RowOutcome, ...]
    is_dry: bool
    problems: ProblemFile | None

    @property
    def rejected(self) -> tuple[RowOutcome, ...]:
        """The lines that were not recorded."""
        return tuple(one for one in self.outcomes if one.action is RowAction.REJECTED)

    def count(self, action: RowAction) -> int:
        """Count the lines of which this became."""
        return sum(one.action is action for one in self.outcomes)


class _Undone(Exception):  # noqa: N818 - a check run leaves nothing behind
    """Takes back what a check run did."""


def bring_claims_in(
    file: Path, *, village: str, by: str, is_dry: bool, problems: Path | None, on_row: Advance
) -> ClaimsBrought:
    """Record a sheet of paper claims in the name of a member of the committee.

    A check run does the very same and takes it back.

    Raises:
        CommandFailed: No such village, nobody of this name on the committee, or no
            place for the problems.
        RosterUnreadable: The file is no spreadsheet that can be read.
        ClaimHeadingMissing: No sheet has a line of headings.

    """
    with office() as at:
        with at.reading() as books:
            found = village_named(books, village)
            member = _member(books, found, by)
        target = problem_file(problems, of=file) if problems or not is_dry else None
        sheet = read_claims(file, today=at.today)
        outcomes = tuple(_record(at, found, member, sheet, is_dry=is_dry, on_row=on_row))
    brought = ClaimsBrought(outcomes, is_dry, None)
    if target is None or not (problems or brought.rejected):
        return brought
    rows = [
        (one.paper.line, "\n".join(reasons(one)), one.paper.written) for one in brought.rejected
    ]
    write_claim_problems(target.path, sheet.headings, rows)
    return replace(brought, problems=target)


def _record(
    at: Office,
    village: Village,
    member: Person,
    sheet: PaperClaims,
    *,
    is_dry: bool,
    on_row: Advance,
) -> Iterator[RowOutcome]:
    tools = Tools(at.settings.secret(), RulebookShelf(), at.settings.site)
    keyed = tuple(keys_of(sheet.rows))
    seen: dict[Alike, int] = {}
    done, of = 0, len(keyed)
    at_once = max(of, 1) if is_dry else AT_ONCE
    for start in range(0, of, at_once):
        answered: list[RowOutcome] = []
        with suppress(_Undone), at.open_books() as books:
            books.villages.lock(village.id)
            clerk = Clerk(books, tools, village, member, at.now, at.today, seen)
            for key, row in keyed[start : start + at_once]:
                answered.append(record_row(clerk, key, row))
                done += 1
                on_row(done, of)
            if is_dry:
                raise _Undone
        yield from answered


def _member(books: Books, village: Village, name: str) -> Person:
    """Return the member of the committee of a name."""
    holders = books.people.holders(village.id, Role.COMMITTEE, Role.CHAIR)
    members = [books.people.get(village.id, one) for one in holders]
    named = [one for one in members if one.name == name.strip() and one.name]
    if len(named) > 1:
        raise WrongUse(paper_cli.MEMBER_TWICE.format(name=name))
    if named:
        return named[0]
    known = cli.listed([one.name for one in members if one.name])
    if not known:
        raise CommandFailed(paper_cli.MEMBERS_NONE.format(village=village.name))
    unknown = paper_cli.MEMBER_UNKNOWN.format(name=name, village=village.name, known=known)
    raise WrongUse(unknown)


def claim_facts(brought: ClaimsBrought) -> dict[str, Any]:
    """Return what ``--json`` tells."""
    return {
        **{action.value: brought.count(action) for action in RowAction},
        "rows": [
            {
                "line": one.paper.line,
                "action": one.action.value,
                "number": None
                if brought.is_dry and one.action is RowAction.RECORDED
                else one.number,
                "reasons": list(reasons(one)),
            }
            for one in brought.outcomes
        ],
    }


def claim_remarks(brought: ClaimsBrought, *, most: int) -> Iterator[str]:
    """Yield what an operator reads: the lines with remarks first, the sums last."""
    told = [(one.paper.line, reasons(one)) for one in brought.outcomes]
    told = [(line, said) for line, said in told if said]
    for line, said in told[:most]:
        yield cli.IMPORT_LINE.format(line=line, reasons="".join(said))
    if len(told) > most:
        yield more_lines(len(told) - most, brought.problems)
    sentence = paper_cli.CLAIMS_CHECKED if brought.is_dry else paper_cli.CLAIMS_DONE
    yield sentence.format(**{action.value: brought.count(action) for action in RowAction})
    if brought.problems is not None:
        yield written_to(brought.problems)
