"""Work in bulk: a roster of 5,000 rows, thousands of messages read, a year closed for 1,000 homes.

A row of the roster wants tidying in every cell. The messages are sentences that the tests
hold, and talk beside the topic. Each figure stands against the least that the same work
needs: the sheet read by openpyxl alone, the lines parsed and written, a tenth of the households.
"""

import json
import os
import random
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from domain.membership import HouseholdId, PersonId
from domain.period import Month
from domain.points import Points
from domain.year_close import closing
from storage.engine import open_engine, sqlite_url
from storage.ledger_closing import post_closing
from storage.schema import prepare
from storage.unit_of_work import books_on
from tests.benchmarks.children import scratch
from tests.benchmarks.measures import Goal, Measure, median, spread
from tests.bot.cli.roster_files import roster, untidy_row
from tests.builders import a_posting
from tests.gateway.village import ROOT
from tests.storage.filled import VILLAGE

ROWS, ROWS_QUICK = 5_000, 500
MESSAGES, MESSAGES_QUICK = 4_000, 500
STREAM_ONE_IN: Final = 9
"""As in a village's group: of nine lines eight are talk, all of it near the topic here."""
MANY, FEW = 1_000, 100
TIMES, TIMES_QUICK = 7, 2
DECEMBER: Final = Month(2026, 12)
JANUARY: Final = datetime(2027, 1, 20, 2, tzinfo=UTC)
GOAL_IMPORT: Final = Goal(10, of="value")
GOAL_READING: Final = Goal(1_000, is_most=False, of="value")
GOAL_CLOSING: Final = Goal(15)
SENTENCES: Final = ROOT / "tests" / "bot" / "understanding"
OPENPYXL_ALONE: Final = """
import sys
from openpyxl import load_workbook
book = load_workbook(sys.argv[1], read_only=True)
print(sum(1 for sheet in book for row in sheet.iter_rows(values_only=True)))
"""


def measure(*, is_quick: bool) -> list[Measure]:
    """Return a line for each kind of work."""
    with scratch() as folder:
        return [
            _imported(folder, ROWS_QUICK if is_quick else ROWS),
            *_understood(folder, MESSAGES_QUICK if is_quick else MESSAGES),
            _closed(folder, TIMES_QUICK if is_quick else TIMES),
        ]


def _imported(folder: Path, rows: int) -> Measure:
    file = roster(folder / "roster.xlsx", *map(untidy_row, range(rows)))
    _run(folder, "init", "--town", "白鹤镇", "--village", VILLAGE)
    taken, said = _run(folder, "households", "import", file, "--village", VILLAGE)
    assert f"整理或更新{rows}户" in said, said
    alone, _ = _child("-c", OPENPYXL_ALONE, file)
    return Measure(
        "household_import",
        f"Import of {rows:,} households from Excel, every cell untidy",
        "s",
        taken,
        alone,
        GOAL_IMPORT,
        "the whole command; beside: openpyxl reading the sheet",
    )


def _understood(folder: Path, count: int) -> list[Measure]:
    """Return the rate for a group's stream, and for the tests' sentences as they come."""
    sentences, talk = (_rows(name) for name in ("sentences.jsonl", "talk.jsonl"))
    chance = random.Random(1978)
    few = count // STREAM_ONE_IN
    stream = chance.choices(sentences, k=few) + chance.choices(talk, k=count - few)
    chance.shuffle(stream)
    what = f"jifen understand: {count:,} lines of a group, one in {STREAM_ONE_IN} for us, one core"
    hardest = chance.choices(sentences + talk, k=count)
    return [
        _rate(folder, "understand", what, stream, GOAL_READING),
        _rate(folder, "understand_hard", f"The same, {count:,} of the tests' lines", hardest, None),
    ]


def _rate(
    folder: Path, name: str, what: str, rows: list[dict[str, Any]], goal: Goal | None
) -> Measure:
    keys = ("text", "scene", "role", "mention")
    lines = [json.dumps({k: row[k] for k in keys if k in row}, ensure_ascii=False) for row in rows]
    many, one = folder / f"{name}.jsonl", folder / f"{name}-one.jsonl"
    many.write_text("\n".join(lines), encoding="utf-8")
    one.write_text(lines[0], encoding="utf-8")
    before, _ = _run(folder, "understand", one)
    taken, said = _run(folder, "understand", many)
    assert said.count("\n") == len(lines)
    begun = time.perf_counter()
    for line in lines:
        json.dumps(json.loads(line), ensure_ascii=False)
    alone = time.perf_counter() - begun
    return Measure(
        name,
        what,
        "messages/s",
        len(lines) / (taken - before),
        len(lines) / alone,
        goal,
        f"start of {before:.1f} s taken off; beside: the lines parsed and written",
    )


def _rows(name: str) -> list[dict[str, Any]]:
    text = (SENTENCES / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def _closed(folder: Path, times: int) -> Measure:
    many, few = (
        [_close(folder / f"{homes}-{turn}.db", homes) for turn in range(times)]
        for homes in (MANY, FEW)
    )
    return Measure(
        "year_close",
        f"Year close of {MANY:,} households, against {FEW}",
        "ms",
        median(many),
        median(few),
        GOAL_CLOSING,
        f"{MANY:,}: {spread(many)}; {FEW}: {spread(few)}; SQLite file",
    )


def _close(file: Path, homes: int) -> float:
    """Close the year of a village where each of ``homes`` has points left; returns milliseconds."""
    engine = open_engine(sqlite_url(file))
    prepare(engine)
    open_books = books_on(engine)
    with open_books() as books:
        village = books.villages.add(town="白鹤镇", name=VILLAGE, at=JANUARY).id
        rows = [{"group_no": 1, "house_no": str(n), "head": f"户{n}"} for n in range(homes)]
        books.households.save(village, rows, since=date(2026, 1, 1))
        for home in books.households.all(village):
            award = a_posting(f"bench:{home.id}", household=HouseholdId(home.id), points=Points(50))
            books.ledger.post(village, award, at=JANUARY)
    begun = time.perf_counter()
    with open_books() as books:
        balances = books.ledger.balances(village, year=2026)
        postings = closing(balances, 2026, actors=(PersonId(3), PersonId(4)))
        made = post_closing(books.connection, village, postings, month=DECEMBER, at=JANUARY)
    taken = (time.perf_counter() - begun) * 1e3
    assert len(made) == homes, len(made)
    engine.dispose()
    return taken


def _run(folder: Path, *words: object) -> tuple[float, str]:
    """Run `jifen` on a database of the folder; returns seconds and what it said."""
    environment = {
        "JIFEN_DATABASE_URL": sqlite_url(folder / "jifen.db"),
        "JIFEN_DATA_DIR": str(folder),
    }
    return _child("-m", "bot.cli.main", *words, **environment)


def _child(*words: object, **more: str) -> tuple[float, str]:
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *map(str, words)],
        cwd=ROOT,
        env=os.environ | more,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return time.perf_counter() - begun, done.stdout
