"""Commands of villages (建村、住户、角色、群)."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from bot.cli.output import progress, say, table, tell
from bot.replies import cli as words
from bot.replies import cli_help as helps

INVITATION_LIFE: Final = timedelta(days=14)
ROWS_SHOWN: Final = 20

Json = Annotated[bool, typer.Option("--json", help=helps.JSON)]
VillageName = Annotated[str, typer.Option("--village", help=helps.VILLAGE)]
RoleName = Literal["committee", "chair", "administrator", "supervisor"]
Purpose = Literal["villagers", "committee"]

households = typer.Typer(help=helps.HOUSEHOLDS, no_args_is_help=True, rich_markup_mode=None)
roles = typer.Typer(help=helps.ROLES, no_args_is_help=True, rich_markup_mode=None)
rooms = typer.Typer(help=helps.ROOMS, no_args_is_help=True, rich_markup_mode=None)


def init(
    town: Annotated[str, typer.Option(help=helps.INIT_TOWN)],
    village: Annotated[list[str], typer.Option(help=helps.INIT_VILLAGE)],
    as_json: Json = False,
) -> None:
    """Set a town and its villages up; doing it again adds what is missing."""
    from bot.cli.founding import found  # noqa: PLC0415 - --help loads no database

    founded = found(town, village)
    if as_json:
        listed = [{"id": f.id, "name": f.name, "admin_code": f.admin_code} for f in founded]
        tell({"town": founded[0].town, "villages": listed})
        return
    say(words.INIT_DONE.format(town=founded[0].town))
    table(words.INIT_COLUMNS, [(f.id, f.name, f.admin_code) for f in founded])
    for one in founded:
        if not one.is_new:
            say(words.INIT_AGAIN.format(name=one.name))
    say(words.INIT_NEXT)


@households.command("import", help=helps.IMPORT)
def import_(
    file: Annotated[Path, typer.Argument(help=helps.IMPORT_FILE)],
    village: VillageName,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=helps.IMPORT_DRY)] = False,
    problems: Annotated[Path | None, typer.Option(help=helps.IMPORT_PROBLEMS)] = None,
    as_json: Json = False,
) -> None:
    """Read a roster and keep its households."""
    from bot.cli.roster_import import bring_in, facts, remarks  # noqa: PLC0415 - as above

    with progress(words.IMPORT_READING) as advance:
        brought = bring_in(file, village=village, is_dry=dry_run, problems=problems, on_row=advance)
    if as_json:
        tell(facts(brought))
        return
    for line in remarks(brought, most=ROWS_SHOWN):
        say(line)


@households.command(help=helps.CODES)
def codes(
    village: VillageName,
    new: Annotated[str | None, typer.Option(help=helps.CODES_NEW)] = None,
    as_json: Json = False,
) -> None:
    """List the households' codes for printing slips."""
    from bot.cli.slips import slips  # noqa: PLC0415 - as above

    listed = slips(village, renew=new)
    if as_json:
        tell([{"household": s.household, "head": s.head, "code": s.code} for s in listed])
        return
    table(words.CODES_COLUMNS, [(s.household, s.head, s.code) for s in listed])


@roles.command("invite", help=helps.ROLES_INVITE)
def invite_role(
    village: VillageName,
    role: Annotated[RoleName, typer.Option(help=helps.ROLE)],
    as_json: Json = False,
) -> None:
    """Make a one-use code for a role."""
    code, name = _invite(village, "role", role)
    if as_json:
        tell({"code": code})
        return
    say(words.ROLE_CODE.format(village=name, role=words.ROLES[role], code=code))


@rooms.command("invite", help=helps.ROOMS_INVITE)
def invite_room(
    village: VillageName,
    purpose: Annotated[Purpose, typer.Option(help=helps.PURPOSE)],
    as_json: Json = False,
) -> None:
    """Make a one-use code that binds a room."""
    code, name = _invite(village, "room", purpose)
    if as_json:
        tell({"code": code})
        return
    say(words.ROOM_CODE.format(village=name, purpose=words.PURPOSES[purpose], code=code))


@rooms.command("add", help=helps.ROOMS_ADD)
def add_room(
    village: VillageName,
    name: Annotated[str, typer.Option(help=helps.ROOMS_NAME)],
    purpose: Annotated[Purpose, typer.Option(help=helps.PURPOSE)] = "villagers",
    as_json: Json = False,
) -> None:
    """Let a group without an account of ours be served by hand."""
    from bot.cli.hand_rooms import add  # noqa: PLC0415 - as above

    room, home = add(village, name=name, purpose=purpose)
    if as_json:
        tell({"village": room.village, "name": room.name, "purpose": room.purpose})
        return
    say(words.ROOM_ADDED.format(village=home, name=room.name, purpose=words.PURPOSES[purpose]))


def _invite(village: str, kind: str, grants: str) -> tuple[str, str]:
    """Return a new code as printed, and the village's name."""
    from bot.cli.founding import invite  # noqa: PLC0415 - as above
    from bot.cli.office import office, village_named  # noqa: PLC0415

    with office() as at, at.open_books() as books:
        found = village_named(books, village)
        return invite(at, books, found.id, kind=kind, grants=grants), found.name
