"""Whatever goes wrong is one line: code 2 for wrong use, 1 for failure."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bot.cli.conftest import ADOPTING, Jifen
from tests.storage.filled import VILLAGE


@pytest.mark.parametrize(
    "command",
    [
        "verify --villag x",
        "roles invite --village 1",
        "roles invite --village 1 --role king",
        "rooms invite --village 1 --purpose party",
        "ledger --village 1 --year abc",
        "ledger --village",
        "nonsense",
        "verify too much",
        "rulebook adopt --village 1 --version x --date 2026-13-01",
    ],
)
def test_wrong_use_is_one_line_and_code_2(command: str, jifen: Jifen, home: Path) -> None:
    assert "--help" in jifen.error(*command.split(), code=2)
    assert not home.exists()


@pytest.mark.parametrize(
    "command",
    [
        "households codes --village 无此村",
        "households import none.xlsx --village 青龙村",
        "households import text.xlsx --village 青龙村",
        "rulebook check none.toml",
        "rulebook check text.md",
        "rulebook export --village 青龙村 --version none --to x.toml",
        "jobs list --as-of soon",
        "restore none.tar.gz",
        "understand none.jsonl",
        "init --town 白鹤镇 --village 2",
    ],
)
def test_what_was_typed_wrongly_is_one_line_and_code_2(
    command: str, jifen: Jifen, tmp_path: Path
) -> None:
    jifen("init", "--town", "白鹤镇", "--village", VILLAGE)
    (tmp_path / "text.xlsx").write_text("no sheet")
    jifen.error(*command.split(), code=2)


def test_a_command_that_went_wrong_is_one_line_and_code_1(jifen: Jifen, tmp_path: Path) -> None:
    jifen("init", "--town", "白鹤镇", "--village", VILLAGE)
    (tmp_path / "a.xlsx").write_bytes(b"PK broken")
    jifen.error("households", "import", "a.xlsx", "--village", VILLAGE)
    jifen.error("households", "codes", "--village", VILLAGE)
    jifen.error("init", "--town", "别的镇", "--village", VILLAGE)


@pytest.mark.parametrize(
    ("command", "help_of"),
    [
        ("rulebook adopt --published-at", "jifen rulebook adopt"),
        ("ledger --village", "jifen ledger"),
        ("nonsense", "jifen"),
    ],
)
def test_the_help_that_is_named_is_that_of_the_command(
    command: str, help_of: str, jifen: Jifen
) -> None:
    assert jifen.error(*command.split(), code=2).endswith(f"看用法:{help_of} --help")


@pytest.mark.parametrize(
    "settings",
    [
        {"JIFEN_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"},
        {"JIFEN_DATABASE_URL": "nonsense"},
        {"JIFEN_DATABASE_URL": "oracle://x"},
        {"JIFEN_DATABASE_URL": "mysql://x"},
        {"JIFEN_HTTP_PORT": "eighty"},
        {"JIFEN_DATA_DIR": "/proc/none"},
    ],
)
def test_wrong_settings_are_one_line_and_code_1(
    settings: dict[str, str], jifen: Jifen, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert "errors.log" not in jifen.error("verify")


def test_a_database_of_a_later_program_is_refused(jifen: Jifen, home: Path) -> None:
    jifen("init", "--town", "白鹤镇", "--village", VILLAGE)
    with sqlite3.connect(home / "jifen.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    assert "升级" in jifen.error("verify")


def test_what_nobody_expected_is_one_line_and_a_log(
    jifen: Jifen, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jifen("init", "--town", "白鹤镇", "--village", VILLAGE)
    monkeypatch.setattr(Path, "write_text", _broken)
    jifen(*ADOPTING, "--village", VILLAGE)
    named = ("--village", VILLAGE, "--version", "draft-2026", "--to", "x.toml")
    line = jifen.error("rulebook", "export", *named)
    log = home / "logs" / "errors.log"
    assert str(log) in line
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")


def _broken(*_: object, **__: object) -> int:
    return 1 // 0


def test_every_command_has_its_help(jifen: Jifen) -> None:
    overview = jifen("--help")
    for command in ("init", "ledger", "claims", "verify", "backup", "restore", "doctor"):
        assert command in overview
        assert "JSON:" in jifen(command, "--help")
    for group, commands in {
        "households": ("import", "codes"),
        "roles": ("invite",),
        "rooms": ("invite",),
        "rulebook": ("check", "import", "export", "adopt"),
    }.items():
        for command in commands:
            assert "JSON:" in jifen(group, command, "--help")


def test_the_installed_command_ends_with_its_code(home: Path) -> None:
    command = [sys.executable, "-m", "bot.cli.main"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*command, *arguments], env=environment, capture_output=True, text=True, check=False
        )

    made = run("init", "--town", "白鹤镇", "--village", VILLAGE, "--json")
    assert (made.returncode, made.stderr) == (0, "")
    assert json.loads(made.stdout)["villages"][0]["name"] == VILLAGE
    assert run("verify", "--village", "none").returncode == 2
    wrong = run("verify", "--nonsense")
    assert (wrong.returncode, wrong.stdout, wrong.stderr.count("\n")) == (2, "", 1)


def test_help_loads_neither_the_database_nor_the_web() -> None:
    heavy = "{'sqlmodel', 'pydantic', 'aiohttp', 'asyncio', 'rich'}"
    asked = f"import sys, bot.cli.main; print({heavy} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True)
    assert said.stdout.strip() == "set()"
