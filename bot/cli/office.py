"""The operator's office (办公室): settings, the prepared database, and its villages."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from sqlalchemy import Engine

from bot.boards import Boards
from bot.clock import system_clock
from bot.replies.cli import FILE_FAILED, FILE_REASONS, village_unknown
from bot.settings import Settings
from domain.period import village_day
from storage.engine import open_engine
from storage.reading import reading_on
from storage.schema import prepare
from storage.unit_of_work import Books, OpenBooks, books_on
from storage.villages import Village


class CommandFailed(Exception):  # noqa: N818 - an answer to the operator, in their words
    """The command cannot be done; the words say why in one line."""

    code = 1

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class WrongUse(CommandFailed):
    """What was typed is wrong: it names nothing there is, or cannot be so; exit code 2."""

    code = 2


@dataclass(frozen=True)
class Office:
    """What a command works with; ``now`` is read once for the whole command."""

    settings: Settings
    engine: Engine
    now: datetime

    @property
    def today(self) -> date:
        """The village day."""
        return village_day(self.now)

    @property
    def boards(self) -> Boards:
        """The addresses of the notice boards."""
        at = self.settings
        return Boards(at.site, at.secret(), is_reachable=bool(at.base_url))

    @cached_property
    def open_books(self) -> OpenBooks:
        """Open the books for writing."""
        return books_on(self.engine)

    @cached_property
    def reading(self) -> OpenBooks:
        """Open the books for reading one unchanging state, holding nobody up."""
        return reading_on(self.engine)


@contextmanager
def office() -> Generator[Office]:
    """Open the office on the configured database, brought to this program's version.

    Raises:
        SchemaTooNew: A later program has written the database.

    """
    settings = Settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings.database)
    try:
        prepare(engine)
        yield Office(settings, engine, system_clock())
    finally:
        engine.dispose()


def standing(file: Path) -> Path:
    """Return a file that is to be read.

    Raises:
        WrongUse: It is not there.

    """
    if file.is_dir() or not file.exists():
        reason = FILE_REASONS["IsADirectoryError" if file.is_dir() else "FileNotFoundError"]
        raise WrongUse(FILE_FAILED.format(name=file, reason=reason))
    return file


def village_named(books: Books, name: str) -> Village:
    """Return the village of a name or id.

    Raises:
        WrongUse: There is none.

    """
    found = books.villages.find(name.strip())
    if found is None:
        raise WrongUse(village_unknown(name, [v.name for v in books.villages.all()[:20]]))
    return found
