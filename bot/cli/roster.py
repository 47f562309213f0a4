"""Commands that change the roster (住户变更) and take roles back."""

from typing import Annotated, Any

import typer

from bot.cli.output import say, table, tell
from bot.cli.villages import Json, RoleName, VillageName, households, roles
from bot.replies import cli_help as helps
from bot.replies import people_cli as words

Where = Annotated[str, typer.Argument(help=words.HOUSEHOLD)]
On = Annotated[str | None, typer.Option(help=words.ON)]
Reason = Annotated[str, typer.Option(help=words.REASON)]


def _told(line: dict[str, Any], sentence: str, as_json: bool) -> None:
    if as_json:
        tell({key: value for key, value in line.items() if key != "words"})
    else:
        say(sentence.format(**line["words"]))


@households.command("leave", help=words.LEAVE_HELP)
def leave(
    household: Where, village: VillageName, reason: Reason, on: On = None, as_json: Json = False
) -> None:
    """Let a household take part no longer."""
    from bot.cli import roster_acts  # noqa: PLC0415 - --help loads no database

    _told(roster_acts.leave(village, household, on=on, reason=reason), words.LEFT, as_json)


@households.command("admit", help=words.ADMIT_HELP)
def admit(
    household: Where,
    village: VillageName,
    head: Annotated[str, typer.Option(help=words.HEAD)],
    meeting: Annotated[str, typer.Option(help=words.MEETING)],
    date: Annotated[str | None, typer.Option(help=words.ON)] = None,
    as_json: Json = False,
) -> None:
    """Take a household in by the assembly's consent."""
    from bot.cli import roster_acts  # noqa: PLC0415 - as above

    line = roster_acts.admit(village, household, head=head, on=date, reason=meeting)
    _told(line, words.ADMITTED, as_json)


@households.command("merge", help=words.MERGE_HELP)
def merge(
    household: Where,
    village: VillageName,
    into: Annotated[str, typer.Option(help=words.INTO)],
    reason: Reason,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Make one household of two."""
    from bot.cli import roster_acts  # noqa: PLC0415 - as above

    line = roster_acts.merge(village, household, into=into, on=on, reason=reason)
    _told(line, words.MERGED, as_json)


@households.command("split", help=words.SPLIT_HELP)
def split(
    household: Where,
    village: VillageName,
    to: Annotated[str, typer.Option(help=words.NEW_ADDRESS)],
    head: Annotated[str, typer.Option(help=words.HEAD)],
    reason: Reason,
    member: Annotated[list[str] | None, typer.Option(help=words.MEMBER)] = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Make a household of its own for some members."""
    from bot.cli import roster_acts  # noqa: PLC0415 - as above

    line = roster_acts.split(
        village, household, to=to, head=head, members=member or [], on=on, reason=reason
    )
    _told(line, words.SPLIT, as_json)


@households.command("head", help=words.HEAD_HELP)
def head(
    household: Where,
    village: VillageName,
    to: Annotated[str, typer.Option(help=words.HEAD)],
    reason: Annotated[str, typer.Option(help=words.REASON)] = "",
    on: On = None,
    as_json: Json = False,
) -> None:
    """Let a household have another head."""
    from bot.cli import roster_acts  # noqa: PLC0415 - as above

    line = roster_acts.new_head(village, household, head=to, on=on, reason=reason)
    _told(line, words.HEAD_CHANGED, as_json)


@households.command("history", help=words.HISTORY_HELP)
def history(
    village: VillageName,
    household: Annotated[str | None, typer.Argument(help=words.HOUSEHOLD)] = None,
    as_json: Json = False,
) -> None:
    """List what changed on the roster."""
    from bot.cli import roster_acts  # noqa: PLC0415 - as above

    found = roster_acts.history(village, household)
    if as_json:
        tell([{k: v for k, v in line.items() if k != "words"} for line in found])
        return
    if not found:
        say(words.HISTORY_NONE)
        return
    keys = ("day", "kind", "household", "other", "was", "reason")
    lines = [(line["number"], *(line["words"][key] for key in keys)) for line in found]
    table(words.HISTORY_COLUMNS, lines)


@roles.command("list", help=words.ROLES_LIST_HELP)
def list_roles(village: VillageName, as_json: Json = False) -> None:
    """List who holds a role, and who held one."""
    from bot.cli import roles_acts  # noqa: PLC0415 - as above

    found = roles_acts.listed(village)
    if as_json:
        tell(found)
        return
    keys = ("person", "name", "role_name", "since", "ended_at", "reason")
    table(words.ROLES_COLUMNS, [tuple(line[key] for key in keys) for line in found])


@roles.command("revoke", help=words.REVOKE_HELP)
def revoke(
    village: VillageName,
    role: Annotated[RoleName, typer.Option(help=helps.ROLE)],
    person: Annotated[str, typer.Option(help=words.PERSON)],
    reason: Reason,
    as_json: Json = False,
) -> None:
    """Take a role back."""
    from bot.cli import roles_acts  # noqa: PLC0415 - as above

    line = roles_acts.revoke(village, role, person, reason=reason)
    if as_json:
        tell(line)
    else:
        say(words.REVOKED.format(name=line["name"], role=line["role_name"]))
