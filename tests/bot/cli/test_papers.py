"""Posters and tables by command."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine

from bot.cli.exports import HELPS
from bot.papers.report_kinds import ReportKind
from domain.household import HouseholdEntry
from storage.unit_of_work import books_on
from tests.bot.cli.conftest import Jifen
from tests.bot.cli.roster_files import home_row, roster
from tests.bot.papers.printed import pages
from tests.storage.filled import VILLAGE, fill


@pytest.fixture
def filled(jifen_on: Jifen, home: Path, engine: Engine) -> Jifen:
    fill(engine, home)
    engine.dispose()
    return jifen_on


def test_slips_carry_the_codes_that_are_listed(
    filled: Jifen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIFEN_BASE_URL", "https://points.example/")
    codes = filled.json("households", "codes", "--village", VILLAGE)
    told = filled.json("poster", "slips", "--village", VILLAGE, "--to", tmp_path / "s.pdf")
    assert told == {"files": [str(tmp_path / "s.pdf")], "households": 2, "missing": []}
    [text] = pages((tmp_path / "s.pdf").read_bytes())
    for one in codes:
        assert one["household"] in text
        assert f"{one['head']}家" in text
        assert text.count(one["code"]) == 2


def test_the_ranking_of_a_quarter_is_printed(filled: Jifen, tmp_path: Path) -> None:
    command = ("poster", "ranking", "--village", VILLAGE, "--period", "2026-Q3", "--to")
    filled(*command, tmp_path / "r.pdf")
    [text] = pages((tmp_path / "r.pdf").read_bytes())
    assert "2026年第三季度" in text
    assert "3组张*家0.5分" in text
    assert "张三" not in text
    said = filled(*command, tmp_path / "r.png", "--format", "png")
    assert (tmp_path / "r.png").read_bytes().startswith(b"\x89PNG")
    assert "印好了1户" in said
    filled("poster", "ranking", "--village", VILLAGE, "--to", tmp_path / "now.png")


def test_slips_as_pictures_are_numbered_and_nothing_is_written_over(
    founded: Jifen, tmp_path: Path
) -> None:
    rows = [home_row(1, str(n), f"张{chr(0x4E00 + n)}") for n in range(1, 10)]
    founded("households", "import", roster(tmp_path / "r.xlsx", *rows), "--village", VILLAGE)
    command = ("poster", "slips", "--village", VILLAGE, "--to", tmp_path / "s.png")
    told = founded.json(*command)
    assert [Path(file).name for file in told["files"]] == ["s-1.png", "s-2.png"]
    assert "--force" in founded.error(*command)
    assert founded.json(*command, "--force") == told
    (tmp_path / "s.pdf").write_bytes(b"mine")
    assert "--force" in founded.error(*command[:-1], tmp_path / "s.pdf")
    assert (tmp_path / "s.pdf").read_bytes() == b"mine"


def test_letters_that_cannot_be_printed_are_named(
    founded: Jifen, engine: Engine, tmp_path: Path
) -> None:
    entry = HouseholdEntry(VILLAGE, 1, "1", "张\U00031350")
    with books_on(engine)() as books:
        row = {"group_no": entry.group, "house_no": entry.house_no, "head": entry.head}
        found = books.villages.find(VILLAGE)
        assert found is not None
        books.households.save(found.id, [row], since=found.created_at.date())
    engine.dispose()
    founded("poster", "slips", "--village", VILLAGE, "--to", tmp_path / "s.pdf")
    assert "\U00031350" in founded.said.err


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("poster slips --village 青龙村 --to a.doc", ".pdf 或 .png"),
        ("poster ranking --village 青龙村 --to a.png --period 2026-Q5", "2026-Q3"),
        ("poster ranking --village 青龙村 --to a.png --format gif", "pdf"),
        ("export ledger --village 青龙村 --year 2026 --to a.csv", ".xlsx"),
        ("export claims --village 青龙村 --year 26 --to a.xlsx", "--year"),
    ],
)
def test_wrong_use_is_told_before_anything_is_done(jifen: Jifen, command: str, words: str) -> None:
    assert words in jifen.error(*command.split(), code=2)


def test_ledger_and_claims_are_written_as_tables(filled: Jifen, tmp_path: Path) -> None:
    for kind in ("ledger", "claims"):
        file = tmp_path / f"{kind}.xlsx"
        command = ("export", kind, "--village", VILLAGE, "--year", "2026", "--to", file)
        assert filled.json(*command) == {"file": str(file), "rows": 1}
        [sheet] = load_workbook(file).worksheets
        assert sheet.max_row == 2
        assert "--force" in filled.error(*command)
        assert "写好了1行" in filled(*command, "--force")


def test_every_command_of_paper_has_its_help(jifen: Jifen) -> None:
    for command in ("poster slips", "poster ranking", "export ledger", "export claims"):
        assert "JSON:" in jifen(*command.split(), "--help")


def test_an_unknown_village_is_told(jifen: Jifen) -> None:
    jifen("init", "--town", "镇", "--village", "幸福村")
    for command in ("poster ranking --to a.png", "export ledger --year 2026 --to a.xlsx"):
        assert "幸福村" in jifen.error(*command.split(), "--village", "别村", code=2)


def test_every_kind_of_table_can_be_exported() -> None:
    assert set(HELPS) == {kind.value for kind in ReportKind}
