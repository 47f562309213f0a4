"""Balance and ranking of one village with 1.7 million entries in the ledger against 10 thousand.

The two files are asked in turn, one household after the other. A balance is
``bot.commands.asking.balance`` on a real case (room, person, village found); a ranking
is ``domain.ranking.rank`` over ``books.ledger.earned`` of the present quarter.
"""

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from bot.commands import asking
from domain.period import month_of
from domain.ranking import rank
from storage.engine import open_engine, sqlite_url
from storage.unit_of_work import Books, OpenBooks, books_on
from tests.benchmarks import crowd
from tests.benchmarks.ledgers import HOUSEHOLDS, ledger
from tests.benchmarks.measures import Goal, Measure, median, progress, spread

SHORT, LONG, LONG_QUICK = 10_000, 1_700_000, 100_000
BALANCES, BALANCES_QUICK = 500, 100
RANKINGS, RANKINGS_QUICK = 60, 15
WARM: Final = 5
GOAL: Final = Goal(1.3)
WORDS: Final = "我家多少分"


def measure(*, is_quick: bool) -> list[Measure]:
    """Return a line for balances and one for rankings, in microseconds."""
    long = LONG_QUICK if is_quick else LONG
    with progress() as shown:
        task = shown.add_task("reading: building the ledgers", total=SHORT + long)
        paths = [ledger(n, advance=lambda done: shown.advance(task, done)) for n in (SHORT, long)]
    balances = _both(paths, _balance, BALANCES_QUICK if is_quick else BALANCES)
    rankings = _both(paths, _ranking, RANKINGS_QUICK if is_quick else RANKINGS)
    return [
        _line("balance", "Balance of a household", balances, long),
        _line("ranking", f"Quarter ranking of {HOUSEHOLDS:,} households", rankings, long),
    ]


def _line(name: str, what: str, found: tuple[list[float], list[float]], long: int) -> Measure:
    short_times, long_times = found
    return Measure(
        f"reading_{name}",
        f"{what}, ledger of {long:,} entries against {SHORT:,}",
        "µs",
        median(long_times),
        median(short_times),
        GOAL,
        f"long {spread(long_times)}; short {spread(short_times)}; SQLite file",
    )


def _both(
    paths: list[Path], ask: Callable[[Books, str], float], times: int
) -> tuple[list[float], list[float]]:
    """Ask both files in turn, the first now one and now the other; returns microseconds."""
    engines = [open_engine(sqlite_url(path)) for path in paths]
    doors: list[OpenBooks] = [books_on(engine) for engine in engines]
    taken: tuple[list[float], list[float]] = ([], [])
    chance = random.Random(1978)
    for turn in range(WARM + times):
        person = f"p{chance.randint(1, HOUSEHOLDS)}"
        for which in (0, 1) if turn % 2 else (1, 0):
            with doors[which]() as books:
                microseconds = ask(books, person) * 1e6
            if turn >= WARM:
                taken[which].append(microseconds)
    for engine in engines:
        engine.dispose()
    return taken


def _balance(books: Books, person: str) -> float:
    asked = crowd.incoming(person, WORDS, message_id="asked")
    case = crowd.chat().case(books, asked)
    begun = time.perf_counter()
    told = asking.balance(case)
    taken = time.perf_counter() - begun
    assert told.place is not None, "everybody has points"
    assert told.this_quarter, "in this quarter too"
    return taken


def _ranking(books: Books, person: str) -> float:
    case = crowd.chat().case(books, crowd.incoming(person, WORDS, message_id="asked"))
    months = month_of(case.today).quarter.months
    begun = time.perf_counter()
    standings = rank(books.ledger.earned(case.home.id, months))
    taken = time.perf_counter() - begun
    assert len(standings) == HOUSEHOLDS, len(standings)
    return taken
