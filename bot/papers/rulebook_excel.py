"""The rulebook as Excel (细则表格): sheet 条目, one item a row, and sheet 设置."""

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from bot.papers.rulebook_cells import READERS, Cell, number, plain, points_cell, row_of, text
from bot.papers.rulebook_fields import read_item, read_settings
from bot.papers.rulebook_problem import Problem, ProblemKind
from bot.papers.rulebook_words import (
    FIELD_WORDS,
    FILER_WORDS,
    KIND_WORDS,
    NO,
    PUBLICITY_WORDS,
    SETTING_WORDS,
    YES,
)
from domain.rulebook import Item, Rulebook

ITEMS_SHEET: Final = "条目"
SETTINGS_SHEET: Final = "设置"
SETTING_HEADINGS: Final = ("项目", "编号", "值")
SETTING_WIDTHS: Final = (22, 9, 40)
BYTES_MOST: Final = 30_000_000
"""The most a workbook may hold once unpacked."""
ROWS_MOST: Final = 2_000
COLUMNS_MOST: Final = 60
_EMPTY: Final = Rulebook(version="", items=())
_UNREADABLE: Final = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    ParseError,
    zipfile.BadZipFile,
    InvalidFileException,
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t")
_WIDE: Final = {"name": 26, "aliases": 30, "tiers": 24, "evidence": 26, "source": 40, "bands": 24}
_LISTS: Final = {
    "filer": tuple(FILER_WORDS.values()),
    "kind": tuple(KIND_WORDS.values()),
    "publicity": tuple(PUBLICITY_WORDS.values()),
    "is_on": (YES, NO),
    "is_private": (YES, NO),
    "counts_quantity": (YES, NO),
}
_TABLES: Final = frozenset({"category_names", "sub_item_names", "category_year_caps"})
_Row = Mapping[str, object]


def write_rulebook(rulebook: Rulebook, path: Path) -> None:
    """Write a rulebook as a workbook that a village can edit and hand back.

    Words are always written as text, never as a formula, whatever they begin with.
    """
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet), "a new workbook has a sheet"
    sheet.title = ITEMS_SHEET
    _fill(sheet, FIELD_WORDS.values(), [list(row_of(item).values()) for item in rulebook.items])
    for column, field in enumerate(FIELD_WORDS, 1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = _WIDE.get(field, 11)
        if field in _LISTS:
            offered = DataValidation("list", formula1=f'"{",".join(_LISTS[field])}"')
            offered.add(f"{letter}2:{letter}{ROWS_MOST}")
            sheet.add_data_validation(offered)
    sheet.freeze_panes = "C2"
    settings = book.create_sheet(SETTINGS_SHEET)
    _fill(settings, SETTING_HEADINGS, list(_settings(rulebook)))
    for letter, width in zip("ABC", SETTING_WIDTHS, strict=True):
        settings.column_dimensions[letter].width = width
    settings.freeze_panes = "A2"
    book.save(path)
    book.close()


def _fill(sheet: Worksheet, headings: Iterable[str], rows: list[list[Cell]]) -> None:
    everything: list[list[Cell]] = [list(headings), *rows]
    for line, row in enumerate(everything, 1):
        for column, value in enumerate(row, 1):
            if value is None or value == "":
                continue
            cell = sheet.cell(line, column)
            cell.value = _CONTROL.sub("", value) if isinstance(value, str) else value
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=line == 1)
            if isinstance(value, str):
                cell.data_type = "s"
                cell.quotePrefix = value.startswith(_FORMULA_STARTS)


def _settings(rulebook: Rulebook) -> Iterator[list[Cell]]:
    words = SETTING_WORDS
    yield [words["version"], None, rulebook.version]
    yield [words["claim_deadline_days"], None, rulebook.claim_deadline_days]
    yield [words["two_approvers_from"], None, points_cell(rulebook.two_approvers_from)]
    for field in ("category_names", "sub_item_names"):
        named: Mapping[str, str] = getattr(rulebook, field)
        for key, name in named.items():
            yield [words[field], key, name]
    for key, cap in rulebook.category_year_caps.items():
        yield [words["category_year_caps"], key, points_cell(cap)]


