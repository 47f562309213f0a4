"""Commands of tables (导出): everything of a village's year as Excel."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bot.cli.output import progress, say, tell
from bot.cli.villages import Json, VillageName
from bot.replies import cli_help as helps
from bot.replies import paper_cli as words

if TYPE_CHECKING:
    from bot.papers.report_kinds import ReportKind

export = typer.Typer(help=words.EXPORT, no_args_is_help=True, rich_markup_mode=None)

Year = Annotated[int, typer.Option("--year", min=2000, max=2999, help=helps.YEAR)]
To = Annotated[Path, typer.Option("--to", help=words.EXPORT_TO)]
Force = Annotated[bool, typer.Option("--force", help=words.FORCE)]


HELPS: Final = {
    "ledger": words.EXPORT_LEDGER,
    "claims": words.EXPORT_CLAIMS,
    "publication": words.EXPORT_PUBLICATION,
    "participation": words.EXPORT_PARTICIPATION,
    "redemption": words.EXPORT_REDEMPTION,
    "rulebook": words.EXPORT_RULEBOOK,
}
"""Every kind of table with its help; a test proves that none is left out."""


def _command(kind: str) -> Callable[..., None]:
    """Return the command that writes one kind of table."""

    def write(
        village: VillageName, year: Year, to: To, force: Force = False, as_json: Json = False
    ) -> None:
        from bot.papers.report_kinds import ReportKind  # noqa: PLC0415 - --help loads no database

        _write(ReportKind(kind), village, year, to, is_forced=force, as_json=as_json)

    return write


for _kind, _help in HELPS.items():
    export.command(_kind, help=_help)(_command(_kind))


def _write(
    kind: "ReportKind", village: str, year: int, to: Path, *, is_forced: bool, as_json: bool
) -> None:
    from bot.cli.office import CommandFailed, WrongUse, office, village_named  # noqa: PLC0415 - as above
    from bot.cli.printing import check_free  # noqa: PLC0415
    from bot.papers.report_files import write_report  # noqa: PLC0415

    if to.suffix.lower() != ".xlsx":
        raise WrongUse(words.XLSX_SUFFIX.format(name=to.name))
    check_free(to, is_forced=is_forced)
    with office() as at, at.reading() as books, progress(words.EXPORTING) as advance:
        found = village_named(books, village)
        rows = write_report(
            books, kind, to, village=found.id, year=year, today=at.today, on_row=advance
        )
    if not to.exists():
        raise CommandFailed(words.RULEBOOK_NONE.format(village=found.name, year=year))
    if as_json:
        tell({"file": str(to), "rows": rows})
        return
    say(words.EXPORTED.format(rows=rows, file=to))
