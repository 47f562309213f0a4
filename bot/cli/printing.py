"""Printing for the operator (打印): sheets out of the books, files onto the disk."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.cli.office import CommandFailed, WrongUse, office, village_named
from bot.cli.slips import slips
from bot.commands.phones import SLIP_USES_MAX
from bot.papers.posters import Files, letters_missing, print_ranking, print_slips
from bot.papers.press import Form
from bot.papers.ranking_books import ranking_sheet
from bot.papers.slip_sheet import slips_sheet
from bot.replies import cli, paper_cli
from domain.period import Quarter, month_of


@dataclass(frozen=True, slots=True)
class Printed:
    """What came from the press: how many of ``what``; ``missing`` are letters not in the font."""

    files: Files
    count: int
    missing: tuple[str, ...]
    what: str = "households"


def check_target(to: Path, *, form: Form | None, is_forced: bool) -> Form:
    """Return the format to print in, before anything is printed.

    Raises:
        CommandFailed: The name tells no format, or the file is there already.

    """
    suffix = to.suffix.lower()
    chosen: Form | None = form or ("pdf" if suffix == ".pdf" else None)
    chosen = chosen or ("png" if suffix == ".png" else None)
    if chosen is None:
        raise WrongUse(paper_cli.FORMAT_UNKNOWN.format(name=to.name))
    check_free(to, is_forced=is_forced)
    return chosen


def check_free(to: Path, *, is_forced: bool) -> None:
    """Refuse to write over a file.

    Raises:
        CommandFailed: It is there, and nobody said to write over it.

    """
    if to.exists() and not is_forced:
        raise CommandFailed(cli.FILE_EXISTS.format(file=to))


def print_slips_of(village: str, *, form: Form) -> Printed:
    """Print the slips of a village.

    Raises:
        CommandFailed: No such village, or no household.
        PressFailed: The press broke.

    """
    listed = slips(village, renew=None)
    with office() as at, at.reading() as books:
        name, site = village_named(books, village).name, at.settings.site
    rows = [(s.household, s.head, s.code) for s in listed]
    sheet = slips_sheet(name, rows, site=site, uses_max=SLIP_USES_MAX)
    return Printed(print_slips(sheet, form=form), len(listed), letters_missing(sheet))


def print_ranking_of(village: str, *, quarter: tuple[int, int] | None, form: Form) -> Printed:
    """Print the ranking of a quarter, today's by default.

    Raises:
        CommandFailed: No such village.
        PressFailed: The press broke.

    """
    with office() as at, at.reading() as books:
        found = village_named(books, village)
        wanted = Quarter(*quarter) if quarter else month_of(at.today).quarter
        sheet = ranking_sheet(books, found, wanted, today=at.today)
    return Printed(print_ranking(sheet, form=form), len(sheet.lines), letters_missing(sheet))


def keep(made: Printed, to: Path, *, form: Form, is_forced: bool) -> dict[str, Any]:
    """Write what was printed, a picture of several pages as several files, and tell of it.

    Raises:
        CommandFailed: One of the files is there already.

    """
    paths = [to]
    if len(made.files) > 1:
        paths = [to.with_name(f"{to.stem}-{n}.{form}") for n in range(1, len(made.files) + 1)]
    for path in paths:
        check_free(path, is_forced=is_forced)
    for path, content in zip(paths, made.files, strict=True):
        path.write_bytes(content)
    return {
        "files": [str(path) for path in paths],
        made.what: made.count,
        "missing": list(made.missing),
    }
