"""Commands of the operator's house (运维): move to PostgreSQL."""

from typing import Annotated

import typer

from bot.cli.output import progress, tell
from bot.cli.villages import Json
from bot.replies import operations_cli as words


def move(
    to: Annotated[str, typer.Option("--to", help=words.MOVE_TO)],
    check: Annotated[bool, typer.Option("--check", help=words.MOVE_CHECK)] = False,
    as_json: Json = False,
) -> None:
    """Move the books into an empty PostgreSQL, or prove that they are the same there."""
    from bot.cli.moving import facts, moved, report  # noqa: PLC0415 - --help loads no database

    with progress(words.MOVING) as advance:
        proved, file = moved(to, is_check=check, on_row=advance)
    if as_json:
        tell({"moved": not check, **facts(proved)})
    else:
        report(proved, is_check=check, file=file)
