"""``jifen understand``: how messages are read, as JSON Lines, or one of them explained."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.cli.output import say, tell_each
from bot.replies import cli_help as helps

SceneName = Literal["room", "direct"]
RoleKind = Literal["villager", "committee", "admin"]


def understand(
    files: Annotated[list[Path] | None, typer.Argument(help=helps.UNDERSTAND_FILES)] = None,
    village: Annotated[str | None, typer.Option("--village", help=helps.UNDERSTAND_VILLAGE)] = None,
    why: Annotated[str | None, typer.Option("--why", help=helps.UNDERSTAND_WHY)] = None,
    scene: Annotated[SceneName, typer.Option(help=helps.UNDERSTAND_SCENE)] = "direct",
    role: Annotated[RoleKind, typer.Option(help=helps.UNDERSTAND_ROLE)] = "villager",
    mention: Annotated[bool, typer.Option("--mention", help=helps.UNDERSTAND_MENTION)] = False,
    unread: Annotated[bool, typer.Option("--unread", help=helps.UNDERSTAND_UNREAD)] = False,
) -> None:
    """Read every line as it comes and answer it at once; or say why one sentence is read so."""
    if unread:
        tell_each(_unread())
        return
    from bot.cli import reading_lines as lines  # noqa: PLC0415 - --help loads no reader

    around = lines.surroundings(village)
    if why is not None:
        from bot.replies.understanding import explained  # noqa: PLC0415 - as above

        asked = lines.utterance_of({"text": why, "scene": scene, "role": role, "mention": mention})
        say(explained(lines.explanation(asked, around), around.rulebook))
        return
    if not lines.answer_all(files or [], around):
        raise typer.Exit(1)


def _unread() -> list[dict[str, str]]:
    """Return what nobody could read in any village, latest first, without names."""
    from bot.cli.office import office  # noqa: PLC0415 - only this needs a database

    with office() as at, at.reading() as books:
        return [
            {
                "village": one.village,
                "text": one.text,
                "scene": one.scene,
                "said_at": one.said_at.isoformat(timespec="seconds"),
            }
            for one in books.words.unread()
        ]
