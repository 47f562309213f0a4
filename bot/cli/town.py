"""Commands of figures (三级联动): participation of a village, the report of a town."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.output import say, table, tell
from bot.cli.villages import Json, VillageName
from bot.replies import cli
from bot.replies import people_cli as words
from bot.replies.people import percent

AsOf = Annotated[str | None, typer.Option("--as-of", help=words.AS_OF)]

town = typer.Typer(help=words.TOWN_HELP, no_args_is_help=True, rich_markup_mode=None)


@town.callback()
def _town() -> None:
    """Keep ``jifen town`` a group although it has one command."""


def participation(village: VillageName, as_of: AsOf = None, as_json: Json = False) -> None:
    """Tell how many households take part."""
    from bot.cli.figures import participation_of  # noqa: PLC0415 - --help loads no database

    told, lines = participation_of(village, _day(as_of))
    if as_json:
        tell(told)
        return
    for line in lines:
        say(line)


@town.command("report", help=words.REPORT_HELP)
def report(
    as_of: AsOf = None,
    town_name: Annotated[str | None, typer.Option("--town", help=words.REPORT_TOWN)] = None,
    xlsx: Annotated[Path | None, typer.Option(help=words.REPORT_XLSX)] = None,
    as_json: Json = False,
) -> None:
    """Tell how each village stands with its steps."""
    from bot.cli.figures import flat, report_of  # noqa: PLC0415 - as above
    from bot.cli.office import CommandFailed  # noqa: PLC0415

    day, lines = report_of(_day(as_of), town_name)
    rows: list[dict[str, Any]] = [flat(line, day) for line in lines]
    if xlsx is not None:
        from bot.papers.town_excel import write_report  # noqa: PLC0415 - as above

        if xlsx.suffix != ".xlsx":
            raise CommandFailed(words.REPORT_SUFFIX.format(name=xlsx.name), code=2)

        write_report(rows, xlsx)
    if as_json:
        tell(rows)
        return
    if xlsx is not None:
        say(words.REPORT_WRITTEN.format(file=xlsx))
        return
    if not lines:
        say(words.REPORT_NONE)
        return
    table(
        words.REPORT_COLUMNS,
        [
            (
                line.figures.village,
                *map(
                    words.light,
                    (line.registering, line.reviewing, line.publishing, line.redeeming),
                ),
                percent(line.figures.register.every),
                line.figures.waiting,
                line.figures.objections_open,
            )
            for line in lines
        ],
    )


def _day(text: str | None) -> date | None:
    from bot.cli.office import CommandFailed  # noqa: PLC0415 - as above

    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandFailed(cli.DATE_UNREADABLE.format(text=text), code=2) from None
