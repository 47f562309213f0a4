"""Patterns that wait behave as compiled ones; each of the reader's is a pattern."""

import re
import subprocess
import sys

from bot.understanding.deferred import deferred, ready_all
from bot.understanding.pinyin import pinyin_of


def test_a_deferred_pattern_does_what_a_compiled_one_does() -> None:
    waiting, compiled = (make(r"(?P<n>\d+)分", re.IGNORECASE) for make in (deferred, re.compile))
    text = "给3分,不是5分"
    for pattern in (waiting, compiled):
        assert pattern.findall(text) == ["3", "5"]
        assert pattern.sub("x", text) == "给x,不是x"
        assert [found["n"] for found in pattern.finditer(text)] == ["3", "5"]
        assert pattern.match(text) is None
    assert (waiting.pattern, waiting.groups) == (compiled.pattern, compiled.groups)


def test_ready_all_compiles_whatever_waits() -> None:
    waiting = deferred(r"积分")
    assert ready_all() >= 1
    assert "search" in vars(waiting)
    assert ready_all() == 0


def test_every_pattern_of_the_reader_compiles() -> None:
    code = (
        "import bot.chat, bot.understanding.plain; "
        "from bot.understanding.deferred import ready_all; print(ready_all())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) > 200


def test_words_of_the_village_sound_as_they_are_said() -> None:
    assert pinyin_of("调解") == ["tiao", "jie"]
    assert pinyin_of("无偿献血") == ["wu", "chang", "xian", "xue"]
    assert pinyin_of("积分排行") == ["ji", "fen", "pai", "hang"]
    assert pinyin_of("今朝, ok") == ["jin", "zhao", ", ok"]
