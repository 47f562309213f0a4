"""Paper: a publication and slips of 1,000 households, the ranking picture, a year's ledger as Excel."""

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from bot.papers.excel_out import Column, SheetOut, write_sheets
from bot.papers.posters import print_publication, print_ranking, print_slips
from bot.papers.sheets import (
    PublicationLine,
    PublicationSheet,
    RankedLine,
    RankingSheet,
    SlipsSheet,
)
from bot.papers.slip_sheet import slips_sheet
from domain.code import derived_code, shown
from domain.period import Quarter
from domain.points import Points
from tests.benchmarks.measures import Goal, Measure

HOUSEHOLDS: Final = 1_000
LEDGER_ROWS: Final = 10_000
Q3: Final = Quarter(2026, 3)
DAY: Final = date(2026, 10, 9)


def measure(*, is_quick: bool) -> list[Measure]:
    """Print and write a few times; the middle one counts."""
    times = 1 if is_quick else 5
    rows = 500 if is_quick else LEDGER_ROWS
    return [
        Measure(
            "publication on paper",
            f"{HOUSEHOLDS} households, A3, one child process",
            "s",
            _median(lambda: print_publication(_publication()), times),
            goal=Goal(2, of="value"),
        ),
        Measure(
            "slips on paper",
            f"{HOUSEHOLDS} households, eight a page, each with its QR code",
            "s",
            _median(lambda: print_slips(_slips()), times),
            goal=Goal(2, of="value"),
        ),
        Measure(
            "ranking picture",
            "20 places, 1080 pixels wide",
            "s",
            _median(lambda: print_ranking(_ranking()), times),
            goal=Goal(1, of="value"),
        ),
        Measure(
            "ledger as Excel", f"{rows} rows of 14 cells", "s", _median(lambda: _write(rows), 1)
        ),
    ]


def _median(act: Callable[[], object], times: int) -> float:
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def _publication() -> PublicationSheet:
    lines = tuple(
        PublicationLine("王*明", 1 + n % 14, n + 1, Points(5 * n), Points(9 * n))
        for n in range(HOUSEHOLDS)
    )
    return PublicationSheet(
        "幸福村", Q3, lines, HOUSEHOLDS, HOUSEHOLDS, DAY, DAY, "draft-2026", "", 9, "0" * 64,
        "https://points.example/v/1",
    )  # fmt: skip


def _ranking() -> RankingSheet:
    lines = tuple(RankedLine(n, 3, "王*明", Points(900 - n)) for n in range(1, 21))
    return RankingSheet("幸福村", Q3, DAY, lines, HOUSEHOLDS)


def _slips() -> SlipsSheet:
    slips = (
        (f"{1 + n % 14}组{n}号", "王桂英", shown(derived_code(b"secret" * 6, "slip", 1, n, 0)))
        for n in range(HOUSEHOLDS)
    )
    return slips_sheet("幸福村", slips, site="https://points.example", uses_max=6)


def _write(rows: int) -> None:
    columns = [Column(f"列{n}", 12) for n in range(14)]
    cells = (
        1,
        DAY,
        3,
        "12",
        "张三",
        "加分",
        "A101",
        "垃圾分类",
        0.5,
        "2026-09",
        "李会计",
        "",
        "c",
        "h" * 64,
    )
    with tempfile.TemporaryDirectory() as folder:
        sheet = SheetOut("台账", columns, (cells for _ in range(rows)))
        write_sheets(Path(folder) / "l.xlsx", [sheet])
