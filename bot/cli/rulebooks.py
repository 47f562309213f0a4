"""Commands of the rulebook (细则): check, import, export, adopt."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.output import note, say, tell
from bot.cli.villages import Json, VillageName
from bot.replies import cli as words
from bot.replies import cli_help as helps

if TYPE_CHECKING:
    from domain.rulebook import Adoption

rulebook = typer.Typer(help=helps.RULEBOOK, no_args_is_help=True, rich_markup_mode=None)

Version = Annotated[str, typer.Option("--version", help=helps.VERSION)]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise typer.BadParameter(words.DATE_UNREADABLE.format(text=text)) from None


@rulebook.command(help=helps.CHECK)
def check(
    file: Annotated[Path | None, typer.Argument(help=helps.CHECK_FILE)] = None,
    draft: Annotated[bool, typer.Option("--draft", help=helps.CHECK_DRAFT)] = False,
    as_json: Json = False,
) -> None:
    """Say everything that is wrong with a rulebook file."""
    from bot.cli.rulebook_files import checked_draft, checked_file, facts  # noqa: PLC0415 - --help loads no database

    if (file is None) is not draft:
        raise typer.BadParameter(words.RULEBOOK_ONE, param_hint="FILE")
    checked = checked_draft() if file is None else checked_file(file)
    if as_json:
        tell(facts(checked))
    else:
        say(checked.words)
    if not checked.is_adoptable:
        raise typer.Exit(1)


@rulebook.command("import", help=helps.RULEBOOK_IMPORT)
def import_(
    file: Annotated[Path, typer.Argument(help=helps.CHECK_FILE)],
    village: VillageName,
    as_json: Json = False,
) -> None:
    """Keep a rulebook file as a version of the village."""
    from bot.cli.rulebook_files import keep_file  # noqa: PLC0415 - as above

    checked, kept, name = keep_file(file, village=village)
    if kept is None:
        note(words.RULEBOOK_UNUSABLE)
        note(checked.words)
        raise typer.Exit(1)
    count = len(checked.rulebook.items)
    if as_json:
        told = {"village": name, "version": kept.version, "items": count, "digest": kept.digest}
        tell(told)
        return
    say(words.RULEBOOK_STORED.format(village=name, version=kept.version, items=count))


@rulebook.command(help=helps.EXPORT)
def export(
    village: VillageName,
    version: Version,
    to: Annotated[Path, typer.Option("--to", help=helps.EXPORT_TO)],
    force: Annotated[bool, typer.Option("--force", help=helps.EXPORT_FORCE)] = False,
    as_json: Json = False,
) -> None:
    """Write a stored version to a file."""
    from bot.cli.rulebook_files import write_file  # noqa: PLC0415 - as above

    name = write_file(to, village=village, version=version, is_forced=force)
    if as_json:
        tell({"village": name, "version": version, "file": str(to)})
        return
    say(words.RULEBOOK_EXPORTED.format(version=version, file=to))


@rulebook.command(help=helps.ADOPT)
def adopt(
    village: VillageName,
    version: Version,
    meeting: Annotated[str, typer.Option("--meeting", help=helps.MEETING)],
    held_on: Annotated[date, typer.Option("--date", help=helps.DATE, parser=_day, metavar="DATE")],
    present: Annotated[int, typer.Option("--present", help=helps.PRESENT)],
    votes_for: Annotated[int, typer.Option("--for", help=helps.FOR)],
    votes_against: Annotated[int, typer.Option("--against", help=helps.AGAINST)],
    women: Annotated[int, typer.Option("--women", help=helps.WOMEN)],
    published_on: Annotated[
        date, typer.Option("--published-on", help=helps.PUBLISHED_ON, parser=_day, metavar="DATE")
    ],
    published_at: Annotated[str, typer.Option("--published-at", help=helps.PUBLISHED_AT)],
    in_force_on: Annotated[
        date | None,
        typer.Option("--in-force-on", help=helps.IN_FORCE_ON, parser=_day, metavar="DATE"),
    ] = None,
    as_json: Json = False,
) -> None:
    """Put a version in force by the record of the meeting."""
    from bot.cli.adopting import put_in_force  # noqa: PLC0415 - as above
    from domain.rulebook import Adoption  # noqa: PLC0415

    adoption = Adoption(
        version=version.strip(),
        meeting=meeting.strip(),
        held_on=held_on,
        present=present,
        votes_for=votes_for,
        votes_against=votes_against,
        votes_women=women,
        published_on=published_on,
        published_at=published_at.strip(),
        in_force_on=in_force_on or published_on,
    )
    _tell_adopted(adoption, *put_in_force(adoption, village=village), as_json=as_json)


def _tell_adopted(adoption: "Adoption", name: str, is_recorded: bool, *, as_json: bool) -> None:
    day = adoption.in_force_on.isoformat()
    if as_json:
        told = {"village": name, "version": adoption.version, "in_force_on": day}
        tell({**told, "recorded": is_recorded})
        return
    sentence = words.ADOPTED if is_recorded else words.ADOPTED_BEFORE
    say(sentence.format(village=name, version=adoption.version, day=day))
