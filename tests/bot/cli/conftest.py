"""The operator's command, on a fresh folder and on both databases."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from bot.cli.main import run_command
from tests.storage.filled import VILLAGE

SECRET = "a secret for the tests of commands"
ADOPTING = (
    *("rulebook", "adopt", "--version", "draft-2026"),
    *("--meeting", "村民代表会议", "--date", "2026-01-10", "--present", "42"),
    *("--for", "39", "--against", "3", "--women", "18"),
    *("--published-on", "2026-01-12", "--published-at", "村口"),
)


class Jifen:
    """Runs commands in this process and reads what they say."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str | Path, code: int = 0) -> str:
        """Run a command that ends with ``code``; return what it wrote to standard output."""
        ended = run_command([str(a) for a in arguments])
        self.said = self._capsys.readouterr()
        assert ended == code, (arguments, self.said)
        return self.said.out

    def json(self, *arguments: str | Path, code: int = 0) -> Any:
        """Run a command with ``--json``; nothing but JSON may be on standard output."""
        return json.loads(self(*arguments, "--json", code=code))

    def error(self, *arguments: str | Path, code: int = 1) -> str:
        """Run a command that fails and return its one line."""
        assert self(*arguments, code=code) == ""
        lines = self.said.err.splitlines()
        assert len(lines) == 1, lines
        return lines[0]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("JIFEN_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JIFEN_SECRET_KEY", SECRET)
    monkeypatch.setenv("JIFEN_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path / "data"


@pytest.fixture
def jifen(home: Path, capsys: pytest.CaptureFixture[str]) -> Jifen:
    """The command on a fresh SQLite file in the data folder."""
    return Jifen(capsys)


@pytest.fixture
def jifen_on(database_url: str, jifen: Jifen, monkeypatch: pytest.MonkeyPatch) -> Jifen:
    """The command on both databases."""
    monkeypatch.setenv("JIFEN_DATABASE_URL", database_url)
    return jifen


@pytest.fixture
def founded(jifen_on: Jifen) -> Jifen:
    jifen_on("init", "--town", "白鹤镇", "--village", VILLAGE)
    return jifen_on
