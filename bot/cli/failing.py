"""What an operator hears when a command fails: one line in plain words."""

import os
import sqlite3
import tempfile
import traceback
from collections.abc import Callable
from datetime import UTC
from pathlib import Path
from typing import Any, Final

import typer
from pydantic import ValidationError
from sqlalchemy.exc import ArgumentError, DBAPIError

from bot.cli.office import CommandFailed, WrongUse
from bot.clock import system_clock
from bot.papers.claim_rows import ClaimHeadingMissing
from bot.papers.press import PressFailed
from bot.replies import cli as words
from bot.replies import operations_cli, paper_cli
from bot.replies.paper_rows import heading_missing
from bot.replies.results import refused
from bot.replies.roster import roster_refused
from bot.settings import Settings
from domain.household import RosterFault, RosterHeadingMissing, RosterUnreadable
from domain.household_change import (
    ChangeReasonMissing,
    DayOutOfReach,
    HeadMissing,
    HouseholdItself,
)
from domain.refusal import Refusal
from domain.rulebook import AdoptionRefused
from storage.archive import BackupBroken
from storage.moving import (
    MoveUnproved,
    SourceInUse,
    SourceNotSqlite,
    TargetNotPostgres,
    TargetOccupied,
)
from storage.portable import DatabaseInMemory
from storage.restore import DatabaseBusy
from storage.schema import SchemaTooNew
from storage.vault import VaultAway
from storage.vault_move import VaultSpoils

FAILURE: Final = 1
STOPPED: Final = 130
_NO_ROSTER: Final = frozenset({RosterFault.MISSING, RosterFault.NOT_EXCEL, RosterFault.OLD_EXCEL})
"""The file that was named is none that could be read."""
_MISTYPED: Final = (
    *(AdoptionRefused, ChangeReasonMissing, DayOutOfReach, HeadMissing, HouseholdItself),
    TargetNotPostgres,
)
"""Refusals of what was typed, whatever the books hold."""


def answer(failure: BaseException, *, typed: str) -> tuple[str, int]:
    """Return the line to print and the exit code; ``typed`` is the command, as jifen init."""
    if isinstance(failure, CommandFailed):
        return failure.words, failure.code
    if isinstance(failure, typer.TyperException):
        return _wrong_use(failure, typed), failure.exit_code
    if isinstance(failure, KeyboardInterrupt | typer.Abort):
        return words.STOPPED, STOPPED
    return _said(failure) or _logged(failure), _code(failure)


def _code(failure: BaseException) -> int:
    """Return 2 where the person typed what cannot be; 1 for everything that goes wrong."""
    is_no_roster = isinstance(failure, RosterUnreadable) and failure.fault in _NO_ROSTER
    return WrongUse.code if is_no_roster or isinstance(failure, _MISTYPED) else FAILURE


def _said(failure: BaseException) -> str:
    """Word what may happen to anyone; empty for what should not."""
    return next((word(failure) for kind, word in _WORDS if isinstance(failure, kind)), "")


def wrong_settings(failure: ValidationError) -> str:
    """Name the settings that could not be read, as they are written in the environment."""
    names = {f"JIFEN_{error['loc'][0]}".upper() for error in failure.errors() if error["loc"]}
    return ", ".join(sorted(names))


def _wrong_use(failure: typer.TyperException, typed: str) -> str:
    """Word a misspelt command; what cannot be worded keeps the parser's own text."""
    kind = type(failure).__name__
    message = _first_line(getattr(failure, "message", "")) or str(failure)
    context = getattr(failure, "ctx", None)
    if kind == "NoArgsIsHelpError":
        return str(getattr(failure, "message", ""))
    parameter = getattr(failure, "param", None)
    option = getattr(failure, "option_name", "") or getattr(failure, "param_hint", "") or ""
    names = [*getattr(parameter, "opts", ()), str(option)]
    name = next((n for n in names if n.startswith("--")), names[0].upper())
    command = context.command_path if context else typed
    return words.wrong_use(kind, name=name, detail=message, command=command)


def _file(failure: OSError) -> str:
    kind = type(failure).__name__
    reason = words.FILE_REASONS.get(kind) or failure.strerror or _first_line(str(failure)) or kind
    return words.FILE_FAILED.format(name=failure.filename or "", reason=reason)


def _logged(failure: BaseException) -> str:
    """Write the traceback where the maintainer finds it, and say where."""
    log = _log_folder() / "errors.log"
    text = "".join(traceback.format_exception(failure))
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as file:
        file.write(f"{system_clock().astimezone(UTC).isoformat()}\n{text}\n")
    return words.UNEXPECTED.format(log=log)


def _log_folder() -> Path:
    try:
        folder = Settings().data_dir / "logs"
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValidationError):
        return Path(tempfile.gettempdir())
    return folder


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


_WORDS: Final[tuple[tuple[type[Exception], Callable[[Any], str]], ...]] = (
    (RosterUnreadable, roster_refused),
    (RosterHeadingMissing, roster_refused),
    (ClaimHeadingMissing, heading_missing),
    (Refusal, refused),
    (SchemaTooNew, lambda f: words.DATABASE_TOO_NEW.format(version=f.version)),
    (BackupBroken, lambda f: words.BACKUP_BROKEN.format(file=f.file, part=f.part)),
    (DatabaseBusy, lambda _: words.RESTORE_BUSY),
    (DatabaseInMemory, lambda _: words.RESTORE_MEMORY),
    (SourceInUse, lambda _: operations_cli.MOVE_BUSY),
    (SourceNotSqlite, lambda _: operations_cli.MOVE_MOVED),
    (TargetNotPostgres, lambda _: operations_cli.MOVE_TARGET),
    (TargetOccupied, lambda f: operations_cli.MOVE_OCCUPIED.format(tables=", ".join(f.tables))),
    (MoveUnproved, lambda f: operations_cli.move_unproved([(x.kind, x.where) for x in f.faults])),
    (VaultAway, lambda f: operations_cli.PHOTOS_AWAY.format(reason=f)),
    (VaultSpoils, lambda f: operations_cli.PHOTOS_SPOILT.format(photo=f)),
    (DBAPIError, lambda f: words.DATABASE_FAILED.format(reason=_first_line(str(f.orig)))),
    (sqlite3.DatabaseError, lambda f: words.DATABASE_FAILED.format(reason=_first_line(str(f)))),
    (ArgumentError, lambda _: words.DATABASE_ADDRESS),
    (ValidationError, lambda f: words.SETTINGS_WRONG.format(names=wrong_settings(f))),
    (PressFailed, lambda f: paper_cli.PRESS_FAILED.format(reason=f.reason)),
    (OSError, _file),
)