def read_rulebook(path: Path) -> tuple[Rulebook, tuple[Problem, ...]]:
    """Read a workbook back, every problem at once with its item and row.

    Full-width digits, blank rows, and 是/否 in the ways people mark them are
    understood. A heading that is missing or unknown is a problem, since a cap
    under a misspelt heading would silently be gone. Use the rulebook only if
    there is no problem.
    """
    sheets, problems = _sheets(path)
    if problems:
        return _EMPTY, tuple(problems)
    settings, problems = _read_settings(sheets[SETTINGS_SHEET])
    items, wrong = _read_items(sheets[ITEMS_SHEET])
    return replace(settings, items=items), (*problems, *wrong)


def _sheets(path: Path) -> tuple[dict[str, list[list[object]]], list[Problem]]:
    """Return the rows of the two sheets, or why there are none."""
    try:
        with zipfile.ZipFile(path) as parts:
            size = sum(part.file_size for part in parts.infolist())
        if size <= BYTES_MOST:
            return _rows(path)
    except _UNREADABLE:
        pass
    return {}, [Problem(ProblemKind.UNREADABLE_FILE, value=path.name)]


def _rows(path: Path) -> tuple[dict[str, list[list[object]]], list[Problem]]:
    sheets: dict[str, list[list[object]]] = {}
    problems: list[Problem] = []
    with closing(load_workbook(path, read_only=True)) as book:
        for name in (ITEMS_SHEET, SETTINGS_SHEET):
            if name not in book.sheetnames:
                problems.append(Problem(ProblemKind.SHEET_MISSING, value=name))
                continue
            sheets[name] = rows = []
            cells = book[name].iter_rows(max_row=ROWS_MOST, max_col=COLUMNS_MOST)
            for line, row in enumerate(cells, 1):
                rows.append([cell.value for cell in row])
                problems += (
                    Problem(ProblemKind.FORMULA, value=str(cell.value), line=line)
                    for cell in row
                    if cell.data_type == "f"
                )
    return sheets, problems


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _read_items(rows: list[list[object]]) -> tuple[tuple[Item, ...], list[Problem]]:
    headings = ["" if _is_blank(value) else plain(value) for value in rows[0]] if rows else []
    fields = {plain(word): field for field, word in FIELD_WORDS.items()}
    problems = [
        *(
            Problem(ProblemKind.HEADING_MISSING, value=w, line=1)
            for w in fields
            if w not in headings
        ),
        *(
            Problem(ProblemKind.FIELD_UNKNOWN, field=h, line=1)
            for h in headings
            if h and h not in fields
        ),
    ]
    items = []
    for line, row in enumerate(rows[1:], 2):
        raw = _row(zip(headings, row, strict=False), fields)
        if not raw:
            continue
        item, wrong = read_item(raw)
        problems += (replace(problem, line=line) for problem in wrong)
        items += [] if wrong else [item]
    return tuple(sorted(items, key=lambda item: item.code)), problems


def _row(cells: Iterable[tuple[str, object]], fields: Mapping[str, str]) -> _Row:
    """Read the cells of one row into named values; caps become a table of their own."""
    raw: dict[str, object] = {}
    caps: dict[str, object] = {}
    for heading, value in cells:
        field = fields.get(heading)
        if field is None or _is_blank(value):
            continue
        target, name = (caps, field[5:]) if field.startswith("caps.") else (raw, field)
        target[name] = READERS.get(field, text)(value)
    return {**raw, "caps": caps} if caps else raw


def _read_settings(rows: list[list[object]]) -> tuple[Rulebook, list[Problem]]:
    fields = {plain(word): field for field, word in SETTING_WORDS.items()}
    raw: dict[str, object] = {}
    tables: dict[str, dict[str, object]] = {}
    problems = []
    for line, row in enumerate(rows[1:], 2):
        name, key, value = (*row, None, None, None)[:3]
        if _is_blank(name) or _is_blank(value):
            continue
        field = fields.get(plain(name))
        read = number if field not in {"version", "category_names", "sub_item_names"} else text
        if field is None:
            problems.append(Problem(ProblemKind.FIELD_UNKNOWN, field=plain(name), line=line))
        elif field in _TABLES and _is_blank(key):
            problems.append(Problem(ProblemKind.FIELD_MISSING, field=field, line=line))
        elif field in _TABLES:
            tables.setdefault(field, {})[plain(key).upper()] = read(value)
        else:
            raw[field] = read(value)
    rulebook, wrong = read_settings({**raw, **tables})
    return rulebook, [*problems, *wrong]
