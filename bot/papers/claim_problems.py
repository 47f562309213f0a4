"""What was not recorded of a sheet of paper claims (问题清单): a file to mend and read again."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bot.papers.excel_out import Column, SheetOut, Value, write_sheets

_SHEET: Final = "没有记的行"
_OWN: Final = (Column("原表第几行", 12), Column("原因", 60, wraps=True))
_WIDTH_MIN: Final = 10
_WIDTH_MAX: Final = 30


def write_claim_problems(
    target: Path, headings: Sequence[str], rows: Sequence[tuple[int, str, tuple[str, ...]]]
) -> None:
    """Write lines that were not recorded, with the reason beside what they held.

    The columns of the sheet follow under their own headings, so that the mended
    file can be imported itself.

    Args:
        target: An .xlsx file.
        headings: Those of the sheet.
        rows: Line, reason, and what the cells held by heading.

    """
    widths = [
        max([2 * len(heading), *(2 * len(held[n]) for _, _, held in rows)]) + 2
        for n, heading in enumerate(headings)
    ]
    columns = [
        Column(heading, min(max(width, _WIDTH_MIN), _WIDTH_MAX), wraps=True)
        for heading, width in zip(headings, widths, strict=True)
    ]
    lines: list[tuple[Value, ...]] = [(line, reason, *held) for line, reason, held in rows]
    write_sheets(target, [SheetOut(_SHEET, (*_OWN, *columns), lines)])
