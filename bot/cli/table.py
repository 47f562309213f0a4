"""The table of commands: what may be typed after ``jifen``."""

from collections.abc import Sequence
from typing import Any

import typer

from bot.cli import (
    board,
    books,
    claims,
    doctor,
    exports,
    jobs,
    operations,
    posters,
    roster,
    rulebooks,
    town,
    understand,
    villages,
)
from bot.cli.api_keys import api_keys
from bot.cli.redemption import redemption
from bot.cli.run import run
from bot.replies import cli_help as helps
from bot.replies import operations_cli, people_cli

app = typer.Typer(
    name="jifen",
    help=helps.APP,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command(help=helps.INIT)(villages.init)
app.add_typer(villages.households, name="households")
app.add_typer(villages.roles, name="roles")
app.add_typer(villages.rooms, name="rooms")
app.add_typer(rulebooks.rulebook, name="rulebook")
app.add_typer(jobs.jobs, name="jobs")
app.add_typer(town.town, name="town")
app.command(help=people_cli.PARTICIPATION_HELP)(town.participation)
app.add_typer(redemption, name="redemption")
app.add_typer(api_keys, name="api-keys")
app.command(help=helps.LEDGER)(books.ledger)
app.add_typer(claims.claims, name="claims")
app.command(help=helps.PUBLICATIONS)(books.publications)
app.add_typer(exports.export, name="export")
app.add_typer(posters.poster, name="poster")
app.add_typer(board.board, name="board")
app.command(help=helps.VERIFY)(books.verify)
app.command(help=helps.BACKUP)(books.backup)
app.command(help=helps.RESTORE)(books.restore)
app.add_typer(operations.photos, name="photos")
app.command(help=operations_cli.MOVE_HELP)(operations.move)
app.command(help=helps.UNDERSTAND)(understand.understand)
app.command(help=helps.DOCTOR)(doctor.doctor)
app.command(help=helps.RUN)(run)

assert roster, "imported so that its commands stand under households and roles"


def parse(arguments: Sequence[str]) -> int:
    """Run the command that was typed; raises whatever goes wrong."""
    command: Any = typer.main.get_command(app)
    code = command.main(args=list(arguments), prog_name="jifen", standalone_mode=False)
    return code if isinstance(code, int) else 0


def command_path(arguments: Sequence[str]) -> str:
    """Return the command that was typed, as far as there is one: jifen rulebook adopt."""
    command: Any = typer.main.get_command(app)
    path = ["jifen"]
    for word in arguments:
        command = getattr(command, "commands", {}).get(word)
        if command is None:
            break
        path.append(word)
    return " ".join(path)
