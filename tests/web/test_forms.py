"""What a form wants outlives a crash, and is told in the words it stands for."""

from datetime import date
from decimal import Decimal

import pytest

from bot.replies.pages import wanted
from bot.understanding.reading import Intent, Occurred, Reading, Slots
from bot.web.forms import packed, unpacked, wish

SEPTEMBER = Occurred("2026年9月", date(2026, 9, 1))
READINGS = (
    (Intent.APPROVE, Slots(claim_ids=(3, 4), claim_year=2026), "通过 3、4"),
    (Intent.ADJUST, Slots(claim_ids=(3,), points=Decimal("0.5"), reason="x"), "调整 3 0.5分 x"),
    (Intent.CONSENT, Slots(), "同意"),
    (Intent.OBJECTION, Slots(reason="少了"), "异议 少了"),
    (Intent.CANCEL_REDEMPTION, Slots(claim_ids=(3,)), "取消兑换 3"),
    (Intent.PUBLICITY, Slots(scope="name", agrees=True), "同意公开姓名"),
    (Intent.PUBLICITY, Slots(scope="photo", agrees=False), "不公开照片"),
    (Intent.CONFIRM_MONTH, Slots(occurred=SEPTEMBER), "审定 2026年9月"),
    (Intent.MOVE_ON, Slots(claim_ids=(3,), claim_year=2026, reason="缺"), "移到下月 3 缺"),
    (
        Intent.ANSWER_OBJECTION,
        Slots(claim_ids=(3,), claim_year=2026, outcome="uphold", reason="没错"),
        "异议处理 3 维持 没错",
    ),
    (
        Intent.ANSWER_OBJECTION,
        Slots(claim_ids=(3,), outcome="change", points=Decimal(2), reason="x"),
        "异议处理 3 更正 2分 x",
    ),
    (
        Intent.ANSWER_OBJECTION,
        Slots(claim_ids=(3,), outcome="change", delta=Decimal("-1.5"), reason="x"),
        "异议处理 3 更正 减1.5分 x",
    ),
)


@pytest.mark.parametrize(("intent", "slots", "words"), READINGS)
def test_a_reading_comes_back_whole_and_is_worded(intent: Intent, slots: Slots, words: str) -> None:
    act = Reading(intent, slots)
    assert unpacked(packed(act)) == act
    assert wanted(act) == words


def test_what_an_earlier_version_kept_is_read_and_named_the_same() -> None:
    body = {
        "intent": "approve",
        "claim_ids": [1],
        "claim_year": 2026,
        "points": None,
        "reason": None,
    }
    act = Reading(Intent.APPROVE, Slots(claim_ids=(1,), claim_year=2026))
    assert unpacked(body) == act
    assert packed(act) == body


def test_two_wishes_of_one_form_have_two_names() -> None:
    names = {wish("a" * 24, "", Reading(intent, slots)).id for intent, slots, _ in READINGS}
    assert len(names) == len(READINGS)
