"""The address of a village's notice board by command."""

from pathlib import Path

import pytest

from bot.boards import village_in
from tests.bot.cli.conftest import SECRET, Jifen
from tests.storage.filled import VILLAGE

SITE = "https://points.example"


def test_the_address_is_the_same_each_time_and_opens_this_village_alone(
    founded: Jifen, monkeypatch: pytest.MonkeyPatch
) -> None:
    founded("init", "--town", "白鹤镇", "--village", "邻村")
    monkeypatch.setenv("JIFEN_BASE_URL", f"{SITE}/")
    told = founded.json("board", "link", "--village", VILLAGE)
    assert told == {"village": VILLAGE, "url": told["url"], "files": []}
    assert founded.said.err == ""
    assert told["url"] in founded("board", "link", "--village", VILLAGE)
    address, _, name = told["url"].rpartition("/")
    assert address == f"{SITE}/v"
    assert village_in(SECRET.encode(), name) == 1
    other = founded.json("board", "link", "--village", "邻村")["url"]
    assert other.rpartition("-")[2] != name.rpartition("-")[2]


def test_without_an_address_of_its_own_the_command_says_so(founded: Jifen) -> None:
    said = founded("board", "link", "--village", VILLAGE)
    assert "http://127.0.0.1:8080/v/1-" in said
    assert "JIFEN_BASE_URL" in founded.said.err


def test_its_qr_code_is_drawn_and_never_over_another_file(founded: Jifen, tmp_path: Path) -> None:
    file = tmp_path / "board.svg"
    command = ("board", "link", "--village", VILLAGE, "--qr")
    assert str(file) in founded(*command, file)
    assert file.read_text(encoding="utf-8").startswith("<svg")
    assert "--force" in founded.error(*command, file)
    founded(*command, file, "--force")
    assert ".svg" in founded.error(*command, tmp_path / "board.png", code=2)
    assert "没有" in founded.error("board", "link", "--village", "别处", code=2)
