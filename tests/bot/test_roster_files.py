from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from bot.papers import roster_sheet
from bot.papers.roster_sheet import read_sheets
from domain.household import RosterFault, RosterHeadingMissing, RosterUnreadable
from tests.bot.rosters import HEADINGS, excel_day, line, read, save

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(path: Path, **parts: str) -> Path:
    with ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (OLE + b"Workbook", RosterFault.OLD_EXCEL),
        (OLE + "EncryptedPackage".encode("utf-16-le"), RosterFault.ENCRYPTED),
        ("村,组,门牌,户主\n".encode("gb18030"), RosterFault.NOT_EXCEL),
        (b"", RosterFault.NOT_EXCEL),
        (b"<html></html>", RosterFault.NOT_EXCEL),
        (b"PK\x03\x04 and then nothing", RosterFault.DAMAGED),
    ],
)
def test_a_file_that_is_no_roster_is_refused(
    tmp_path: Path, content: bytes, fault: RosterFault
) -> None:
    path = tmp_path / "r.xlsx"
    path.write_bytes(content)
    with pytest.raises(RosterUnreadable) as refused:
        read(path)
    assert refused.value.fault is fault


def test_another_archive_is_no_roster(tmp_path: Path) -> None:
    with pytest.raises(RosterUnreadable) as refused:
        read(zipped(tmp_path / "r.xlsx", mimetype="application/vnd.oasis.opendocument"))
    assert refused.value.fault is RosterFault.NOT_EXCEL


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.xlsx", tmp_path):
        with pytest.raises(RosterUnreadable) as refused:
            read(path)
        assert refused.value.fault is RosterFault.MISSING


def test_every_cut_of_a_good_file_is_refused_or_read(tmp_path: Path) -> None:
    whole = save(tmp_path / "r.xlsx", [line()]).read_bytes()
    for size in range(0, len(whole), 97):
        path = tmp_path / "cut.xlsx"
        path.write_bytes(whole[:size])
        with pytest.raises(RosterUnreadable):
            read(path)


def test_a_damaged_part_is_refused(tmp_path: Path) -> None:
    source = save(tmp_path / "r.xlsx", [line()])
    with ZipFile(source) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = "<worksheet><sheetData><row>"
    with pytest.raises(RosterUnreadable) as refused:
        read(zipped(tmp_path / "broken.xlsx", **parts))
    assert refused.value.fault is RosterFault.DAMAGED


def test_a_file_far_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save(tmp_path / "r.xlsx", [line()])
    for limit in ("FILE_BYTES_MAX", "UNPACKED_BYTES_MAX"):
        with monkeypatch.context() as patch:
            patch.setattr(roster_sheet, limit, 100)
            with pytest.raises(RosterUnreadable) as refused:
                read(path)
        assert refused.value.fault is RosterFault.TOO_LARGE


def test_an_empty_workbook_has_no_headings(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.save(tmp_path / "r.xlsx")
    with pytest.raises(RosterHeadingMissing) as refused:
        read(tmp_path / "r.xlsx")
    assert len(refused.value.missing) == 3


def test_the_first_sheet_with_headings_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    workbook = Workbook()
    cover: Any = workbook.active
    cover.title = "封面"
    cover["A1"] = "幸福村"
    for name in ("三组", "四组"):
        sheet = workbook.create_sheet(name)
        sheet.append(list(HEADINGS))
        sheet.append(line())
    workbook.create_sheet("空表")
    hidden = workbook.create_sheet("旧表", 0)
    hidden.append(list(HEADINGS))
    hidden.sheet_state = "hidden"
    workbook.save(tmp_path / "r.xlsx")
    reading = read(tmp_path / "r.xlsx")
    assert (reading.sheet, reading.other_sheets) == ("三组", ("封面", "四组"))
    assert len(reading.rows) == 1


def test_a_stray_format_at_the_far_end_of_a_sheet_costs_nothing(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet: Any = workbook.active
    sheet.append(list(HEADINGS))
    sheet.append(line())
    sheet.cell(1_048_576, 16_384).number_format = "0.00"
    workbook.save(tmp_path / "r.xlsx")
    assert len(read(tmp_path / "r.xlsx").rows) == 1


def test_the_days_of_a_file_from_an_old_macintosh_are_its_own(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.epoch = excel_day(1904, 1, 1)
    sheet: Any = workbook.active
    sheet.append(list(HEADINGS))
    sheet.append(line(参加日期=45000 - 1462))
    workbook.save(tmp_path / "r.xlsx")
    assert read(tmp_path / "r.xlsx").entries[0].joined_on == date(2023, 3, 15)


def test_a_broken_formula_is_known_from_a_blank(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet: Any = workbook.active
    sheet["A1"] = "=1+1"
    sheet["B1"] = "#REF!"
    sheet["C1"] = 3
    workbook.save(tmp_path / "r.xlsx")
    [found] = read_sheets(tmp_path / "r.xlsx")
    assert found.unsolved == {(1, 1), (1, 2)}
    assert found.lines == {1: {3: 3}}
