"""``jifen understand``: lines in, readings out, in order, and a sentence explained."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.bot.cli.conftest import ADOPTING, Jifen
from tests.storage.filled import VILLAGE

NOW = "2026-09-16T20:15"


def line(text: str, **more: Any) -> str:
    return json.dumps({"text": text, "now": NOW, **more}, ensure_ascii=False)


@pytest.fixture
def read(jifen: Jifen, tmp_path: Path) -> Any:
    def reading(*lines: str, code: int = 0) -> list[dict[str, Any]]:
        file = tmp_path / "lines.jsonl"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return [json.loads(answer) for answer in jifen("understand", file, code=code).splitlines()]

    return reading


def test_lines_are_answered_in_their_order(read: Any) -> None:
    claim, silence, balance = read(
        line("申报 垃圾分类 昨天", scene="room"),
        line("今天天气真好", scene="room"),
        line("我家多少分", id="x", tags=["ignored"]),
    )
    assert claim["slots"] == {
        "item": "A101",
        "item_name": "生活垃圾分类投放",
        "item_words": "垃圾分类",
        "occurred": {"text": "昨天", "date": "2026-09-15"},
    }
    assert (silence["intent"], silence["ask"]) == (None, False)
    assert balance["intent"] == "balance"


def test_a_good_is_its_own_name(read: Any) -> None:
    [redeem] = read(line("侬帮我换两块肥皂"))
    assert (redeem["intent"], redeem["slots"]["item"]) == ("redeem", "肥皂")


def test_a_bad_line_is_answered_and_the_rest_goes_on(read: Any) -> None:
    answers = read(
        "no json",
        '["a list"]',
        '{"text": 5}',
        line("x", scene="moon"),
        line("x", role="king"),
        line("x", mention="yes"),
        '{"text": "x", "now": "soon"}',
        line("积分"),
        code=1,
    )
    assert ["error" in answer for answer in answers] == [True] * 7 + [False]
    assert answers[-1]["intent"] == "balance"


def test_several_readings_and_acts_are_shown(read: Any) -> None:
    asked, acts = read(
        line("为什么少了两分"), line("12-15都通过,14照片看不清驳回", role="committee")
    )
    assert asked["ask"]
    assert {choice["intent"] for choice in asked["choices"]} >= {"objection", "history"}
    assert [(act["intent"], act["slots"]["claim_ids"]) for act in acts["acts"]] == [
        ("approve", [12, 13, 15]),
        ("reject", [14]),
    ]


def test_an_unknown_file_is_one_line(jifen: Jifen, tmp_path: Path) -> None:
    assert jifen.error("understand", tmp_path / "nowhere.jsonl", code=2)


def test_a_line_is_answered_as_soon_as_it_is_read() -> None:
    command = [sys.executable, "-m", "bot.cli.main", "understand"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for _ in range(3):
            process.stdin.write((line("积分") + "\n").encode())
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["intent"] == "balance"
        process.stdin.close()
        assert process.wait(timeout=10) == 0


def test_it_needs_no_database(jifen: Jifen, home: Path) -> None:
    assert "A101" in jifen("understand", "--why", "申报 垃圾分类")
    assert not home.exists()


def test_why_names_the_pattern_the_item_and_what_made_it_ask(jifen: Jifen) -> None:
    told = jifen("understand", "--why", "要是下雨那天巡逻的，帮我报一下")
    assert "说完要报分" in told
    assert "D202" in told
    assert "先问一声:是假设" in told


def test_why_says_why_a_room_hears_nothing(jifen: Jifen) -> None:
    told = jifen("understand", "--why", "查一下积分排名情况好吗", "--scene", "room")
    assert "群里没有叫小助手" in told
    assert "读成:不作声" in told


def test_a_village_brings_its_own_rulebook_and_names(founded: Jifen) -> None:
    assert founded.error("understand", "--village", VILLAGE, "--why", "积分")
    founded(*ADOPTING, "--village", VILLAGE)
    assert "查积分" in founded("understand", "--village", VILLAGE, "--why", "积分")
    assert "没有" in founded.error("understand", "--village", "nowhere", "--why", "积分", code=2)


def test_what_nobody_could_read_is_listed_for_the_operator(founded: Jifen) -> None:
    from bot.cli.office import office

    assert json.loads(founded("understand", "--unread")) == []
    with office() as at, at.open_books() as books:
        books.words.keep_unread(1, "呜里哇啦", scene="direct", at=at.now)
    [kept] = json.loads(founded("understand", "--unread"))
    assert (kept["village"], kept["text"], kept["scene"]) == (VILLAGE, "呜里哇啦", "direct")
