"""Commands of the notice board (公示栏): its address, and the QR code to hang up."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.output import note, say, tell
from bot.cli.villages import Json, VillageName
from bot.replies import board_cli as words

board = typer.Typer(help=words.BOARD, no_args_is_help=True, rich_markup_mode=None)


@board.callback()
def _board() -> None:
    """Keep the commands in a group of their own, however few they are."""


@board.command(help=words.LINK)
def link(
    village: VillageName,
    qr: Annotated[Path | None, typer.Option("--qr", help=words.QR)] = None,
    force: Annotated[bool, typer.Option("--force", help=words.FORCE)] = False,
    as_json: Json = False,
) -> None:
    """Tell the address of a village's notice board."""
    from bot.cli.board_link import link_of  # noqa: PLC0415 - --help loads no database

    found = link_of(village, qr=qr, is_forced=force)
    if as_json:
        tell({"village": found.village, "url": found.url, "files": list(found.files)})
    else:
        say(words.LINKED.format(village=found.village, url=found.url))
        for file in found.files:
            say(words.DRAWN.format(file=file))
    if not found.is_reachable:
        note(words.UNREACHABLE)
