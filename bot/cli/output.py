"""How commands speak: facts on standard output, progress on standard error."""

import json
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from typing import Any

import typer

Advance = Callable[[int, int], None]
"""Hears how much is done, of how much."""


def say(words: str) -> None:
    """Write a line for people."""
    typer.echo(words)


def note(words: str) -> None:
    """Write a line beside the result: standard error."""
    typer.echo(words, err=True)


def tell(facts: Any) -> None:
    """Write facts as one JSON value."""
    typer.echo(json.dumps(facts, ensure_ascii=False, indent=2))


def tell_each(facts: Iterable[Any]) -> None:
    """Write many facts as a JSON list, one a line, without holding them all."""
    before = "["
    for fact in facts:
        typer.echo(before)
        typer.echo(json.dumps(fact, ensure_ascii=False), nl=False)
        before = ","
    typer.echo("[]" if before == "[" else "\n]")


def table(columns: Sequence[str], lines: Iterable[Sequence[object]]) -> None:
    """Write a table for people; in a narrow terminal lines are folded, nothing is left out."""
    from rich.console import Console  # noqa: PLC0415 - not needed for --json and --help
    from rich.table import Table  # noqa: PLC0415

    drawn = Table()
    for name in columns:
        drawn.add_column(name, overflow="fold")
    for line in lines:
        drawn.add_row(*("" if cell is None else str(cell) for cell in line))
    console = Console(highlight=False, markup=False)
    console.print(drawn)


@contextmanager
def progress(words: str) -> Generator[Advance]:
    """Show a bar on standard error while long work goes on; nothing where nobody looks."""
    from rich.console import Console  # noqa: PLC0415 - as above
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    with bar:
        task = bar.add_task(words, total=None)

        def advance(done: int, of: int) -> None:
            bar.update(task, completed=done, total=of)

        yield advance
