"""``jifen doctor``: look at everything and say how to mend it."""

import typer

from bot.cli.output import say, table, tell
from bot.cli.villages import Json
from bot.replies import cli_doctor as words


def doctor(as_json: Json = False) -> None:
    """Check settings, database, clock, disk, gateway, photos, backups and fonts."""
    from bot.cli.checks import check_all  # noqa: PLC0415 - --help loads no database

    findings = check_all()
    if as_json:
        tell([finding.facts for finding in findings])
    else:
        table(
            words.CHECK_COLUMNS,
            [(words.LEVELS[f.level], words.CHECKS[f.check], f.message, f.mend) for f in findings],
        )
    if not all(finding.is_ok for finding in findings):
        if not as_json:
            say(words.DOCTOR_FAILED)
        raise typer.Exit(1)
