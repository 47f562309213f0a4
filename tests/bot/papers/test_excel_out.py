"""Excel holds text as text, days as days and points as numbers, whatever people wrote."""

import tempfile
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.papers.excel_out import TEXT_MAX, Column, SheetOut, Value, writable, write_sheets

FORMULAS = (
    "=1+1",
    "+86",
    "-cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1",
    '=HYPERLINK("x")',
    "#REF!",
    "#N/A",
)


def _written(folder: Path, rows: Iterable[tuple[Value, ...]], width: int = 1) -> Any:
    columns = [Column(f"列{n}", 10 + n) for n in range(width)]
    write_sheets(folder / "a.xlsx", [SheetOut("表", columns, rows)])
    return load_workbook(folder / "a.xlsx")["表"]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_is_text(text: str, tmp_path: Path) -> None:
    sheet = _written(tmp_path, [(text,)])
    cell = sheet["A2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix or text.startswith("#")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=20))
def test_any_text_survives_and_none_is_a_formula(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        sheet = _written(Path(folder), [(one,) for one in texts])
        for line, text in enumerate(texts, 2):
            cell = sheet.cell(line, 1)
            assert (cell.value or "") == writable(text)
            assert cell.data_type in {"s", "n"}
            assert cell.data_type == "s" or cell.value is None


def test_what_no_workbook_can_hold_is_left_out_and_too_long_text_is_cut() -> None:
    assert writable("a\x00\x1f\ud800\ufffeb") == "ab"
    assert writable("a\r\nb\rc") == "a\nb\nc"
    assert len(writable("长" * 40_000)) == TEXT_MAX


def test_days_are_days_instants_are_village_time_and_points_are_numbers(tmp_path: Path) -> None:
    at = datetime(2026, 9, 16, 17, 30, 5, tzinfo=UTC)
    sheet = _written(tmp_path, [(date(2026, 9, 16), at, 1.5, 3, None)], width=5)
    day, instant, half, whole, nothing = sheet[2]
    assert (day.value, day.is_date, day.number_format) == (
        datetime(2026, 9, 16),  # noqa: DTZ001 - Excel knows no zone
        True,
        "yyyy-mm-dd",
    )
    assert instant.value == datetime(2026, 9, 17, 1, 30, 5)  # noqa: DTZ001 - as above
    assert (half.value, half.data_type, whole.value) == (1.5, "n", 3)
    assert nothing.value is None


def test_heads_stay_in_sight_and_columns_have_their_width(tmp_path: Path) -> None:
    sheet = _written(tmp_path, [("a", "b")], width=2)
    assert sheet.freeze_panes == "A2"
    assert [sheet.column_dimensions[c].width for c in "AB"] == [10, 11]
    assert sheet["A1"].font.bold


def test_rows_are_taken_one_by_one_and_told(tmp_path: Path) -> None:
    told: list[int] = []
    rows = ((n,) for n in range(5))
    sheets = [SheetOut("表", [Column("数", 5)], rows)]
    assert write_sheets(tmp_path / "a.xlsx", sheets, on_row=told.append) == 5
    assert told == [1, 2, 3, 4, 5]


def test_a_file_that_was_broken_off_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def broken() -> Iterable[tuple[Value, ...]]:
        yield ("a",)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_sheets(tmp_path / "a.xlsx", [SheetOut("表", [Column("数", 5)], broken())])
    assert list(tmp_path.iterdir()) == []
