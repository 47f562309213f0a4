"""Where the lines that need a look are written: never over anything, settled before storing."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from storage.unit_of_work import OpenBooks
from tests.bot.cli.conftest import Jifen
from tests.bot.cli.roster_files import home_row, roster
from tests.storage.filled import VILLAGE

TO = ("--village", VILLAGE)


@pytest.mark.parametrize(
    ("target", "words"),
    [("a.xlsx", "自己"), ("./x/../a.xlsx", "自己"), ("p.csv", ".xlsx"), ("none/p.xlsx", "不存在")],
)
def test_a_place_that_will_not_do_is_refused_before_anything_is_stored(
    founded: Jifen, open_books: OpenBooks, tmp_path: Path, target: str, words: str
) -> None:
    (tmp_path / "x").mkdir()
    file = roster(tmp_path / "a.xlsx", home_row(3, "12", "张三"), [VILLAGE, "合计"])
    before = file.read_bytes()
    told = ("households", "import", file, *TO, "--problems", tmp_path / target)
    assert words in founded.error(*told, code=2)
    assert file.read_bytes() == before
    with open_books() as books:
        assert books.households.count(1) == 0


def test_a_file_that_somebody_may_be_mending_is_left_and_said(
    founded: Jifen, tmp_path: Path
) -> None:
    file = roster(tmp_path / "a.xlsx", home_row(3, "12", "张三"), [VILLAGE, "合计"])
    first = tmp_path / "a-问题.xlsx"
    assert f"写在 {first}" in founded("households", "import", file, *TO)
    first.write_text("being mended")
    said = founded("households", "import", file, *TO)
    assert "a-问题-2.xlsx" in said
    assert "“a-问题.xlsx”已经有了,没有动它。" in said
    founded("households", "import", file, *TO, "--problems", first)
    assert first.read_text() == "being mended"
    assert len(list(tmp_path.glob("a-问题*"))) == 3
    load_workbook(tmp_path / "a-问题-3.xlsx").close()


def test_a_file_is_spoken_of_only_when_it_is_written(founded: Jifen, tmp_path: Path) -> None:
    untidy = [home_row(3, f"{number}号", "张三") for number in range(1, 30)]
    file = roster(tmp_path / "a.xlsx", *untidy)
    for more in ((), ("--dry-run",)):
        said = founded("households", "import", file, *TO, *more)
        assert "还有9行没有列出来;要看全部,请加 --problems" in said
    said = founded("households", "import", file, *TO, "--problems", tmp_path / "p.xlsx")
    assert "还有9行,见问题文件。" in said
    assert not list(tmp_path.glob("a-问题*"))
