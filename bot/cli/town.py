"""Commands of figures (三级联动): participation, the report of a town, and who may see it."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.output import say, table, tell
from bot.cli.villages import Json, VillageName
from bot.replies import cli
from bot.replies import people_cli as words
from bot.replies import town_cli as officers
from bot.replies.shares import percent

if TYPE_CHECKING:
    from domain.town import VillageLine

AsOf = Annotated[str | None, typer.Option("--as-of", help=words.AS_OF)]

town = typer.Typer(help=words.TOWN_HELP, no_args_is_help=True, rich_markup_mode=None)


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
    from bot.cli.office import WrongUse  # noqa: PLC0415

    day, lines = report_of(_day(as_of), town_name)
    rows: list[dict[str, Any]] = [flat(line, day) for line in lines]
    if xlsx is not None:
        from bot.papers.town_excel import write_report  # noqa: PLC0415 - as above

        if xlsx.suffix != ".xlsx":
            raise WrongUse(words.REPORT_SUFFIX.format(name=xlsx.name))

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
    table(words.REPORT_COLUMNS, [_row(line) for line in lines])


def _row(line: "VillageLine") -> tuple[object, ...]:
    steps = (line.registering, line.reviewing, line.publishing, line.redeeming)
    figures = line.figures
    share = percent(figures.register.every)
    waits = (figures.waiting, figures.objections_open)
    return (figures.village, *map(words.light, steps), share, *waits)


@town.command("invite", help=officers.INVITE_HELP)
def invite(
    town_name: Annotated[list[str] | None, typer.Option("--town", help=officers.TOWN)] = None,
    district: Annotated[str, typer.Option(help=officers.DISTRICT)] = "",
    name: Annotated[str, typer.Option(help=officers.NAME)] = "",
    officer: Annotated[int | None, typer.Option(help=officers.OFFICER)] = None,
    as_json: Json = False,
) -> None:
    """Make a one-use code for an officer of a town or district."""
    from bot.cli import officers_acts  # noqa: PLC0415 - as above

    facts, said = officers_acts.invite(
        town_name or [], district=district, name=name, officer=officer
    )
    if as_json:
        tell(facts)
    else:
        say(said)


@town.command("officers", help=officers.OFFICERS_HELP)
def list_officers(as_json: Json = False) -> None:
    """List who sees the figures of towns and districts."""
    from bot.cli import officers_acts  # noqa: PLC0415 - as above

    found = officers_acts.listed()
    if as_json:
        tell(found)
        return
    if not found:
        say(officers.OFFICERS_NONE)
        return
    lines = [
        (
            one["number"],
            one["name"],
            officers.LEVELS[one["level"]],
            one["area"],
            officers.towns_of(one["towns"]),
            one["phones"],
            one["since"],
            one["ended_at"],
            one["reason"],
        )
        for one in found
    ]
    table(officers.OFFICERS_COLUMNS, lines)


@town.command("dismiss", help=officers.DISMISS_HELP)
def dismiss(
    officer: Annotated[int, typer.Argument(help=officers.NUMBER)],
    reason: Annotated[str, typer.Option(help=officers.REASON)],
    as_json: Json = False,
) -> None:
    """Let an officer see nothing from now on."""
    from bot.cli import officers_acts  # noqa: PLC0415 - as above

    facts, said = officers_acts.dismiss(officer, reason=reason)
    if as_json:
        tell(facts)
    else:
        say(said)


def _day(text: str | None) -> date | None:
    from bot.cli.office import WrongUse  # noqa: PLC0415 - as above

    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongUse(cli.DATE_UNREADABLE.format(text=text)) from None
