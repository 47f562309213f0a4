"""The rulebook as text (细则文本): TOML that a village reads, and back again."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Final

from bot.papers.rulebook_fields import read_item, read_settings
from bot.papers.rulebook_problem import Problem, ProblemKind
from bot.papers.rulebook_toml_text import dumps
from domain.rulebook import Rulebook

__all__ = ["DRAFT", "draft", "dumps", "load", "loads"]

DRAFT: Final = "draft-2026.toml"
_ITEM = re.compile(r"\s*\[\[\s*items\s*\]\]")
_AT_LINE = re.compile(r"at line (\d+)")
_EMPTY: Final = Rulebook(version="", items=())


def load(path: Path) -> tuple[Rulebook, tuple[Problem, ...]]:
    """Read a rulebook file; see ``loads``."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return _EMPTY, (Problem(ProblemKind.UNREADABLE_FILE, value=path.name),)
    return loads(text)


def loads(text: str) -> tuple[Rulebook, tuple[Problem, ...]]:
    """Read a rulebook, every problem at once with its line and item.

    Points are plain numbers (``0.5`` is read exactly). Use the rulebook only
    if there is no problem: an item that cannot be read whole is left out.

    Returns:
        The items ordered by code, and the problems in the order of the text.

    """
    try:
        raw = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        found = _AT_LINE.search(str(error))
        line = int(found[1]) if found else 0
        return _EMPTY, (Problem(ProblemKind.SYNTAX, value=str(error), line=line),)
    tables = raw.pop("items", [])
    if not (isinstance(tables, list) and all(isinstance(t, Mapping) for t in tables)):
        return _EMPTY, (Problem(ProblemKind.NOT_A_LIST, field="items"),)
    lines = text.splitlines()
    starts = [n for n, line in enumerate(lines, 1) if _ITEM.match(line)]
    if len(starts) != len(tables):
        starts = [0] * len(tables)
    rulebook, problems = read_settings(raw)
    problems = list(_placed(problems, lines=lines, start=1))
    items = []
    for table, start in zip(tables, starts, strict=True):
        item, wrong = read_item(table)
        problems += _placed(wrong, lines=lines, start=start)
        items += [] if wrong else [item]
    items.sort(key=lambda item: item.code)
    return replace(rulebook, items=tuple(items)), tuple(problems)


def draft() -> Rulebook:
    """Return the draft that ships with the product: 96 items for villagers to discuss.

    It is a template; nothing in it is in force before a village adopts its version.
    """
    text = files("bot").joinpath("rulebooks", DRAFT).read_text(encoding="utf-8")
    rulebook, problems = loads(text)
    assert not problems, problems
    return rulebook


def _placed(problems: list[Problem], *, lines: list[str], start: int) -> Iterator[Problem]:
    """Give each problem the line of its field, or the line where its item starts."""
    for problem in problems:
        name = re.escape(problem.field.partition(".")[0])
        field = re.compile(rf"\s*(\"?{name}\"?\s*=|\[{name}\])")
        line = start
        for number, text in enumerate(lines[start:] if start else [], start + 1):
            if _ITEM.match(text):
                break
            if field.match(text):
                line = number
                break
        yield replace(problem, line=line)
