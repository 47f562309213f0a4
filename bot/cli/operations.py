"""Commands of the operator's house (运维): move, drill a restore, photos into a bucket."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.output import progress, say, table, tell
from bot.cli.villages import Json
from bot.replies import operations_cli as words

photos = typer.Typer(help=words.PHOTOS, no_args_is_help=True)


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


def drill(file: Path, *, as_json: bool) -> None:
    """Restore into a throw-away place, prove, and leave nothing."""
    from bot.cli.drill import drill as try_out  # noqa: PLC0415 - --help loads no database
    from bot.cli.drill import report_drill  # noqa: PLC0415

    with progress(words.DRILLING) as advance:
        found = try_out(file, on_photo=advance)
    if as_json:
        tell(found.facts)
    else:
        report_drill(found, say, table)
    if not found.proof.is_clean:
        raise typer.Exit(1)


@photos.command("move", help=words.PHOTOS_MOVE_HELP)
def photos_move(
    back: Annotated[bool, typer.Option("--back", help=words.PHOTOS_BACK)] = False,
    as_json: Json = False,
) -> None:
    """Carry the photos from the folder into the bucket, or back, and prove them there."""
    from bot.cli.office import office  # noqa: PLC0415 - --help loads no database
    from bot.cli.photo_move import move_photos  # noqa: PLC0415
    from bot.cli.proving import report  # noqa: PLC0415

    with office() as at, progress(words.PHOTOS_MOVING) as advance:
        done = move_photos(at, is_back=back, on_photo=advance)
    if as_json:
        tell(done.facts)
    else:
        carried = done.carried
        say(words.PHOTOS_MOVED.format(moved=carried.moved, before=carried.there_before))
        for sha256 in carried.damaged:
            say(words.PHOTOS_DAMAGED.format(photo=sha256))
        report(done.proof, say)
        say(words.PHOTOS_NEXT_BACK if back else words.PHOTOS_NEXT)
    if not done.is_clean:
        raise typer.Exit(1)
