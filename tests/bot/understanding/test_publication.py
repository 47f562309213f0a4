"""The words of month review, publication and objections."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.understanding.reading import Intent, Reading
from tests.bot.understanding.village import say, tell

SENTENCES: list[tuple[str, Intent, dict[str, Any]]] = [
    ("月审", Intent.MONTH_REVIEW, {"occurred": None}),
    ("看月审", Intent.MONTH_REVIEW, {"occurred": None}),
    ("移到下月 23 等补材料", Intent.MOVE_ON, {"claim_ids": (23,), "reason": "等补材料"}),
    ("移到下月 23、24 等补材料", Intent.MOVE_ON, {"claim_ids": (23, 24)}),
    ("23移到下月 等补材料", Intent.MOVE_ON, {"claim_ids": (23,), "reason": "等补材料"}),
    ("挪到下个月 23", Intent.MOVE_ON, {"claim_ids": (23,), "reason": None}),
    ("发布公示", Intent.PUBLICATION, {"outcome": "release"}),
    ("公示", Intent.PUBLICATION, {"outcome": None}),
    ("异议 23 少算了1分", Intent.OBJECTION, {"claim_ids": (23,), "reason": "少算了1分"}),
    ("异议 #23 少算了", Intent.OBJECTION, {"claim_ids": (23,), "reason": "少算了"}),
    ("异议 23", Intent.OBJECTION, {"claim_ids": (23,), "reason": None}),
    ("异议 总分不对", Intent.OBJECTION, {"claim_ids": (), "reason": "总分不对"}),
    ("异议 2小时算成1小时", Intent.OBJECTION, {"claim_ids": ()}),
    ("异议", Intent.OBJECTION, {"claim_ids": (), "reason": None}),
    ("异议处理", Intent.ANSWER_OBJECTION, {"claim_ids": ()}),
    (
        "异议处理 3 维持 照片看得清",
        Intent.ANSWER_OBJECTION,
        {"claim_ids": (3,), "outcome": "uphold", "reason": "照片看得清", "points": None},
    ),
    (
        "异议处理 3 不受理 不是这个季度的",
        Intent.ANSWER_OBJECTION,
        {"claim_ids": (3,), "outcome": "dismiss", "reason": "不是这个季度的"},
    ),
    (
        "异议处理 3 更正 2分 数量写错",
        Intent.ANSWER_OBJECTION,
        {"outcome": "change", "points": Decimal(2), "delta": None, "reason": "数量写错"},
    ),
    (
        "异议处理 3 更正为2.5分,数量写错",
        Intent.ANSWER_OBJECTION,
        {"outcome": "change", "points": Decimal("2.5"), "reason": "数量写错"},
    ),
    (
        "异议处理 3 更正 加2分 少算一次",
        Intent.ANSWER_OBJECTION,
        {"outcome": "change", "points": None, "delta": Decimal(2), "reason": "少算一次"},
    ),
    (
        "异议处理 3 更正 减1分 多算一次",
        Intent.ANSWER_OBJECTION,
        {"outcome": "change", "delta": Decimal(-1), "reason": "多算一次"},
    ),
    ("异议处理 3 更正", Intent.ANSWER_OBJECTION, {"outcome": "change", "points": None}),
    ("异议处理 3", Intent.ANSWER_OBJECTION, {"claim_ids": (3,), "outcome": None}),
]


def _slots(reading: Reading, expected: dict[str, Any]) -> dict[str, Any]:
    return {name: getattr(reading.slots, name) for name in expected}


@pytest.mark.parametrize(("text", "intent", "slots"), SENTENCES, ids=[s[0] for s in SENTENCES])
def test_a_sentence_is_read(text: str, intent: Intent, slots: dict[str, Any]) -> None:
    for reading in (tell(text), say(text)):
        assert reading.intent is intent
        assert _slots(reading, slots) == slots


@pytest.mark.parametrize(
    ("text", "intent", "month"),
    [
        ("审定 8月", Intent.CONFIRM_MONTH, 8),
        ("审定8月份", Intent.CONFIRM_MONTH, 8),
        ("8月审定", Intent.CONFIRM_MONTH, 8),
        ("审定上个月", Intent.CONFIRM_MONTH, 8),
        ("月审 8月", Intent.MONTH_REVIEW, 8),
        ("8月月审", Intent.MONTH_REVIEW, 8),
        ("上个月月审", Intent.MONTH_REVIEW, 8),
        ("看下八月月审", Intent.MONTH_REVIEW, 8),
    ],
)
def test_a_month_is_named(text: str, intent: Intent, month: int) -> None:
    reading = say(text)
    assert reading.intent is intent
    assert reading.slots.occurred is not None
    assert reading.slots.occurred.date == date(2026, month, 1)


def test_a_month_ahead_was_last_year_s() -> None:
    reading = say("审定 12月")
    assert reading.slots.occurred is not None
    assert reading.slots.occurred.date == date(2025, 12, 1)


def test_a_confirmation_without_a_month_is_asked_about() -> None:
    assert say("审定").asks
    assert say("审定").intent is Intent.CONFIRM_MONTH


@pytest.mark.parametrize(
    "text",
    [
        "月审会改到下午了",
        "大家移到下月再开会吧",
        "公示栏那边路灯坏了",
        "有异议的人多吗",
        "审定的事再说",
    ],
)
def test_running_talk_of_a_room_is_left_alone(text: str) -> None:
    assert say(text).intent is None
