"""What the doctor finds."""

from pathlib import Path

import pytest

from tests.bot.cli.conftest import Jifen


def test_doctor_looks_at_everything(founded: Jifen) -> None:
    told = founded.json("doctor")
    assert {finding["check"] for finding in told} == {
        "settings",
        "database",
        "clock",
        "disk",
        "gateway",
        "photos",
        "backup",
        "fonts",
    }
    assert all(set(f) == {"check", "ok", "level", "message", "mend"} for f in told)
    assert all(finding["ok"] for finding in told), told
    assert "数据库" in founded("doctor")


def test_doctor_changes_nothing_on_a_fresh_machine(jifen: Jifen, home: Path) -> None:
    assert all(finding["ok"] for finding in jifen.json("doctor"))
    assert not home.exists()


def test_doctor_says_how_to_mend_what_is_wrong(
    jifen: Jifen, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("JIFEN_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    monkeypatch.setenv("JIFEN_WECHATY_ENDPOINT", "127.0.0.1:1")
    monkeypatch.setenv("JIFEN_WECHATY_TLS", str(tmp_path / "no-such.pem"))
    monkeypatch.setenv("JIFEN_SECRET_KEY", "short")
    told = jifen.json("doctor", code=1)
    failed = [finding["check"] for finding in told if not finding["ok"]]
    assert failed == ["database", "gateway", "gateway", "gateway"]
    assert all(finding["mend"] for finding in told if finding["level"] != "ok")
    monkeypatch.setenv("JIFEN_HTTP_PORT", "eighty")
    (only,) = jifen.json("doctor", code=1)
    assert "JIFEN_HTTP_PORT" in only["message"]


@pytest.mark.parametrize("url", ["mysql://x", "oracle://x", "nonsense"])
def test_a_database_of_another_kind_is_said_with_how_to_mend_it(
    jifen: Jifen, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("JIFEN_DATABASE_URL", url)
    [found] = [f for f in jifen.json("doctor", code=1) if f["check"] == "database"]
    assert "postgresql://" in found["message"]
    assert found["mend"]


def test_nothing_is_left_out_in_a_narrow_terminal(
    jifen: Jifen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("JIFEN_HTTP_PORT", "eighty")
    said = jifen("doctor", code=1)
    assert "…" not in said
    rows = [line.split("│")[3:5] for line in said.splitlines() if "│" in line]
    message = "".join(row[0].strip() for row in rows)
    assert "设置写得不对:JIFEN_HTTP_PORT" in message.replace(" ", "")
    assert message.endswith("环境变量。")
