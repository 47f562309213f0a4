"""The small readers, the JSON of a reading, and that no words surprise the reader."""

import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding.claim_numbers import find_numbers
from bot.understanding.codes import find_code
from bot.understanding.jsonl import to_dict
from bot.understanding.numerals import number_of
from bot.understanding.periods import find_period
from bot.understanding.quantities import bare_quantity, find_quantity
from bot.understanding.reading import Scene
from bot.understanding.times import find_time
from tests.bot.understanding.village import say

TODAY = date(2026, 9, 16)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", "12"),
        ("十二", "12"),
        ("二十", "20"),
        ("廿五", "25"),
        ("两", "2"),
        ("一百二", "120"),
        ("一百零二", "102"),
        ("两点五", "2.5"),
        ("半", "0.5"),
        ("一万二千", "12000"),
        ("2.5", "2.5"),
    ],
)
def test_numerals(text: str, value: str) -> None:
    assert number_of(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("今早", (9, 16)),
        ("昨天下午", (9, 15)),
        ("昨晚", (9, 15)),
        ("前天", (9, 14)),
        ("大前天", (9, 13)),
        ("刚才", (9, 16)),
        ("周一", (9, 14)),
        ("周三", (9, 16)),
        ("周四", (9, 10)),
        ("上周三", (9, 9)),
        ("上礼拜六", (9, 12)),
        ("上个礼拜六", (9, 12)),
        ("这周日", (9, 20)),
        ("上上周五", (9, 4)),
        ("9月3号", (9, 3)),
        ("九月三日", (9, 3)),
        ("2026-09-03", (9, 3)),
        ("2026年9月3日", (9, 3)),
        ("三天前", (9, 13)),
        ("3号那天", (9, 3)),
        ("20号那天", (8, 20)),
        ("10月1号", (10, 1)),
        ("明天", (9, 17)),
        ("上个月20号", (8, 20)),
        ("9/3", (9, 3)),
    ],
)
def test_days(text: str, day: tuple[int, int]) -> None:
    timed = find_time(text, TODAY)
    assert timed is not None
    assert (timed.occurred.date.month, timed.occurred.date.day) == day
    assert timed.rest.strip() == ""


def test_a_day_far_ahead_was_last_year() -> None:
    timed = find_time("12月30日", date(2026, 1, 3))
    assert timed is not None
    assert timed.occurred.date == date(2025, 12, 30)


@pytest.mark.parametrize(
    "text", ["三组 12号", "一号电池", "周三强", "三楼", "2月30日", "12号", "3组12号张三"]
)
def test_what_is_no_day(text: str) -> None:
    assert find_time(f"x{text}", TODAY) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("这个月", (9, 1), (9, 30)),
        ("上个月", (8, 1), (8, 31)),
        ("8月份", (8, 1), (8, 31)),
        ("三季度", (7, 1), (9, 30)),
        ("本季度", (7, 1), (9, 30)),
        ("7-9月", (7, 1), (9, 30)),
        ("今年", (1, 1), (12, 31)),
    ],
)
def test_spans(text: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    found = find_period(text, TODAY)
    assert found is not None
    assert found.date_to is not None
    assert (found.date, found.date_to) == (date(2026, *first), date(2026, *last))


@pytest.mark.parametrize(
    ("text", "amount", "unit", "is_rough"),
    [
        ("两小时", "2", "小时", False),
        ("两个半小时", "2.5", "小时", False),
        ("1小时半", "1.5", "小时", False),
        ("半小时", "0.5", "小时", False),
        ("半个钟头", "0.5", "小时", False),
        ("2h", "2", "小时", False),
        ("两个多小时", "2", "小时", True),
        ("几个小时", None, "小时", True),
        ("三五个小时", "3", "小时", True),
        ("90分钟", "1.5", "小时", False),
        ("200块钱", "200", "元", False),
        ("三只", "3", "只", False),
        ("半天", "0.5", "天", True),
        ("2小时左右", "2", "小时", True),
    ],
)
def test_amounts(text: str, amount: str | None, unit: str, *, is_rough: bool) -> None:
    found = find_quantity(text)
    assert found is not None
    assert found.amount == (None if amount is None else Decimal(amount))
    assert (found.unit, found.is_rough) == (unit, is_rough)


def test_the_unit_of_the_item_is_preferred() -> None:
    found = find_quantity("3袋 2小时", "小时")
    assert found is not None
    assert found.amount == Decimal(2)


@pytest.mark.parametrize(
    ("text", "amount"), [("3", "3"), ("两个半", "2.5"), ("2小时吧", "2"), ("半", "0.5")]
)
def test_bare_amounts(text: str, amount: str) -> None:
    found = bare_quantity(text)
    assert found is not None
    assert found.amount == Decimal(amount)


@pytest.mark.parametrize("text", ["一上午", "我等下说", "12号", "3组"])
def test_what_is_no_amount(text: str) -> None:
    assert bare_quantity(text) is None


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("12 13 15", (12, 13, 15)),
        ("12-15", (12, 13, 14, 15)),
        ("12、13", (12, 13)),
        ("#12 #16", (12, 16)),
        ("十二号", (12,)),
        ("12到15", (12, 13, 14, 15)),
        ("第十二条和第十五条", (12, 15)),
        ("12 12", (12,)),
        ("15-12", ()),
        ("1-9999", ()),
        ("3分", ()),
        ("2小时", ()),
        ("9月3号", ()),
    ],
)
def test_claim_numbers(text: str, ids: tuple[int, ...]) -> None:
    assert find_numbers(text).ids == ids


def test_codes() -> None:
    assert find_code(" abcde-fgh23 ") == "ABCDEFGH23"
    assert find_code("OBCDE FGHIL") == "0BCDEFGH11"
    assert find_code("ABCDE-FGHU3") is None
    assert find_code("ABCDE-FGH2") is None


def test_a_reading_as_json() -> None:
    assert to_dict(say("申报 志愿服务 昨天 2.5小时")) == {
        "intent": "claim",
        "slots": {
            "item": "D201",
            "quantity": 2.5,
            "unit": "小时",
            "occurred": {"text": "昨天", "date": "2026-09-15"},
        },
        "ask": False,
        "acts": [],
        "choices": [],
    }
    silence = {"intent": None, "slots": {}, "ask": False, "acts": [], "choices": []}
    assert to_dict(say("今天天气真好")) == silence


SPOKEN = """
申报 通过 驳回 调整 代录 扣分 绑定 更正 除了 全部 3组12号 12-15 十 半 多 几 个 小时
昨天 周三 9月 号 分 垃圾分类 志愿服务 不是 是 帮 我 给 在 村口 , 、 「 」 # @ 🛍️ ? 吗
"""
PIECES = st.sampled_from([*SPOKEN.split(), "\n", "\u2005", " "])
WORDS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=25).map("".join))


@given(
    text=WORDS,
    scene=st.sampled_from(Scene),
    mention=st.booleans(),
    dialogue=st.sampled_from(
        [None, "choice", "quantity", "tier", "item", "consent", "photo", "household"]
    ),
)
@settings(max_examples=300, deadline=None)
def test_reading_never_fails_and_is_always_the_same(
    text: str, scene: Scene, *, mention: bool, dialogue: str | None
) -> None:
    reading = say(text, scene=scene, mention=mention, dialogue=dialogue)
    assert say(text, scene=scene, mention=mention, dialogue=dialogue) == reading
    to_dict(reading)


def test_importing_the_reader_loads_no_pinyin() -> None:
    code = (
        "import sys, bot.understanding.plain; "
        "print({'pypinyin', 'rapidfuzz', 'numpy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
