"""Moving house (搬家): what ``jifen move`` does, and how its proof is told."""

from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from sqlalchemy.exc import ArgumentError

from bot.cli.output import Advance, say, table
from bot.replies import operations_cli as words
from bot.settings import Settings
from domain.points import show
from storage.engine import open_engine, sqlite_path
from storage.moving import TargetNotPostgres, compare, move
from storage.sameness import Standing

HASH_SHOWN: Final = 12


def moved(to: str, *, is_check: bool, on_row: Advance) -> tuple[Standing, Path | None]:
    """Move, or only prove; return what both databases hold and the file that was moved.

    Raises:
        TargetNotPostgres: The address is none of a PostgreSQL.

    """
    source = open_engine(Settings().database)
    try:
        target = open_engine(to)
    except ArgumentError:
        raise TargetNotPostgres from None
    try:
        work = compare if is_check else move
        return work(source, target, on_row=on_row), sqlite_path(source)
    finally:
        source.dispose()
        target.dispose()


def facts(proved: Standing) -> dict[str, Any]:
    """Return what ``--json`` tells."""
    villages = [
        {**asdict(one), "earned": _points(one.earned), "redeemed": _points(one.redeemed)}
        for one in proved.accounts
    ]
    return {
        "rows": proved.rows,
        "tables": [asdict(tally) for tally in proved.tallies],
        "villages": villages,
        "inbox": proved.inbox,
        "outbox": proved.outbox,
    }


def report(proved: Standing, *, is_check: bool, file: Path | None) -> None:
    """Say what was proved, and what to do next."""
    lines = [
        (
            one.name,
            one.entries,
            one.head.split(":")[-1][:HASH_SHOWN],
            one.totals,
            show(one.earned),
            show(one.redeemed),
        )
        for one in proved.accounts
    ]
    table(words.MOVE_COLUMNS, lines)
    say(
        words.MOVE_MAIL.format(inbox=sum(proved.inbox.values()), outbox=sum(proved.outbox.values()))
    )
    done = words.MOVE_SAME if is_check else words.MOVE_DONE
    say(done.format(tables=len(proved.tallies), rows=proved.rows))
    if not is_check:
        say(words.MOVE_NEXT.format(file=file))


def _points(tenths: int) -> int | float:
    return tenths / 10 if tenths % 10 else tenths // 10
