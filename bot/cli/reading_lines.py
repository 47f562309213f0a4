"""Messages in, readings out (逐行读懂): one JSON object a line, in the same order."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

from bot.clock import system_clock
from bot.papers.rulebook_toml import draft
from bot.replies import understanding as words
from bot.understanding.explaining import Explanation, explain
from bot.understanding.jsonl import to_dict
from bot.understanding.plain import PlainReader
from bot.understanding.reading import Scene, Surroundings, Utterance
from bot.understanding.verbatim import as_said
from domain.period import VILLAGE_TZ

_ROLES: Final = frozenset(
    {"villager", "committee", "admin", "chair", "administrator", "supervisor"}
)
_ADMINS: Final = frozenset({"administrator", "chair", "supervisor"})
READER: Final = PlainReader()


class LineWrong(Exception):  # noqa: N818 - an answer to whoever wrote the line
    """A line that is no message; the words say why."""


def surroundings(village: str | None) -> Surroundings:
    """Return the draft rulebook, or what a village of the database knows.

    Raises:
        CommandFailed: There is no such village.

    """
    if village is None:
        return Surroundings(draft())
    from bot.cli.office import office, village_named  # noqa: PLC0415 - only a village needs a database
    from bot.shelf import RulebookShelf  # noqa: PLC0415 - as above

    with office() as at, at.reading() as books:
        found = village_named(books, village)
        shelf = RulebookShelf()
        rulebook = shelf.in_force(books, found.id, at.today)
        return Surroundings(rulebook, shelf.heads(books, found.id, at.today))


def answer_all(files: Iterable[Path], around: Surroundings) -> bool:
    """Answer every line of the files, or of standard input; return whether all were messages."""
    is_good = True
    write, flush = sys.stdout.write, sys.stdout.flush
    for number, line in enumerate(_lines(tuple(files)), start=1):
        answer = answered(line, number, around)
        is_good = is_good and "error" not in answer
        write(json.dumps(answer, ensure_ascii=False) + "\n")
        flush()
    return is_good


def answered(line: bytes, number: int, around: Surroundings) -> dict[str, Any]:
    """Return the reading of one line as facts, or what is wrong with it."""
    try:
        asked = utterance_of(_message(line))
    except LineWrong as wrong:
        return {"error": words.line_wrong(number, str(wrong))}
    return to_dict(as_said(READER.read(asked, around), asked.text), around.rulebook)


def explanation(asked: Utterance, around: Surroundings) -> Explanation:
    """Return how a sentence is read, step by step."""
    return explain(READER, asked, around)


def utterance_of(message: Mapping[str, Any]) -> Utterance:
    """Return the words to be read; what is missing has a default, other keys are ignored.

    Raises:
        LineWrong: A value is none that is known.

    """
    text, scene, role = message.get("text"), message.get("scene"), message.get("role")
    if not isinstance(text, str):
        raise LineWrong(words.TEXT_MISSING)
    if scene not in {None, "room", "direct"}:
        raise LineWrong(words.SCENE_UNKNOWN)
    if role is not None and role not in _ROLES:
        raise LineWrong(words.ROLE_UNKNOWN)
    mention = message.get("mention")
    if not isinstance(mention, bool | None):
        raise LineWrong(words.MENTION_UNKNOWN)
    return Utterance(
        text,
        Scene(scene or "direct"),
        "admin" if role in _ADMINS else role or "villager",
        _instant(message.get("now")),
        is_mentioned=bool(mention),
    )


def _instant(now: object) -> datetime:
    """Return the instant of a message; without a zone it is village time."""
    if now is None:
        return system_clock()
    try:
        found = datetime.fromisoformat(str(now))
    except ValueError:
        raise LineWrong(words.NOW_UNREADABLE) from None
    return found if found.tzinfo else found.replace(tzinfo=VILLAGE_TZ)


def _message(line: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise LineWrong(words.NOT_JSON) from None
    if not isinstance(found, dict):
        raise LineWrong(words.NOT_AN_OBJECT)
    return found


def _opened(file: Path) -> BinaryIO:
    try:
        return file.open("rb")
    except OSError:
        from bot.cli.office import standing  # noqa: PLC0415 - as above

        standing(file)
        raise


def _lines(files: tuple[Path, ...]) -> Iterator[bytes]:
    """Yield the lines that hold anything, as they come."""
    with ExitStack() as open_files:
        sources: list[BinaryIO] = [open_files.enter_context(_opened(path)) for path in files]
        for source in sources or [sys.stdin.buffer]:
            for line in iter(source.readline, b""):
                if line.strip():
                    yield line
